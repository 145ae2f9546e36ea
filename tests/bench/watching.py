#!/usr/bin/env python3
"""The benchmark of being watched: odin-console with its window open beside the same program without one, in turn.

Each round publishes more than the gateway can deliver to its clients, so that whatever the window takes is missing from the deliveries.
The window is shown by an Xvfb of the benchmark's own, whose CPU time is told apart: on a real machine a graphics card does that work.
Writes watching.json and watching.md into the bench folder of the build, and prints the table.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import deliveries_and_writes
from processes import Broker, Failed, Program, run_from_a_shell
from procfs import cpu_seconds, wait_for_quiet
from report import QUIET_CORES
from run import ROOT, build
from stand import Gateway, Stand, wait_until

EVERYTHING = "/ws?tokens=*"
GOAL = 0.98


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few clients, one short round: does it work?")
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=50, help="updates a second to each client: more than can be delivered")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10, help="of one window of time")
    parser.add_argument("--patience", type=float, default=0, metavar="SECONDS", help="wait for a quiet machine, each time")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.clients, chosen.rounds, chosen.seconds = 500, 1, 3
    chosen.gateway = chosen.build / "bin/odin-console"
    return chosen


class Display(Program):
    def __init__(self):
        super().__init__(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        self.name_of_it = f":{self.line()}"


def measure(chosen, stand, more, environment, display):
    with Gateway(stand, more=more, environment=environment) as gateway, \
            stand.receiver(gateway, chosen.clients, EVERYTHING) as receiver, stand.publisher(chosen.rate) as publisher:
        wait_until("updates arrive", lambda: receiver.ask()["updates"] > 0, 20)
        time.sleep(3)

        def counted():
            return (time.monotonic(), deliveries_and_writes(gateway.admin)[0], receiver.ask()["updates"], cpu_seconds(gateway.pid),
                    cpu_seconds(display.pid))
        before = counted()
        time.sleep(chosen.seconds)
        took, deliveries, arrived, cpu, drawing = (now - then for now, then in zip(counted(), before))
        published = publisher.finish()["published"]
        if receiver.ask()["closed"] or receiver.ask()["violations"]:
            raise Failed("clients were lost, or frames are wrong")
        return {"deliveriesPerSecond": deliveries / took, "arrivedPerSecond": arrived / took, "gatewayCores": cpu / took,
                "displayCores": drawing / took, "published": published}


def table(chosen, results):
    ratios = [with_window["deliveriesPerSecond"] / headless["deliveriesPerSecond"] for headless, with_window in results]
    median = statistics.median(ratios)
    rows = [f"**{chosen.clients:,} clients, {chosen.rate} updates/s published**, {chosen.rounds} rounds of {chosen.seconds:g} s, in turn", "",
            "| | deliveries/s | gateway, cores | Xvfb, cores |", "|---|---|---|---|"]
    for name, index in (("headless", 0), ("with the window", 1)):
        of = [pair[index] for pair in results]
        middle = {key: statistics.median(result[key] for result in of) for key in of[0]}
        spread = sorted(result["deliveriesPerSecond"] for result in of)
        rows.append(f"| {name} | {middle['deliveriesPerSecond']:,.0f} ({spread[0]:,.0f}-{spread[-1]:,.0f}) | {middle['gatewayCores']:.2f} "
                    f"| {middle['displayCores']:.2f} |")
    verdict = "met" if median >= GOAL else "missed"
    rows += ["", f"With the window open: {median:.3f} x the headless deliveries ({min(ratios):.3f}-{max(ratios):.3f} by round; goal {GOAL}: {verdict})."]
    return "\n".join(rows) + "\n"


def main():
    chosen = options()
    if not chosen.no_build:
        build(chosen, "odin-console")
    results = []
    with Display() as display:
        for number in range(chosen.rounds):
            pair = []
            for more, environment in ((["--no-gui"], {}), ([], {"DISPLAY": display.name_of_it, "QT_QPA_PLATFORM": "xcb"})):
                wait_for_quiet(chosen.patience, QUIET_CORES)
                with tempfile.TemporaryDirectory() as folder, Broker(folder) as bus:
                    pair.append(measure(chosen, Stand(chosen, bus, folder), more, environment | {"XDG_CONFIG_HOME": folder}, display))
            results.append(pair)
            print(f"round {number + 1}: {[round(result['deliveriesPerSecond']) for result in pair]}", file=sys.stderr)
    text = table(chosen, results)
    (chosen.build / "bench/watching.json").write_text(json.dumps(results, indent=1))
    (chosen.build / "bench/watching.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    run_from_a_shell(main)
