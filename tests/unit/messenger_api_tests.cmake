# The host's messengers: its API, its delivery and its event log, without a socket of its own.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(host_patch_test ${_unit}/host_patch_test.cpp LIBRARIES host_routes)
messenger_add_test(host_json_patch_test ${_unit}/host_json_patch_test.cpp LIBRARIES host_routes)
foreach(_part messenger_api)
  messenger_add_test(${_part}_test ${_unit}/${_part}_test.cpp LIBRARIES host_routes test_support simulator_core
                     DEPENDS messenger_generic messenger_twilio minimal_messenger)
  target_compile_definitions(${_part}_test PRIVATE MESSENGER_EXAMPLE_DIR="${PROJECT_BINARY_DIR}/examples")
endforeach()
