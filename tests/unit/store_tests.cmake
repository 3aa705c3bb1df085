# What the host keeps.
foreach(part documents)
  messenger_add_test(store_${part}_test ${CMAKE_CURRENT_LIST_DIR}/store_${part}_test.cpp LIBRARIES test_support host_store)
endforeach()
