# messenger_add_test(NAME SOURCE... [LIBRARIES target...] [DEPENDS target...]): one Boost.Test
# executable, one ctest of the same name. Tests find what they need through the definitions below.
function(messenger_add_test name)
  cmake_parse_arguments(arg "" "" "LIBRARIES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE messenger_build Boost::unit_test_framework ${arg_LIBRARIES})
  target_compile_definitions(
    ${name}
    PRIVATE BOOST_TEST_DYN_LINK
            BOOST_TEST_MODULE=${name}
            MESSENGER_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
            MESSENGER_PLUGIN_DIR="${MESSENGER_PLUGIN_OUTPUT_DIRECTORY}"
            MESSENGER_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
            MESSENGER_TEST_PLUGIN_DIR="${PROJECT_BINARY_DIR}/tests/plugins")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
  add_test(NAME ${name} COMMAND ${name} --color_output=no)
  set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()
