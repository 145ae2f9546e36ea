"""Measurement 2: the gateway is killed and started again; all its clients come back."""

import time
from contextlib import ExitStack

from processes import Failed, free_port
from procfs import listen_losses, machine_busy_seconds
from stand import Gateway, wait_until

RATE = 10
RETURN_SECONDS_MAX = 90
WAYS = {"steady": "at once, then every 100 to 200 ms", "jitter": "full-jitter back-off"}


def measure_return(stand, way, clients):
    with ExitStack() as running:
        port = free_port()
        gateway = running.enter_context(Gateway(stand, port))
        publisher = running.enter_context(stand.publisher(RATE))
        returner = running.enter_context(stand.returner(gateway, clients, "/ws?tokens=*"))
        wait_until("every client has an update", lambda: returner.ask()["started"] == clients, 30)
        losses, busy = listen_losses(), machine_busy_seconds()
        tries = returner.ask(f"return {way}")["tries"]
        killed = time.monotonic()
        gateway.kill()
        gateway = running.enter_context(Gateway(stand, port))
        ready = time.monotonic() - killed
        seen = wait_until("all clients are back", lambda: is_back(returner.ask(), clients), RETURN_SECONDS_MAX)
        took, busy = time.monotonic() - killed, machine_busy_seconds() - busy
        lost = {name: count - losses[name] for name, count in listen_losses().items()}
        time.sleep(1)  # live again
        last = publisher.finish()["lastSeq"]
        end = wait_until("every client has the newest update", lambda: has(returner.ask(), last), 30)
        check(end)
        return {"way": WAYS[way], "clients": clients, "rate": RATE, "returnMs": seen["returnMsMax"],
                "returnMsP50": seen["returnMsP50"], "readyMs": ready * 1000, "tries": seen["tries"] - tries,
                "failedTries": seen["failed"], "replayed": seen["replayed"], "holes": end["holes"],
                "repeats": end["repeats"], "busyCores": busy / took, "rangesRead": gateway.metric("odin_past_ranges_total"),
                "conflated": gateway.metric("odin_updates_conflated_total")} | lost


def is_back(seen, clients):
    check(seen)
    return seen if seen["returned"] == seen["open"] == clients else None


def has(seen, last):
    return seen if seen["nextMin"] > last else None


def check(seen):
    wrong = {name: seen[name] for name in ("holes", "repeats", "refused", "violations") if seen[name]}
    if wrong:
        raise Failed(f"clients that came back did not get every update once: {wrong}")
