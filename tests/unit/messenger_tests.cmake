# Tests of the authoring layer and the messengers.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
add_library(messenger_fake_host STATIC ${_unit}/../support/fake_host.cpp)
target_include_directories(messenger_fake_host PUBLIC ${_unit}/..)
target_link_libraries(messenger_fake_host PUBLIC messenger::plugin_api PRIVATE messenger_build Boost::json ${CMAKE_DL_LIBS})

# Pure functions and headers.
messenger_add_test(secret_test ${_unit}/secret_test.cpp LIBRARIES messenger::plugin_api)
messenger_add_test(config_check_test ${_unit}/config_check_test.cpp LIBRARIES messenger_fake_host)
messenger_add_test(config_schema_test ${_unit}/config_schema_test.cpp LIBRARIES messenger::plugin_api Boost::json)
messenger_add_test(config_url_test ${_unit}/config_url_test.cpp LIBRARIES messenger::plugin_api)
messenger_add_test(common_test ${_unit}/common_test.cpp LIBRARIES messenger_common)
messenger_add_test(sms_text_test ${_unit}/sms_text_test.cpp LIBRARIES messenger_sms_text)
messenger_add_test(generic_request_test ${_unit}/generic_request_test.cpp LIBRARIES messenger_generic_parts messenger_fake_host)
messenger_add_test(generic_reply_test ${_unit}/generic_reply_test.cpp LIBRARIES messenger_generic_parts messenger_fake_host)
messenger_add_test(twilio_address_test ${_unit}/twilio_address_test.cpp LIBRARIES messenger_twilio_parts)
messenger_add_test(twilio_hosts_test ${_unit}/twilio_hosts_test.cpp LIBRARIES messenger_twilio_parts)
messenger_add_test(twilio_catalogue_test ${_unit}/twilio_catalogue_test.cpp LIBRARIES messenger_twilio_parts)
messenger_add_test(twilio_request_test ${_unit}/twilio_request_test.cpp LIBRARIES messenger_twilio_parts messenger_fake_host)
messenger_add_test(twilio_reply_test ${_unit}/twilio_reply_test.cpp LIBRARIES messenger_twilio_parts messenger_fake_host)
messenger_add_test(twilio_signature_test ${_unit}/twilio_signature_test.cpp LIBRARIES messenger_twilio_parts)
messenger_add_test(twilio_receipt_test ${_unit}/twilio_receipt_test.cpp LIBRARIES messenger_twilio_parts)
messenger_add_test(twilio_preview_test ${_unit}/twilio_preview_test.cpp LIBRARIES messenger_twilio_parts)

# Through the C table: classes in the test itself, and the libraries as they are shipped.
messenger_add_test(plugin_barrier_test ${_unit}/plugin_barrier_test.cpp LIBRARIES messenger_fake_host)
messenger_add_test(plugin_example_test ${_unit}/plugin_example_test.cpp LIBRARIES messenger_fake_host DEPENDS carrier_messenger minimal_messenger minimal_messenger_c)
target_compile_definitions(plugin_example_test PRIVATE MESSENGER_EXAMPLE_DIR="${PROJECT_BINARY_DIR}/examples")
messenger_add_test(generic_plugin_test ${_unit}/generic_plugin_test.cpp LIBRARIES messenger_fake_host DEPENDS messenger_generic)
messenger_add_test(twilio_plugin_test ${_unit}/twilio_plugin_test.cpp LIBRARIES messenger_fake_host DEPENDS messenger_twilio)
foreach(_part operations operations_list reconcile)
  messenger_add_test(twilio_${_part}_test ${_unit}/twilio_${_part}_test.cpp
                     LIBRARIES messenger_fake_host Boost::json DEPENDS messenger_twilio)
endforeach()
