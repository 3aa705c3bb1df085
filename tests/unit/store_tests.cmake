# What the host keeps.
foreach(part documents challenges events outbox sealing open)
  messenger_add_test(store_${part}_test ${CMAKE_CURRENT_LIST_DIR}/store_${part}_test.cpp LIBRARIES test_support host_store)
endforeach()
foreach(part sealing open)
  target_link_libraries(store_${part}_test PRIVATE SOCI::sqlite3 sodium::sodium)
endforeach()
add_executable(store-writer ${CMAKE_CURRENT_LIST_DIR}/store_writer.cpp)
target_link_libraries(store-writer PRIVATE messenger_build host_store)
set_target_properties(store-writer PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
messenger_add_test(store_kill_test ${CMAKE_CURRENT_LIST_DIR}/store_kill_test.cpp LIBRARIES test_support host_store
                   SOCI::sqlite3 DEPENDS store-writer)
target_compile_definitions(store_kill_test PRIVATE MESSENGER_STORE_WRITER="$<TARGET_FILE:store-writer>")

# Who may call the API.
messenger_add_test(api_keys_test ${CMAKE_CURRENT_LIST_DIR}/api_keys_test.cpp LIBRARIES test_support host_routes)

# Client certificates.
messenger_add_test(client_certificate_test ${CMAKE_CURRENT_LIST_DIR}/client_certificate_test.cpp LIBRARIES test_support
                   host_delivery)
messenger_add_test(key_routes_test ${CMAKE_CURRENT_LIST_DIR}/key_routes_test.cpp LIBRARIES test_support host_routes
                   SOCI::sqlite3)
