"""One measurement: a server, its clients, a window of time."""

import json
import os
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Callable
from urllib.parse import urlsplit
from urllib.request import urlopen

from processes import Failed, Program
from procfs import cpu_seconds, machine_busy_seconds, resident_kib

SETTLE_SECONDS = 1.5


@dataclass(frozen=True)
class Load:
    clients: int
    rate: int  # updates a second to each client

    def __str__(self):
        return f"{self.clients:,} clients x {self.rate}/s"


@dataclass(frozen=True)
class Peer:
    name: str
    start: Callable      # gives a server of peers.py
    fed: bool = True     # from the bus; else it makes its frames itself


def address_of(ready_line, what="ws"):
    """None when the line does not name it."""
    found = re.search(rf"\b{what}=(\S+)", ready_line)
    return urlsplit(found[1]) if found else None


def deliveries_and_writes(admin):
    """What the gateway counted. The other peers make one write of each frame, and have no admin port."""
    if admin is None:
        return 1, 1
    return metrics(admin, "odin_deliveries_total", "odin_delivery_writes_total")


def metrics(admin, *names):
    """From the gateway's snapshot, which it makes once a second."""
    text = urlopen(f"{admin.geturl()}metrics", timeout=30).read().decode()
    return tuple(float(re.search(rf"^{name} (\S+)", text, re.MULTILINE)[1]) for name in names)


def measure(peer, load, seconds, tools, bus):
    with ExitStack() as running:
        server = running.enter_context(peer.start())
        admin = server.admin
        empty_kib = resident_kib(server.pid)
        receiver = running.enter_context(Program(
            [f"{tools}/bench-receiver", str(server.port), str(load.clients), server.path, server.dialect]))
        cpu_before = cpu_seconds(server.pid)
        opened = receiver_opened(receiver, load)
        connect_cpu = cpu_seconds(server.pid) - cpu_before
        publisher = None
        if peer.fed:
            publisher = running.enter_context(Program([f"{tools}/bench-publisher", bus.url, str(load.rate)]))
            publisher.line()
        settle(receiver, load)
        helpers = [program.pid for program in (receiver, publisher, bus, getattr(server, "bridge", None)) if program]
        counted = deliveries_and_writes(admin)
        result = window(server, receiver, helpers, seconds)
        result["framesPerWrite"] = frames_per_write(counted, admin)
        result |= {"peer": peer.name, "clients": load.clients, "rate": load.rate, "connectMs": opened["connectMs"],
                   "usPerConnect": connect_cpu / load.clients * 1e6,
                   "delivered": result["updates"] / (load.clients * load.rate * result["seconds"]),
                   "kibPerClient": (resident_kib(server.pid) - empty_kib) / load.clients}
        if publisher:
            result["publisher"] = publisher.finish()
        return result


def frames_per_write(before, admin):
    """Over the window; its snapshot is made once a second, so waits for the one after."""
    if admin is None:
        return 1
    time.sleep(1.1)
    deliveries, writes = (now - then for now, then in zip(deliveries_and_writes(admin), before))
    return deliveries / writes


def receiver_opened(receiver, load):
    opened = json.loads(receiver.line())
    if opened["connected"] != load.clients:
        raise Failed(f"{opened['connected']} of {load.clients} clients connected")
    return opened


def settle(receiver, load, seconds_max=30):
    """Until every client may have had its first update, and a little longer."""
    deadline = time.monotonic() + seconds_max
    while receiver.ask()["updates"] < load.clients:
        if time.monotonic() > deadline:
            raise Failed("no updates arrive")
        time.sleep(0.1)
    time.sleep(SETTLE_SECONDS)


def window(server, receiver, helpers, seconds):
    """What happens in `seconds`: the server's CPU time for each update that arrived."""
    def cpu():
        return cpu_seconds(server.pid), sum(cpu_seconds(pid) for pid in helpers), machine_busy_seconds()
    first, cpu_before, start = receiver.ask(), cpu(), time.monotonic()
    time.sleep(seconds)
    last, cpu_after, took = receiver.ask(), cpu(), time.monotonic() - start
    if last["violations"] or last["closed"] or last["updates"] == first["updates"]:
        raise Failed(f"frames are wrong or clients were lost: {last}")
    own, helping, machine = (after - before for before, after in zip(cpu_before, cpu_after))
    updates = last["updates"] - first["updates"]
    return {"seconds": took, "updates": updates, "cpuSeconds": own, "usPerFrame": own / updates * 1e6,
            "frameBytes": (last["updateBytes"] - first["updateBytes"]) / updates,
            "ageMsP50": last["ageMsP50"], "ageMsP99": last["ageMsP99"], "ageMsMax": last["ageMsMax"],
            "receiverCores": (last["cpu"] - first["cpu"]) / took,
            "foreignCores": max(0, (machine - own - helping) / took), "load1": os.getloadavg()[0]}
