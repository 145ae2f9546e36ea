#!/usr/bin/env python3
"""The benchmark: odin-gateway beside a bare send() loop and beside Node's ws, in turn, in one run.

Builds what it needs, measures the CPU time of each server per delivered frame, writes results.json and results.md into the
build folder, and prints the tables. Everything is on loopback, and ends with the run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import report
from firstprice import first_price_seconds
from measuring import Load, Peer, measure
from processes import Broker, Failed
from procfs import wait_for_quiet

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOADS, QUICK_LOADS = (Load(1_000, 50), Load(10_000, 10)), (Load(200, 50), Load(1_000, 10))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round with few clients: does it work?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8, help="of one measurement")
    parser.add_argument("--patience", type=float, default=0, metavar="SECONDS",
                        help="wait and measure again for up to this long, each time that other work disturbs")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--gateway", type=Path, help="measure this program [BUILD/bin/odin-gateway]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    chosen = parser.parse_args()
    chosen.loads = QUICK_LOADS if chosen.quick else LOADS
    if chosen.quick:
        chosen.rounds, chosen.seconds = 1, 3
    chosen.gateway = chosen.gateway or chosen.build / "bin/odin-gateway"
    return chosen


def prepare(chosen):
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)
    if not chosen.no_build:
        build(chosen)


def build(chosen):
    if not (chosen.build / "CMakeCache.txt").exists():
        subprocess.run(["cmake", "--preset", "release", "-B", chosen.build], cwd=ROOT, check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", chosen.build, "--target", "odin-gateway", "bench"], check=True, stdout=sys.stderr)


def peers(chosen, load, bus, folder):
    """The gateway first: it creates the stream that the publisher needs."""
    gateway = [str(chosen.gateway), "--nats", bus.url, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
               "--state-dir", folder, "--log-level", "warning"]
    return (Peer(report.GATEWAY, gateway, path="?tokens=*"),
            Peer(report.WS, ["node", str(HERE / "wsserver.mjs"), bus.url]),
            Peer(report.BARE, [f"{chosen.build}/bench/bench-bareloop", str(load.clients), str(load.rate)], fed=False))


def measure_quietly(chosen, peer, load, bus):
    """Again while other work disturbs it and patience lasts; gives the least disturbed measurement."""
    deadline, tries = time.monotonic() + chosen.patience, []
    while not tries or (tries[-1]["foreignCores"] > report.QUIET_CORES and time.monotonic() < deadline):
        wait_for_quiet(deadline - time.monotonic(), report.QUIET_CORES)
        tries.append(measure(peer, load, chosen.seconds, f"{chosen.build}/bench", bus))
    return min(tries, key=lambda result: result["foreignCores"])


def measure_all(chosen, bus, folder):
    results = []
    for number in range(chosen.rounds):
        for load in chosen.loads:
            for peer in peers(chosen, load, bus, folder):
                result = measure_quietly(chosen, peer, load, bus)
                results.append(result | {"round": number})
                print(f"round {number + 1}, {load}, {peer.name}: {result['usPerFrame']:.2f} us per frame, "
                      f"{result['delivered']:.0%} delivered", file=sys.stderr)
    return results


def main():
    chosen = options()
    prepare(chosen)
    with tempfile.TemporaryDirectory() as folder, Broker(folder) as bus:
        results = measure_all(chosen, bus, folder)
    first_prices = []
    for _ in range(chosen.rounds):
        wait_for_quiet(chosen.patience, report.QUIET_CORES)
        first_prices.append(first_price_seconds(str(chosen.gateway)))
    text = report.tables(results, first_prices)
    (chosen.build / "bench/results.json").write_text(json.dumps({"runs": results, "firstPriceSeconds": first_prices}, indent=1))
    (chosen.build / "bench/results.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    try:
        main()
    except (Failed, subprocess.CalledProcessError) as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
