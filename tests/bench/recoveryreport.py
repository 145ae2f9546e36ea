"""What recovery.py measured, as tables for people."""

from statistics import median

from report import goal

RESUME_HEADER = ("| | last resumed, s | p50, s | CPU per replayed update, us | replayed updates | reads of the stream "
                 "| live p99 before / during / after, ms | during : before | other work, cores |\n|---|---|---|---|---|---|---|---|---|")
RETURN_HEADER = ("| | last back, s | p50, s | gateway ready after, s | tries per client | updates replayed | reads of the stream "
                 "| listen overflows, drops | holes, repeats |\n|---|---|---|---|---|---|---|---|---|")
SLOW_HEADER = ("| the slow get | others' p50 / p99 when all read, ms | when the slow do not | p99 ratio (of each round) "
               "| memory per slow client, KiB | thinned | cut |\n|---|---|---|---|---|---|---|")
LIVE_RATIO_MAX, RANGES_MAX, BYSTANDER_RATIO_MAX = 2, 2, 1.2
CAP_KIB, GONE_SECONDS_MAX = 1024, 5
RETURN_SECONDS_MAX = {"at once, then every 100 to 200 ms": 10, "full-jitter back-off": 30}


def brief(result):
    return ", ".join(f"{key}: {value:.1f}" if isinstance(value, float) else f"{key}: {value}"
                     for key, value in result.items() if not isinstance(value, dict))


def tables(results):
    parts = [part(results[name]) for name, part in (("resume", resume_table), ("return", return_table), ("slow", slow_table))
             if results.get(name)]
    if "stream" in results:
        parts.append(stream_line(results["stream"]))
    return "\n\n".join(parts + ["\n".join(["| goal | measured | |", "|---|---|---|", *goals(results)])]) + "\n"


def cases(results, key):
    """The results of each case, in the order in which they were measured."""
    return {name: [r for r in results if r[key] == name] for name in dict.fromkeys(r[key] for r in results)}


def spread(values, form=".2f"):
    values = list(values)
    low, middle, high = min(values), median(values), max(values)
    return f"{middle:{form}}" if len(values) == 1 else f"{middle:{form}} ({low:{form}}-{high:{form}})"


def live_ratio(result):
    return result["during"]["ageMsP99"] / max(1, result["before"]["ageMsP99"])


def resume_table(results):
    rows = [f"**{results[0]['clients']:,} clients resume at once**, beside 200 live ones; median (range):", "", RESUME_HEADER]
    for name, mine in cases(results, "resume").items():
        ages = " / ".join(f"{median(r[when]['ageMsP99'] for r in mine):.0f}" for when in ("before", "during", "after"))
        rows.append(f"| {name}; {mine[0]['rate']}/s | {spread(r['resumeMs'] / 1000 for r in mine)} "
                    f"| {spread(r['resumeMsP50'] / 1000 for r in mine)} | {spread(r['usPerReplayed'] for r in mine)} "
                    f"| {median(r['replayed'] for r in mine):,.0f} | {max(r['rangesRead'] for r in mine):.0f} | {ages} "
                    f"| {spread(map(live_ratio, mine))} | {spread(r['during']['foreignCores'] for r in mine)} |")
    return "\n".join(rows)


def return_table(results):
    rows = [f"**{results[0]['clients']:,} clients of a gateway that is killed** (kill -9) and started again; median (range):", "",
            RETURN_HEADER]
    for name, mine in cases(results, "way").items():
        rows.append(f"| {name} | {spread(r['returnMs'] / 1000 for r in mine)} | {spread(r['returnMsP50'] / 1000 for r in mine)} "
                    f"| {spread(r['readyMs'] / 1000 for r in mine)} | {median(r['tries'] / r['clients'] for r in mine):.1f} "
                    f"| {median(r['replayed'] for r in mine):,.0f} | {max(r['rangesRead'] for r in mine):.0f} "
                    f"| {sum(r['ListenOverflows'] for r in mine)}, {sum(r['ListenDrops'] for r in mine)} "
                    f"| {sum(r['holes'] for r in mine)}, {sum(r['repeats'] for r in mine)} |")
    return "\n".join(rows)


def bystander_ratios(result):
    return [pair["paused"]["ageMsP99"] / max(1, pair["reading"]["ageMsP99"]) for pair in result["rounds"]]


def kib_per_slow(result):
    """Beyond what the same time costs when all read: the recent updates that the gateway keeps. The most of the rounds,
    because memory that one round took is there for the next."""
    return max((pair["paused"]["grownKib"] - pair["reading"]["grownKib"]) / result["slow"] for pair in result["rounds"])


def slow_table(results):
    rows = [f"**{results[0]['clients']:,} live clients at 50/s, {results[0]['slow']} of them slow**; median of the rounds:", "",
            SLOW_HEADER]
    for result in results:
        def ages(when):
            return " / ".join(f"{median(pair[when][age] for pair in result['rounds']):.0f}" for age in ("ageMsP50", "ageMsP99"))
        rows.append(f"| {result['slowness']} | {ages('reading')} | {ages('paused')} | {spread(bystander_ratios(result))} "
                    f"| {kib_per_slow(result):.0f} | {result['thinned']:.0f} | {result['lost']} |")
    return "\n".join(rows)


def stream_line(stream):
    return (f"{stream['slow']} clients of mode `stream` that do not read 200/s of 4,000 bytes: gone after {stream['goneSeconds']:.2f} s, "
            f"at most {stream['afterCapSeconds']:.2f} s after their cap; {stream['kibPerSlow']:.0f} KiB each at the most.")


def goals(results):
    for name, mine in cases(results["resume"], "resume").items():
        yield goal(f"{name}: live p99 against before", median(map(live_ratio, mine)), LIVE_RATIO_MAX)
        yield goal(f"{name}: reads of the stream", max(r["rangesRead"] for r in mine), RANGES_MAX)
    for name, mine in cases(results["return"], "way").items():
        yield goal(f"{name}: last client back, s", max(r["returnMs"] for r in mine) / 1000, RETURN_SECONDS_MAX[name])
        yield goal(f"{name}: listen overflows and drops", sum(r["ListenOverflows"] + r["ListenDrops"] for r in mine), 0)
    for result in results.get("slow", ()):
        yield goal(f"slow, {result['slowness']}: p99 ratio of the others", median(bystander_ratios(result)), BYSTANDER_RATIO_MAX)
        yield goal(f"slow, {result['slowness']}: memory per slow client, KiB", kib_per_slow(result), CAP_KIB)
    if "stream" in results:
        yield goal("slow, mode stream: gone after passing the cap, s", results["stream"]["afterCapSeconds"], GONE_SECONDS_MAX)
