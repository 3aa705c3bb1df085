# The host's messengers: its API, its delivery and its event log, without a socket of its own.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(host_patch_test ${_unit}/host_patch_test.cpp LIBRARIES host_routes)
messenger_add_test(host_json_patch_test ${_unit}/host_json_patch_test.cpp LIBRARIES host_routes)
