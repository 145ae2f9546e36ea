"""Tables that stand in two places and must say the same: close codes (C++ and TypeScript), limits and options (C++ and
documents)."""

import re

CLOSE_REASONS = "core/model/closereason.h"
CLOSE_CODES = "webclient/src/client/closecodes.ts"
LIMITS = "core/model/limits.h"
LIMITS_DOC = "docs/limits.md"
SETTINGS = "app/setting.cpp"
SETTINGS_DOC = "README.md"


def server_close_codes(root):
    text = (root / CLOSE_REASONS).read_text("utf-8")
    numbers = dict(re.findall(r"^\s*(\w+) = (\d+),", text, re.MULTILINE))
    rules = re.findall(r'CloseRule\{CloseReason::(\w+), "([^"]+)", Reaction::(\w+)\}', text)
    return {int(numbers[reason]): (name, reaction.lower()) for reason, name, reaction in rules}, len(numbers)


def client_close_codes(root):
    text = (root / CLOSE_CODES).read_text("utf-8")
    rows = re.findall(r"^\s*(\d+): \{ name: '([^']+)', reaction: '(\w+)'", text, re.MULTILINE)
    return {int(code): (name, reaction) for code, name, reaction in rows}


def check_close_codes(root):
    """The client does what the server's table says."""
    server, reasons = server_close_codes(root)
    client = client_close_codes(root)
    wrong = [] if server else [f"{CLOSE_REASONS}: no table found"]
    if reasons != len(server):
        wrong.append(f"{CLOSE_REASONS}: {reasons} reasons, but {len(server)} rules")
    for code in sorted(server.keys() | client.keys()):
        if server.get(code) != client.get(code):
            wrong.append(f"close code {code}: the server says {server.get(code)}, the client {client.get(code)}")
    return wrong


CONSTANT = re.compile(r"^inline constexpr ([\w: ]+?) (\w+?)(?:\{(.*?)\}| = (.*?));", re.MULTILINE)


def limits(root):
    """Name -> value as people read it."""
    values, shown = {}, {}
    for kind, name, braced, assigned in CONSTANT.findall((root / LIMITS).read_text("utf-8")):
        expression = re.sub(r"(?<=\d)'(?=\d)|(?<=\d)LL?\b", "", braced or assigned)
        values[name] = eval(expression, {"__builtins__": {}}, dict(values))  # our own header: numbers and names
        shown[name] = reading(kind, name, values[name])
    return shown


def reading(kind, name, value):
    if kind == "milliseconds":
        return scaled(value, [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)])
    if "Bytes" in name:
        return scaled(value, [("B", 1), ("KiB", 2**10), ("MiB", 2**20), ("GiB", 2**30)])
    return f"{value:g}" if isinstance(value, float) else f"{value:,}"


def scaled(value, units):
    """In the largest unit that leaves a whole number."""
    fitting = [(unit, size) for unit, size in units if value % size == 0 and value >= size]
    unit, size = (fitting or units[:1])[-1]
    return f"{value // size:,} {unit}"


def documented_limits(root):
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", (root / LIMITS_DOC).read_text("utf-8"), re.MULTILINE))


def check_limits(root):
    """Operators read the bounds that the program has."""
    real, told = limits(root), documented_limits(root)
    constants = (root / LIMITS).read_text("utf-8").count("constexpr")
    wrong = [] if constants == len(real) else [f"{LIMITS}: {constants} constants, of which {len(real)} could be read"]
    for name in sorted(real.keys() - told.keys()):
        wrong.append(f"{LIMITS_DOC}: has no row | `{name}` | {real[name]} | what it bounds |")
    for name in sorted(told.keys() - real.keys()):
        wrong.append(f"{LIMITS_DOC}: {name} is no longer in {LIMITS}")
    for name in sorted(real.keys() & told.keys()):
        if real[name] != told[name]:
            wrong.append(f"{LIMITS_DOC}: {name} is {real[name]}, not {told[name]}")
    return wrong


def check_options(root):
    """The manual has a row for every option, with the default that it has."""
    real = re.findall(r'^\s*\{"([a-z-]+)", "[^"]*", "([^"]*)",', (root / SETTINGS).read_text("utf-8"), re.MULTILINE)
    rows = re.findall(r"^\| `--(?:\[no-\])?([a-z-]+)[^`]*` \| ([^|]*)\|", (root / SETTINGS_DOC).read_text("utf-8"), re.MULTILINE)
    told = dict(rows)
    wrong = [] if real else [f"{SETTINGS}: no options found"]
    for name, default in real:
        if name not in told:
            wrong.append(f"{SETTINGS_DOC}: has no row for --{name}")
        elif default and f"`{default}`" not in told[name]:
            wrong.append(f"{SETTINGS_DOC}: the default of --{name} is `{default}`")
    return wrong
