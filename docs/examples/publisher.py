#!/usr/bin/env python3
"""A publisher of one's own, without a library: publisher.py FILE, where FILE is what the gateway wrote for --nats-info.

It speaks the text protocol of NATS. "inbox" is the reply subject to which JetStream sends the acknowledgement.
"""
import json, os, socket, sys, time, uuid
from urllib.parse import urlsplit

url = urlsplit(open(sys.argv[1] if len(sys.argv) > 1 else os.environ["NATS_INFO"]).read().strip())
bus = socket.create_connection((url.hostname, url.port or 4222), timeout=10).makefile("rwb")
login = {"user": url.username, "pass": url.password, "verbose": False, "headers": True, "no_responders": True}
inbox = "_INBOX." + uuid.uuid4().hex
bus.write(f"CONNECT {json.dumps(login)}\r\nSUB {inbox} 1\r\n".encode())


def acknowledgement():
    bus.flush()
    while line := bus.readline():
        if line.startswith((b"MSG", b"HMSG")):  # HMSG: no stream takes the subject
            return bus.read(int(line.split()[-1]) + 2).decode().strip()
        if line.startswith(b"PING"):
            bus.write(b"PONG\r\n")
            bus.flush()
        elif line.startswith(b"-ERR"):
            sys.exit(f"the bus refused: {line.decode().strip()}")
    sys.exit("the bus closed the connection")


for price in (1.5, 2.5, 3.5):
    nonce = uuid.uuid4().hex  # publishing again with the same one never makes a duplicate
    update = {"type": "price:update", "tokenId": "DEMO", "price": price, "volume24h": 0, "priceChange24h": 0,
              "timestamp": int(time.time() * 1000), "source": "trade", "nonce": nonce}
    head, body = f"NATS/1.0\r\nNats-Msg-Id: {nonce}\r\n\r\n".encode(), json.dumps(update).encode()
    bus.write(f"HPUB odin.tokens.DEMO.price {inbox} {len(head)} {len(head) + len(body)}\r\n".encode() + head + body + b"\r\n")
    reply = acknowledgement()
    if not reply.startswith("{") or "error" in json.loads(reply):
        sys.exit(f"not stored: {reply}")
    print("acked seq", json.loads(reply)["seq"], flush=True)
