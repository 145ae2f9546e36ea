"""What the measurements of recovery.py share: a gateway that can be started again, its clients, windows of time."""

import json
import os
import time
from contextlib import contextmanager

from measuring import address_of, metrics
from processes import Failed, Program
from procfs import cpu_seconds, machine_busy_seconds

FAST = 1_000_000  # updates a second: as fast as the bus acknowledges


class Gateway(Program):
    def __init__(self, stand, port=0, shards=0, more=(), environment=None):
        super().__init__([str(stand.gateway), "--nats", stand.bus.url, "--listen", f"127.0.0.1:{port}", "--admin", "127.0.0.1:0",
                          "--state-dir", stand.folder, "--log-level", "warning", "--shards", str(shards), *more], environment)
        ready = self.line()
        self.port, self.admin = address_of(ready).port, address_of(ready, "admin")

    def metric(self, name):
        return metrics(self.admin, name)[0]


class Stand:
    """The bus, and where the programs are. Everything that it gives ends with its `with`."""

    def __init__(self, chosen, bus, folder):
        self.gateway, self.tools = chosen.gateway, chosen.build / "bench"
        self.bus, self.folder = bus, folder

    def publisher(self, rate, token="", size=0):
        program = Program([f"{self.tools}/bench-publisher", self.bus.url, str(rate), token, str(size)])
        program.line()
        return program

    def publish(self, count, token="", size=0):
        """At once; gives its JSON with the sequence numbers."""
        with Program([f"{self.tools}/bench-publisher", self.bus.url, str(FAST), token, str(size), str(count)]) as program:
            program.line()
            done = json.loads(program.line(120))
        if done["published"] != count:
            raise Failed(f"the bus took {done['published']} of {count} updates")
        return done

    def receiver(self, gateway, clients, path, dialect="text"):
        return self.swarm("bench-receiver", "connected", gateway, clients, path, dialect)

    def returner(self, gateway, clients, path="/ws"):
        return self.swarm("bench-returner", "open", gateway, clients, path)

    def swarm(self, tool, connected, gateway, clients, path, *more):
        program = Program([f"{self.tools}/{tool}", str(gateway.port), str(clients), path, *more])
        opened = json.loads(program.line())
        if opened[connected] != clients:
            program.stop()
            raise Failed(f"{opened[connected]} of {clients} clients connected")
        return program


def wait_until(what, done, seconds, step=0.05):
    """Until done() gives something; gives that."""
    deadline = time.monotonic() + seconds
    while not (result := done()):
        if time.monotonic() > deadline:
            raise Failed(f"not in {seconds} s: {what}")
        time.sleep(step)
    return result


@contextmanager
def window(gateway, live, helpers):
    """Of the live clients and of the gateway, from here to its end. Fills the dictionary that it gives."""
    def cpu():
        return cpu_seconds(gateway.pid), sum(cpu_seconds(program.pid) for program in helpers), machine_busy_seconds()
    result = {}
    first, cpu_before, start = live.ask(), cpu(), time.monotonic()
    yield result
    last, cpu_after, took = live.ask(), cpu(), time.monotonic() - start
    if last["violations"] or last["closed"] or last["updates"] == first["updates"]:
        raise Failed(f"frames are wrong or clients were lost: {last}")
    own, helping, machine = (after - before for before, after in zip(cpu_before, cpu_after))
    result |= {"seconds": took, "cpuSeconds": own, "updates": last["updates"] - first["updates"],
               "foreignCores": max(0, (machine - own - helping) / took), "load1": os.getloadavg()[0]}
    result |= {name: last[name] for name in ("ageMsP50", "ageMsP99", "ageMsMax")}
