# cmake -DNM=… -DPLUGINS=a.so;b.so -P symbols.cmake: each exports its entry and nothing else.
foreach(plugin IN LISTS PLUGINS)
  execute_process(COMMAND ${NM} -D --defined-only --format=posix ${plugin} OUTPUT_VARIABLE symbols
                  COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE " [^\n]*\n" ";" names "${symbols}")
  list(FILTER names EXCLUDE REGEX "^$")
  if(NOT names STREQUAL "msgr_plugin_v1")
    message(SEND_ERROR "${plugin} exports: ${names}")
  endif()
endforeach()
