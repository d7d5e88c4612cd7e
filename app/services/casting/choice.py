"""Chooses in which form a device gets a film, and learns from what it plays and refuses."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from app.api.casting import CastDevice
from app.domain.casting import Device, MediaFacts, Plan, SubtitleTrack
from app.domain.errors import Unavailable
from app.domain.settings_sections import Playback
from app.infra.ffmpeg.encoders import Encoders
from app.services.casting import rules
from app.services.casting.devices import DeviceBook
from app.services.casting.opening import Opened
from app.services.casting.store import CastStore
from app.services.playback.sidecars import named

KEPT: Final = 50
"""Films whose facts are remembered."""
_BESIDE: Final = {"srt": "subrip", "ass": "ass", "ssa": "ass", "vtt": "webvtt"}
Look = Callable[[bytes | str], Awaitable[MediaFacts]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which tracks somebody wants: of the sound by its number, of `MediaFacts.subtitles`."""

    sound: int = 0
    subtitle: int | None = None


class Chooser:
    """Knows films, devices, and what of the one plays on the other. Lives on the service loop."""

    def __init__(
        self,
        book: DeviceBook,
        store: CastStore,
        look: Look,
        encoders: Callable[[], Awaitable[Encoders]],
        wishes: Callable[[], Playback],
    ) -> None:
        self._book = book
        self._store = store
        self._look = look
        self._encoders = encoders
        self._wishes = wishes
        self._facts: OrderedDict[tuple[bytes | str, int], MediaFacts] = OrderedDict()

    async def look(self, opened: Opened) -> MediaFacts:
        """Say what is in a film, subtitles beside it included."""
        key = (opened.source, _changed_at(opened.source))
        facts = self._facts.get(key)
        if facts is None:
            facts = await self._look(opened.source)
            self._facts[key] = facts
            while len(self._facts) > KEPT:
                self._facts.popitem(last=False)
        beside = tuple(_beside(path, opened) for path in opened.subtitle_files)
        return replace(facts, subtitles=(*facts.subtitles, *beside))

    def usual(self, facts: MediaFacts) -> Wish:
        """The tracks the owner's settings ask for, as for playing here."""
        wishes = self._wishes()
        sound = next(
            (one.number for one in facts.sounds if one.language == wishes.audio_language),
            facts.sounds[0].number if facts.sounds else 0,
        )
        if not wishes.subtitles_on or not facts.subtitles:
            return Wish(sound)
        languages = [one.language for one in facts.subtitles]
        wanted = wishes.subtitle_language
        return Wish(sound, languages.index(wanted) if wanted in languages else 0)

    async def plan(self, device: Device, facts: MediaFacts, wish: Wish) -> Plan:
        """Say what a device is given of a film. `Unavailable` when it is away."""
        return await self._plan(device, facts, wish)

    async def refused(
        self, device: Device, facts: MediaFacts, plan: Plan, wish: Wish
    ) -> Plan | None:
        """It did not play this form: remember that; the next one down, None after the last."""
        await self._store.learn(device.id, kind_of(facts, wish), plan.method, False, time.time())
        return rules.next_plan(
            self._here(device), device.protocol, facts, plan,
            known=await self._store.outcomes(device.id, kind_of(facts, wish)),
            sound=wish.sound, subtitle=_subtitle(facts, wish), encoders=await self._encoders(),
        )  # fmt: skip

    async def played(self, device: Device, facts: MediaFacts, plan: Plan, wish: Wish) -> None:
        """It played this form."""
        await self._store.learn(device.id, kind_of(facts, wish), plan.method, True, time.time())

    async def _plan(self, device: Device, facts: MediaFacts, wish: Wish) -> Plan:
        return rules.plan(
            self._here(device), device.protocol, facts, form=device.form,
            known=await self._store.outcomes(device.id, kind_of(facts, wish)),
            sound=wish.sound, subtitle=_subtitle(facts, wish), encoders=await self._encoders(),
        )  # fmt: skip

    def _here(self, device: Device) -> CastDevice:
        here = self._book.here(device.id)
        if here is None:
            raise Unavailable("errors.cast_device_away", device=device.name)
        return here


def kind_of(facts: MediaFacts, wish: Wish) -> str:
    """What a device gets of a film, in one word: what is alike plays, or not, on the same devices.

    The same picture with another sound track may play where the first did not.
    """
    codec = next((one.codec for one in facts.sounds if one.number == wish.sound), "")
    picture = f"{facts.video} {facts.profile} {facts.level} {facts.bits}" if facts.video else ""
    return "/".join((facts.container, picture, codec, str(facts.height)))


def _subtitle(facts: MediaFacts, wish: Wish) -> SubtitleTrack | None:
    if wish.subtitle is None or not 0 <= wish.subtitle < len(facts.subtitles):
        return None
    return facts.subtitles[wish.subtitle]


def _beside(path: bytes, opened: Opened) -> SubtitleTrack:
    film = opened.source if isinstance(opened.source, bytes) else b""
    title, language = named(path, film)
    ending = os.fsdecode(path.rpartition(b".")[2]).lower()
    return SubtitleTrack(
        path=path, codec=_BESIDE.get(ending, "subrip"), language=language, title=title
    )


def _changed_at(source: bytes | str) -> int:
    if isinstance(source, str):
        return 0
    try:
        return os.stat(source).st_mtime_ns  # noqa: PTH116 - bytes
    except OSError:
        return 0
