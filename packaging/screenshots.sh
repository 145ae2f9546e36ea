#!/usr/bin/env bash
# screenshots.sh [FOLDER]: takes the pictures of the documents from the real program with live data: each page of the console and the
# page in a browser, dark and light. FOLDER: docs/images. Arguments behind it name the console's pages to take, all by default.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$(realpath -m "${1:-$root/docs/images}")
shift || true
pages=(dashboard prices clients simulator load-test latency savings log settings) # in the order of Ctrl+1 to Ctrl+9
wanted=("${@:-${pages[@]}}")
clients=200
settle=20 # seconds of live data before the first picture
glance=3  # seconds for each page to fill

"$root/packaging/setup.sh" --screenshots
"$root/packaging/build.sh" odin-console
"$root/packaging/build.sh" odin-loadtest
bin=$root/build/release/bin
mkdir -p "$target"
home=$(mktemp -d)
started=()

end_all() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait "${started[@]}" 2>/dev/null || true
    started=()
}
trap 'end_all; rm -rf "$home"' EXIT

say() { printf 'screenshots: %s\n' "$*"; }

# Until a file has a line with this, for 30 s.
await() {
    local i
    for ((i = 0; i < 300; ++i)); do
        grep -qs "$2" "$1" && return
        sleep 0.1
    done
    say "not in 30 s: $2 in $(basename "$1")" >&2
    cat "$1" "$home"/*.log >&2
    exit 1
}

address() { sed -n "s/.* $1=\([^ ]*\).*/\1/p" "$home/ready"; }

open_display() {
    Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$home/display" 2>/dev/null &
    started+=($!)
    await "$home/display" '[0-9]'
    export DISPLAY=:$(<"$home/display") QT_QPA_PLATFORM=xcb
}

start_console() {
    export XDG_CONFIG_HOME=$home/$1 XDG_STATE_HOME=$home/$1
    mkdir -p "$XDG_CONFIG_HOME/odin"
    printf "[General]\ntheme=%s\n[firstSteps]\nshown=true\n" "$1" >"$XDG_CONFIG_HOME/odin/console.ini"
    PATH=$PATH:/usr/sbin "$bin/odin-console" --listen 127.0.0.1:0 --admin 127.0.0.1:0 >"$home/ready" 2>"$home/console.log" &
    started+=($!)
    await "$home/ready" '^ready '
    "$bin/odin-loadtest" --url "$(address ws)" --ramp $clients --hold 60m --mix normal=85,slow=5,reconnect=2,random=3,idle=5 >"$home/swarm.log" 2>&1 &
    started+=($!)
    window=$(xdotool search --sync --onlyvisible --name 'Odin Console' | head -1)
    xdotool windowmove "$window" 0 0 windowsize "$window" 1280 800 windowfocus "$window"
    sleep $settle
}

take_console() {
    local page i
    for i in "${!pages[@]}"; do
        page=${pages[i]}
        [[ " ${wanted[*]} " == *" $page "* ]] || continue
        xdotool key --clearmodifiers "ctrl+$((i + 1))"
        sleep $glance
        import -window "$window" +dither -colors 255 "PNG8:$target/console-$page-$1.png"
        say "console-$page-$1.png"
    done
}

for theme in dark light; do
    open_display
    start_console $theme
    take_console $theme
    (cd "$root/webclient" && node tests/browser/picture.mjs "$(address page)" $theme "$home/page.png")
    convert "$home/page.png" +dither -colors 255 "PNG8:$target/page-$theme.png"
    say "page-$theme.png"
    end_all
done
