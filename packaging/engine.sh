#!/bin/sh
# Builds the engine of the local model (llama.cpp for Python) and installs it into .venv:
#
#   sh packaging/engine.sh             build it once, or take it from the cache
#   sh packaging/engine.sh --vulkan    the same, to use a graphics processor
#   sh packaging/engine.sh --cached    only when it was built before; otherwise do nothing
#
# It compiles for minutes, so run.sh never calls it but with --cached: the station does, when its
# owner wants a local model. The built wheel is kept in ~/.cache/sokoul/wheels (XDG_CACHE_HOME),
# and can be used again on any machine of the same kind. Killed in its middle it is begun again.
#
# Lines "engine: STAGE [DONE/ALL]" tell how far it is. Ends with: 3 there is no compiler, 4 the
# sources cannot be fetched, 5 they do not compile, 6 it does not install, 7 nothing for Vulkan.
set -eu
{ # read as a whole before it begins: an update may replace this file while it compiles

say() { printf 'engine: %s\n' "$*"; }
fail() {
    code=$1
    shift
    say "$*" >&2
    exit "$code"
}

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
root=$(CDPATH='' cd -- "$here/.." && pwd -P)
packaging=$root/packaging
venv=$root/.venv
python=$venv/bin/python
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sokoul/wheels

vulkan='' only_cached=''
for option in "$@"; do
    case $option in
        --vulkan) vulkan=1 ;;
        --cached) only_cached=1 ;;
        *) fail 2 "unknown option $option: --vulkan or --cached" ;;
    esac
done
[ -x "$python" ] || fail 6 'there is no .venv yet: sh packaging/setup.sh'
if [ -n "$only_cached" ]; then # the kind that was built last
    IFS= read -r vulkan 2>/dev/null <"$cache/vulkan" || vulkan=''
fi

# ------------------------------------------------------------------------------ what, and for what

release=$(sed -n 's/^llama-cpp-python==\([^ ]*\).*/\1/p' "$packaging/engine-source.txt")

has() { # all these words in what the processor says it can do
    for word in "$@"; do
        grep -qwm1 -e "$word" /proc/cpuinfo || return 1
    done
}

# Portable: never for the very processor that compiles, but for all of its kind.
flags='-DGGML_NATIVE=OFF -DGGML_CCACHE=OFF -DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF'
left_out='include/**;lib/**;bin/**' # a second copy, for programs in C
machine=$(uname -m)
case $machine in
    x86_64)
        kind='avx2' # the newest that every machine of the last ten years has
        if ! has avx2 fma f16c bmi2; then
            kind='plain'
            flags="$flags -DGGML_AVX=OFF -DGGML_AVX2=OFF -DGGML_FMA=OFF -DGGML_F16C=OFF -DGGML_BMI2=OFF"
        fi
        ;;
    aarch64)
        kind='v8'
        if has asimddp asimdhp i8mm; then
            kind='v8.2-dotprod-i8mm' # as on the board the station is planned for
            flags="$flags -DGGML_CPU_ARM_ARCH=armv8.2-a+fp16+dotprod+i8mm"
        elif has asimddp asimdhp; then
            kind='v8.2-dotprod'
            flags="$flags -DGGML_CPU_ARM_ARCH=armv8.2-a+fp16+dotprod"
        fi
        ;;
    *) kind='plain' ;;
esac
if [ -n "$vulkan" ]; then
    kind="$kind-vulkan"
    flags="$flags -DGGML_VULKAN=ON"
fi
recipe=$({
    cat "$packaging/engine-source.txt" "$packaging/engine.cmake" \
        "$packaging/requirements-engine-build.txt"
    echo "$flags $left_out"
} | sha256sum | cut -c1-12)
tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
key="$release-$tag-$machine-$kind-$recipe"
kept=$cache/$key

wheel() { # the built wheel in a folder; nothing when there is none
    for file in "$1"/llama_cpp_python-*.whl; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

works() { "$python" -c 'import llama_cpp' >/dev/null 2>&1; }

# --------------------------------------------------------------------------------------- the build

mkdir -p "$cache"
chmod 700 "$cache"
if command -v flock >/dev/null; then # one at a time: a second one waits and finds it done
    exec 8>"$cache/lock"
    if [ -n "$only_cached" ]; then
        flock -n 8 || exit 0 # it is being built; nobody waits for that here
    else
        flock 8
    fi
fi
if cmp -s "$packaging/requirements-engine.txt" "$venv/done-engine-requirements" &&
    [ "$(cat "$venv/done-engine" 2>/dev/null)" = "$key" ] && works; then
    exit 0
fi
if [ -n "$only_cached" ] && [ -z "$(wheel "$kept")" ]; then
    exit 0
fi

place='' # where it is built; gone afterwards, and what was left by one that was killed, too
rm -rf "$cache"/building.*
trap '[ -z "$place" ] || rm -rf "$place"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

workers() { # as many as there are cores, and a gigabyte of memory for each
    cores=$(nproc 2>/dev/null || echo 1)
    room=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || echo 1)
    [ "$room" -ge 1 ] || room=1
    [ "$room" -ge "$cores" ] && echo "$cores" || echo "$room"
}

compile() { # in $place, with what is in $place/tools
    # PATH: the build must find this cmake and this ninja.
    PATH=$place/tools/bin:$PATH CMAKE_GENERATOR=Ninja CMAKE_BUILD_PARALLEL_LEVEL=$(workers) \
        CMAKE_ARGS="$flags \"-DCMAKE_PROJECT_llama.cpp_INCLUDE=$packaging/engine.cmake\"" \
        SKBUILD_CMAKE_BUILD_TYPE=Release SKBUILD_WHEEL_EXCLUDE="$left_out" TMPDIR=$place \
        "$place/tools/bin/python" -m pip --disable-pip-version-check --no-input \
        wheel --verbose --no-deps --no-build-isolation --no-binary :all: --no-cache-dir \
        --no-index --find-links "$place/source" --require-hashes \
        -r "$packaging/engine-source.txt" --wheel-dir "$place/made"
}

build() {
    command -v c++ >/dev/null && command -v cc >/dev/null ||
        fail 3 'there is no C++ compiler (as root: apt-get install g++)'
    if [ -n "$vulkan" ]; then # the headers of Debian 12 are older than what the sources use
        command -v glslc >/dev/null && [ -f /usr/include/spirv/unified1/spirv.h ] &&
            grep -qs VK_EXT_layer_settings /usr/include/vulkan/vulkan_core.h ||
            fail 7 'nothing to build for Vulkan with (Debian 13, as root: apt-get install glslc libvulkan-dev spirv-headers)'
    fi
    place=$(mktemp -d "$cache/building.XXXXXX")
    say fetch
    "$python" -m venv "$place/tools" >"$cache/engine.log" 2>&1 || fail 4 "no environment to build in; see $cache/engine.log"
    "$place/tools/bin/python" -m pip --disable-pip-version-check --no-input install --quiet \
        --only-binary :all: --require-hashes -r "$packaging/requirements-engine-build.txt" \
        >>"$cache/engine.log" 2>&1 || fail 4 "the tools to build with cannot be fetched; see $cache/engine.log"
    # First alone: whether it can be fetched is another question than whether it compiles.
    "$place/tools/bin/python" -m pip --disable-pip-version-check --no-input download --quiet \
        --no-deps --no-build-isolation --no-binary :all: --require-hashes \
        -r "$packaging/engine-source.txt" -d "$place/source" >>"$cache/engine.log" 2>&1 8>&- ||
        fail 4 "the source cannot be fetched; see $cache/engine.log"
    say compile
    # The compiler's own counting, "[27/83]", is passed on; the rest is for the log.
    { compile 2>&1 8>&- || echo "failed with $?" >"$place/failed"; } | tee -a "$cache/engine.log" |
        sed -un 's/^ *\[\([0-9]*\/[0-9]*\)\].*/engine: compile \1/p'
    [ ! -e "$place/failed" ] && [ -n "$(wheel "$place/made")" ] ||
        fail 5 "it does not compile; see $cache/engine.log"
    rm -rf "$kept"
    mv "$place/made" "$kept"
}

install() {
    say install
    rm -f "$venv/done-engine" "$venv/done-engine-requirements"
    "$python" -m pip --disable-pip-version-check --no-input install --quiet --only-binary :all: \
        --require-hashes -r "$packaging/requirements-engine.txt" >>"$cache/engine.log" 2>&1 &&
        "$python" -m pip --disable-pip-version-check --no-input install --quiet --no-deps \
            --no-index --force-reinstall "$(wheel "$kept")" >>"$cache/engine.log" 2>&1 && works
}

finish() {
    printf '%s\n' "$vulkan" >"$cache/vulkan"
    cp "$packaging/requirements-engine.txt" "$venv/done-engine-requirements"
    printf '%s\n' "$key" >"$venv/done-engine.new"
    mv "$venv/done-engine.new" "$venv/done-engine"
}

if [ -n "$(wheel "$kept")" ]; then
    if install; then
        finish
        exit 0
    fi
    [ -z "$only_cached" ] || exit 0
    say 'the kept wheel does not work here; building it again'
    rm -rf "$kept"
fi
build
install || fail 6 "it does not install; see $cache/engine.log"
finish
exit 0
}
