"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.api import AvatarWanted, InvalidInput
from app.api.media_calls import Call, Part, nearest_shape, sound_kind

SHAPES = ("16:9", "9:16", "4:5", "5:4", "1:1")
LARGEST = 32_000_000
"""Bytes of a voice."""
LONGEST = 5_000
"""Characters of a text to say."""
_NAME = re.compile(r"[A-Za-z0-9_-]{1,200}")


def voice_call(sound: bytes) -> Call:
    """Return the request that brings a voice there."""
    ending, kind = sound_kind(sound)
    if len(sound) > LARGEST:
        raise InvalidInput("errors.media_sound_large", name="HeyGen", most=LARGEST // 1_000_000)
    return Call("/v3/assets", "POST", form=[Part("file", sound, f"voice.{ending}", kind)])


def look_call(avatar: str) -> Call:
    """Return the question about an avatar; `InvalidInput` for what is no name of one."""
    if not _NAME.fullmatch(avatar):
        raise InvalidInput("errors.model_unknown", model=avatar[:60], name="HeyGen")
    return Call(f"/v3/avatars/looks/{avatar}")


def film_call(wanted: AvatarWanted, said: Mapping[str, str]) -> Call:
    """Return the request for the film; `said` is what is said, and by which voice."""
    body = {
        "type": "avatar",
        "avatar_id": wanted.model,
        "resolution": "1080p",
        "aspect_ratio": nearest_shape(wanted.width, wanted.height, SHAPES),
        **said,
    }
    return Call("/v3/videos", "POST", body)


def spoken(wanted: AvatarWanted, voice: str) -> dict[str, str]:
    """Return what is said when there is no sound; `InvalidInput` without a voice."""
    if not voice:
        raise InvalidInput("errors.media_needs_voice", name="HeyGen")
    if len(wanted.text) > LONGEST:
        raise InvalidInput("errors.media_text_long", name="HeyGen", most=LONGEST)
    return {"script": wanted.text, "voice_id": voice}
