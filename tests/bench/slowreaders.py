"""Measurement 3: some clients do not read, and what that does to the others, and to the gateway."""

import os
import signal
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from procfs import open_sockets, resident_kib
from stand import Gateway, wait_until, window

RATE, SETTLE_SECONDS = 50, 1.5
BULK_RATE, BULK_BYTES = 100, 4_000
STREAM_RATE = 200
CAP_BYTES = 1024 * 1024  # limits::backlogBytesMax
TOKENS = "BTC,ETH,ODIN,SOL,DOGE,ADA,XRP,AVAX,LINK,DOT"


@dataclass(frozen=True)
class Slowness:
    name: str
    bulk: bool  # only the slow clients get large updates as well, which fill what the kernel holds for them


SLOWNESSES = (Slowness("the same updates", False), Slowness(f"and {BULK_RATE}/s of {BULK_BYTES:,} bytes of their own", True))


@contextmanager
def paused(program):
    os.kill(program.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(program.pid, signal.SIGCONT)


def measure_slow(stand, slowness, clients, slow_clients, rounds, seconds):
    """In turn: all read, the slow do not. A round is a pair of windows."""
    with ExitStack() as running:
        gateway = running.enter_context(Gateway(stand))
        others = running.enter_context(stand.receiver(gateway, clients - slow_clients, f"/ws?tokens={TOKENS}"))
        slow = running.enter_context(stand.receiver(gateway, slow_clients, "/ws?tokens=*"))
        feeds = [running.enter_context(stand.publisher(RATE))]
        if slowness.bulk:
            feeds.append(running.enter_context(stand.publisher(BULK_RATE, "BULK", BULK_BYTES)))
        helpers = [others, slow, stand.bus, *feeds]
        pairs = []
        for _ in range(rounds):
            time.sleep(SETTLE_SECONDS)
            reading = grown(gateway, others, helpers, seconds)
            with paused(slow):
                pairs.append({"reading": reading, "paused": grown(gateway, others, helpers, seconds)})
                thinned = gateway.metric("odin_clients_thinned")
        lost = slow.ask()["closed"]
        return {"slowness": slowness.name, "clients": clients, "slow": slow_clients, "rounds": pairs, "thinned": thinned, "lost": lost}


def grown(gateway, others, helpers, seconds):
    before = resident_kib(gateway.pid)
    with window(gateway, others, helpers) as result:
        time.sleep(seconds)
    return result | {"grownKib": resident_kib(gateway.pid) - before}


def measure_stream_mode(stand, slow_clients):
    """They are never thinned, so they pass the cap and are cut: how long after it could have been passed at the soonest?"""
    with ExitStack() as running:
        gateway = running.enter_context(Gateway(stand))
        slow = running.enter_context(stand.returner(gateway, slow_clients))
        slow.ask('send {"type":"subscribe","tokens":["*"],"mode":"stream"}')
        stand.publish(1)
        wait_until("they have an update", lambda: slow.ask()["started"] == slow_clients, 30)
        sockets, memory = open_sockets(gateway.pid), resident_kib(gateway.pid)
        with paused(slow):
            start, peak = time.monotonic(), memory
            running.enter_context(stand.publisher(STREAM_RATE, "BULK", BULK_BYTES))

            def are_gone():
                nonlocal peak
                peak = max(peak, resident_kib(gateway.pid))
                return open_sockets(gateway.pid) <= sockets - slow_clients
            wait_until("the slow clients are gone", are_gone, 60, 0.02)
            gone = time.monotonic() - start
        passed = CAP_BYTES / (STREAM_RATE * BULK_BYTES)
        return {"slow": slow_clients, "goneSeconds": gone, "afterCapSeconds": gone - passed,
                "kibPerSlow": (peak - memory) / slow_clients}
