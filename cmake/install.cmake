# `cmake --install`: a prefix that may be moved as a whole. Component Runtime is what a host's machine needs,
# Development what is needed to compile against it.
include(CMakePackageConfigHelpers)

install(
  TARGETS messenger_plugin_api messenger_loader messenger_http
  EXPORT messengerTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime NAMELINK_COMPONENT Development
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development)
install(
  DIRECTORY plugin_api/include/ loader/include/ loader/http/include/
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT Development)

if(TARGET messenger_delivery)
  install(
    TARGETS messenger_delivery
    EXPORT messengerTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime NAMELINK_COMPONENT Development)
  install(
    DIRECTORY host_example/library/include/
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    COMPONENT Development)
endif()

# The CMake package.
set(_package ${PROJECT_SOURCE_DIR}/cmake/package)
set(_generated ${PROJECT_BINARY_DIR}/package)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(_compatible SameMinorVersion)
else()
  set(_compatible SameMajorVersion)
endif()
configure_package_config_file(
  ${_package}/messengerConfig.cmake.in ${_generated}/messengerConfig.cmake
  INSTALL_DESTINATION ${MESSENGER_CMAKE_DIR}
  PATH_VARS MESSENGER_PLUGINS_DIR)
write_basic_package_version_file(${_generated}/messengerConfigVersion.cmake COMPATIBILITY ${_compatible})
install(
  EXPORT messengerTargets
  NAMESPACE messenger::
  DESTINATION ${MESSENGER_CMAKE_DIR}
  COMPONENT Development)
install(
  FILES ${_generated}/messengerConfig.cmake ${_generated}/messengerConfigVersion.cmake cmake/plugin.cmake
        cmake/plugin.map cmake/json.cmake plugin_api/src/json.cpp
  DESTINATION ${MESSENGER_CMAKE_DIR}
  COMPONENT Development)

# pkg-config. A shared library brings its own along; even Requires.private would ask for libcurl's headers, which no
# host needs. A static one stands alone here, so what it needs is not behind --static.
set(_pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH MESSENGER_PREFIX_FROM_PC ${CMAKE_INSTALL_PREFIX}/${_pc_dir} ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" MESSENGER_PREFIX_FROM_PC ${MESSENGER_PREFIX_FROM_PC})
if(NOT BUILD_SHARED_LIBS)
  set(MESSENGER_HTTP_REQUIRES "libcurl libssl libcrypto")
  set(MESSENGER_HTTP_LIBS "-lstdc++ -pthread")
  set(MESSENGER_LOADER_LIBS "-lboost_json -lstdc++ -ldl -pthread")
endif()
foreach(_pc plugin loader http)
  configure_file(${_package}/messenger-${_pc}.pc.in ${_generated}/messenger-${_pc}.pc @ONLY)
  install(FILES ${_generated}/messenger-${_pc}.pc DESTINATION ${_pc_dir} COMPONENT Development)
endforeach()
