#!/usr/bin/env bash
# Installs what is missing, builds, and starts the console. Arguments are passed on: packaging/run.sh --help
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# To standard error: standard output has the ready line alone, for scripts.
"$root/packaging/setup.sh" >&2
"$root/packaging/build.sh" odin-console >&2
# Debian puts nats-server where only root's PATH looks.
PATH=$PATH:/usr/sbin exec "$root/build/release/bin/odin-console" "$@"
