"""Takes one new film after the other: described, given a picture, written down, sent or asked for.

Each step is kept before the next begins; killed at any moment, it goes on with the next step.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy.exc import DBAPIError

from app.domain.casting import MediaFacts
from app.domain.errors import (
    AppError,
    InvalidInput,
    NotFound,
    ToolFailed,
    Unavailable,
    Unsupported,
)
from app.domain.events import NoticeLevel, NoticeRaised, PublishingChanged
from app.domain.post import AccountId, PostId, PostState, Words
from app.domain.results import WatchedState
from app.infra.ffmpeg.facts import facts
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.automation import reading
from app.services.automation.picturing import Picturer
from app.services.automation.store import Taken, WatchStore, ids
from app.services.intelligence.videos import Told, subtitles_beside
from app.services.results.ports import Publishing

log = logging.getLogger(__name__)

SOURCE: Final = "watch"
MOST_TRIES: Final = 3
PAUSES: Final = (60.0, 300.0, 1_800.0, 7_200.0)
LONGEST_SLEEP: Final = 600.0
"""Seconds; the clock of a machine that slept goes on without us."""
MANY: Final = 3
"""With more than so many files at once one notice tells of all of them."""
_CAPTIONS: Final = (b".srt", b".vtt")


class Narrator(Protocol):
    """Describes videos."""

    async def describe_file(
        self, path: bytes, on_step: Callable[..., None] = ..., *, listen: bool = False
    ) -> Told:
        """Title, description, tags."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner wants of new files. `go`: they are sent; else they wait for one press."""

    accounts: tuple[AccountId, ...] = ()
    go: bool = False
    language: str = "en"


class Curator:
    """Lives on the service loop. Pictures of films lie in `folder`."""

    def __init__(
        self,
        store: WatchStore,
        narrator: Narrator,
        publishing: Publishing,
        picturer: Picturer,
        bus: EventBus,
        folder: Path,
        wishes: Callable[[], Wishes],
        look: Callable[[bytes], Awaitable[MediaFacts]] = facts,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._narrator, self._publishing = store, narrator, publishing
        self._picturer, self._bus, self._folder = picturer, bus, folder
        self._wishes, self._look, self._clock = wishes, look, clock
        self._scope = Supervisor("curator")
        self._news = asyncio.Event()
        self._untold: dict[str, int] = {}

    async def start(self) -> None:
        """Go on with what was being worked on."""
        self._scope.spawn(self._run(), "films")

    async def stop(self) -> None:
        """End until the next start."""
        await self._scope.close()

    async def nudge(self) -> None:
        """Look at once whether there is something to do."""
        self._news.set()

    async def wake(self) -> None:
        """The owner's wishes changed: what is held is tried again."""
        await self._store.wake()
        self._news.set()

    async def step(self) -> bool:
        """Work on the next file to its end; False when there is none now."""
        taken = await self._store.following()
        if taken is None:
            return False
        try:
            await self._advance(taken)
        except AppError as error:
            await self._failed(taken, error)
        except OSError as error:
            await self._failed(
                taken, Unavailable("errors.studio_disk", reason=error.strerror or "")
            )
        self._bus.publish(PublishingChanged())
        return True

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                while await self.step():
                    continue
                self._tell_rest()
                _ready, wait = await self._store.waits()
            except DBAPIError:  # the disk is full, for example
                log.exception("The curator could not write down what it did")
                wait = PAUSES[0]
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if wait is None else min(wait, LONGEST_SLEEP)):
                    await self._news.wait()

    async def _advance(self, taken: Taken) -> None:
        digest = taken.view.digest
        path = await self._place(taken)
        if path is None:
            await self._store.change(digest, state=WatchedState.GONE)
            return
        await self._store.change(digest, path=path, state=WatchedState.DESCRIBING)
        found = await self._look(path)
        if not found.video or not found.duration:
            raise Unsupported("errors.watch_no_film", name=_name(path))
        words = taken.words or await self._described(digest, path)
        picture = await self._pictured(digest, path)
        posts = taken.view.posts or await self._drafts(digest, path, words, picture)
        await self._offer(digest, words, posts)

    async def _place(self, taken: Taken) -> bytes | None:
        """Where the content lies now, as it was read; None: nowhere."""
        names = await self._store.names(taken.view.digest)
        return await asyncio.to_thread(
            lambda: next((path for path, known in names if reading.look(path) == known), None)
        )

    async def _described(self, digest: str, path: bytes) -> Words:
        told = await self._narrator.describe_file(path, listen=True)
        made = told.made.value
        words = Words(made.title or _stem(path), made.description, tuple(made.tags))
        captions = await asyncio.to_thread(_captions, path)
        await self._store.change(digest, words=words, captions=captions)
        return words

    async def _pictured(self, digest: str, path: bytes) -> bytes:
        """A picture of it; nothing when none can be had."""
        out = self._folder / digest[:2] / f"{digest}.jpg"
        if not await asyncio.to_thread(out.is_file):
            if not await self._picturer.picture(path, out):
                return b""
            await self._store.change(digest, thumbnail=os.fsencode(out))
        return os.fsencode(out)

    async def _drafts(
        self, digest: str, path: bytes, words: Words, picture: bytes
    ) -> tuple[PostId, ...]:
        """Its posts: made once, however often an earlier try was cut off."""
        wishes = self._wishes()
        if not wishes.accounts:
            raise InvalidInput("errors.watch_no_accounts")
        captions = (await self._store.get(digest)).captions
        made = await self._publishing.compose(
            path, wishes.accounts, words, thumbnail=picture, captions=captions,
            source=SOURCE, language=wishes.language, bundle=digest[:32],
        )  # fmt: skip
        posts = tuple(one.id for one in made)
        await self._store.change(digest, posts=ids(posts))
        return posts

    async def _offer(self, digest: str, words: Words, posts: Sequence[PostId]) -> None:
        """Let its posts go out, or wait for the owner's press."""
        state, key, reason = WatchedState.WAITING, "notices.watch_ready", None
        if self._wishes().go:
            kept = [await self._publishing.post(one) for one in posts]
            drafts = [one.id for one in kept if one.state is PostState.DRAFT]
            try:
                if drafts:
                    await self._publishing.send(drafts)
                state, key = WatchedState.SENT, "notices.watch_sent"
            except InvalidInput as error:  # it does not fit somewhere: the owner looks at it
                reason = error
        await self._store.change(
            digest, state=state, message=reason.key if reason else "",
            args=dict(reason.args_map) if reason else {},
        )  # fmt: skip
        await self._tell(NoticeLevel.GOOD, key, {"title": words.title})

    async def _failed(self, taken: Taken, error: AppError) -> None:
        digest, tries = taken.view.digest, taken.tries + 1
        name = _name(taken.view.path)
        log.info("The film %s of a watched folder: %s", name, error)
        told: dict[str, object] = {"message": error.key, "args": dict(error.args_map)}
        if isinstance(error, NotFound) and await self._place(taken) is None:
            await self._store.change(digest, state=WatchedState.GONE, **told)
            return
        broken = isinstance(error, Unsupported)
        if broken or (isinstance(error, ToolFailed) and tries >= MOST_TRIES):
            await self._store.change(digest, state=WatchedState.BROKEN, tries=tries, **told)
            args = {**error.args_map, "name": name, "reason": error.key}
            await self._tell(NoticeLevel.WARN, "notices.watch_broken", args)
            return
        pause = PAUSES[min(tries, len(PAUSES)) - 1]
        await self._store.change(
            digest, state=WatchedState.HELD, tries=tries, due=self._clock() + pause, **told
        )

    async def _tell(self, level: NoticeLevel, key: str, args: dict[str, object]) -> None:
        """Tell of one file; with many at once they are counted, and told of at the end."""
        ready, _wait = await self._store.waits()
        if ready > MANY or self._untold:
            self._untold[key] = self._untold.get(key, 0) + 1
            return
        self._bus.publish(NoticeRaised(level, key, args, desktop=level is NoticeLevel.GOOD))

    def _tell_rest(self) -> None:
        counts, self._untold = self._untold, {}
        if counts:
            broken = counts.pop("notices.watch_broken", 0)
            args: dict[str, object] = {"done": sum(counts.values()), "broken": broken}
            level = NoticeLevel.WARN if broken else NoticeLevel.GOOD
            self._bus.publish(NoticeRaised(level, "notices.watch_many", args, desktop=True))


def _name(path: bytes) -> str:
    return path.rpartition(b"/")[2].decode("utf-8", "replace")


def _stem(path: bytes) -> str:
    return Path(_name(path)).stem or "Video"


def _captions(path: bytes) -> bytes:
    """A subtitle file beside the film which platforms read; no link."""
    beside = subtitles_beside(path)
    good = [one for one in beside if one.lower().endswith(_CAPTIONS) and reading.look(one)]
    return good[0] if good else b""
