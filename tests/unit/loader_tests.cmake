# The loader's own tests; they load the plugins of tests/abi and of tests/bad_plugins.
foreach(part load refusal bad_plugin config send completion result drain parking replace services operations receipts)
  messenger_add_test(loader_${part}_test ${CMAKE_CURRENT_LIST_DIR}/loader_${part}_test.cpp LIBRARIES messenger::loader
                     DEPENDS messenger_test_plugins messenger_bad_plugins)
  target_include_directories(loader_${part}_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/..
                                                         ${CMAKE_CURRENT_LIST_DIR}/../abi/plugins
                                                         ${CMAKE_CURRENT_LIST_DIR}/../../loader/src)
  target_compile_definitions(loader_${part}_test
                             PRIVATE MESSENGER_BAD_PLUGIN_DIR="${PROJECT_BINARY_DIR}/tests/bad_plugins")
endforeach()
target_link_libraries(loader_services_test PRIVATE messenger_fake_host)
add_dependencies(loader_services_test messenger_generic messenger_twilio)
# Of the loader's inside: what no plugin needs.
messenger_add_test(loader_schema_test ${CMAKE_CURRENT_LIST_DIR}/loader_schema_test.cpp LIBRARIES messenger_loader_checks
                   Boost::json)
target_include_directories(loader_schema_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../../loader/src)
