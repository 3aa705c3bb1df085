# Messages from the moment they are accepted: message types, the outbox's callers, the dispatcher.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(message_type_test ${_unit}/message_type_test.cpp LIBRARIES host_delivery)
messenger_add_test(circuit_test ${_unit}/circuit_test.cpp LIBRARIES host_delivery)
messenger_add_test(dispatch_inbox_test ${_unit}/dispatch_inbox_test.cpp LIBRARIES host_delivery)
messenger_add_test(attempt_starter_test ${_unit}/attempt_starter_test.cpp LIBRARIES host_delivery test_support DEPENDS
                   messenger_generic)
messenger_add_store_test(leasing_test ${_unit}/leasing_test.cpp LIBRARIES host_delivery)
messenger_add_store_test(messages_test ${_unit}/messages_test.cpp LIBRARIES host_delivery)
# On SQLite alone: it holds the one writer.
messenger_add_test(message_intake_test ${_unit}/message_intake_test.cpp LIBRARIES host_delivery test_support)
foreach(_part dispatcher dispatcher_doubt dispatcher_failover dispatcher_receipts)
  messenger_add_store_test(${_part}_test ${_unit}/${_part}_test.cpp LIBRARIES host_delivery simulator_core
                           DEPENDS messenger_generic messenger_twilio)
  target_include_directories(${_part}_test PRIVATE ${_unit}/..)
endforeach()
messenger_add_test(dispatcher_hosts_test ${_unit}/dispatcher_hosts_test.cpp LIBRARIES host_delivery test_support
                   DEPENDS messenger_generic)
set_tests_properties(dispatcher_hosts_test PROPERTIES ENVIRONMENT MESSENGER_TEST_ENGINE=postgresql)
messenger_add_test(message_type_routes_test ${_unit}/message_type_routes_test.cpp LIBRARIES host_routes test_support)
foreach(_part message_routes metrics)
  messenger_add_test(${_part}_test ${_unit}/${_part}_test.cpp LIBRARIES host_routes test_support simulator_core DEPENDS
                     messenger_generic messenger_twilio)
  target_include_directories(${_part}_test PRIVATE ${_unit}/..)
endforeach()
