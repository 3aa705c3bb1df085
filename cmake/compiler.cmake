# Flags that every target of this project takes by linking messenger_build; never global, so that
# a project that includes this one keeps its own.
add_library(messenger_build INTERFACE)
target_compile_options(messenger_build INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# Looked up at start, and then read-only: nothing that overwrites memory can redirect a call.
target_link_options(messenger_build INTERFACE -Wl,-z,relro -Wl,-z,now)

set(MESSENGER_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them (presets asan and tsan)")
if(MESSENGER_SANITIZE)
  set(_sanitize -fsanitize=${MESSENGER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # Asio's fences are nothing that TSan could see; they are not what it is asked about.
  target_compile_options(messenger_build INTERFACE ${_sanitize} $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-tsan>)
  target_link_options(messenger_build INTERFACE ${_sanitize})
endif()
