# Read by CMake inside the engine's build: leaves out a library of llama.cpp that its programs use
# and the station does not. It is more than half of the compiling.
set(LLAMA_BUILD_COMMON OFF)
