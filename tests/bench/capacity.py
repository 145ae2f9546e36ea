#!/usr/bin/env python3
"""The benchmark of capacity: how much one gateway delivers before it is late, and what a thousand or 19,000 clients cost.

Builds what it needs, writes capacity.json and capacity.md into the bench folder of the build, and prints the tables. Everything is
on loopback, and ends with the run. A lost connection, a wrong frame or a missing update makes it fail.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import capacityreport
from measuring import deliveries_and_writes
from processes import Broker, Failed, run_from_a_shell
from procfs import cpu_seconds, resident_kib, wait_for_quiet
from report import QUIET_CORES
from run import ROOT, build
from stand import Gateway, Stand, wait_until, window

PARTS = ("deliveries", "memory", "growth", "idle", "shards")
LARGE_BYTES, LARGE_RATES, QUICK_LARGE_RATES = 4_000, (250, 500, 750, 1_000, 1_500), (100,)
RATES, QUICK_RATES = (250, 500, 1_000, 1_500, 2_000, 3_000), (100, 200)
EVERYTHING, ONE, OTHER = "/ws?tokens=*", "/ws?tokens=BTC", "/ws?tokens=NOBODY"


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few clients, short: does it work?")
    parser.add_argument("--seconds", type=float, default=8, help="of one window")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this only; may be repeated")
    parser.add_argument("--patience", type=float, default=0, metavar="SECONDS", help="wait for a quiet machine, each time")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--gateway", type=Path, help="measure this program [BUILD/bin/odin-gateway]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    chosen = parser.parse_args()
    chosen.few, chosen.many = (100, 1_000) if chosen.quick else (1_000, 19_000)
    chosen.rates = QUICK_RATES if chosen.quick else RATES
    chosen.large_rates = QUICK_LARGE_RATES if chosen.quick else LARGE_RATES
    chosen.seconds = 2 if chosen.quick else chosen.seconds
    chosen.only = chosen.only or PARTS
    chosen.gateway = chosen.gateway or chosen.build / "bin/odin-gateway"
    return chosen


def fed_window(stand, gateway, receiver, rate, seconds, token=""):
    """While so many updates a second are published; checks afterwards that every client got every one."""
    clients_before = receiver.ask()["updates"]
    with stand.publisher(rate, token) as publisher:
        wait_until("updates arrive", lambda: receiver.ask()["updates"] > clients_before, 20)
        time.sleep(1.5)
        counted = deliveries_and_writes(gateway.admin)
        with window(gateway, receiver, [receiver, publisher, stand.bus]) as result:
            time.sleep(seconds)
        published = publisher.finish()
    time.sleep(1.1)  # the gateway's snapshot is made once a second
    deliveries, writes = (now - then for now, then in zip(deliveries_and_writes(gateway.admin), counted))
    result |= {"framesPerWrite": deliveries / writes, "published": published, "rate": rate}
    return result, clients_before


def all_arrived(gateway, receiver, before, expected):
    """Each update, or a newer one that says how many it replaces. Gives the number of those replaced."""
    def missing():
        return expected - (receiver.ask()["updates"] - before) - int(gateway.metric("odin_updates_conflated_total"))
    wait_until(f"{expected} updates arrived", lambda: missing() <= 0, 30)
    if missing():
        raise Failed(f"{-missing()} updates came that were not published")
    return int(gateway.metric("odin_updates_conflated_total"))


def measure_deliveries(stand, chosen, rate):
    with Gateway(stand) as gateway, stand.receiver(gateway, chosen.few, EVERYTHING) as receiver:
        result, before = fed_window(stand, gateway, receiver, rate, chosen.seconds)
        thinned = all_arrived(gateway, receiver, before, chosen.few * result["published"]["published"])
        return result | {"clients": chosen.few, "thinned": thinned}


def measure_memory(stand, _chosen, clients):
    with Gateway(stand) as gateway:
        time.sleep(1)
        before = resident_kib(gateway.pid)
        with stand.receiver(gateway, clients, EVERYTHING) as receiver:
            time.sleep(3)
            return {"clients": clients, "kibPerClient": (resident_kib(gateway.pid) - before) / clients,
                    "closed": receiver.ask()["closed"]}


def measure_growth(stand, chosen, clients):
    rate = 50 if clients == chosen.few else max(1, chosen.few * 50 // clients)
    with Gateway(stand) as gateway, stand.receiver(gateway, clients, EVERYTHING) as receiver:
        result, before = fed_window(stand, gateway, receiver, rate, chosen.seconds)
        all_arrived(gateway, receiver, before, clients * result["published"]["published"])
        return result | {"clients": clients, "usPerFrame": result["cpuSeconds"] / result["updates"] * 1e6}


def resting_cores(gateway, seconds):
    """What heartbeats and pings cost."""
    before, start = cpu_seconds(gateway.pid), time.monotonic()
    time.sleep(seconds)
    return (cpu_seconds(gateway.pid) - before) / (time.monotonic() - start)


def measure_idle(stand, chosen, idle):
    """A hundred clients want the token; the idle ones another."""
    with Gateway(stand) as gateway, stand.receiver(gateway, 100, ONE) as receiver:
        others = stand.receiver(gateway, idle, OTHER) if idle else None
        try:
            resting = resting_cores(gateway, chosen.seconds)
            result, before = fed_window(stand, gateway, receiver, 200, chosen.seconds, "BTC")
            all_arrived(gateway, receiver, before, 100 * result["published"]["published"])
        finally:
            if others:
                others.stop()
        own = result["cpuSeconds"] - resting * result["seconds"]
        return result | {"idle": idle, "usPerUpdate": own / (result["updates"] / 100) * 1e6}


def measure_shards(stand, chosen, case):
    """Large updates to receivers that throw the bytes away, so that the shards are the limit: by the gateway's own count, and the
    bytes that arrived must bear it out. An overloaded shard sends its clients away: that is its limit."""
    shards, rate = case
    with Gateway(stand, shards=shards) as gateway, stand.receiver(gateway, chosen.few, EVERYTHING, "discard") as receiver, \
            stand.publisher(rate, size=LARGE_BYTES) as publisher:
        time.sleep(2)
        def counted():
            return (time.monotonic(), gateway.metric("odin_deliveries_total"), cpu_seconds(gateway.pid), cpu_seconds(receiver.pid),
                    receiver.ask()["bytes"])
        before = counted()
        time.sleep(chosen.seconds)
        took, deliveries, gateway_cpu, receiver_cpu, arrived = (now - then for now, then in zip(counted(), before))
        published = publisher.finish()
        return {"clients": chosen.few, "shards": shards, "rate": rate, "seconds": took, "deliveries": deliveries, "bytes": arrived,
                "gatewayCores": gateway_cpu / took, "receiverCores": receiver_cpu / took, "closed": receiver.ask()["closed"],
                "conflated": gateway.metric("odin_updates_conflated_total"), "published": published}


MEASURES = {"deliveries": (measure_deliveries, lambda chosen: chosen.rates),
            "memory": (measure_memory, lambda chosen: (chosen.few, chosen.many)),
            "growth": (measure_growth, lambda chosen: (chosen.few, chosen.many)),
            "idle": (measure_idle, lambda chosen: (0, chosen.many - 1_000 if chosen.many > 2_000 else chosen.many)),
            "shards": (measure_shards, lambda chosen: [(shards, rate) for rate in chosen.large_rates for shards in (1, 2)])}


def quietly(chosen, measure, case):
    """With a bus of its own."""
    wait_for_quiet(chosen.patience, QUIET_CORES)
    with tempfile.TemporaryDirectory() as folder, Broker(folder) as bus:
        result = measure(Stand(chosen, bus, folder), chosen, case)
    print(f"{measure.__name__[8:]} {case}: done", file=sys.stderr)
    return result


def main():
    chosen = options()
    if not chosen.no_build:
        build(chosen)
    results = {part: [quietly(chosen, MEASURES[part][0], case) for case in MEASURES[part][1](chosen)] for part in chosen.only}
    text = capacityreport.tables(results)
    (chosen.build / "bench/capacity.json").write_text(json.dumps(results, indent=1))
    (chosen.build / "bench/capacity.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    run_from_a_shell(main)
