#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs all tests but the benchmarks. Exit code 0: all passed.
# --werror: compiler warnings are errors (continuous integration).
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

printf '\ntest: page %s, programs %s\n' "$page" "$programs"
[[ $page == passed && $programs == passed ]]
