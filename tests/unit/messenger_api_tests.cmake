# The host's messengers: its API, its delivery and its event log, without a socket of its own.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(host_patch_test ${_unit}/host_patch_test.cpp LIBRARIES host_routes)
messenger_add_test(host_json_patch_test ${_unit}/host_json_patch_test.cpp LIBRARIES host_routes)
messenger_add_test(host_masking_test ${_unit}/host_masking_test.cpp LIBRARIES host_delivery)
messenger_add_test(message_state_test ${_unit}/message_state_test.cpp LIBRARIES test_support host_delivery)
messenger_add_plugin(parrot ${_unit}/parrot.cpp)
target_link_libraries(parrot PRIVATE messenger_build)
set_target_properties(parrot PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/parrot)
foreach(_part messenger_api messenger_life messenger_operation host_delivery reconciliation reconciliation_memory
              receipt_intake test_send event_log_api)
  messenger_add_test(${_part}_test ${_unit}/${_part}_test.cpp LIBRARIES host_routes test_support simulator_core
                     DEPENDS messenger_generic messenger_twilio minimal_messenger parrot)
  target_include_directories(${_part}_test PRIVATE ${_unit}/..)
  target_compile_definitions(
    ${_part}_test PRIVATE MESSENGER_EXAMPLE_DIR="${PROJECT_BINARY_DIR}/examples"
                          MESSENGER_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                          MESSENGER_PARROT_DIR="${PROJECT_BINARY_DIR}/tests/parrot")
endforeach()
