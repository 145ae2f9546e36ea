"""What the kernel knows of processes and of this machine."""

import os
import time

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of one process, all its threads, without its children."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def machine_busy_seconds():
    """Time of all cores together that was not idle."""
    with open("/proc/stat", encoding="ascii") as stat:
        user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICK


def busy_cores(seconds):
    before, start = machine_busy_seconds(), time.monotonic()
    time.sleep(seconds)
    return (machine_busy_seconds() - before) / (time.monotonic() - start)


def wait_for_quiet(patience, cores_max):
    """Until other work takes fewer cores than this, or patience (seconds) is over."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and busy_cores(1) > cores_max:
        pass


def open_sockets(pid):
    """Of one process."""
    def target(name):
        try:
            return os.readlink(f"/proc/{pid}/fd/{name}")
        except FileNotFoundError:
            return ""
    return sum(target(name).startswith("socket:") for name in os.listdir(f"/proc/{pid}/fd"))


def listen_losses():
    """Connections that a full listen queue, or a listener, dropped: of all programs since the machine started."""
    with open("/proc/net/netstat", encoding="ascii") as netstat:
        names, values = [line.split() for line in netstat if line.startswith("TcpExt:")][:2]
    counters = dict(zip(names, values))
    return {name: int(counters[name]) for name in ("ListenOverflows", "ListenDrops")}
