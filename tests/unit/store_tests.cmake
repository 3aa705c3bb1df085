# What the host keeps: on SQLite, and again on a PostgreSQL server of the test's own.
function(messenger_add_store_test name)
  messenger_add_test(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE test_support host_store SOCI::sqlite3 SOCI::postgresql sodium::sodium)
  add_test(NAME ${name}_on_postgresql COMMAND ${name} --color_output=no)
  set_tests_properties(${name}_on_postgresql PROPERTIES TIMEOUT 300 ENVIRONMENT MESSENGER_TEST_ENGINE=postgresql)
endfunction()
foreach(part documents challenges events migration notices outbox outbox_groups outbox_race outbox_search sealing shared)
  messenger_add_store_test(store_${part}_test ${CMAKE_CURRENT_LIST_DIR}/store_${part}_test.cpp)
endforeach()
foreach(part disk full open)
  messenger_add_test(store_${part}_test ${CMAKE_CURRENT_LIST_DIR}/store_${part}_test.cpp LIBRARIES test_support host_store
                     SOCI::sqlite3)
endforeach()
messenger_add_test(store_postgres_test ${CMAKE_CURRENT_LIST_DIR}/store_postgres_test.cpp LIBRARIES test_support host_store
                   SOCI::postgresql sodium::sodium)
set_tests_properties(store_postgres_test PROPERTIES ENVIRONMENT MESSENGER_TEST_ENGINE=postgresql)
add_executable(store-writer ${CMAKE_CURRENT_LIST_DIR}/store_writer.cpp)
target_link_libraries(store-writer PRIVATE messenger_build host_store)
set_target_properties(store-writer PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
messenger_add_store_test(store_kill_test ${CMAKE_CURRENT_LIST_DIR}/store_kill_test.cpp DEPENDS store-writer)
target_compile_definitions(store_kill_test PRIVATE MESSENGER_STORE_WRITER="$<TARGET_FILE:store-writer>")

# Who may call the API.
messenger_add_test(api_keys_test ${CMAKE_CURRENT_LIST_DIR}/api_keys_test.cpp LIBRARIES test_support host_routes)

# Client certificates.
messenger_add_test(client_certificate_test ${CMAKE_CURRENT_LIST_DIR}/client_certificate_test.cpp LIBRARIES test_support
                   host_delivery)
messenger_add_test(key_routes_test ${CMAKE_CURRENT_LIST_DIR}/key_routes_test.cpp LIBRARIES test_support host_routes
                   SOCI::sqlite3)
