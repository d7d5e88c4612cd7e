"""The blackboard, a platform made up for tests; and the station's publishing over real parts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from app.domain.events import NoticeRaised, PostChanged
from app.domain.post import AccountId, Post, PostId, PostState, Words
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.service import PluginService
from app.services.publishing.service import Helpers, PublishingService
from app.services.publishing.store import PostStore
from app.services.settings.service import SettingsService
from tests.fakes.platforms import FakePlatform, Route, installed, video_file
from tests.fakes.plugins import NoBrowser

SOURCE = Path(__file__).with_name("blackboard")
TOKEN = "canary-77b1-token"


class Board(FakePlatform):
    """Uploads are taken in pieces, worked on, and become posts when that is asked for."""

    PLUGIN = "blackboard"
    SECRETS: ClassVar[Mapping[str, str]] = {"key": TOKEN}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.token = TOKEN
        self.uploads: dict[str, bytearray] = {}
        self.sizes: dict[str, int] = {}
        self.works = 0
        """So often it says that it still works on an upload."""
        self.wait = 0.01
        self.finished: list[str] = []

    def routes(self) -> Sequence[Route]:
        return (
            ("POST", "/v1/uploads", self._begin),
            ("PUT", "/v1/uploads/[^/]+", self._piece),
            ("GET", "/v1/uploads/[^/]+", self._state),
            ("POST", "/v1/uploads/[^/]+/publish", self._publish),
            ("GET", "/v1/posts", self._posts),
            ("POST", "/v1/posts/[^/]+/finish", self._finish),
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({}, status=401)
        return await super().handle(request)

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        name = f"u{len(self.uploads) + 1}"
        self.sizes[name] = json.loads(await request.read())["size"]
        self.uploads[name] = bytearray()
        return web.json_response({"id": name})

    async def _piece(self, request: web.Request) -> web.StreamResponse:
        held = self.uploads.get(request.path.split("/")[3])
        if held is None:
            return web.json_response({"gone": True})
        body = await request.read()
        if int(request.query["from"]) == len(held):  # another offset: what it has is said
            held += body
        return web.json_response({"has": len(held)})

    async def _state(self, request: web.Request) -> web.StreamResponse:
        if request.path.split("/")[3] not in self.uploads:
            return web.json_response({"gone": True})
        self.works -= 1
        return web.json_response({"ready": self.works < 0, "wait": self.wait})

    async def _publish(self, request: web.Request) -> web.StreamResponse:
        name = request.path.split("/")[3]
        asked = json.loads(await request.read())
        content = bytes(self.uploads[name])
        assert len(content) == self.sizes[name], "published before all is there"
        self.posts.append({**asked, "id": f"p{len(self.posts) + 1}", "content": content})
        return web.json_response({"id": self.posts[-1]["id"]})

    async def _posts(self, request: web.Request) -> web.StreamResponse:
        found = [one for one in self.posts if one["key"] == request.query["key"]]
        return web.json_response({"posts": [{"id": one["id"]} for one in found]})

    async def _finish(self, request: web.Request) -> web.StreamResponse:
        self.finished.append(request.path.split("/")[3])
        return web.json_response({})


class HandClock:
    """A clock on the wall that moves when it is moved, by no time at all else."""

    def __init__(self, now: float | None = None) -> None:
        self.time = time.time() if now is None else now
        self._moved = asyncio.Event()
        self._calm = asyncio.Event()

    def now(self) -> float:
        return self.time

    async def wait(self, until: float | None, rung: asyncio.Event) -> None:
        seen = self.time  # one that is set back is told, as the kernel does
        while not rung.is_set() and (until is None or seen <= self.time < until):
            seen = self.time
            self._moved.clear()
            self._calm.set()
            bells = [asyncio.ensure_future(one.wait()) for one in (rung, self._moved)]
            try:
                await asyncio.wait(bells, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._calm.clear()
                for bell in bells:
                    bell.cancel()
                await asyncio.gather(*bells, return_exceptions=True)

    def move(self, seconds: float) -> None:
        """Let so many seconds pass at once (or be taken back)."""
        self.time += seconds
        self._calm.clear()
        self._moved.set()

    async def settled(self, seconds: float = 0.0) -> None:
        """Let so many seconds pass, and wait until whoever looks at the clock waits again."""
        if seconds:
            self.move(seconds)
        async with asyncio.timeout(30):
            await self._calm.wait()


class Newsroom:
    """A station that publishes: real plugins, settings, secrets and database."""

    def __init__(self, paths: Paths, plugins: Path, clock: Any = None) -> None:
        self.paths, self.folder = paths, plugins
        self.clock = clock
        self.helpers = Helpers()
        self.told: list[Post] = []
        self.notices: list[NoticeRaised] = []
        self._bell = asyncio.Event()
        self.bus: EventBus
        self.settings: SettingsService
        self.plugins: PluginService
        self.database: Database
        self.service: PublishingService

    async def start(self) -> None:
        await self.begin()
        await self.service.start()

    async def begin(self) -> None:
        """Everything but the sending."""
        self.bus = EventBus()
        self.bus.on(PostChanged, lambda event: self._heard(event.post))
        self.bus.on(NoticeRaised, self.notices.append)
        self.settings = SettingsService(self.paths.settings, self.bus)
        self.settings.load()
        secrets = Secrets(self.paths.vault, self.paths.vault_key, {})
        secrets._keyring_works, secrets._probed_at = False, time.monotonic()
        self.secrets = secrets
        self.plugins = PluginService(
            self.paths, self.bus, self.settings, secrets, NoBrowser(), self.folder
        )
        await self.plugins.start()
        self.database = Database(self.paths.database)
        await self.database.open()
        self.service = PublishingService(
            self.database, self.bus, self.plugins, self.settings, self.helpers, self.clock
        )

    async def stop(self) -> None:
        await self.service.stop()
        await self.plugins.stop()
        await self.database.close()

    async def again(self) -> None:
        await self.stop()
        await self.start()

    async def add(self, kind: str, **values: Any) -> AccountId:
        return AccountId(await self.plugins.instances.add(kind, "Mine", values))

    async def plan(
        self, *accounts: AccountId, at: float = 0.0, video: bytes | None = None, **more: Any
    ) -> Post:
        """A post, or several, let go; the first is returned."""
        if video is None:
            video = video_file(self.paths.cache, name=f"film{len(self.told)}.mp4").path
        words = more.pop("words", Words("A lighthouse", "In fog.", ("sea",)))
        posts = await self.service.compose(video, accounts, words, at=at, **more)
        await self.service.send([one.id for one in posts])
        return posts[0]

    async def until(
        self, post: PostId, *states: PostState, where: Callable[[Post], bool] = lambda _one: True
    ) -> Post:
        """Wait until a post is in one of these states, and as is asked for."""
        found: Post | None = None
        try:
            async with asyncio.timeout(30):
                while True:
                    self._bell.clear()
                    found = await self.service.post(post)
                    if found.state in states and where(found):
                        return found
                    with contextlib.suppress(TimeoutError):  # not all that counts is told
                        async with asyncio.timeout(0.05):
                            await self._bell.wait()
        except TimeoutError as error:
            raise AssertionError(f"it stands like this: {found}") from error

    async def rests(self, post: PostId, states: Collection[PostState]) -> PostState:
        """Wait for one of these states; as `until`, but only what is told is looked at."""
        found = (await self.service.post(post)).state
        while found not in states:
            self._bell.clear()
            told = [one.state for one in self.told if one.id == post]
            found = told[-1] if told else found
            if found not in states:
                await self._bell.wait()
        return found

    async def finds(self, post: PostId, count: int) -> None:
        """Wait until the platform was asked so often for a post."""
        store = PostStore(self.database)
        async with asyncio.timeout(30):
            while (await store.session(post)).finds < count:
                self._bell.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self._bell.wait()

    def noticed(self, key: str) -> list[NoticeRaised]:
        return [one for one in self.notices if one.key == key]

    def _heard(self, post: Post) -> None:
        self.told.append(post)
        self._bell.set()


@contextlib.asynccontextmanager
async def newsroom(
    paths: Paths, place: Path, clock: Any = None
) -> AsyncIterator[tuple[Newsroom, Board]]:
    """A station, and the blackboard it publishes on."""
    board = Board(place)
    await board.open()
    plugins = place / "plugins"
    installed(plugins, "blackboard", board.address, source=SOURCE)
    made = Newsroom(paths, plugins, clock)
    await made.start()
    try:
        yield made, board
    finally:
        await made.stop()
        await board.close()
