#!/usr/bin/env python3
"""What it costs to let somebody in: connects without a token, and with tokens signed by HS256, RS256 and ES256, in turn.

Each round starts a gateway for each kind, has odin-loadtest connect its clients as fast as they are answered, and reads the gateway's CPU time.
Needs openssl for the keys. Writes connects.json into the bench folder of the build, and prints a table.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
from pathlib import Path

from measuring import address_of
from processes import Program, run_from_a_shell
from procfs import cpu_seconds
from run import ROOT, build

KINDS = {"no token": None, "HS256": None, "RS256": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
         "ES256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]}


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder [build/release]")
    parser.add_argument("--no-build", action="store_true", help="the programs are there already")
    return parser.parse_args()


def make_key(kind, folder):
    """None for this machine's own key, an HS256 one."""
    if KINDS[kind] is None:
        return None
    path = folder / f"{kind}.pem"
    subprocess.run(["openssl", "genpkey", *KINDS[kind], "-out", path], check=True, capture_output=True)
    path.chmod(0o600)
    return path


def token(gateway, key, folder):
    words = [gateway, "token", "--sub", "bench", "--ttl", "1h", "--state-dir", folder]
    return subprocess.run([*words, *(["--key", key] if key else [])], check=True, capture_output=True, text=True).stdout.strip()


def measure(kind, chosen):
    gateway, loadtest = chosen.build / "bin/odin-gateway", chosen.build / "bin/odin-loadtest"
    with tempfile.TemporaryDirectory(prefix="odin-connects-") as name:
        folder = Path(name)
        key = make_key(kind, folder)
        auth = [] if kind == "no token" else ["--auth", "required", "--user-connections", "1000000", "--unknown-connections", "1000000"]
        auth += ["--auth-keys", key] if key else []
        bearer = [] if kind == "no token" else ["--token", token(gateway, key, folder)]
        with Program([str(gateway), "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--state-dir", str(folder), "--tokens", "BTC", "--interval", "3600000", "--log-level", "warning", *map(str, auth)]) as server:
            url = address_of(server.line(), "ws").geturl()
            before, report = cpu_seconds(server.pid), folder / "report.json"
            subprocess.run([loadtest, "--url", url, "--ramp", str(chosen.clients), "--hold", "500ms", "--report", report, *bearer], check=True,
                           capture_output=True)
            cpu = cpu_seconds(server.pid) - before
            step = json.loads(report.read_text("utf-8"))["steps"][0]
    return {"kind": kind, "connected": step["connected"], "usPerConnect": cpu / chosen.clients * 1e6, "step": step}


def main():
    chosen = options()
    if not chosen.no_build:
        build(chosen, "odin-gateway")
        build(chosen, "odin-loadtest")
    results = [measure(kind, chosen) for _ in range(chosen.rounds) for kind in KINDS]
    folder = chosen.build / "bench"
    folder.mkdir(exist_ok=True)
    (folder / "connects.json").write_text(json.dumps(results, indent=1), "utf-8")
    print(f"{chosen.clients:,} clients, {chosen.rounds} rounds in turn; medians (and range)\n")
    print("| | connected | CPU of the gateway per connect | of that without a token |\n|---|---|---|---|")
    base = None
    for kind in KINDS:
        costs = sorted(result["usPerConnect"] for result in results if result["kind"] == kind)
        middle = statistics.median(costs)
        base = base or middle
        connected = min(result["connected"] for result in results if result["kind"] == kind)
        print(f"| {kind} | {connected:,} | {middle:.0f} us ({costs[0]:.0f}-{costs[-1]:.0f}) | {middle / base:.2f} x |")


if __name__ == "__main__":
    run_from_a_shell(main)
