# abi_layout_*: the table of layout.c under every compiler, language version and word size at hand.
find_program(MESSENGER_CLANG clang)
set(_layout ${CMAKE_CURRENT_LIST_DIR}/layout.c)
set(_messenger_abi_include ${CMAKE_CURRENT_LIST_DIR}/../../plugin_api/include)

function(_messenger_layout_test name language standard)
  add_test(NAME abi_layout_${name}_${standard}
           COMMAND ${ARGN} -x ${language} -std=${standard} -Wall -Wextra -Wpedantic -Wpadded -Werror -fsyntax-only
                   -I${_messenger_abi_include} ${_layout})
endfunction()

function(_messenger_layout_tests name c cxx)
  foreach(standard c99 c11 c17)
    _messenger_layout_test(${name} c ${standard} ${c} ${ARGN})
  endforeach()
  foreach(standard c++11 c++17 c++20)
    _messenger_layout_test(${name} c++ ${standard} ${cxx} ${ARGN})
  endforeach()
endfunction()

_messenger_layout_tests(native ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER})
# Freestanding: the compiler's own headers do, no 32-bit C library is needed.
if(CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64)
  _messenger_layout_tests(m32 ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER} -m32 -ffreestanding)
endif()
if(MESSENGER_CLANG)
  _messenger_layout_tests(clang ${MESSENGER_CLANG} ${MESSENGER_CLANG})
  foreach(target i686-linux-gnu armv7-none-eabi aarch64-none-elf)
    foreach(standard c99 c17)
      _messenger_layout_test(clang_${target} c ${standard} ${MESSENGER_CLANG} --target=${target} -ffreestanding)
    endforeach()
  endforeach()
endif()
