# messenger_add_plugin(NAME SOURCE...): a shared library NAME.so that exports its entry and nothing else.
# -z defs: an unresolved symbol fails here, not in somebody's host. -fno-gnu-unique: no symbol is
# shared with another plugin behind RTLD_LOCAL's back.
function(messenger_add_plugin name)
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE messenger::plugin_api)
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${name} PRIVATE -Wl,-z,defs -Wl,--version-script=${map})
  set_target_properties(
    ${name}
    PROPERTIES PREFIX ""
               C_VISIBILITY_PRESET hidden
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
               LINK_DEPENDS ${map})
  if(NOT CMAKE_CXX_STANDARD)
    set_target_properties(${name} PROPERTIES CXX_STANDARD 20) # what the authoring layer is written in
  endif()
  if(MESSENGER_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${MESSENGER_PLUGIN_OUTPUT_DIRECTORY})
  endif()
endfunction()
