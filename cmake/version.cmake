# Reads MESSENGER_VERSION from plugin_api/include/messenger/plugin.h.
set(_header ${CMAKE_CURRENT_LIST_DIR}/../plugin_api/include/messenger/plugin.h)
file(STRINGS ${_header} _line REGEX "^#define MSGR_VERSION \"[0-9]+\\.[0-9]+\\.[0-9]+\"")
if(NOT _line MATCHES "\"([0-9.]+)\"")
  message(FATAL_ERROR "${_header}: no MSGR_VERSION")
endif()
set(MESSENGER_VERSION ${CMAKE_MATCH_1})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_header})
