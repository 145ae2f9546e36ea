#!/usr/bin/env bash
# fuzz.sh [SECONDS [NAME...]]: builds the fuzz targets with clang 14 and runs each for so long (60 s), as many at once as there are cores.
# Exit code 0: nothing was found. What was found stays in build/fuzz/found, what was learned in build/fuzz/corpus.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

seconds=${1:-60}
shift || true
names=("${@:-requesthead command buspayload token settings adminrequest}")
read -ra names <<<"${names[*]}"
build=build/fuzz
export ASAN_OPTIONS=detect_stack_use_after_return=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-14/bin/llvm-symbolizer

"$root/packaging/setup.sh" --fuzz
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
mkdir -p "$build"
printf 'fuzz: building\n'
{ cmake --preset fuzz && cmake --build --preset fuzz --target fuzz; } >"$build/build.log" 2>&1 || { cat "$build/build.log"; exit 1; }

# Bytes that a target looks at, its bound and some more.
longest() {
    case $1 in
        requesthead | adminrequest | command) echo 17000 ;;
        buspayload) echo 6000 ;;
        *) echo 4200 ;;
    esac
}

one() {
    local name=$1 log=$build/fuzz/$1.log
    mkdir -p "$build/corpus/$name" "$build/found"
    if "$build/fuzz/fuzz-$name" -max_total_time="$seconds" -max_len="$(longest "$name")" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -dict="tests/fuzz/$name.dict" -artifact_prefix="$build/found/$name-" "$build/corpus/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
        printf 'fuzz: %s: nothing found in %s runs\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    else
        tail -60 "$log"
        printf 'fuzz: %s: found something, see above; again with: %s FILE\n' "$name" "$build/fuzz/fuzz-$name"
        return 1
    fi
}
export -f one longest
export build seconds

printf '%s\n' "${names[@]}" | xargs -P "$(nproc)" -I{} bash -c 'one {}'
