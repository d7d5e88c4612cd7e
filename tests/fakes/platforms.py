"""Platforms on loopback which videos are published on, and plugins that reach them there.

A platform's own protocol is in ``tests/plugins/<name>/platform.py``, as a class `Platform`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import importlib
import json
import re
import shutil
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock
from urllib.parse import urlsplit

import tomli_w
from aiohttp import web

from app.api.publishing import PostFile, PostStep, PostWanted, Stage
from app.services.plugins.borders import GivenSecrets
from app.services.plugins.context import build_context, option_values
from tests.fakes.plugins import ROOT, NoBrowser, manifest_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Route = tuple[str, str, Handler]
"""A method, a pattern of the whole path, and who answers."""
LOOPBACK = "station_loopback"
"""The option that opens loopback to a plugin that is tried."""
MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """A bad moment of a platform, met once by the next request it fits.

    `kind`: ``answer`` says `status` and `body` instead of doing anything, ``cut`` hangs up in the
    middle of what is sent, ``late`` does it and hangs up before it says so. `where` is searched
    in the method and the path (``POST /2/tweets``).
    """

    kind: str = "answer"
    where: str = ""
    status: int = 500
    body: object = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class FakePlatform:
    """A server which follows a platform's protocol. Subclasses answer by `routes` or `handle`.

    `posts` is what became visible, in order: that there is exactly one is judged by it. Whatever
    it keeps is in memory of the test, so a plugin may be killed and started anew beside it.
    """

    PLUGIN: ClassVar[str]
    OPTIONS: ClassVar[Mapping[str, Any]] = {}
    SECRETS: ClassVar[Mapping[str, str]] = {}
    """What makes it signed in."""
    CHOICES: ClassVar[Mapping[str, str]] = {}
    """What must be chosen for each post: a subreddit, a chat."""
    NEEDS_PICTURE: ClassVar[bool] = False
    TELLS: ClassVar[bool] = True
    """Whether it can always be asked which posts there are; else a post may stay unconfirmed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        """A folder of its own."""
        self.address = ""
        self.port = 0
        """Where it listens; 0: any that is free."""
        self.posts: list[dict[str, Any]] = []
        self.seen: list[web.Request] = []
        self.trouble: list[Fault | str | tuple[Any, ...]] = []
        """Faults to come: a `Fault`, ``"cut"``, ``"late"``, or (status, body[, headers])."""
        self.watch: Callable[[str, int], Awaitable[None]] | None = None
        """Told ``asked`` and ``done`` with the number of each request, before it goes on."""
        self._runner: web.AppRunner | None = None

    def options(self) -> dict[str, Any]:
        """What the owner sets; those who need the address of this server add to it."""
        return dict(self.OPTIONS)

    def secrets(self) -> dict[str, str]:
        """What the keyring holds when somebody is signed in."""
        return dict(self.SECRETS)

    def routes(self) -> Sequence[Route]:
        """Who answers what."""
        return ()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, by `routes`."""
        for method, pattern, handler in self.routes():
            if request.method == method and re.fullmatch(pattern, request.path):
                return await handler(request)
        return web.json_response({"error": f"{request.method} {request.path}"}, status=404)

    async def open(self) -> None:
        """Begin to listen."""
        application = web.Application(client_max_size=1 << 27)
        application.router.add_route("*", "/{path:.*}", self._met)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def asked(self, where: str) -> list[web.Request]:
        """The requests so far whose method and path have this in them."""
        return [one for one in self.seen if re.search(where, f"{one.method} {one.path}")]

    async def _met(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        number = len(self.seen)
        await self.tell("asked", number)
        fault = self._fault(f"{request.method} {request.path}")
        try:
            if fault is None:
                answer = await self.handle(request)
            elif fault.kind == "answer":
                await request.read()
                answer = _said(fault)
            else:
                answer = await self._hang_up(request, late=fault.kind == "late")
        except (ConnectionError, web.RequestPayloadError):
            return web.Response(status=400)  # whoever asked is gone
        await self.tell("done", number)
        return answer

    async def _hang_up(self, request: web.Request, *, late: bool) -> web.StreamResponse:
        if late:
            await self.handle(request)
        else:
            await request.content.read(1024)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def tell(self, moment: str, number: int) -> None:
        """Say that a request came, or is answered; for platforms with a server of their own too."""
        if self.watch is not None:
            await self.watch(moment, number)

    def _fault(self, where: str) -> Fault | None:
        for told in self.trouble:
            fault = _fault_of(told)
            if re.search(fault.where, where):
                self.trouble.remove(told)
                return fault
        return None


def _fault_of(told: Fault | str | tuple[Any, ...]) -> Fault:
    if isinstance(told, Fault):
        return told
    if isinstance(told, str):
        return Fault(told)
    status, body, headers = (*told, {})[:3]
    return Fault(status=status, body=body, headers=headers)


def _said(fault: Fault) -> web.Response:
    if isinstance(fault.body, (str, bytes)):
        body = fault.body.encode() if isinstance(fault.body, str) else fault.body
        return web.Response(status=fault.status, body=body, headers=fault.headers)
    return web.json_response(fault.body, status=fault.status, headers=fault.headers)


def platform_of(kind: str) -> type[FakePlatform]:
    """The platform of a plugin."""
    found: type[FakePlatform] = importlib.import_module(f"tests.plugins.{kind}.platform").Platform
    assert issubclass(found, FakePlatform)
    return found


def platforms() -> list[str]:
    """The plugins which have one."""
    return sorted(one.parent.name for one in ROOT.glob("tests/plugins/*/platform.py"))


def led(places: Mapping[str, Any], address: str) -> dict[str, Any]:
    """A plugin's ``places.json``, every address of which leads to `address`; paths stay.

    Its ``waits``, seconds which a real platform needs, are none.
    """
    found = {
        name: address + urlsplit(place).path.rstrip("/") if "://" in place else place
        for name, place in places.get("places", {}).items()
    }
    waits = dict.fromkeys(places.get("waits", {}), 0)
    return {**places, "places": found, "waits": waits}


@contextlib.asynccontextmanager
async def publishing(
    kind: str,
    place: Path,
    *,
    seconds: float = 5.0,
    signed_in: bool = True,
    secrets: Mapping[str, str] | None = None,
    **options: Any,
) -> AsyncIterator[tuple[Any, Any]]:
    """A plugin's provider, set up over the real web client, and its platform.

    `secrets` are kept instead of the platform's own; `options` change some of its options.
    Requests end after `seconds`.
    """
    home = place / "platform"
    home.mkdir(parents=True, exist_ok=True)
    platform = platform_of(kind)(home)
    await platform.open()
    held = platform.secrets() if signed_in else {}
    try:
        async with provided(
            kind,
            place,
            platform.address,
            seconds=seconds,
            secrets=held if secrets is None else secrets,
            options={**platform.options(), **options},
        ) as provider:
            yield provider, platform
    finally:
        await platform.close()


@contextlib.asynccontextmanager
async def provided(
    kind: str,
    place: Path,
    address: str,
    *,
    seconds: float,
    secrets: Mapping[str, str],
    options: Mapping[str, Any],
) -> AsyncIterator[Any]:
    """A plugin's provider for which the platform lies at `address`."""
    manifest = manifest_of(kind)
    limits = replace(manifest.limits, timeout=seconds, requests_per_second=50, longest_wait=0.3)
    hosts = (*manifest.hosts_from, LOOPBACK)
    values = {**option_values(manifest, options), LOOPBACK: address}
    context, client = build_context(
        replace(manifest, limits=limits, hosts_from=hosts),
        values, GivenSecrets(secrets), place / "cache", NoBrowser(),
    )  # fmt: skip
    module = importlib.import_module(f"plugins.{kind}.provider")
    provider: Any = None
    try:
        with _elsewhere(module, kind, place, address):
            provider = await module.setup(context)
        yield provider
    finally:
        if hasattr(provider, "close"):
            await provider.close()
        await client.close()


@contextlib.contextmanager
def _elsewhere(module: Any, kind: str, place: Path, address: str) -> Any:
    """While it is set up, the plugin reads places that lead to the platform."""
    own = ROOT / "plugins" / kind / "places.json"
    if not own.is_file():
        yield
        return
    file = place / "places.json"
    file.write_text(json.dumps(led(json.loads(own.read_text()), address)))
    with mock.patch.object(module, "FILE", file):
        yield


def installed(folder: Path, kind: str, address: str, *, source: Path | None = None) -> None:
    """Copy a plugin into another folder of plugins; there its platform lies at `address`."""
    made = folder / kind
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source or ROOT / "plugins" / kind, made, ignore=ignored)
    manifest = tomllib.loads((made / "manifest.toml").read_text())
    manifest["hosts_from"] = [*manifest.get("hosts_from", []), LOOPBACK]
    manifest.setdefault("options", {})[LOOPBACK] = {"type": "text", "default": address}
    limits = {**manifest.get("limits", {}), "requests_per_second": 50.0, "longest_wait": 0.3}
    manifest["limits"] = limits
    (made / "manifest.toml").write_text(tomli_w.dumps(manifest))
    places = made / "places.json"
    if places.is_file():
        places.write_text(json.dumps(led(json.loads(places.read_text()), address)))


def video_file(place: Path, size: int = 50_000, name: str = "film.mp4") -> PostFile:
    """An MP4 file of so many bytes, no two parts of which are the same."""
    head = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
    box = max(0, size - len(head)).to_bytes(4, "big") + b"mdat"
    rest = b"".join(hashlib.sha256(b"%d" % one).digest() for one in range(size // 32 + 1))
    content = (head + box + rest)[:size]
    path = place / name
    path.write_bytes(content)
    return _file_of(path, content, seconds=12.0, width=1080, height=1920)


def picture_file(place: Path, size: int = 2_000, name: str = "thumbnail.jpg") -> PostFile:
    """A file that begins like a JPEG."""
    content = (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"picture " * size)[:size]
    path = place / name
    path.write_bytes(content)
    return _file_of(path, content, width=1280, height=720)


def captions_file(place: Path, name: str = "film.srt") -> PostFile:
    """Captions."""
    content = "1\n00:00:00,000 --> 00:00:02,000\nA lighthouse, à côté.\n".encode()
    path = place / name
    path.write_bytes(content)
    return _file_of(path, content)


def _file_of(path: Path, content: bytes, **more: Any) -> PostFile:
    digest = hashlib.sha256(content).hexdigest()
    return PostFile(bytes(path), len(content), path.suffix.lstrip("."), digest, **more)


def wanted(place: Path, *, size: int = 50_000, **changes: Any) -> PostWanted:
    """What is to be published, with a video of so many bytes."""
    usual = PostWanted(
        key="5" * 32, title="A lighthouse in fog", description="How it was built.",
        tags=("lighthouse", "sea"), video=video_file(place, size),
    )  # fmt: skip
    return replace(usual, **changes)


async def step_by_step(
    provider: Any, want: PostWanted, session: str = ""
) -> AsyncIterator[PostStep]:
    """Take it through `advance`, `commit` and `advance` to the end, telling each step."""
    committed = False
    for _ in range(MOST_STEPS):
        step: PostStep = await provider.advance(want, session)
        yield step
        if step.stage is Stage.READY:
            assert not committed, "ready twice"
            committed = True
            step = await provider.commit(want, step.session)
            assert step.stage in (Stage.DONE, Stage.WORKING)
            yield step
        session = step.session
        if step.stage is Stage.DONE:
            return
        await asyncio.sleep(min(step.wait, 0.01))
    raise AssertionError("it does not end")


async def whole(provider: Any, want: PostWanted, session: str = "") -> PostStep:
    """Publish it and return the last step."""
    last: PostStep | None = None
    async for step in step_by_step(provider, want, session):
        last = step
    assert last is not None
    return last


async def until(provider: Any, want: PostWanted, stage: Stage, session: str = "") -> PostStep:
    """Advance it until it is so far, and no further."""
    for _ in range(MOST_STEPS):
        step: PostStep = await provider.advance(want, session)
        if step.stage is stage:
            return step
        session = step.session
        await asyncio.sleep(min(step.wait, 0.01))
    raise AssertionError(f"it is never {stage}")
