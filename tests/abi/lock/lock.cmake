# cmake -DACTION=compare|accept|prove [-DWORK=DIR] -P lock.cmake: the public ABI, as libabigail describes it, beside the
# stored x86_64.abi. Always by g++ and with its own flags, so that neither compiler nor preset changes the description.
cmake_minimum_required(VERSION 3.25)
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
set(stored ${CMAKE_CURRENT_LIST_DIR}/x86_64.abi)
if(NOT WORK)
  set(WORK ${root}/build/abi)
endif()
file(GLOB headers ${root}/plugin_api/include/messenger/*.h ${root}/loader/http/include/messenger/*.h)

# Lays the headers out in WORK/NAME/messenger; `from` there becomes `to`.
function(copy_headers name from to)
  set(changed FALSE)
  foreach(header IN LISTS headers)
    file(READ ${header} text)
    string(REPLACE "${from}" "${to}" other "${text}")
    if(NOT other STREQUAL text)
      set(changed TRUE)
    endif()
    get_filename_component(file ${header} NAME)
    file(WRITE ${WORK}/${name}/messenger/${file} "${other}")
  endforeach()
  if(from AND NOT changed)
    message(FATAL_ERROR "${name}: no header has \"${from}\"")
  endif()
endfunction()

function(compile name)
  execute_process(
    COMMAND g++ -std=c++17 -g -gdwarf-4 -O0 -fPIC -shared -nostdlib -I${WORK}/${name}
            describe.cpp -o ${WORK}/${name}.so WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# abidiff's exit status is a set of bits; 4 says that the ABIs differ.
function(compare name status report)
  execute_process(
    COMMAND abidiff --harmless --redundant --no-show-locs ${stored} ${WORK}/${name}.so
    RESULT_VARIABLE result
    OUTPUT_VARIABLE out
    ERROR_VARIABLE err)
  if(NOT result MATCHES "^[0-9]+$" OR result EQUAL 1 OR result EQUAL 3)
    message(FATAL_ERROR "abidiff: ${result} ${err}")
  endif()
  set(${status} ${result} PARENT_SCOPE)
  set(${report} "${out}" PARENT_SCOPE)
endfunction()

# Writes the description, and fails when it lacks a struct, a function or a number of the headers.
function(describe name output)
  execute_process(
    COMMAND abidw --no-show-locs --no-corpus-path --no-comp-dir-path --no-elf-needed --no-parameter-names
            --type-id-style hash --out-file ${output} ${WORK}/${name}.so COMMAND_ERROR_IS_FATAL ANY)
  file(READ ${output} description)
  foreach(header IN LISTS headers)
    file(READ ${header} text)
    string(REGEX MATCHALL "struct [a-z_]+ {|MSGR_[A-Z_]+ = [0-9]|msgr_[a-z_0-9]+\\(" found "${text}")
    foreach(one IN LISTS found)
      string(REGEX MATCH "(msgr|MSGR)_[A-Za-z_0-9]*[A-Za-z0-9]" public_name "${one}")
      if(NOT description MATCHES "name='${public_name}'")
        message(SEND_ERROR "${header}: describe.cpp does not reach ${public_name}")
      endif()
    endforeach()
  endforeach()
endfunction()

# The lock is seen to hold: each of these changes is reported.
function(prove name from to)
  copy_headers(${name} "${from}" "${to}")
  compile(${name})
  compare(${name} status report)
  math(EXPR differs "${status} & 4")
  if(NOT differs)
    message(SEND_ERROR "${name}: abidiff saw nothing (${status})\n${report}")
  endif()
endfunction()

if(ACTION STREQUAL "prove")
  prove(inserted_field "msgr_str to;" "msgr_str inserted, to;")
  prove(appended_field "size_t attribute_count;\n}" "size_t attribute_count, appended;\n}")
  
  prove(changed_parameter "const msgr_op* op, const msgr_message* message" "const msgr_op* op, msgr_message* message")
  prove(renumbered_outcome "MSGR_UNKNOWN = 4" "MSGR_UNKNOWN = 14")
  prove(appended_outcome "MSGR_DEADLINE = 6" "MSGR_DEADLINE = 6, MSGR_LATER = 7")
  prove(moved_flag "MSGR_SECRET 1u" "MSGR_SECRET 2u")
  return()
endif()

copy_headers(public "" "")
compile(public)
if(ACTION STREQUAL "accept")
  describe(public ${stored})
  return()
endif()
describe(public ${WORK}/public.abi)
compare(public status report)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${report}\nThe public ABI has changed; docs/plugin-abi.md says how to accept that.")
endif()
