"""How long the whole program takes from its start to a price at a client."""

import socket
import tempfile
import time

from measuring import address_of
from processes import Failed, Program


def first_price_seconds(gateway):
    """From the start of the program, with nothing configured but free ports, to the first price on a WebSocket."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        with Program([gateway, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--state-dir", folder,
                      "--log-level", "warning"]) as program:
            address = address_of(program.line())
            wait_for_price(address.port, "/ws?tokens=*")
            return time.monotonic() - start


def wait_for_price(port, path, seconds=30):
    with socket.create_connection(("127.0.0.1", port), seconds) as client:
        client.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        seen = b""
        while b'"price":' not in seen:  # in an update or in a snapshot
            more = client.recv(65536)
            if not more:
                raise Failed("the gateway closed the connection")
            seen += more
