# Everything here is a Debian 12 package, installed by scripts/install-packages.
set(CMAKE_THREAD_PREFER_PTHREAD ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CURL 7.87 REQUIRED) # CURLOPT_QUICK_EXIT
find_package(OpenSSL 3.0 REQUIRED) # reads client certificates, as the libcurl above is built with it
find_package(ICU 67 REQUIRED COMPONENTS uc) # where a message's text may be cut into parts
if(MESSENGER_BUILD_HOST OR MESSENGER_BUILD_TESTS)
  list(PREPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
  find_package(CLI11 REQUIRED)
  find_package(Boost 1.81 REQUIRED COMPONENTS json url)
  find_package(SOCI REQUIRED)
  find_package(SQLite3 REQUIRED)
  find_package(sodium REQUIRED)
  find_package(nlohmann_json 3.11 REQUIRED)
  find_package(prometheus-cpp REQUIRED)
endif()
if(MESSENGER_BUILD_TESTS)
  find_package(Boost 1.81 REQUIRED COMPONENTS json unit_test_framework)
endif()
