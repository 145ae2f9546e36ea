"""Programs that the benchmark starts, each ended by its own process id, and dead with their parent."""

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Failed(Exception):
    """A measurement that cannot be made; says why."""


def run_from_a_shell(main):
    """A benchmark's main(), with exit codes and sentences in place of stack traces."""
    try:
        main()
    except (Failed, subprocess.CalledProcessError) as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


class Program:
    def __init__(self, command, environment=None):
        self.name = command[0].rsplit("/", 1)[-1]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | (environment or {}),
            preexec_fn=lambda: LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL))
        self.pid = self.process.pid
        self.pending = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def line(self, seconds=40):
        """The next line that it prints."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self.pending:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not more:
                raise Failed(f"{self.name} said nothing in {seconds} s" if not ready else f"{self.name} ended")
            self.pending += more
        line, _, self.pending = self.pending.partition(b"\n")
        return line.decode()

    def ask(self, order=""):
        """One line to it, one line of JSON from it."""
        self.process.stdin.write(f"{order}\n".encode())
        self.process.stdin.flush()
        return json.loads(self.line())

    def finish(self):
        """Ends its standard input: it says its last line."""
        self.process.stdin.close()
        return json.loads(self.line())

    def kill(self):
        """As a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass  # it was gone before it read all


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker(Program):
    """A nats-server with JetStream of the benchmark's own."""

    def __init__(self, folder):
        port = free_port()
        self.url = f"nats://127.0.0.1:{port}"
        super().__init__(["nats-server", "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", f"{folder}/store",
                          "-l", f"{folder}/broker.log"])
        wait_for_port(self, port)


def wait_for_port(program, port, seconds=20):
    """Until the program listens there; ends it when that does not happen."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and program.process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
    program.stop()
    raise Failed(f"{program.name} does not start")
