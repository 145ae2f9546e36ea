# odin_room(core_feed LINK Qt6::Core odin::core_model): a static library of every source in the calling folder.
function(odin_room name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.h *.cpp)
  add_library(odin_${name} STATIC ${sources})
  add_library(odin::${name} ALIAS odin_${name})
  set_target_properties(odin_${name} PROPERTIES AUTOMOC ON LINKER_LANGUAGE CXX)
  target_link_libraries(odin_${name} PUBLIC odin_flags ${ARG_LINK})
endfunction()

# odin_test(tst_mailbox LABELS unit LINK odin::core_base): one Qt Test executable of tst_mailbox.cpp, with a deadline.
# With VARIANT x another one of the same source, tst_mailbox_x.
function(odin_test source)
  cmake_parse_arguments(ARG "" "TIMEOUT;VARIANT" "LABELS;LINK" ${ARGN})
  set(name ${source})
  if(ARG_VARIANT)
    set(name ${source}_${ARG_VARIANT})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${source}.cpp)
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE odin_flags Qt6::Test ${ARG_LINK})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
                       ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()
