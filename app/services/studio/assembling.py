"""Puts a project's parts on a timeline: when each scene is seen and heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.project import Asset, Credit, Script, Word
from app.domain.timeline import Motion, Music, Shot, ShotKind, Spoken, Timeline
from app.services.studio.assets import Use
from app.services.studio.crew import CLIP_ROLE, MUSIC_ROLE, PICTURE_ROLE, VOICE_ROLE
from app.services.studio.store import Record
from app.services.studio.writing.splitting import PAUSE

FADE: Final = 0.4
LEAD: Final = 0.25
"""Seconds before the first word."""
TAIL: Final = 1.2
"""Seconds after the last one: the music fades out."""
MOVES: Final = (
    Motion(1.0, 1.12, 0.5, 0.45),
    Motion(1.12, 1.0, 0.5, 0.55),
    Motion(1.02, 1.13, 0.35, 0.5),
    Motion(1.13, 1.02, 0.65, 0.5),
)


def spans(script: Script, uses: Sequence[Use]) -> dict[str, tuple[float, float]]:
    """When each scene begins and ends, as its voice is, or as long as it is planned."""
    voices = _chosen(uses, VOICE_ROLE)
    found, at = dict[str, tuple[float, float]](), LEAD
    for scene in script.scenes:
        voice = voices.get(scene.id)
        length = (voice.asset.seconds if voice else max(1.0, scene.duration - PAUSE)) + PAUSE
        found[scene.id] = (at, at + length)
        at += length
    return found


def timeline_of(
    record: Record, uses: Sequence[Use], path: Callable[[Asset], Path], *, partly: bool = False
) -> Timeline:
    """The video of a project. With `partly` scenes that lack something are left out.

    `InvalidInput` (``errors.studio_unfinished``) when a scene has no picture or no voice.
    """
    script = record.script
    voices, pictures = _chosen(uses, VOICE_ROLE), _chosen(uses, PICTURE_ROLE)
    clips, music = _chosen(uses, CLIP_ROLE), _chosen(uses, MUSIC_ROLE).get("")
    scenes = [
        scene
        for scene in (script.scenes if script else ())
        if not partly or (scene.id in voices and (scene.id in pictures or scene.id in clips))
    ]
    if not scenes:
        raise InvalidInput("errors.studio_unfinished", scene="")
    shots, spoken, at = list[Shot](), list[Spoken](), LEAD
    for number, scene in enumerate(scenes):
        shown, voice = clips.get(scene.id) or pictures.get(scene.id), voices.get(scene.id)
        if shown is None or voice is None:
            raise InvalidInput("errors.studio_unfinished", scene=scene.title or scene.id)
        length = voice.asset.seconds + PAUSE
        fade = FADE if number else 0.0
        extra = (LEAD if not number else 0.0) + (TAIL if number == len(scenes) - 1 else 0.0)
        kind = ShotKind.FILM if shown.role == CLIP_ROLE else ShotKind.PICTURE
        move = MOVES[number % len(MOVES)]
        shots.append(
            Shot(scene.id, kind, str(path(shown.asset)), length + extra + fade, move, fade)
        )
        spoken.append(
            Spoken(scene.id, str(path(voice.asset)), at, voice.asset.seconds, words_of(voice))
        )
        at += length
    return Timeline(
        record.brief.shape, tuple(shots), tuple(spoken),
        None if music is None else Music(str(path(music.asset))), record.brief.look,
        record.brief.captions, credits=tuple(credits_of(record, uses)),
    )  # fmt: skip


def words_of(voice: Use) -> tuple[Word, ...]:
    """The words of a scene's voice with their times."""
    return tuple(Word(str(one[0]), float(one[1]), float(one[2])) for one in voice.more["words"])


def credits_of(record: Record, uses: Sequence[Use]) -> list[str]:
    """Whose work is in it, a line each."""
    named: list[Credit] = [*(record.script.credits if record.script else ())]
    named += [use.asset.credit for use in uses if use.chosen and use.asset.credit is not None]
    return list(dict.fromkeys(line_of(one) for one in named))


def line_of(credit: Credit) -> str:
    """A credit as a line: title, author, licence."""
    parts = (credit.title, credit.author, credit.license)
    return " · ".join(dict.fromkeys(" ".join(part.split())[:80] for part in parts if part.strip()))


def _chosen(uses: Sequence[Use], role: str) -> dict[str, Use]:
    return {use.scene: use for use in uses if use.role == role and use.chosen}
