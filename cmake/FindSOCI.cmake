# Debian's libsoci-dev brings neither a CMake package nor a pkg-config file, and CMake's own module for PostgreSQL wants
# the server's headers. Defines SOCI::sqlite3, and SOCI::postgresql with libpq.
find_path(SOCI_INCLUDE_DIR soci/soci.h)
find_path(SOCI_LIBPQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)
find_library(SOCI_CORE_LIBRARY soci_core)
find_library(SOCI_SQLITE3_LIBRARY soci_sqlite3)
find_library(SOCI_POSTGRESQL_LIBRARY soci_postgresql)
find_library(SOCI_LIBPQ_LIBRARY pq)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  SOCI REQUIRED_VARS SOCI_CORE_LIBRARY SOCI_SQLITE3_LIBRARY SOCI_POSTGRESQL_LIBRARY SOCI_LIBPQ_LIBRARY SOCI_INCLUDE_DIR
                     SOCI_LIBPQ_INCLUDE_DIR)
if(SOCI_FOUND AND NOT TARGET SOCI::sqlite3)
  add_library(SOCI::sqlite3 INTERFACE IMPORTED)
  target_include_directories(SOCI::sqlite3 SYSTEM INTERFACE ${SOCI_INCLUDE_DIR})
  target_link_libraries(SOCI::sqlite3 INTERFACE ${SOCI_SQLITE3_LIBRARY} ${SOCI_CORE_LIBRARY})
  add_library(SOCI::postgresql INTERFACE IMPORTED)
  target_include_directories(SOCI::postgresql SYSTEM INTERFACE ${SOCI_INCLUDE_DIR} ${SOCI_LIBPQ_INCLUDE_DIR})
  target_link_libraries(SOCI::postgresql INTERFACE ${SOCI_POSTGRESQL_LIBRARY} ${SOCI_CORE_LIBRARY}
                                                   ${SOCI_LIBPQ_LIBRARY})
endif()
mark_as_advanced(SOCI_INCLUDE_DIR SOCI_LIBPQ_INCLUDE_DIR SOCI_CORE_LIBRARY SOCI_SQLITE3_LIBRARY SOCI_POSTGRESQL_LIBRARY
                 SOCI_LIBPQ_LIBRARY)
