#!/usr/bin/env python3
"""The benchmark: odin-gateway beside a bare send() loop, Node's ws and other peers, in turn, in one run.

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
from peers import Missing, Mosquitto, NatsListener, Nchan, ReadyServer
from processes import Broker, Failed, run_from_a_shell
from procfs import wait_for_quiet

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOADS, QUICK_LOADS = (Load(1_000, 50), Load(10_000, 10)), (Load(200, 50), Load(1_000, 10))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round with few clients: does it work?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8, help="of one measurement")
    parser.add_argument("--peers", default="bare,ws", metavar="NAMES",
                        help=f"beside the gateway: {','.join(report.PEERS)}, or all [bare,ws]")
    parser.add_argument("--patience", type=float, default=0, metavar="SECONDS",
                        help="wait and measure again for up to this long, each time that other work disturbs")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--gateway", type=Path, help="measure this program [BUILD/bin/odin-gateway]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    chosen = parser.parse_args()
    chosen.peers = list(report.PEERS) if chosen.peers == "all" else chosen.peers.split(",")
    if unknown := set(chosen.peers) - set(report.PEERS):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}")
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


def build(chosen, program="odin-gateway"):
    if not (chosen.build / "CMakeCache.txt").exists():
        subprocess.run(["cmake", "--preset", "release", "-B", chosen.build], cwd=ROOT, check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", chosen.build, "--target", program, "bench"], check=True, stdout=sys.stderr)


def peers(chosen, load, bus, folder):
    """The gateway first: it creates the stream that the publisher needs."""
    tools = chosen.build / "bench"
    gateway = [str(chosen.gateway), "--nats", bus.url, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
               "--state-dir", folder, "--log-level", "warning"]
    others = {"bare": Peer(report.BARE, lambda: ReadyServer([f"{tools}/bench-bareloop", str(load.clients), str(load.rate)]), fed=False),
              "ws": Peer(report.WS, lambda: ReadyServer(["node", str(HERE / "wsserver.mjs"), bus.url])),
              "qt": Peer(report.QT, lambda: ReadyServer([f"{tools}/bench-plainqt", bus.url])),
              "nats": Peer(report.NATS, lambda: NatsListener(bus, folder)),
              "nchan": Peer(report.NCHAN, lambda: Nchan(bus, folder)),
              "mosquitto": Peer(report.MOSQUITTO, lambda: Mosquitto(bus, folder))}
    return [Peer(report.GATEWAY, lambda: ReadyServer(gateway, "?tokens=*"))] + [others[name] for name in chosen.peers]


def measure_quietly(chosen, peer, load, bus):
    """Again while other work disturbs it and patience lasts; gives the least disturbed measurement."""
    deadline, tries = time.monotonic() + chosen.patience, []
    while not tries or (tries[-1]["foreignCores"] > report.QUIET_CORES and time.monotonic() < deadline):
        wait_for_quiet(deadline - time.monotonic(), report.QUIET_CORES)
        tries.append(measure(peer, load, chosen.seconds, f"{chosen.build}/bench", bus))
    return min(tries, key=lambda result: result["foreignCores"])


def measure_all(chosen, bus, folder):
    """Also what could not be measured, and why: a peer that is not there, or that does not bear the load."""
    results, failures = [], {}
    for number in range(chosen.rounds):
        for load in chosen.loads:
            for peer in peers(chosen, load, bus, folder):
                if failure := measure_one(chosen, number, peer, load, bus, results):
                    failures[peer.name, str(load)] = failure
    return results, failures


def measure_one(chosen, number, peer, load, bus, results):
    what = f"round {number + 1}, {load}, {peer.name}"
    try:
        result = measure_quietly(chosen, peer, load, bus)
    except Failed as failure:
        if peer.name in (report.GATEWAY, report.BARE):
            raise
        print(f"{what}: {'skipped' if isinstance(failure, Missing) else 'failed'}: {failure}", file=sys.stderr)
        return str(failure)
    results.append(result | {"round": number})
    print(f"{what}: {result['usPerFrame']:.2f} us per frame, {result['delivered']:.0%} delivered", file=sys.stderr)
    return None


def main():
    chosen = options()
    prepare(chosen)
    with tempfile.TemporaryDirectory() as folder, Broker(folder) as bus:
        results, failures = measure_all(chosen, bus, folder)
    first_prices = []
    for _ in range(chosen.rounds):
        wait_for_quiet(chosen.patience, report.QUIET_CORES)
        first_prices.append(first_price_seconds(str(chosen.gateway)))
    text = report.tables(results, first_prices, failures)
    (chosen.build / "bench/results.json").write_text(json.dumps({"runs": results, "firstPriceSeconds": first_prices}, indent=1))
    (chosen.build / "bench/results.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    run_from_a_shell(main)
