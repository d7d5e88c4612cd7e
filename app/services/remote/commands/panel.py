"""The remote control of a screen: what plays there, and buttons for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from app.domain.casting import OVER, Casting, CastStage, DeviceId
from app.domain.events import CastingChanged
from app.domain.sizes import bar, clock
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, short, why
from app.services.remote.talk import Button, Rows, Talk

if TYPE_CHECKING:
    from app.services.casting.service import CastingService

BACK: Final = 10.0
AHEAD: Final = 30.0
LOUDER: Final = 0.1
USUAL: Final = 0.5
"""How loud a screen is taken to be that does not tell."""


def told(phrases: Phrases, one: Casting) -> str:
    """What a screen plays, how far it is, and how it stands."""
    stage = phrases.say(f"remote.cast.{one.stage.value}")
    if one.stage is CastStage.FAILED:
        stage = joined((stage, why(phrases, one.reason, one.args)))
    place = clock(one.position)
    if one.duration:
        place = f"{bar(one.position / one.duration)} {place} / {clock(one.duration)}"
    loud = ""
    if one.muted:
        loud = phrases.say("remote.cast.muted")
    elif one.volume is not None:
        loud = phrases.say("remote.cast.volume", percent=round(one.volume * 100))
    following = short(one.waiting[0]) if one.waiting else ""
    return lines(
        short(one.title),
        joined((short(one.device.name, 40), stage)),
        "" if one.stage in OVER else joined((place, loud)),
        phrases.say("remote.cast.then", title=following) if following else "",
    )


class Panel:
    """Follows what plays on a screen in a sheet, and does there what its buttons say."""

    def __init__(self, casting: CastingService, bus: EventBus, sheets: Sheets) -> None:
        self._casting, self._bus, self._sheets = casting, bus, sheets

    async def follow(self, talk: Talk, sheet: Sheet, device: DeviceId, more: Rows = ()) -> None:
        """Show it live; returns when nothing plays there any more, or after a while."""
        phrases = talk.phrases

        async def draw() -> Face:
            one = await self._now(device)
            if one is None:
                return Face(phrases.say("remote.cast.nothing_there"), more, over=True)
            over = one.stage in OVER
            buttons: Rows = () if over else self._buttons(phrases, sheet, one, more)
            return Face(told(phrases, one), [*buttons, *more], over=over)

        async def again(talk: Talk) -> None:
            await self.follow(talk, sheet, device, more)

        refresh = Button(phrases.say("remote.refresh"), again)
        await sheet.live(self._bus, (CastingChanged,), draw, again=refresh)

    def _buttons(self, phrases: Phrases, sheet: Sheet, one: Casting, more: Rows) -> Rows:
        device, casting = one.device.id, self._casting
        volume = USUAL if one.volume is None else one.volume

        def button(key: str, act: Callable[[], Awaitable[None]]) -> Button:
            async def press(talk: Talk) -> None:
                await act()
                await self.follow(talk, sheet, device, more)

            return Button(phrases.say(f"remote.cast.{key}"), press)

        paused = one.stage is CastStage.PAUSED
        first = [
            button("back", lambda: casting.seek(device, max(0.0, one.position - BACK))),
            button("go_on", lambda: casting.resume(device))
            if paused
            else button("pause", lambda: casting.pause(device)),
            button("ahead", lambda: casting.seek(device, one.position + AHEAD)),
        ]
        second = [
            button("quieter", lambda: casting.set_volume(device, volume - LOUDER)),
            button("louder", lambda: casting.set_volume(device, volume + LOUDER)),
        ]
        if one.has_next:
            second.append(button("next", lambda: casting.next(device)))
        second.append(button("stop", lambda: casting.leave(device)))
        return [first, second]

    async def _now(self, device: DeviceId) -> Casting | None:
        found = await self._casting.castings()
        return next((one for one in found if one.device.id == device), None)
