"""The measurements as tables for people."""

import datetime
import os
import platform
from statistics import median

GATEWAY, WS, BARE = "odin-gateway", "Node ws", "bare send() loop"
QT, NATS, NCHAN, MOSQUITTO = "plain sendTextMessage", "nats-server's listener", "nginx + nchan", "mosquitto"
PEERS = {"bare": BARE, "ws": WS, "qt": QT, "nats": NATS, "nchan": NCHAN, "mosquitto": MOSQUITTO}
HEADER = ("| | CPU per frame, us | x bare loop | frames per write | CPU per write, us | delivered | age p50 / p99, ms | connect, s | CPU per connect, us | KiB per client |\n"
          "|---|---|---|---|---|---|---|---|---|---|")
RATIOS_MAX = ((BARE, 1.2), (WS, 0.5), (NATS, 0.3))
# A comparison that decides needs these.
QUIET_CORES = 0.4  # of other work; a virtual machine's own housekeeping is below
DELIVERED_MIN, FRAMES_PER_WRITE_MAX = 0.97, 1.05
CONNECT_CLIENTS, CONNECT_SECONDS_MAX, FIRST_PRICE_SECONDS_MAX = 10_000, 1.0, 1.5


def tables(results, first_prices, failures):
    parts = [machine(results)]
    parts += [f"Not measured: {peer} at {load}: {why}" for (peer, load), why in failures.items()]
    parts += [table(load, [r for r in results if load_of(r) == load]) for load in sorted({load_of(r) for r in results})]
    return "\n\n".join(parts + [goals(results, first_prices)]) + "\n"


def load_of(result):
    return result["clients"], result["rate"]


def machine(results):
    now = datetime.datetime.now(datetime.timezone.utc)
    foreign = [r["foreignCores"] for r in results]
    return (f"{now:%Y-%m-%d %H:%M} UTC, Linux {platform.release()}, {os.cpu_count()} cores; everything on loopback. "
            f"Other work took {median(foreign):.2f} cores (median; at most {max(foreign):.2f}) while it was measured.")


def table(load, results):
    clients, rate = load
    rows = [row(peer, of_peer(results, peer), results) for peer in (BARE, GATEWAY, *list(PEERS.values())[1:]) if of_peer(results, peer)]
    size = median(r["frameBytes"] for r in results)
    rounds = max(r["round"] for r in results) + 1
    title = f"**{clients:,} clients x {rate}/s**, updates of {size:.0f} bytes, median (range) of {rounds} rounds:"
    return "\n".join([title, "", HEADER, *rows])


def of_peer(results, peer):
    return [r for r in results if r["peer"] == peer]


def row(peer, mine, all_results):
    def middle(key):
        return median(r[key] for r in mine)
    cpu = [r["usPerFrame"] for r in mine]
    per_write = median(r["usPerFrame"] * r["framesPerWrite"] for r in mine)
    ratio = f"{ratio_between(all_results, peer, BARE):.2f}" if of_peer(all_results, BARE) else "-"
    return (f"| {peer} | {median(cpu):.2f} ({min(cpu):.2f}-{max(cpu):.2f}) | {ratio} "
            f"| {middle('framesPerWrite'):.2f} | {per_write:.2f} | {middle('delivered'):.1%} "
            f"| {middle('ageMsP50'):.0f} / {middle('ageMsP99'):.0f} | {middle('connectMs') / 1000:.2f} | {middle('usPerConnect'):.0f} "
            f"| {middle('kibPerClient'):.1f} |")


def ratio_between(results, peer, other):
    """Median of the ratios of each round: what disturbs a whole round falls out."""
    costs = {(r["peer"], r["round"]): r["usPerFrame"] for r in results}
    rounds = sorted({r["round"] for r in results})
    return median(costs[peer, n] / costs[other, n] for n in rounds if (peer, n) in costs and (other, n) in costs)


def goals(results, first_prices):
    lines = ["| goal | measured | |", "|---|---|---|"]
    for load in sorted({load_of(r) for r in results}):
        mine = [r for r in results if load_of(r) == load]
        for other, bound in RATIOS_MAX:
            if not of_peer(mine, other):
                continue
            what = f"{load[0]:,} clients: at most {bound} x {other}"
            disturbed = disturbance([r for r in mine if r["peer"] in (GATEWAY, other)])
            lines.append(goal(what, ratio_between(mine, GATEWAY, other), bound, disturbed))
    connects = [r for r in results if r["peer"] == GATEWAY and r["clients"] == CONNECT_CLIENTS]
    if connects:
        took = median(r["connectMs"] for r in connects) / 1000
        disturbed = noise(connects) if took > CONNECT_SECONDS_MAX else ""  # in time in spite of noise is in time
        lines.append(goal(f"{CONNECT_CLIENTS:,} clients connected, s", took, CONNECT_SECONDS_MAX, disturbed))
    lines.append(goal("start to first price, s", median(first_prices), FIRST_PRICE_SECONDS_MAX))
    return "\n".join(lines)


def disturbance(results):
    """Why these costs cannot be compared; empty when they can. Who is late writes more at once, or does less of the work."""
    if max(r["framesPerWrite"] for r in results) > FRAMES_PER_WRITE_MAX:
        return "the gateway was late and put several frames into a write"
    if min(r["delivered"] for r in results) < DELIVERED_MIN:
        return "not everything was delivered"
    return noise(results)


def noise(results):
    return "other work disturbed" if median(r["foreignCores"] for r in results) > QUIET_CORES else ""


def goal(what, value, bound, disturbed=""):
    verdict = f"undecided: {disturbed}" if disturbed else "met" if value <= bound else f"missed (at most {bound})"
    return f"| {what} | {value:.2f} | {verdict} |"
