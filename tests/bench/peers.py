"""The servers that the benchmark compares, each started for one measurement on a free port and ended with it."""

import shutil
import time
from pathlib import Path

from measuring import address_of
from processes import Failed, Program, free_port, wait_for_port

HERE = Path(__file__).resolve().parent
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")


class Missing(Failed):
    """A peer that is not installed here; says what to install."""


class ReadyServer(Program):
    """A program that says in its first line where it listens."""

    dialect, admin = "text", None

    def __init__(self, command, path=""):
        super().__init__(command)
        ready = self.line()
        address = address_of(ready)
        self.port, self.path, self.admin = address.port, address.path + path, address_of(ready, "admin")


class BridgedServer(Program):
    """A server that does not read the bus: a bridge hands the updates on. The bridge's CPU time is not counted."""

    admin = None

    def __init__(self, command, bus, target, ports):
        super().__init__(command)
        self.bridge = None
        for port in ports:
            wait_for_port(self, port)
        self.bridge = Program(["node", str(HERE / "bridge.mjs"), bus.url, target])
        self.bridge.line()

    def stop(self):
        if self.bridge:
            self.bridge.stop()
        super().stop()


def program(name, package):
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/sbin")
    if not found:
        raise Missing(f"{name} is not installed (packaging/setup.sh --bench installs {package})")
    return found


def written(folder, name, text):
    path = Path(folder) / name
    path.write_text(text)
    return str(path)


class NatsListener(BridgedServer):
    """A second nats-server, whose clients come by its own WebSocket listener."""

    dialect, path = "nats", "/"

    def __init__(self, bus, folder):
        self.port, port = free_port(), free_port()
        config = written(folder, "listener.conf", f"""
            listen: "127.0.0.1:{port}"
            ping_interval: "10m"
            max_connections: 20000
            websocket {{ listen: "127.0.0.1:{self.port}", no_tls: true, compression: false }}
            """)
        super().__init__([program("nats-server", "nats-server"), "-c", config, "-l", f"{folder}/listener.log"],
                         bus, f"nats://127.0.0.1:{port}", (port, self.port))


class Nchan(BridgedServer):
    """nginx with nchan, one worker process: that is the one whose CPU time counts."""

    dialect, path = "text", "/sub"

    def __init__(self, bus, folder):
        if not NCHAN.exists():
            raise Missing("nchan is not installed (packaging/setup.sh --bench installs libnginx-mod-nchan)")
        self.port = free_port()
        config = written(folder, "nginx.conf", f"""
            load_module {NCHAN};
            daemon off;
            user {Path(folder).owner()};
            worker_processes 1;
            worker_rlimit_nofile 20000;
            pid {folder}/nginx.pid;
            error_log {folder}/nginx.log;
            events {{ worker_connections 19950; }}
            http {{
                access_log off;
                client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
                uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
                keepalive_requests 10000000;
                server {{
                    listen 127.0.0.1:{self.port} backlog=4096;
                    location = /pub {{ nchan_publisher; nchan_channel_id prices; nchan_message_buffer_length 100; nchan_message_timeout 5s; }}
                    location = /sub {{ nchan_subscriber websocket; nchan_channel_id prices; nchan_subscriber_first_message newest; }}
                }}
            }}
            """)
        super().__init__([program("nginx", "nginx-light"), "-c", config, "-e", f"{folder}/nginx.log"],
                         bus, f"http://127.0.0.1:{self.port}/pub", (self.port,))
        self.pid = self.worker()

    def worker(self):
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return int(children[0])


class Mosquitto(BridgedServer):
    """mosquitto, its clients by WebSocket with quality of service 0."""

    dialect, path = "mqtt", "/mqtt"

    def __init__(self, bus, folder):
        self.port, port = free_port(), free_port()
        config = written(folder, "mosquitto.conf", f"""
user {Path(folder).owner()}
allow_anonymous true
persistence false
log_dest file {folder}/mosquitto.log
set_tcp_nodelay true
listener {port} 127.0.0.1
listener {self.port} 127.0.0.1
protocol websockets
""")
        super().__init__([program("mosquitto", "mosquitto"), "-c", config], bus, f"mqtt://127.0.0.1:{port}", (port, self.port))
