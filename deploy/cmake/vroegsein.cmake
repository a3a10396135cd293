# What every folder's library shares: compiler options, warnings on our own code only, a function that
# makes one static library per folder, and one that puts a file's bytes into the binary.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

set(VROEGSEIN_LINK_OPTIONS "")
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  list(APPEND VROEGSEIN_LINK_OPTIONS -fuse-ld=mold)
endif()
if(VROEGSEIN_SANITIZE)
  add_compile_options(-fsanitize=${VROEGSEIN_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VROEGSEIN_SANITIZE})
endif()
if(VROEGSEIN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Assertions stay on in production: NDEBUG is never set, whatever the build type says.
foreach(config RELEASE RELWITHDEBINFO MINSIZEREL)
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_${config} "${CMAKE_CXX_FLAGS_${config}}")
endforeach()

add_library(vroegsein_strict INTERFACE)
target_compile_options(vroegsein_strict INTERFACE -Wall -Wextra -Wshadow -Wconversion -Werror)
target_include_directories(vroegsein_strict INTERFACE ${PROJECT_SOURCE_DIR})

# Other people's headers are not ours to warn about.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)

# vroegsein_library(NAME SOURCES ... [LINK ...]): the static library of one folder.
function(vroegsein_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC ${arg_LINK} PRIVATE vroegsein_strict ${arg_PRIVATE_LINK})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# vroegsein_allocator(TARGET): records are many small pieces; jemalloc keeps them cheap. A sanitizer has
# its own allocator.
function(vroegsein_allocator target)
  if(NOT VROEGSEIN_SANITIZE)
    target_link_libraries(${target} PRIVATE jemalloc)
  endif()
endfunction()

# vroegsein_protobuf(NAME FILE.proto ... [LINK ...]): a library of generated code, outside our warnings.
# Headers are included as "store/record.pb.h": the path of the .proto from the top.
function(vroegsein_protobuf name)
  cmake_parse_arguments(arg "" "" "PROTOS;LINK" ${ARGN})
  set(out ${PROJECT_BINARY_DIR}/proto)
  file(MAKE_DIRECTORY ${out})
  set(generated "")
  foreach(proto ${arg_PROTOS})
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    list(APPEND generated ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
    add_custom_command(
      OUTPUT ${out}/${stem}.pb.cc ${out}/${stem}.pb.h
      COMMAND protobuf::protoc --cpp_out=${out} -I${PROJECT_SOURCE_DIR} ${proto}
      DEPENDS ${PROJECT_SOURCE_DIR}/${proto}
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
  endforeach()
  add_library(${name} STATIC ${generated})
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${arg_LINK})
endfunction()

# vroegsein_embed(TARGET SYMBOL FILE): the bytes of FILE as `extern "C" const char SYMBOL[], SYMBOL_end[]`.
function(vroegsein_embed target symbol file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S)
  set(text "    .section .rodata\n    .global ${symbol}\n    .global ${symbol}_end\n")
  string(APPEND text "${symbol}:\n    .incbin \"${file}\"\n${symbol}_end:\n    .byte 0\n")
  string(APPEND text "    .section .note.GNU-stack,\"\",@progbits\n")
  file(GENERATE OUTPUT ${source} CONTENT "${text}")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file} GENERATED TRUE)
  target_sources(${target} PRIVATE ${source})
endfunction()
