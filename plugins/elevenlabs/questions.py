"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.api import InvalidInput, MusicWanted
from app.api.media_calls import Call, shortened
from app.api.media_lists import KnownMedia

SLOWEST, QUICKEST = 0.7, 1.2
SHORTEST = 3.0
"""Seconds of music."""
NEIGHBOURS = 500
"""Characters of what comes before and after a piece."""
LONGEST_WISH = 1_800
_VOICE = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that speaks, as the list tells it; `price` is for 1,000 characters."""

    id: str
    price: float | None = None
    most: int = 2_500
    stitch: bool = False
    told: bool = False
    credits: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text with its neighbours."""

    text: str
    before: str = ""
    after: str = ""


def speech_call(
    model: SpeechModel, voice: str, piece: Piece, language: str, speed: float, form: str
) -> Call:
    """Return the request for a piece of a text; `InvalidInput` for what is no voice's name."""
    if not _VOICE.fullmatch(voice):  # it becomes a part of the address
        raise InvalidInput("errors.voice_gone", voice=voice[:60])
    body: dict[str, Any] = {"text": piece.text, "model_id": model.id}
    if model.told and language:
        body["language_code"] = language
    if abs(speed - 1.0) > 0.01:
        body["voice_settings"] = {"speed": round(min(max(speed, SLOWEST), QUICKEST), 2)}
    if model.stitch and piece.before:
        body["previous_text"] = piece.before[-NEIGHBOURS:]
    if model.stitch and piece.after:
        body["next_text"] = piece.after[:NEIGHBOURS]
    path = f"/v1/text-to-speech/{quote(voice)}/with-timestamps"
    return Call(path, "POST", body=body, params={"output_format": form})


def music_call(wanted: MusicWanted, known: KnownMedia, settings: Mapping[str, Any]) -> Call:
    """Return the request for music; `InvalidInput` when it is longer than the model makes."""
    longest = known.model.longest
    if longest and wanted.seconds > longest:
        raise InvalidInput("errors.media_too_long", model=wanted.model, most=int(longest))
    words = settings["moods"].get(wanted.mood.strip().lower(), wanted.mood)
    body = {
        "prompt": shortened(f"{words.strip()} {settings['ending']}", LONGEST_WISH),
        "music_length_ms": round(max(wanted.seconds, SHORTEST) * 1_000),
        "model_id": wanted.model,
        "force_instrumental": True,
    }
    return Call("/v1/music", "POST", body=body, headers={"Accept": "audio/mpeg"})
