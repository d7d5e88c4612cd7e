"""Lives of a station that publishes, in processes of their own which may be killed at any moment.

`START` loads everything once and waits for orders, a line of JSON each; every life is a fork of
it. See `Order`.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import gc
import importlib
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.post import ENDED, AccountId, PostId, PostState
from app.infra import http_guard
from app.infra.paths import Paths
from app.infra.wall_clock import WallClock
from app.services.plugins.service import PluginService
from tests.fakes.posting import Newsroom

START = (
    "from app.infra.database import driver\n"
    "driver.install()  # before anything imports sqlite3\n"
    "from tests.fakes.posting_life import main\n"
    "main()\n"
)
"""What such a process runs."""
SPEED = 60.0
"""Time runs so much faster in a life, from `Order.since` on: waits of a minute take a second."""
SECONDS = 40.0
_RESTS = frozenset({*ENDED, PostState.UNCONFIRMED, PostState.HELD})
_TOUCHES = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir", "socket.connect"})


@dataclasses.dataclass(frozen=True)
class Order:
    """A life: of which home, with which plugins, of which post; killed at its n-th moment (0: not).

    The first is lived `here`, in the process itself, which learns from it; all others in forks.
    Moments are what the process itself does: calls into the plugin begin and end, the database
    has been written, files and sockets are touched.
    """

    home: str
    plugins: str
    account: str
    post: str
    options: dict[str, Any]
    since: float
    kill: int = 0
    here: bool = False


class FastClock(WallClock):
    """A clock on the wall that runs fast."""

    def __init__(self, since: float) -> None:
        self._since = since

    def now(self) -> float:
        return self._since + (time.time() - self._since) * SPEED

    async def wait(self, until: float | None, rung: asyncio.Event) -> None:
        real = None if until is None else self._since + (until - self._since) / SPEED
        await super().wait(real, rung)


class Moments:
    """Counts what happens, and kills the process at one of them, as a power cut would."""

    def __init__(self) -> None:
        self.count = 0
        self._kill, self._home = 0, ""
        self._lock = threading.Lock()
        called = PluginService.call

        async def call(service: PluginService, *args: Any, **named: Any) -> object:
            self.pass_by()
            try:
                return await called(service, *args, **named)
            finally:
                self.pass_by()

        # This process is for that alone.
        PluginService.call = call  # type: ignore[method-assign, assignment]  # counts, and passes on
        sys.addaudithook(self._heard)

    def begin(self, kill: int, home: str) -> None:
        """Count from here on."""
        self.count, self._kill, self._home = 0, kill, home

    def end(self) -> None:
        """Count no more."""
        self._home = ""

    def pass_by(self) -> None:
        """Something happened."""
        if not self._home:
            return
        with self._lock:
            self.count += 1
            if self.count == self._kill:
                os.kill(os.getpid(), signal.SIGKILL)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        """What Python tells of the files and sockets that are touched."""
        if not self._home or not (event in _TOUCHES or (event == "open" and _written(args))):
            return
        if not args or not _own(args[0], self._home):
            self.pass_by()


def _written(args: tuple[Any, ...]) -> bool:
    return isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR))


def _own(path: object, home: str) -> bool:
    name = os.fsdecode(path) if isinstance(path, (str, bytes)) else ""
    return not name or name.startswith((home, "/dev", "/proc"))


def paths_of(home: Path) -> Paths:
    """The station's folders in a home."""
    os.environ["HOME"] = str(home)
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    runtime = home / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    found = Paths.from_environment()
    found.make()
    return found


class Lives:
    """Lives of one process, or of its forks; `caches` are what SQLAlchemy learned in the first."""

    def __init__(self) -> None:
        self._moments = Moments()
        self._caches: list[Any] = []

    def run(self, order: Order) -> dict[str, Any]:
        """One life; what is told of it when it ends by itself."""

        async def bounded() -> PostState:
            async with asyncio.timeout(SECONDS):
                return await self._live(order)

        loop = asyncio.new_event_loop()
        try:
            state = loop.run_until_complete(bounded())
        finally:
            if order.here:
                loop.run_until_complete(loop.shutdown_default_executor())
                loop.close()
        return {"state": state.value, "moments": self._moments.count}

    async def _live(self, order: Order) -> PostState:
        """Publish until the post waits for somebody, or has ended."""
        home = Path(order.home)
        station = Newsroom(paths_of(home), Path(order.plugins), FastClock(order.since))
        await station.begin()
        self._learn(station, order)
        for name, value in order.options.items():
            held = await station.plugins.options(order.account)
            if name in held and held[name] not in (value, True):
                await station.plugins.set_option(order.account, name, value)
        self._moments.begin(order.kill, order.home)
        await station.service.start()
        await station.service.pause(paused=False)
        found = await station.rests(PostId(order.post), _RESTS)
        self._moments.end()
        if order.here:  # a fork just ends: nothing is put away
            await station.stop()
        return found

    def _learn(self, station: Newsroom, order: Order) -> None:
        database: Any = station.database
        engines = [database._writer.sync_engine, database._readers.sync_engine]
        if order.here:
            self._caches = [one._compiled_cache for one in engines]
        for engine, cache in zip(engines, self._caches, strict=False):
            engine._compiled_cache = cache
        write = database.write

        @contextlib.asynccontextmanager
        async def counted() -> Any:
            async with write() as connection:
                yield connection
            self._moments.pass_by()

        database.write = counted


async def prepare(
    home: Path, plugins: Path, kind: str, options: dict[str, Any], secrets: dict[str, str],
    draft: Callable[[Newsroom, AccountId], Any],
) -> tuple[AccountId, PostId]:  # fmt: skip
    """A home in which a post is planned, while everything is paused."""
    station = Newsroom(paths_of(home), plugins)
    await station.start()
    try:
        await station.service.pause(paused=True)
        kinds = {one.id: one for one in await station.plugins.list()}
        names = {one.name for one in kinds[kind].options}
        values = {name: one for name, one in {**options, **secrets}.items() if name in names}
        if kinds[kind].many:
            account = await station.add(kind, **values)
        else:
            account = AccountId(kind)
            for name, value in values.items():
                await station.plugins.set_option(kind, name, value)
            await station.plugins.enable(kind)
        for name, secret in secrets.items():
            await station.secrets.set(account, name, secret)
        return account, (await draft(station, account)).id
    finally:
        await station.stop()


def main() -> None:
    """Take orders until there are no more; lives run beside each other."""
    _warm()
    all_lives = Lives()
    wait = select.poll()
    wait.register(0, select.POLLIN)
    lives: dict[int, tuple[int, int]] = {}  # by the descriptor of the process: it, its order
    taking = True
    while taking or lives:
        for ready, _ in wait.poll():
            if ready in lives:
                process, number = lives.pop(ready)
                wait.unregister(ready)
                os.close(ready)
                _, status = os.waitpid(process, 0)
                _say(number, {"died": os.waitstatus_to_exitcode(status)})
            elif line := sys.stdin.buffer.readline():
                told = json.loads(line)
                number = told.pop("number")
                order = Order(**told)
                if order.here:
                    _say(number, {"born": os.getpid()})
                    _say(number, all_lives.run(order))
                    _say(number, {"died": 0})
                    gc.freeze()
                    continue
                process = _bear(all_lives, number, order)
                descriptor = os.pidfd_open(process)
                wait.register(descriptor, select.POLLIN)
                lives[descriptor] = (process, number)
            else:
                wait.unregister(0)
                taking = False


def _bear(lives: Lives, number: int, order: Order) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    gc.disable()  # it lives shorter than it would take to look through what it shares
    try:
        _say(number, {"born": os.getpid()})
        _say(number, lives.run(order))
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(number: int, told: dict[str, Any]) -> None:
    os.write(1, json.dumps({"number": number, **told}).encode() + b"\n")


def _warm() -> None:
    """Load what every life would load, and leave it where it is: forks share it."""
    for name in ("httpx", "httpcore", "anyio._backends._asyncio", "sqlalchemy.dialects.sqlite"):
        importlib.import_module(name)
    http_guard._tls()
