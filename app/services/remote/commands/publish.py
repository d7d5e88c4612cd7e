"""`/publish`: the posts that wait for a yes, and what goes out when."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import Refused
from app.domain.events import PostChanged
from app.domain.post import Post, PostId, PostState
from app.domain.settings_sections import Remote
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.publishing.accounts import AccountDesk
    from app.services.publishing.service import PublishingService

MOST: Final = 8
EVENING: Final = 18
HOUR: Final = 3600.0
LARGEST: Final = 50_000_000
_REST: Final = frozenset(
    (PostState.ASKING, PostState.DONE, PostState.FAILED, PostState.CANCELLED, PostState.PLANNED)
)


class PublishCommand:
    """Implements `Command`."""

    name = "publish"

    def __init__(
        self,
        publishing: PublishingService,
        accounts: AccountDesk,
        bus: EventBus,
        rights: Callable[[], Remote],
        sheets: Sheets,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._publishing, self._accounts, self._bus = publishing, accounts, bus
        self._rights, self._sheets, self._clock = rights, sheets, clock
        self._names: dict[str, str] = {}  # of accounts, with their platforms

    async def run(self, talk: Talk, words: str) -> None:
        """List them; only where the owner lets people decide from a phone."""
        if not self._rights().publish:
            await talk.say(talk.phrases.say("remote.publish.off"))
            return
        sheet = await self._sheets.open(talk, Face(talk.phrases.say("remote.looking")))
        views = await self._accounts.accounts()
        self._names = {
            one.id: joined(dict.fromkeys((one.platform_name, one.name))) for one in views
        }
        await self._list(talk, sheet)

    async def _list(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases
        queue = await self._publishing.queue()
        asking = [one for one in queue if one.state is PostState.ASKING]
        others = [one for one in queue if one.state is not PostState.ASKING]
        if not queue:
            await sheet.show(Face(phrases.say("remote.publish.none")))
            return
        shown = [*asking[:MOST], *others[: max(0, MOST - len(asking))]]
        parts: list[str] = []
        for at, one in enumerate(shown, 1):
            if at == 1 and asking:
                parts.append(phrases.say("remote.publish.asking", count=len(asking)))
            if at == len(asking[:MOST]) + 1:
                parts += ["\n", phrases.say("remote.publish.queue", count=len(others))]
            parts.append(f"{at}. {short(one.words.title)}\n    {self._stands(phrases, one)}")
        more = len(queue) - len(shown)
        if more:
            parts.append(phrases.say("remote.and_more", count=more))
        if await self._publishing.paused():
            parts.append(phrases.say("remote.publish.paused"))
        numbers = [self._number(sheet, at, one.id) for at, one in enumerate(shown, 1)]
        await sheet.show(Face(lines(*parts), rows(numbers)))

    def _stands(self, phrases: Phrases, post: Post) -> str:
        """Where it goes, when, and how it stands."""
        where = short(self._names.get(post.account, post.account_name or post.platform), 60)
        if post.state in (PostState.ASKING, PostState.PLANNED):
            soon = "soon" if post.state is PostState.ASKING else "turn"
            when = phrases.say(f"remote.publish.{soon}")
            if post.at:
                when = telling.moment(phrases, post.at, self._now())
            return joined((where, when))
        state = phrases.say(f"remote.publish.state.{post.state.value}")
        share = telling.share(post.fraction) if post.fraction else ""
        return joined((where, state, share, telling.why(phrases, post.reason, post.reason_args)))

    def _number(self, sheet: Sheet, at: int, post: PostId) -> Button:
        async def press(talk: Talk) -> None:
            await self._show(talk, sheet, post)

        return Button(str(at), press)

    async def _show(self, talk: Talk, sheet: Sheet, number: PostId) -> None:
        """A post with its words; live while it goes out."""
        phrases = talk.phrases

        async def draw() -> Face:
            post = await self._publishing.post(number)
            buttons = self._buttons(phrases, sheet, post)
            goes = post.state is PostState.PLANNED and post.at <= self._clock()
            return Face(self._whole(phrases, post), buttons, post.state in _REST and not goes)

        async def again(talk: Talk) -> None:
            await self._show(talk, sheet, number)

        refresh = Button(phrases.say("remote.refresh"), again)
        await sheet.live(self._bus, (PostChanged,), draw, again=refresh)

    def _whole(self, phrases: Phrases, post: Post) -> str:
        tags = " ".join(f"#{short(one, 30)}" for one in post.words.tags[:12])
        privacy = post.manner.privacy
        known = f"remote.publish.privacy.{privacy}"
        return lines(
            short(post.words.title, 200),
            joined(
                (
                    self._stands(phrases, post),
                    phrases.say(known) if phrases.has(known) else short(privacy, 20),
                )
            ),
            "\n",
            short(post.words.description, 1500),
            tags,
            short(post.url, 300) if post.state is PostState.DONE else "",
        )

    def _buttons(self, phrases: Phrases, sheet: Sheet, post: Post) -> list[list[Button]]:
        async def approve(talk: Talk) -> None:
            self._require()
            await self._publishing.approve(post.id)
            await self._show(talk, sheet, post.id)

        async def later(talk: Talk) -> None:
            await self._later(talk, sheet, post)

        async def decline(talk: Talk) -> None:
            await self._decline(talk, sheet, post)

        async def picture(talk: Talk) -> None:
            await self._send(talk, post)

        async def back(talk: Talk) -> None:
            await self._list(talk, sheet)

        found: list[list[Button]] = []
        if post.state is PostState.ASKING:
            found.append([Button(phrases.say("remote.publish.approve"), approve)])
        if post.state in (PostState.ASKING, PostState.PLANNED, PostState.HELD):
            found.append(
                [
                    Button(phrases.say("remote.publish.later"), later),
                    Button(phrases.say("remote.publish.decline"), decline),
                ]
            )
        last = [Button(phrases.say("remote.back"), back)]
        if post.attached.thumbnail or post.attached.video:
            last.insert(0, Button(phrases.say("remote.publish.see"), picture))
        return [*found, last]

    async def _later(self, talk: Talk, sheet: Sheet, post: Post) -> None:
        """Ask for another time."""
        phrases = talk.phrases

        def at(when: float, key: str = "") -> Button:
            async def press(talk: Talk) -> None:
                self._require()
                await self._publishing.move(post.id, when)
                await self._show(talk, sheet, post.id)

            text = phrases.say(key) if key else telling.moment(phrases, when, self._now())
            return Button(text, press)

        async def back(talk: Talk) -> None:
            await self._show(talk, sheet, post.id)

        buttons = [at(0.0, "remote.publish.now"), *(at(one) for one in self._times())]
        asked = phrases.say("remote.publish.when", title=short(post.words.title))
        last = [Button(phrases.say("remote.back"), back)]
        await sheet.show(Face(asked, [*rows(buttons, 2), last]))

    def _times(self) -> Sequence[float]:
        """In an hour, the next two evenings, and a week from now; none is told twice."""
        now = self._now()
        evening = now.replace(hour=EVENING, minute=0, second=0, microsecond=0)
        if evening <= now + timedelta(hours=1):
            evening += timedelta(days=1)
        later = (evening, evening + timedelta(days=1), evening + timedelta(days=7))
        return [now.timestamp() + HOUR, *(one.replace(tzinfo=None).timestamp() for one in later)]

    async def _decline(self, talk: Talk, sheet: Sheet, post: Post) -> None:
        """Ask once more before it is called off; that can be taken back."""
        phrases = talk.phrases

        async def yes(talk: Talk) -> None:
            self._require()
            await self._publishing.cancel(post.id)

            async def undo(talk: Talk) -> None:
                await self._publishing.restore(post.id)
                await self._show(talk, sheet, post.id)

            said = talk.phrases.say("remote.publish.declined", title=short(post.words.title))
            await sheet.show(Face(said, [[Button(talk.phrases.say("remote.undo"), undo)]]))

        async def no(talk: Talk) -> None:
            await self._show(talk, sheet, post.id)

        buttons = [
            Button(phrases.say("remote.publish.decline_yes"), yes),
            Button(phrases.say("remote.no"), no),
        ]
        asked = phrases.say("remote.publish.decline_ask", title=short(post.words.title))
        await sheet.show(Face(asked, [buttons]))

    async def _send(self, talk: Talk, post: Post) -> None:
        """Send its picture, or the video itself when it is small enough for a phone."""
        for path in (post.attached.video, post.attached.thumbnail):
            place = Path(os.fsdecode(path)) if path else None
            if place is not None and await asyncio.to_thread(_fits, place):
                await talk.say(short(post.words.title, 200), file=place)
                return
        await talk.say(talk.phrases.say("remote.publish.no_picture"))

    def _require(self) -> None:
        """A button may be older than the owner's last word on this."""
        if not self._rights().publish:
            raise Refused("remote.publish.off")

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock()).astimezone()


def _fits(path: Path) -> bool:
    try:
        return 0 < path.stat().st_size <= LARGEST
    except OSError:
        return False
