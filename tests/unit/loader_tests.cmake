# The loader's own tests; they load the plugins of tests/abi.
foreach(part load config send completion result drain parking replace)
  messenger_add_test(loader_${part}_test ${CMAKE_CURRENT_LIST_DIR}/loader_${part}_test.cpp LIBRARIES messenger::loader
                     DEPENDS messenger_test_plugins)
  target_include_directories(loader_${part}_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/..
                                                         ${CMAKE_CURRENT_LIST_DIR}/../abi/plugins
                                                         ${CMAKE_CURRENT_LIST_DIR}/../../loader/src)
endforeach()
