"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import AvatarWanted, InvalidInput
from app.api.media_calls import Call, nearest_shape, sound_kind

SHAPES = ("16:9", "9:16", "1:1", "4:5", "5:4")
UPLOAD = "upload"
"""The name of the place that takes files."""
LONGEST = 4_500
"""Characters of a text to say: five minutes."""


def voice_call(sound: bytes) -> Call:
    """Return the request that brings a voice there; it has to be MP3."""
    ending, kind = sound_kind(sound)
    if ending != "mp3":
        raise InvalidInput("errors.media_sound_mp3", name="Synthesia")
    return Call("/v2/scriptAudio", "POST", raw=sound, kind=kind, place=UPLOAD)


def spoken(wanted: AvatarWanted) -> dict[str, Any]:
    """Return what is said when there is no sound."""
    if len(wanted.text) > LONGEST:
        raise InvalidInput("errors.media_text_long", name="Synthesia", most=LONGEST)
    return {"scriptText": wanted.text}


def heard(wanted: AvatarWanted, voice: str, languages: Mapping[str, str]) -> dict[str, Any]:
    """Return what is said when there is a sound, by its name there."""
    language = languages.get(wanted.language, wanted.language)
    return {"scriptAudio": voice, "scriptLanguage": language}


def film_call(
    wanted: AvatarWanted, said: Mapping[str, Any], voice: str, background: str, *, test: bool
) -> Call:
    """Return the request for the film; `test`: with a watermark, for nothing."""
    clip = {"avatar": wanted.model, "background": background, **said}
    if voice and "scriptText" in said:
        clip["avatarSettings"] = {"voice": voice}
    body = {
        "test": test,
        "title": "Sokoul",
        "visibility": "private",
        "aspectRatio": nearest_shape(wanted.width, wanted.height, SHAPES),
        "input": [clip],
    }
    return Call("/v2/videos", "POST", body)
