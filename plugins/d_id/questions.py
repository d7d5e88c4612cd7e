"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from typing import Any

from app.api import AvatarWanted, InvalidInput, web_address
from app.api.media_calls import Call, Part, sound_kind

PORTRAIT = "portrait"
"""The name of the picture the owner set; everything else is a presenter of theirs."""
LARGEST = 6_000_000
"""Bytes of a voice."""
LONGEST = 3_800
"""Characters of a text to say."""


def voice_call(sound: bytes) -> Call:
    """Return the request that brings a voice there."""
    ending, kind = sound_kind(sound)
    if len(sound) > LARGEST:
        raise InvalidInput("errors.media_sound_large", name="D-ID", most=LARGEST // 1_000_000)
    return Call("/audios", "POST", form=[Part("audio", sound, f"voice.{ending}", kind)])


def spoken(wanted: AvatarWanted, voice: str) -> dict[str, Any]:
    """Return what is said when there is no sound; `InvalidInput` without a voice."""
    if not voice:
        raise InvalidInput("errors.media_needs_voice", name="D-ID")
    if len(wanted.text) > LONGEST:
        raise InvalidInput("errors.media_text_long", name="D-ID", most=LONGEST)
    provider = {"type": "microsoft", "voice_id": voice}
    return {"type": "text", "input": wanted.text, "provider": provider}


def film_call(wanted: AvatarWanted, portrait: str, script: dict[str, Any]) -> tuple[Call, str]:
    """Return the request for the film, and what an order of its kind is named with first."""
    if wanted.model != PORTRAIT:
        return Call("/clips", "POST", {"presenter_id": wanted.model, "script": script}), "clips/"
    address = web_address(portrait) if "://" in portrait else ""
    if not address:
        raise InvalidInput("errors.not_a_web_address")
    config = {"stitch": True, "result_format": "mp4"}
    body = {"source_url": address, "script": script, "config": config}
    return Call("/talks", "POST", body), "talks/"
