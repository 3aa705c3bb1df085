# messenger_add_json(SOURCE): messenger::json, Boost.JSON for plugins, built from its headers. A plugin embeds its own
# hidden copy, so that another Boost version in the host's process can never stand in for it. For the same reason it is
# installed as this one source: each plugin takes the Boost that it is compiled against.
function(messenger_add_json source)
  if(TARGET messenger::json)
    return()
  endif()
  add_library(messenger_json STATIC EXCLUDE_FROM_ALL ${source})
  add_library(messenger::json ALIAS messenger_json)
  set_target_properties(
    messenger_json
    PROPERTIES POSITION_INDEPENDENT_CODE ON
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON)
  target_compile_features(messenger_json PUBLIC cxx_std_20)
  target_compile_definitions(messenger_json PUBLIC BOOST_JSON_STATIC_LINK BOOST_JSON_NO_LIB)
  target_compile_options(messenger_json PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  target_link_libraries(messenger_json PUBLIC Boost::headers)
endfunction()
