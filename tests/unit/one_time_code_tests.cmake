# One-time codes: users, templates, a tenant's settings, two-factor logins.
set(_unit ${CMAKE_CURRENT_LIST_DIR})
messenger_add_test(code_generator_test ${_unit}/code_generator_test.cpp LIBRARIES host_delivery)
messenger_add_test(message_template_test ${_unit}/message_template_test.cpp LIBRARIES host_delivery)
messenger_add_test(tenant_settings_test ${_unit}/tenant_settings_test.cpp LIBRARIES host_delivery)
messenger_add_test(user_document_test ${_unit}/user_document_test.cpp LIBRARIES host_delivery)
