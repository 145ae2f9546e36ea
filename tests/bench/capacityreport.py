"""The measurements of capacity.py as tables for people."""

DELIVERED_MIN, P99_MS_MAX = 0.99, 15
GROWTH_MAX, KIB_MAX, SHARDS_MIN = 1.5, 16, 1.5


def tables(results):
    parts = {"deliveries": deliveries_table, "memory": memory_table, "growth": growth_table, "idle": idle_table, "shards": shards_table}
    return "\n\n".join(parts[part](rows) for part, rows in results.items() if rows) + "\n"


def table(title, header, rows):
    lines = [f"**{title}**", "", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def per_second(result):
    return result["updates"] / result["seconds"]


def in_time(result):
    return per_second(result) >= DELIVERED_MIN * result["clients"] * result["rate"] and result["ageMsP99"] < P99_MS_MAX and not result["thinned"]


def deliveries_table(results):
    rows = [(f"{r['clients'] * r['rate']:,}", f"{per_second(r):,.0f}", f"{r['ageMsP50']} / {r['ageMsP99']} / {r['ageMsMax']}",
             f"{r['framesPerWrite']:.1f}", f"{r['cpuSeconds'] / r['seconds']:.2f}", f"{r['foreignCores']:.2f}", f"{r['thinned']:,}",
             "yes" if in_time(r) else "no") for r in results]
    header = ("wanted/s", "delivered/s", "age p50 / p99 / max, ms", "frames per write", "gateway, cores", "other work, cores", "thinned", "in time")
    reached = [per_second(r) for r in results if in_time(r)]
    knee = f"The knee: {max(reached):,.0f} deliveries/s with p99 < {P99_MS_MAX} ms." if reached else "None was in time."
    return table(f"Deliveries to {results[0]['clients']:,} clients, all tokens", header, rows) + "\n\n" + knee


def memory_table(results):
    rows = [(f"{r['clients']:,}", f"{r['kibPerClient']:.1f}", "met" if r["kibPerClient"] <= KIB_MAX else "missed") for r in results]
    return table("Memory of idle connections", ("clients", "KiB per client", f"at most {KIB_MAX}"), rows)


def growth_table(results):
    least = results[0]["usPerFrame"]
    rows = [(f"{r['clients']:,}", f"{r['rate']}", f"{r['usPerFrame']:.2f}", f"{r['usPerFrame'] / least:.2f}", f"{r['framesPerWrite']:.2f}")
            for r in results]
    return table(f"Growth, at most {GROWTH_MAX} x", ("clients", "updates/s", "CPU per frame, us", "x the first", "frames per write"), rows)


def idle_table(results):
    rows = [(f"{r['idle']:,}", f"{r['usPerUpdate']:.0f}", f"{r['usPerUpdate'] / results[0]['usPerUpdate']:.2f}") for r in results]
    return table("CPU per update to 100 clients beside idle ones", ("idle clients", "us per update, without heartbeats", "x none"), rows)


def shards_table(results):
    def sustained(r):
        return not r["closed"] and not r["conflated"] and r["deliveries"] / r["seconds"] >= DELIVERED_MIN * r["clients"] * r["rate"]
    rows = [(f"{r['shards']}", f"{r['clients'] * r['rate']:,}", f"{r['deliveries'] / r['seconds']:,.0f}", f"{r['bytes'] / r['seconds'] / 1e9:.2f}",
             f"{r['gatewayCores']:.2f}", f"{r['receiverCores']:.2f}", f"{r['conflated']:,.0f}", f"{r['closed']}", "yes" if sustained(r) else "no") for r in results]
    header = ("shards", "wanted/s", "delivered/s", "GB/s arrived", "gateway, cores", "receiver, cores", "thinned", "sent away", "sustained")
    best = {shards: max((r for r in results if r["shards"] == shards), key=lambda r: r["deliveries"] / r["seconds"]) for shards in (1, 2)}
    more = best[2]["deliveries"] / best[2]["seconds"] / (best[1]["deliveries"] / best[1]["seconds"])
    cores = best[2]["gatewayCores"] / best[1]["gatewayCores"]
    return table("Updates of 4,000 bytes, one shard and two", header, rows) + (
        f"\n\nAt most: two shards deliver {more:.2f} x what one does (at least {SHARDS_MIN} wanted), with {cores:.2f} x its CPU.")
