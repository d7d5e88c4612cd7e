"""What the window and the commands ask of publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.post import (
    AccountId,
    Advice,
    BundleId,
    ChannelId,
    Manner,
    Misfit,
    Part,
    Post,
    PostId,
    Repeat,
    Words,
)
from app.infra.database.engine import Database
from app.infra.wall_clock import WallClock
from app.runtime.bus import EventBus
from app.services.publishing.advice import advise
from app.services.publishing.channels import EVERYTHING, ChannelStore
from app.services.publishing.deciding import Decisions
from app.services.publishing.desk import Desk
from app.services.publishing.drafting import Drafts
from app.services.publishing.ports import Audit, Eyes, Facts, HasSettings, History, Plugins, Rules
from app.services.publishing.queue import Clock, PostQueue
from app.services.publishing.sending import Hands
from app.services.publishing.store import PostStore
from app.services.publishing.telling import Teller


class NoEyes:
    """Knows nothing of any file."""

    async def facts(self, path: bytes) -> Facts:
        """Say nothing."""
        return Facts()


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who is asked beside the plugins; without one of them its part is left out."""

    rules: Rules | None = None
    eyes: Eyes = NoEyes()
    audit: Audit | None = None
    history: History | None = None


class PublishingService:
    """Posts, from draft to out. Belongs to the service loop; errors are the small tree's.

    `NotFound` (``errors.post_gone``) for a post that is not there, `Refused`
    (``errors.post_not_now``, ``errors.post_too_late``) when it stands otherwise by now.
    """

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        plugins: Plugins,
        settings: HasSettings,
        helpers: Helpers = Helpers(),  # noqa: B008 - frozen
        clock: Clock | None = None,
    ) -> None:
        self.channels = ChannelStore(database)
        self._store = PostStore(database)
        self._history = helpers.history
        self._teller = Teller(bus)
        time = clock or WallClock()
        hands = Hands(self._store, plugins, self._teller, helpers.eyes, time.now, helpers.audit)
        self._queue = PostQueue(hands, self.channels, settings, bus, time)
        desk = Desk(hands, self.channels, settings, self._queue.look)
        self._drafts = Drafts(desk, plugins, helpers.rules)
        self._decisions = Decisions(desk)

    async def start(self) -> None:
        """Begin to send what is due; what was under way goes on."""
        await self._queue.start()

    async def stop(self) -> None:
        """End; what is under way goes on when the station starts again."""
        await self._queue.stop()

    async def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = Manner(),  # noqa: B008 - frozen
        thumbnail: bytes = b"",
        captions: bytes = b"",
        at: float = 0.0,
        project: str = "",
        source: str = "hand",
        language: str = "en",
        channel: str = "",
        bundle: str = "",
    ) -> tuple[Post, ...]:
        """Make drafts of one bundle, one for each account, with words that fit its platform.

        Without accounts, those of the channel. Nothing goes out before `send`. A `bundle` of the
        caller's own (32 hex digits) is made once: asked for again, its posts are returned.
        """
        return await self._drafts.compose(
            video, accounts, words, manner=manner, thumbnail=thumbnail, captions=captions, at=at,
            project=project, source=source, language=language, channel=channel, bundle=bundle,
        )  # fmt: skip

    async def change(
        self,
        post: PostId,
        *,
        words: Words | None = None,
        manner: Manner | None = None,
        thumbnail: bytes | None = None,
        captions: bytes | None = None,
        repeat: Repeat | None = None,
    ) -> Post:
        """Change a post that is not under way yet."""
        return await self._drafts.change(
            post, words=words, manner=manner, thumbnail=thumbnail, captions=captions, repeat=repeat
        )

    async def check(self, post: PostId) -> tuple[Misfit, ...]:
        """Say what of a post its platform will not take."""
        return await self._drafts.check(post)

    async def mend(self, post: PostId, only: Part | None = None) -> Post:
        """Make a post fit, as far as the station can: words are cut, a variant of a file made.

        `only` shortens that part, and leaves the rest as it is: a video keeps its beginning.
        """
        return await self._drafts.mend(post, only)

    async def send(self, posts: Sequence[PostId]) -> None:
        """Let drafts go out at their time, or ask the owner first where that is wanted.

        `InvalidInput` (``errors.post_does_not_fit``) when one of them cannot go out as it is:
        none is sent then.
        """
        await self._drafts.send(posts)

    async def approve(self, post: PostId) -> None:
        """Say yes: it goes out at its time."""
        await self._decisions.approve(post)

    async def move(self, post: PostId, at: float) -> None:
        """Give it another time; 0: as soon as it may."""
        await self._decisions.move(post, at)

    async def cancel(self, post: PostId) -> None:
        """Call it off. `Refused` (``errors.post_too_late``) when it is out, or may be."""
        await self._decisions.cancel(post)

    async def restore(self, post: PostId) -> None:
        """Take a cancel back. What should have gone out long ago is a draft then."""
        await self._decisions.restore(post)

    async def again(self, post: PostId) -> Post:
        """Try one anew that failed, is held, or was called off; returns the post that goes out.

        Of one that had been out, and is not any more, a new post is made.
        """
        return await self._decisions.again(post)

    async def answer(self, post: PostId, *, is_out: bool, url: str = "") -> None:
        """Say of an unconfirmed one whether it is out; what is not is tried once more."""
        await self._decisions.answer(post, is_out=is_out, url=url)

    async def posts(self, start: float, end: float) -> tuple[Post, ...]:
        """The calendar between two times, ended ones too, by time."""
        return await self._store.calendar(start, end)

    async def queue(self) -> tuple[Post, ...]:
        """All that have not ended, by time; drafts are none of them."""
        return await self._store.unended()

    async def post(self, post: PostId) -> Post:
        """One post."""
        return (await self._store.get(post)).post

    async def bundle(self, bundle: BundleId) -> tuple[Post, ...]:
        """The posts of one video that goes to several places."""
        return tuple(one.post for one in await self._store.bundle(bundle))

    async def pause(self, *, account: str = "", channel: str = "", paused: bool) -> None:
        """Pause an account, a channel, or (neither) everything, or let it go on."""
        if channel:
            found = await self.channels.get(ChannelId(channel))
            await self.channels.put(replace(found, paused=paused))
        else:
            await self.channels.set_paused(AccountId(account) or EVERYTHING, paused=paused)
        self._teller.many()
        self._queue.look()

    async def paused(self) -> bool:
        """Whether everything is paused."""
        return EVERYTHING in await self.channels.paused()

    async def advice(self, account: str = "") -> tuple[Advice, ...]:
        """The best times to post on an account (empty: anywhere), best first."""
        if self._history is None:
            return advise(())
        return advise(await self._history.history(AccountId(account)))
