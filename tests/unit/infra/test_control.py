"""The control socket: answers, limits, and the ways a client can misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable
from app.infra import control
from app.infra.control import ControlServer, Progress, ask


class Desk:
    """Handlers as a station would have them."""

    def __init__(self) -> None:
        self.cancelled = asyncio.Event()
        self.waiting = asyncio.Event()

    async def echo(self, args: Mapping[str, Any], _progress: Progress) -> object:
        return dict(args)

    async def count(self, args: Mapping[str, Any], progress: Progress) -> object:
        for index in range(int(args["to"])):
            await progress({"done": index})
        return "counted"

    async def missing(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        raise NotFound("errors.gone", path="/films")

    async def broken(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        raise RuntimeError("a bug")

    async def long(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        self.waiting.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return None

    async def flood(self, _args: Mapping[str, Any], progress: Progress) -> object:
        try:
            while True:
                await progress("x" * 60_000)
        finally:
            self.cancelled.set()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "run" / "station.sock"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest_asyncio.fixture
async def server(place: Path, desk: Desk) -> AsyncIterator[ControlServer]:
    handlers = {
        "echo": desk.echo,
        "count": desk.count,
        "missing": desk.missing,
        "broken": desk.broken,
        "long": desk.long,
        "flood": desk.flood,
    }
    running = ControlServer(place, handlers)
    await running.start()
    yield running
    await running.stop()


async def _ask(place: Path, command: str, **args: Any) -> Any:
    return await asyncio.to_thread(lambda: ask(place, command, timeout=10.0, **args))


async def test_answers_and_is_private(server: ControlServer, place: Path) -> None:
    told = await _ask(place, "echo", path="/films/\udcff", number=3)
    assert told == {"path": "/films/\udcff", "number": 3}
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


async def test_progress_comes_in_order_before_the_result(
    server: ControlServer, place: Path
) -> None:
    seen: list[Any] = []
    result = await asyncio.to_thread(lambda: ask(place, "count", on_progress=seen.append, to=5))
    assert result == "counted"
    assert [value["done"] for value in seen] == [0, 1, 2, 3, 4]


async def test_errors_keep_their_kind(server: ControlServer, place: Path) -> None:
    with pytest.raises(NotFound) as told:
        await _ask(place, "missing")
    assert told.value.key == "errors.gone"
    assert told.value.args_map == {"path": "/films"}
    with pytest.raises(InvalidInput):
        await _ask(place, "no such command")


async def test_a_bug_is_told_without_its_details(
    server: ControlServer, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AppError) as told:
        await _ask(place, "broken")
    assert told.value.key == "errors.command_failed"
    assert "a bug" not in str(told.value)
    assert "a bug" in caplog.text


async def test_no_station(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as told:
        await _ask(tmp_path / "nothing.sock", "echo")
    assert told.value.key == "errors.no_station"


async def test_a_stale_socket_is_replaced(place: Path) -> None:
    place.parent.mkdir(mode=0o700)
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(place))
    dead.close()
    with pytest.raises(Unavailable):
        await _ask(place, "echo")
    running = ControlServer(place, {"echo": Desk().echo})
    await running.start()
    assert await _ask(place, "echo", a=1) == {"a": 1}
    await running.stop()
    assert not place.exists()


@pytest.mark.parametrize(
    "sent",
    [
        b"garbage\n",
        b"\x00\xff\xfe\n",
        b"[]\n",
        b'{"command": 3}\n',
        b'{"command": "echo", "args": []}\n',
        b"[" * 60_000 + b"\n",
        b"x" * (control.REQUEST_BYTES * 3) + b"\n",
    ],
)
async def test_bad_requests_get_one_error(server: ControlServer, place: Path, sent: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(place)
    writer.write(sent)
    answer = json.loads(await asyncio.wait_for(reader.readline(), 5))
    assert answer["error"]["kind"] == "InvalidInput"
    writer.close()
    assert await _ask(place, "echo", still=True) == {"still": True}


async def test_a_slow_client_does_not_keep_the_others(
    server: ControlServer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "REQUEST_SECONDS", 0.2)
    reader, writer = await asyncio.open_unix_connection(place)
    writer.write(b'{"command": ')
    assert await _ask(place, "echo", a=1) == {"a": 1}
    answer = json.loads(await asyncio.wait_for(reader.readline(), 5))
    assert answer["error"]["key"] == "errors.request_too_slow"
    writer.close()


async def test_a_client_that_does_not_read_is_dropped(
    server: ControlServer, place: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "WRITE_SECONDS", 0.2)
    _reader, writer = await asyncio.open_unix_connection(place, limit=1024)
    writer.write(b'{"command": "flood"}\n')
    await asyncio.wait_for(desk.cancelled.wait(), 5)
    assert await _ask(place, "echo", a=1) == {"a": 1}
    writer.close()


async def test_work_ends_when_its_asker_leaves(
    server: ControlServer, place: Path, desk: Desk
) -> None:
    _reader, writer = await asyncio.open_unix_connection(place)
    writer.write(b'{"command": "long"}\n')
    await asyncio.wait_for(desk.waiting.wait(), 5)
    writer.close()
    await asyncio.wait_for(desk.cancelled.wait(), 5)


async def test_two_clients_at_once(server: ControlServer, place: Path, desk: Desk) -> None:
    slow = asyncio.create_task(_ask(place, "count", to=200))
    answers = await asyncio.gather(*(_ask(place, "echo", n=index) for index in range(5)))
    assert [answer["n"] for answer in answers] == [0, 1, 2, 3, 4]
    assert await slow == "counted"


async def test_too_many_clients_are_turned_away(
    server: ControlServer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "CLIENTS", 1)
    _reader, writer = await asyncio.open_unix_connection(place)
    writer.write(b'{"command": "long"}\n')
    await asyncio.sleep(0.05)
    with pytest.raises(Unavailable) as told:
        await _ask(place, "echo")
    assert told.value.key == "errors.too_many_commands"
    writer.close()


async def test_other_users_are_hung_up_on(
    server: ControlServer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_294_967)
    reader, writer = await asyncio.open_unix_connection(place)
    writer.write(b'{"command": "echo"}\n')
    with contextlib.suppress(ConnectionResetError):
        assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()


async def test_stop_ends_open_conversations(place: Path, desk: Desk) -> None:
    running = ControlServer(place, {"long": desk.long})
    await running.start()
    asking = asyncio.create_task(_ask(place, "long"))
    await asyncio.wait_for(desk.waiting.wait(), 5)
    await asyncio.wait_for(running.stop(), 3)
    with pytest.raises(Unavailable):
        await asking
    assert desk.cancelled.is_set()
