"""Measurement 1: many clients resume at once, beside some that are live."""

import time
from contextlib import ExitStack
from dataclasses import dataclass

from processes import Failed
from stand import Gateway, wait_until, window

LIVE_CLIENTS, MISSED, BULK_BYTES = 200, 100, 4_000
RESUME_SECONDS_MAX, WINDOW_SECONDS_MIN = 120, 0.3  # few clients are through before a live update was due


@dataclass(frozen=True)
class Resume:
    name: str
    rate: int           # of the live updates, a second
    token: str = "*"    # that they resume; a rare one has nothing but what was missed, so they add no live load
    bulk: int = 0       # large updates between what was missed and now: more than the gateway keeps


def resumes(chosen):
    return (Resume("recent updates, all tokens: all are live afterwards", 10), Resume("recent updates of one token", 50, "RARE"),
            Resume("older updates of one token, from the stream", 50, "OLD", chosen.bulk))


def measure_resume(stand, resume, clients, seconds):
    with ExitStack() as running:
        gateway = running.enter_context(Gateway(stand))
        seq = publish_what_is_missed(stand, gateway, resume)
        returner = running.enter_context(stand.returner(gateway, clients))
        live = running.enter_context(stand.receiver(gateway, LIVE_CLIENTS, "/ws?tokens=*"))
        publisher = running.enter_context(stand.publisher(resume.rate))
        helpers = [returner, live, publisher, stand.bus]
        time.sleep(1.5)
        with window(gateway, live, helpers) as before:
            time.sleep(seconds)
        ranges = gateway.metric("odin_past_ranges_total")
        with window(gateway, live, helpers) as during:
            start = time.monotonic()
            if resume.token == "*":
                seq = int(gateway.metric("odin_hub_last_sequence")) - MISSED
            returner.ask(f"resume {seq} {resume.token}")
            seen = wait_until("all clients have resumed", lambda: is_over(returner.ask(), clients), RESUME_SECONDS_MAX)
            time.sleep(max(0, start + WINDOW_SECONDS_MIN - time.monotonic()))
        with window(gateway, live, helpers) as after:
            time.sleep(seconds)
        check(resume, returner.ask(), clients)
        return summary(resume, clients, before, during, after, seen) | {"rangesRead": gateway.metric("odin_past_ranges_total") - ranges}


def publish_what_is_missed(stand, gateway, resume):
    """Gives the position of clients that missed it."""
    stand.publish(2 * MISSED)
    done = stand.publish(MISSED, "" if resume.token == "*" else resume.token)
    if resume.bulk:
        done["lastSeq"] = stand.publish(resume.bulk, "BULK", BULK_BYTES)["lastSeq"]
    wait_until("the gateway has it", lambda: gateway.metric("odin_hub_last_sequence") >= done["lastSeq"], 60, 0.2)
    return done["firstSeq"] - 1


def is_over(seen, clients):
    """All answered; gives what was seen then."""
    return seen if seen["returned"] + seen["refused"] + seen["closed"] >= clients else None


def check(resume, seen, clients):
    wrong = {name: seen[name] for name in ("holes", "repeats", "refused", "closed", "violations") if seen[name]}
    exact = resume.token == "*" or seen["replayedMin"] == seen["replayedMax"] == MISSED
    if wrong or not exact or seen["replayedMin"] < MISSED or seen["returned"] != clients:
        raise Failed(f"{resume.name}: not every client got exactly what it missed: {wrong or seen}")


def summary(resume, clients, before, during, after, seen):
    idle = before["cpuSeconds"] / before["seconds"] * during["seconds"]
    return {"resume": resume.name, "clients": clients, "rate": resume.rate, "resumeMs": seen["returnMsMax"],
            "resumeMsP50": seen["returnMsP50"], "replayed": seen["replayed"],
            "usPerReplayed": (during["cpuSeconds"] - idle) / seen["replayed"] * 1e6,
            "before": before, "during": during, "after": after}
