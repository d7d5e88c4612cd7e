"""Who can do each step of a video, and what it would cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.api.capabilities import Capability
from app.api.making import MediaKind, Voice
from app.domain.budget import MICROS
from app.domain.errors import AppError
from app.domain.project import Brief, Step
from app.domain.studio import MakerChoice, Makers
from app.services.studio import by_hand
from app.services.studio.crew import Crew
from app.services.studio.ports import Services
from app.services.studio.writing.splitting import PACE, SCENE, sentences

SERVED: Final[Mapping[Step, tuple[Capability, MediaKind]]] = {
    Step.PICTURES: (Capability.DRAWS_PICTURES, MediaKind.PICTURE),
    Step.CLIPS: (Capability.MAKES_CLIPS, MediaKind.CLIP),
    Step.AVATAR: (Capability.ANIMATES_AVATARS, MediaKind.AVATAR),
    Step.MUSIC: (Capability.COMPOSES_MUSIC, MediaKind.MUSIC),
}


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of everything a video takes, about."""

    letters: int
    scenes: int
    seconds: float


def extent_of(brief: Brief) -> Extent:
    """What a brief comes to."""
    letters = len(brief.text.strip()) if sentences(brief.text) else round(brief.seconds * PACE)
    seconds = letters / PACE
    return Extent(letters, max(3, round(seconds / SCENE)), seconds)


async def choices(crew: Crew, services: Services, brief: Brief) -> Makers:
    """Everybody who can do something for this brief; a service that does not answer is left out."""
    extent = extent_of(brief)
    found = [MakerChoice(Step.SCRIPT, "", "", "", 0, here=True)]
    found += [_voice("", "", one, extent) for one in await crew.voices_of("")]
    for plugin in services.offering(Capability.SPEAKS):
        name = services.name_of(plugin)
        found += [_voice(plugin, name, one, extent) for one in await _voices(crew, plugin)]
    for step, (capability, kind) in SERVED.items():
        if step in (Step.PICTURES, Step.MUSIC):
            found.append(MakerChoice(step, "", "", "", 0, here=True))
        for plugin in services.offering(capability):
            found += await _media(crew, services, step, plugin, capability, kind, extent)
    return Makers(tuple(found), by_hand.SERVICES, price_of(found, brief))


def price_of(found: Sequence[MakerChoice], brief: Brief) -> int | None:
    """What the brief's own makers cost together; None when one of them is unknown."""
    total = 0
    for step, maker in brief.makers.items():
        if not maker.plugin:
            continue
        price = next(
            (one.price for one in found
             if one.step is step and one.plugin == maker.plugin and one.model == maker.model),
            None,
        )  # fmt: skip
        if price is None:
            return None
        total += price
    return total


def _voice(plugin: str, name: str, voice: Voice, extent: Extent) -> MakerChoice:
    price = None if voice.price is None else math.ceil(voice.price * extent.letters * MICROS / 1000)
    shown = f"{name} · {voice.name}" if name else voice.name
    return MakerChoice(Step.VOICE, plugin, voice.id, shown, price, voice.language, not plugin)


async def _voices(crew: Crew, plugin: str) -> Sequence[Voice]:
    try:
        return await crew.voices_of(plugin)
    except AppError:
        return ()


async def _media(
    crew: Crew,
    services: Services,
    step: Step,
    plugin: str,
    capability: Capability,
    kind: MediaKind,
    extent: Extent,
) -> list[MakerChoice]:
    try:
        models = await crew.orders.models(plugin, capability)
    except AppError:
        return []
    amounts = {
        MediaKind.PICTURE: float(extent.scenes),
        MediaKind.CLIP: extent.scenes * SCENE,
        MediaKind.AVATAR: 2 * SCENE,
        MediaKind.MUSIC: extent.seconds,
    }
    name = services.name_of(plugin)
    return [
        MakerChoice(
            step, plugin, model.id, f"{name} · {model.name}",
            None if model.price is None else math.ceil(model.price * amounts[kind] * MICROS),
        )
        for model in models
        if model.kind is kind
    ]  # fmt: skip
