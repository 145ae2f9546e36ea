"""The rules by which the rooms of this tree know each other, checked on its sources.

Each rule is a function that takes the root of a tree and gives a list of violations, as sentences for people.
"""

import re
from pathlib import Path

SOURCE_FOLDERS = ("core", "simulator", "ui", "app")

# What a room may include besides itself.
VALUES = {"core/model", "core/base"}
MEETING = VALUES | {"core/wire", "core/flow"}
INNER = {"core/feed", "core/hub", "core/shard", "core/http", "core/security", "core/stats"}
MAY_INCLUDE = {
    "core/model": set(),
    "core/base": {"core/model"},
    "core/wire": VALUES,
    "core/flow": VALUES | {"core/wire"},
    **{room: MEETING for room in INNER},
    "core/gateway": MEETING | INNER,
    "simulator": MEETING,
    "simulator/network": VALUES,
    "simulator/swarm": VALUES,
    "ui/models": VALUES | {"core/flow"},
    "ui": VALUES | {"core/flow", "ui/models"},
    "app": MEETING | INNER | {"core/gateway", "simulator", "simulator/swarm", "ui"},
}
# One library, one room: headers that match stay in the folder.
LIBRARIES = {
    "cnats": (r"nats/|nats\.h", "core/feed"),
    "QtWebSockets": (r"(QtWebSockets/)?QWebSocket", "core/shard"),
    "QtHttpServer": (r"(QtHttpServer/)?Q(Abstract)?HttpServer", "core/http"),
    "QtCharts": (r"QtCharts/|Q(\w*Chart(View)?|\w+Series|\w+Axis|Legend)$", "ui/charts"),
    "libqrencode": (r"qrencode", "ui/qr"),
    "toml++": (r"toml", "app"),
    "prometheus-cpp": (r"prometheus/", "core/http"),
    "cjose": (r"cjose/", "core/security"),
}
# Models are tested without a display.
WIDGETS = r"QtWidgets/|Q(Widget|Label|\w*Button|\w*Layout|\w*View|Frame|Action|Application|Dialog|MainWindow)$"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
TYPE = re.compile(r"^\s*(class|struct)\s+\w+(?:\s+final)?\s*(?::[^;{]*)?(?:\{|$)", re.MULTILINE)
OWNER = re.compile(r"Owner:|\bvalues?\b|\bpure\b", re.IGNORECASE)


def sources(root):
    files = (file for folder in SOURCE_FOLDERS for file in (root / folder).rglob("*"))
    return sorted(file for file in files if file.suffix in (".h", ".cpp"))


def name_of(file, root):
    return file.relative_to(root).as_posix()


def room_of(name):
    """The longest room whose folder holds the file; None for a folder without a rule."""
    rooms = [room for room in MAY_INCLUDE if name.startswith(room + "/")]
    return max(rooms, key=len, default=None)


def includes(root):
    for file in sources(root):
        for kind, target in INCLUDE.findall(file.read_text("utf-8")):
            yield name_of(file, root), kind, target


def check_rooms(root):
    """Rooms meet in core/flow and are joined in core/gateway and app."""
    wrong = []
    for name, kind, target in includes(root):
        if kind == "<" or target.endswith(".moc"):
            continue
        room, other = room_of(name), room_of(target)
        if room is None:
            wrong.append(f"{name}: no rule says what its folder may include: add it to tests/rules/rules.py")
        elif other is None:
            wrong.append(f'{name}: "{target}" is not a path from the top of the tree into a known room')
        elif other != room and other not in MAY_INCLUDE[room]:
            wrong.append(f"{name}: {room} may not include {other} ({target})")
    return wrong


def check_libraries(root):
    """One library, one room."""
    wrong = []
    for name, _, target in includes(root):
        for library, (headers, folder) in LIBRARIES.items():
            if re.match(headers, target) and not name.startswith(folder + "/"):
                wrong.append(f"{name}: {library} ({target}) is known to {folder} only")
        if name.startswith("ui/models/") and re.match(WIDGETS, target):
            wrong.append(f"{name}: models know no widgets ({target})")
    return wrong


def check_thread_lines(root):
    """Each header says on which thread its types live, and who owns its classes."""
    headers = (file for file in sources(root) if file.suffix == ".h")
    return [f"{name_of(file, root)}: {what}" for file in headers for what in unsaid(file, name_of(file, root))]


def unsaid(header, name):
    text = header.read_text("utf-8")
    comments = "\n".join(re.findall(r"//.*", text))
    types = TYPE.findall(text)
    if types and "thread" not in comments.lower():
        yield "does not say on which thread it lives (Thread: ...)"
    # An interface has the owner of whoever implements it.
    is_interface = name.startswith("core/flow/") and "= 0;" in text
    if "class" in types and not is_interface and not OWNER.search(comments):
        yield "does not say who owns it (Owner: ..., or that it is a value)"
