"""A watch folder over a real database and real ffmpeg; looks and scans come fast."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.domain.errors import AppError
from app.domain.events import NoticeRaised, SettingsChanged
from app.domain.intelligence import Made
from app.domain.post import AccountId
from app.domain.results import WatchedFile, WatchedState
from app.infra.atomic import replace_file
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.automation.curator import Curator, Wishes
from app.services.automation.picturing import Picturer
from app.services.automation.service import Parts, WatchService
from app.services.automation.store import WatchStore
from app.services.automation.watching import FolderWatch, Rhythm
from app.services.intelligence.tasks.describing import VideoFacts, by_rules
from app.services.intelligence.videos import Told
from tests.unit.services.results.house import Posts


class Narrator:
    """Describes by rules, from the file's name; counts how often."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.error: AppError | BaseException | None = None

    async def describe_file(
        self, path: bytes, on_step: Callable[..., None] = lambda *_: None, *, listen: bool = False
    ) -> Told:
        assert listen
        self.asked.append(path)
        error, self.error = self.error, None
        if error is not None:
            raise error
        name = path.rpartition(b"/")[2].decode("utf-8", "replace").rpartition(".")[0]
        return Told(Made(by_rules(VideoFacts(name, 2.0))), 2.0, 0, 0, 0, can_read=False)


class Snapper(Picturer):
    """Writes the same small picture for each film."""

    async def picture(self, video: bytes, out: Path) -> bool:
        await asyncio.to_thread(replace_file, out, b"\xff\xd8\xff")
        return True


class House:
    """Everything of one test."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.now = 1_790_000_000.0
        self.bus = EventBus()
        self.folder, self.inbox = folder, folder / "inbox"
        self.inbox.mkdir(parents=True)
        self.store = WatchStore(database, lambda: self.now)
        self.posts, self.narrator = Posts(lambda: self.now), Narrator()
        self.wishes = Wishes((AccountId("youtube1"), AccountId("tiktok1")))
        self.folders: tuple[bytes, ...] = (bytes(self.inbox),)
        self.rhythm = Rhythm(scan=0.4, look=0.01)
        self.notices: list[NoticeRaised] = []
        self.bus.on(NoticeRaised, self.notices.append)
        self.picturer: Picturer = Snapper()
        self.renew()

    def real_pictures(self) -> None:
        """Have pictures made by ffmpeg."""
        self.picturer = Picturer()
        self.renew()

    def renew(self) -> None:
        """What a start of the station makes anew."""
        self.curator = Curator(
            self.store, self.narrator, self.posts, self.picturer, self.bus,
            self.folder / "pictures", lambda: self.wishes, clock=lambda: self.now,
        )  # fmt: skip
        self.watch = FolderWatch(self.store, self.curator.nudge, self.rhythm)
        self.service = WatchService(
            Parts(self.store, self.watch, self.curator), lambda: self.folders, self.bus
        )

    async def start(self) -> None:
        """Start, and wait until each folder that is there is watched."""
        await self.service.start()
        for folder in self.folders:
            await self.until(lambda folder=folder: self._known(folder))  # type: ignore[misc]  # bound now

    async def until(self, fulfilled: Callable[[], Awaitable[bool]]) -> None:
        """Until something is so."""
        async with asyncio.timeout(60):
            while not await fulfilled():  # noqa: ASYNC110 - it is in the database
                await asyncio.sleep(0.02)

    async def until_states(self, *states: WatchedState) -> tuple[WatchedFile, ...]:
        """Until the files, in the order of their states, are in these."""

        async def so() -> bool:
            return sorted(one.state for one in await self.store.files()) == sorted(states)

        await self.until(so)
        return await self.store.files()

    async def rest(self) -> None:
        """Until several scans found nothing to do."""
        for _ in range(3):
            await self.watch.scan()
            await self.until(self._idle)

    def settings_changed(self) -> None:
        self.bus.publish(SettingsChanged("publishing"))

    async def _idle(self) -> bool:
        ready, _ = await self.store.waits()
        return not ready and not self.watch.busy

    async def _known(self, folder: bytes) -> bool:
        return await self.store.folder(folder) is not None
