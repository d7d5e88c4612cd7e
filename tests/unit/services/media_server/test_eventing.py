"""Events come in order and not too often, to whoever asked for them, and to nobody else."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.domain.events import LibraryChanged
from app.domain.media import ItemId
from app.services.media_server import eventing
from app.services.media_server.eventing import PACE, seconds_of
from tests.unit.services.media_server.conftest import Scene

SPACE = "{urn:schemas-upnp-org:event-1-0}property"


class Ear:
    """Hears events, and counts whoever connects."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, dict[str, str], dict[str, str]]] = []
        self.connections = 0
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        at = asyncio.get_running_loop().time()
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        told = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        told[""] = head.split("\r\n")[0]
        body = await reader.readexactly(int(told["content-length"]))
        values = {each[0].tag: each[0].text or "" for each in ET.fromstring(body).iter(SPACE)}
        self.heard.append((at, told, values))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    made = Ear()
    await made.open()
    yield made
    await made.close()


async def ask(scene: Scene, method: str = "SUBSCRIBE", word: str = "cds", **headers: str) -> Any:
    return await scene.ask(lambda one: one.request(method, f"/dlna/{word}/events", **headers))


async def subscribed(scene: Scene, ear: Ear, word: str = "cds") -> str:
    callback = f"<http://127.0.0.1:{ear.port}/event?a=1>"
    told = {"CALLBACK": callback, "NT": "upnp:event", "TIMEOUT": "Second-300"}
    status, answer, _ = await ask(scene, word=word, **told)
    assert (status, answer["timeout"]) == (200, "Second-300")
    sid = str(answer["sid"])
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", sid)
    return sid


async def test_a_subscription_from_its_first_event_to_its_end(scene: Scene, ear: Ear) -> None:
    await asyncio.sleep(2 * PACE)  # what changed when the screen was let in has been told
    sid = await subscribed(scene, ear)
    await scene.until(lambda: ear.heard)
    _, told, values = ear.heard[0]
    assert told[""] == "NOTIFY /event?a=1 HTTP/1.1"
    assert (told["sid"], told["seq"], told["nts"]) == (sid, "0", "upnp:propchange")
    assert values == {
        "SystemUpdateID": str(scene.house.service._changes.count),
        "ContainerUpdateIDs": "",
    }
    scene.house.bus.publish(LibraryChanged((ItemId(scene.library.episodes[0]),)))
    await scene.until(lambda: len(ear.heard) == 2)
    _, told, values = ear.heard[1]
    assert told["seq"] == "1"
    number = values["SystemUpdateID"]
    series = scene.library.series
    places = ["recent", f"season-{series}-1", "series", f"series-{series}"]
    assert values["ContainerUpdateIDs"] == ",".join(f"{one},{number}" for one in places)
    status, answer, _ = await ask(scene, SID=sid, TIMEOUT="Second-infinite")
    assert (status, answer["sid"], answer["timeout"]) == (200, sid, "Second-1800")
    assert (await ask(scene, "UNSUBSCRIBE", SID=sid))[0] == 200
    assert (await ask(scene, "UNSUBSCRIBE", SID=sid))[0] == 412
    assert (await ask(scene, SID=sid))[0] == 412
    scene.house.bus.publish(LibraryChanged())
    await asyncio.sleep(2 * PACE)
    assert len(ear.heard) == 2


async def test_many_changes_are_few_events_in_order(scene: Scene, ear: Ear) -> None:
    await subscribed(scene, ear)
    await scene.until(lambda: ear.heard)
    begun = asyncio.get_running_loop().time()
    for _ in range(100):
        scene.house.bus.publish(LibraryChanged())
        await asyncio.sleep(0.01)
    spent = asyncio.get_running_loop().time() - begun
    last = str(scene.house.service._changes.count)
    await scene.until(lambda: ear.heard[-1][2]["SystemUpdateID"] == last)
    assert [int(told["seq"]) for _, told, _ in ear.heard] == list(range(len(ear.heard)))
    assert 2 <= len(ear.heard) - 1 <= spent / PACE + 2
    numbers = [int(values["SystemUpdateID"]) for _, _, values in ear.heard]
    assert numbers == sorted(set(numbers))


async def test_the_other_services_have_events_too(scene: Scene, ear: Ear) -> None:
    for word in ("cm", "registrar"):
        await subscribed(scene, ear, word)
    await scene.until(lambda: len(ear.heard) == 2)
    told = {name for _, _, values in ear.heard for name in values}
    assert {"SourceProtocolInfo", "SinkProtocolInfo", "AuthorizationGrantedUpdateID"} <= told


async def test_a_stranger_is_not_told_which_containers(stranger: Scene, ear: Ear) -> None:
    await subscribed(stranger, ear)
    await stranger.until(lambda: ear.heard)
    stranger.house.bus.publish(LibraryChanged())
    await stranger.until(lambda: len(ear.heard) == 2)
    assert ear.heard[1][2]["ContainerUpdateIDs"] == ""


async def test_who_does_not_answer_is_dropped(scene: Scene, ear: Ear) -> None:
    for answer in (b"HTTP/1.1 500 No\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", b""):
        ear.answer = answer
        await subscribed(scene, ear)
        await scene.until(lambda: not len(scene.house.service._events))
    assert ear.connections == 3


async def test_who_never_answers_is_dropped(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eventing, "PATIENCE", 0.1)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        callback = f"<http://127.0.0.1:{deaf.getsockname()[1]}/>"
        status, _, _ = await ask(scene, CALLBACK=callback, NT="upnp:event")
        assert status == 200
        await scene.until(lambda: not len(scene.house.service._events))


FOREIGN = [
    "http://127.0.0.2:{port}/", "http://localhost:{port}/", "http://10.0.0.1:{port}/",
    "http://93.184.216.34:{port}/", "https://127.0.0.1:{port}/", "http://127.0.0.1:22/",
    "http://127.0.0.1:80/", "http://127.0.0.1/", "http://127.0.0.1:1023/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://127.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://user@127.0.0.1:{port}/", "http://127.0.0.1:{port}@10.0.0.1:{port}/",
    "http://10.0.0.1#@127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/", "//127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/\u00e9", "http://127.0.0.1:99999/", "http://0.0.0.0:{port}/",
]  # fmt: skip


async def test_nothing_goes_where_it_must_not(scene: Scene, ear: Ear) -> None:
    good = f"<http://127.0.0.1:{ear.port}/>"
    refused = [f"<{one.format(port=ear.port)}>" for one in FOREIGN]
    refused += [good + one for one in refused[:4]]  # one foreign address spoils all
    refused += [good * 100, good * 5, good[:-1], good + "x", "", "<>", "<" * 2500]
    for callback in refused:
        header = callback.encode().decode("latin-1")
        status, answer, _ = await ask(scene, CALLBACK=header, NT="upnp:event")
        assert status in (400, 412), callback
        assert "sid" not in answer
    assert len(scene.house.service._events) == 0
    scene.house.bus.publish(LibraryChanged())
    await asyncio.sleep(2 * PACE)
    assert ear.connections == 0


async def test_wrong_ways_to_subscribe(scene: Scene, ear: Ear) -> None:
    good = {"CALLBACK": f"<http://127.0.0.1:{ear.port}/>", "NT": "upnp:event"}
    for headers, status in (
        ({**good, "NT": "upnp:other"}, 412), ({"CALLBACK": good["CALLBACK"]}, 412),
        ({**good, "SID": "uuid:1"}, 400), ({"SID": "uuid:1"}, 412), ({}, 412),
    ):  # fmt: skip
        assert (await ask(scene, **headers))[0] == status, headers
    assert (await ask(scene, word="other", **good))[0] == 404
    sid = await subscribed(scene, ear)
    assert (await ask(scene, "UNSUBSCRIBE", word="cm", SID=sid))[0] == 412
    assert (await ask(scene, "UNSUBSCRIBE", SID=sid, NT="upnp:event"))[0] == 400


async def test_not_too_many(scene: Scene, ear: Ear) -> None:
    events = scene.house.service._events
    for _ in range(eventing.MOST_OF_ONE):
        await subscribed(scene, ear)
    good = {"CALLBACK": f"<http://127.0.0.1:{ear.port}/>", "NT": "upnp:event"}
    assert (await ask(scene, **good))[0] == 503
    for number in range(100):
        events.subscribe("cds", f"127.0.1.{number}", "127.0.0.1", (), 300)
    assert len(events) == eventing.MOST
    now = events._clock()
    events._clock = lambda: now + 301
    assert len(events) == 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Second-300", 300), ("Second-infinite", 1800), ("second-90", 90), ("", 1800), ("x", 1800),
     ("Second-0", 60), ("Second-999999", 1800), ("Second--5", 1800)],
)  # fmt: skip
def test_how_long(header: str, seconds: int) -> None:
    assert seconds_of(header) == seconds
