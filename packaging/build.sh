#!/usr/bin/env bash
# build.sh TARGET [-DNAME=VALUE...]: configures the preset "release" where that has not happened, and builds TARGET.
# Quiet: a line per step, and the log only when something fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=$1
shift
folder=build/release
log=$folder/build.log
mkdir -p "$folder"

# One step that may take a while: shows how far it is where somebody looks, tells all when it fails.
step() {
    local what=$1
    shift
    printf 'build: %s\n' "$what"
    if [[ -t 1 ]]; then
        "$@" 2>&1 | tee "$log" | sed -un 's/^\(\[[0-9]*\/[0-9]*\]\).*/\1/p' | while read -r progress; do
            printf '\r       %s' "$progress"
        done || broken "$what"
        printf '\r\033[K'
    else
        "$@" >"$log" 2>&1 || broken "$what"
    fi
}

broken() {
    printf '\n'
    cat "$log"
    printf 'build: %s failed, see above\n' "$1" >&2
    exit 1
}

if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
if [[ ! -f $folder/build.ninja || $# -gt 0 ]]; then
    step "configuring" cmake --preset release "$@"
fi
step "building $target" cmake --build --preset release --target "$target"
