#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs all tests but the benchmarks. Exit code 0: all passed.
# --werror: compiler warnings are errors, and the fuzz targets run for a minute each (continuous integration).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."

options=()
case "${1-}" in
    --werror) options+=(-DODIN_WERROR=ON) ;;
    '') ;;
    *) printf 'test: unknown option %s (there is only --werror)\n' "$1" >&2; exit 2 ;;
esac

"$here/setup.sh" --tests
"$here/build.sh" all "${options[@]}"
export PATH=$PATH:/usr/sbin # where Debian puts nats-server

# Both parts run even when the first fails: one run tells everything.
page=passed
printf '\ntest: the page and its client library\n'
(cd webclient && { [[ -d node_modules ]] || npm ci --loglevel=error --no-audit --no-fund; } && npm test --silent) || page=failed

programs=passed
printf '\ntest: the programs\n'
ctest --preset release || programs=failed

fuzzing='not run'
if [[ ${1-} == --werror ]]; then
    printf '\ntest: the fuzz targets\n'
    if ! "$here/setup.sh" --fuzz; then
        printf 'test: there is no clang 14 here, so nothing is fuzzed\n'
    elif "$here/fuzz.sh" 60; then
        fuzzing=passed
    else
        fuzzing=failed
    fi
fi

printf '\ntest: page %s, programs %s, fuzzing %s\n' "$page" "$programs" "$fuzzing"
[[ $page == passed && $programs == passed && $fuzzing != failed ]]
