# Messages from the moment they are accepted: message types, the outbox's callers, the dispatcher.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(message_type_test ${_unit}/message_type_test.cpp LIBRARIES host_delivery)
