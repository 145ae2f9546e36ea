#!/usr/bin/env python3
"""The benchmark of recovery: clients that resume, that come back after a kill -9 of the gateway, that do not read.

Builds what it needs, checks that every client gets every update once and in order, writes recovery.json and recovery.md into
the bench folder of the build, and prints the tables. Everything is on loopback, and ends with the run.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import recoveryreport
from processes import Broker, run_from_a_shell
from procfs import wait_for_quiet
from report import QUIET_CORES
from resuming import measure_resume, resumes
from returning import WAYS, measure_return
from run import ROOT, build
from slowreaders import SLOWNESSES, measure_slow, measure_stream_mode
from stand import Stand

SLOW_CLIENTS = 20
PARTS = ("resume", "return", "slow")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round with few clients: does it work?")
    parser.add_argument("--clients", type=int, default=10_000, help="that resume")
    parser.add_argument("--returning", type=int, default=5_000, help="clients of the gateway that is killed")
    parser.add_argument("--live", type=int, default=1_000, help="clients beside the slow ones, these included")
    parser.add_argument("--bulk", type=int, default=20_000, help="large updates that make others old")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8, help="of one window")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this only; may be repeated")
    parser.add_argument("--patience", type=float, default=0, metavar="SECONDS",
                        help="wait for up to this long for a quiet machine, each time")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--gateway", type=Path, help="measure this program [BUILD/bin/odin-gateway]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.clients, chosen.returning, chosen.live, chosen.rounds, chosen.seconds = 500, 500, 200, 1, 2
    chosen.only = chosen.only or PARTS
    chosen.gateway = chosen.gateway or chosen.build / "bin/odin-gateway"
    return chosen


def rounds(chosen, part, measure, cases):
    """Each case in turn, as often as there are rounds."""
    results = []
    for number in range(chosen.rounds if part in chosen.only else 0):
        for case in cases:
            results.append(quietly(chosen, lambda stand, case=case: measure(stand, case)) | {"round": number})
            print(f"round {number + 1}, {recoveryreport.brief(results[-1])}", file=sys.stderr)
    return results


def quietly(chosen, measure):
    """With a bus of its own: what one measurement stored is not in the next one's way."""
    wait_for_quiet(chosen.patience, QUIET_CORES)
    with tempfile.TemporaryDirectory() as folder, Broker(folder) as bus:
        return measure(Stand(chosen, bus, folder))


def measure_all(chosen):
    def resume(stand, case):
        return measure_resume(stand, case, chosen.clients, chosen.seconds)

    def come_back(stand, way):
        return measure_return(stand, way, chosen.returning)

    def slow(stand, slowness):
        return measure_slow(stand, slowness, chosen.live, SLOW_CLIENTS, chosen.rounds, chosen.seconds)
    results = {"resume": rounds(chosen, "resume", resume, resumes(chosen)), "return": rounds(chosen, "return", come_back, WAYS)}
    if "slow" in chosen.only:
        results["slow"] = [quietly(chosen, lambda stand, case=case: slow(stand, case)) for case in SLOWNESSES]
        results["stream"] = quietly(chosen, lambda stand: measure_stream_mode(stand, SLOW_CLIENTS))
    return results


def main():
    chosen = options()
    if not chosen.no_build:
        build(chosen)
    results = measure_all(chosen)
    text = recoveryreport.tables(results)
    (chosen.build / "bench/recovery.json").write_text(json.dumps(results, indent=1))
    (chosen.build / "bench/recovery.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    run_from_a_shell(main)
