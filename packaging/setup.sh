#!/usr/bin/env bash
# Installs what is missing to build and run the programs on Debian 12; with --tests also what the tests need,
# with --bench the peers that tests/bench/run.py --peers all compares with, with --screenshots what packaging/screenshots.sh needs,
# with --fuzz what packaging/fuzz.sh needs.
# With nothing missing it asks no server, changes nothing and takes no time.
set -euo pipefail

build=(cmake ninja-build g++ ccache pkg-config
       qt6-base-dev libqt6opengl6-dev qt6-websockets-dev qt6-httpserver-dev qt6-charts-dev qt6-svg-dev
       libnats-dev prometheus-cpp-dev libtomlplusplus-dev libqrencode-dev
       libcjose-dev libjansson-dev libssl-dev)
run=(nats-server ca-certificates fonts-inter fonts-jetbrains-mono)
tests=(python3 python3-websockets chromium xvfb xauth slowhttptest openssl)
bench=(nginx-light libnginx-mod-nchan mosquitto)
screenshots=(chromium xvfb xdotool imagemagick)
fuzz=(clang-14 libclang-rt-14-dev)
node_min=18

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# Of the packages named, those that are not installed.
missing() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
    printf '%s\n' "$@" | grep -vxFf <(printf '%s\n' "$installed") || true
}

has_node() {
    local version
    version=$(node --version 2>/dev/null) && command -v npm >/dev/null || return 1
    version=${version#v}
    ((${version%%.*} >= node_min))
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null; }

install() {
    ((EUID == 0)) || command -v sudo >/dev/null || fail "needs root or sudo to install: $*"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    say "updating the list of packages"
    apt update || say "not every source of packages answered, trying to install all the same"
    say "installing $*"
    apt install --no-install-recommends "$@" && return
    cat "$log" >&2
    fail "apt could not install these packages: see above"
}

wanted=("${build[@]}" "${run[@]}")
case "${1-}" in
    --tests) wanted+=("${tests[@]}") ;;
    --bench) wanted+=("${bench[@]}") ;;
    --screenshots) wanted+=("${screenshots[@]}") ;;
    --fuzz) wanted+=("${fuzz[@]}") ;;
    '') ;;
    *) fail "unknown option $1 (there are --tests, --bench, --screenshots and --fuzz)" ;;
esac

if ! command -v dpkg-query >/dev/null; then
    say "no dpkg here, so nothing is checked or installed; needed (names of Debian 12): ${wanted[*]} nodejs npm"
    exit
fi

mapfile -t packages < <(missing "${wanted[@]}")
has_node || packages+=(nodejs npm)
if ((${#packages[@]})); then
    install "${packages[@]}"
    has_node || fail "Node $node_min or newer is needed, this system gives $(node --version 2>/dev/null || echo none)"
fi
