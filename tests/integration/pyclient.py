"""A client made with Python's websockets: argv[1] is the address of a gateway with simulated prices."""

import asyncio
import json
import sys
import time

import websockets

DEADLINE_S = 10


class Client:
    def __init__(self, socket):
        self.socket = socket
        self.next_id = 0

    async def receive(self):
        return json.loads(await asyncio.wait_for(self.socket.recv(), DEADLINE_S))

    async def until(self, fits):
        """The first message that fits, with all before it."""
        heard = []
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            heard.append(await self.receive())
            if fits(heard[-1]):
                return heard[-1], heard[:-1]
        raise AssertionError(f"not within {DEADLINE_S} s; heard {[message['type'] for message in heard]}")

    async def ask(self, command):
        self.next_id += 1
        await self.socket.send(json.dumps({**command, "id": self.next_id}))
        answer, _ = await self.until(lambda message: message.get("id") == self.next_id)
        return answer


def is_update_of(token):
    return lambda message: message["type"] == "price:update" and message["tokenId"] == token


async def subscribes(client):
    """Subscribed, then the snapshot, then updates that follow it without a hole."""
    granted = await client.ask({"type": "subscribe", "tokens": ["BTC", "ETH"]})
    assert granted["type"] == "subscribed" and granted["tokens"] == ["BTC", "ETH"], granted
    assert granted["channels"] == ["price"] and "recovered" not in granted, granted
    snapshot = await client.receive()
    assert snapshot["type"] == "price:snapshot", snapshot
    last = {update["tokenId"]: update["seq"] for update in snapshot["updates"]}
    assert sorted(last) == ["BTC", "ETH"], last
    update, _ = await client.until(is_update_of("BTC"))
    assert update["prev"] == last["BTC"], (update, last)
    assert isinstance(update["price"], (int, float)) and isinstance(update["nonce"], str), update


async def unsubscribes(client):
    """After the answer there is not one more update of the token."""
    answer = await client.ask({"type": "unsubscribe", "tokens": ["BTC"]})
    assert answer["type"] == "unsubscribed" and answer["tokens"] == ["ETH"], answer
    heard = []
    for _ in range(5):
        _, before = await client.until(is_update_of("ETH"))
        heard += before
    assert not any(is_update_of("BTC")(message) for message in heard)


async def pings(client):
    answer = await client.ask({"type": "ping", "clientTime": 1234.5})
    assert answer["type"] == "pong" and answer["clientTime"] == 1234.5, answer
    assert abs(answer["serverTime"] - time.time() * 1000) < 60_000, answer
    await asyncio.wait_for(await client.socket.ping(), DEADLINE_S)  # the frame, not the command


async def errors(client):
    for command, code in [
        ({"type": "nonsense"}, 104),
        ({"type": "subscribe"}, 107),
        ({"type": "subscribe", "tokens": ["a b"]}, 102),
        ({"type": "subscribe", "tokens": ["T%d" % n for n in range(1001)]}, 106),
    ]:
        answer = await client.ask(command)
        assert (answer["type"], answer["code"], answer["retryable"]) == ("error", code, False), answer


async def resumes(client):
    """Recovered or plainly not: then with a snapshot."""
    for position in [{"epoch": "another", "seq": 5}, {"epoch": "another", "seq": 9_000_000_000}]:
        granted = await client.ask({"type": "subscribe", "tokens": ["SOL"], "resume": position})
        assert granted["type"] == "subscribed" and granted["recovered"] is False, granted
        snapshot, _ = await client.until(lambda message: message["type"] == "price:snapshot")
        assert [update["tokenId"] for update in snapshot["updates"]] == ["SOL"], snapshot


async def quick_start(url):
    async with websockets.connect(url + "?tokens=ADA") as socket:
        client = Client(socket)
        snapshot, _ = await client.until(lambda message: message["type"] == "price:snapshot")
        assert [update["tokenId"] for update in snapshot["updates"]] == ["ADA"], snapshot


async def main(url):
    async with websockets.connect(url, subprotocols=["odin.v1.json"]) as socket:
        assert socket.subprotocol == "odin.v1.json", socket.subprotocol
        client = Client(socket)
        welcome = await client.receive()
        assert welcome["type"] == "welcome", welcome
        for part in (subscribes, unsubscribes, pings, errors, resumes):
            await part(client)
            print(f"ok {part.__name__}")
    await quick_start(url)
    print("ok quick_start")


asyncio.run(asyncio.wait_for(main(sys.argv[1]), 60))
