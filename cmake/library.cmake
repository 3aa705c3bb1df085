# While the version is 0.x each minor may break the ABI, so the SONAME carries it; from 1.0 on the major alone.
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(MESSENGER_SOVERSION 0.${PROJECT_VERSION_MINOR})
else()
  set(MESSENGER_SOVERSION ${PROJECT_VERSION_MAJOR})
endif()

# messenger_public_library(TARGET): what a host links, as messenger::… and shared unless BUILD_SHARED_LIBS says
# otherwise. It exports what its headers mark; exports.map beside it keeps in what the standard library's and Boost's
# templates would add to that. -Bsymbolic-functions: its own calls to what it exports are direct, too.
function(messenger_public_library target)
  set(map ${CMAKE_CURRENT_SOURCE_DIR}/exports.map)
  string(REPLACE messenger_ "" name ${target})
  add_library(messenger::${name} ALIAS ${target})
  set_target_properties(
    ${target}
    PROPERTIES EXPORT_NAME ${name}
               VERSION ${PROJECT_VERSION}
               SOVERSION ${MESSENGER_SOVERSION}
               LINK_DEPENDS ${map})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_options(${target} PRIVATE -Wl,--version-script=${map} -Wl,-Bsymbolic-functions)
  target_link_libraries(${target} PUBLIC messenger::plugin_api PRIVATE $<BUILD_INTERFACE:messenger_build>)
endfunction()
