"""What is known of the models, and a wish in the words of the protocol; pure."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.api import InvalidInput

FILE = Path(__file__).with_name("models.json")
SLOWEST, QUICKEST = 0.25, 4.0
LONGEST_TONE = 1_000
_VOICE = re.compile(r"[\w+.()/ -]{1,80}")


@dataclass(frozen=True, slots=True)
class VoiceModel:
    """A model that speaks; `price` is for 1,000 characters."""

    id: str
    price: float | None = None
    most: int = 2_000
    tone: bool = False


def read_list() -> Mapping[str, Any]:
    """Return what the plugin's file tells."""
    table: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))
    return table


def model_of(
    table: Mapping[str, Any], wanted: str, today: datetime.date, *, home: bool
) -> VoiceModel | None:
    """Return the model the owner named, or the first the service still has; None: it has none."""
    known = {one["id"]: one for one in table["models"]}
    if not wanted:
        living = (
            one
            for one in table["models"]
            if datetime.date.fromisoformat(one["until"]) > today or home
        )
        wanted = next((one["id"] for one in living), "")
    if not wanted:
        return None
    told = known.get(wanted, {})
    price = 0.0 if home else told.get("price")
    return VoiceModel(wanted, price, told.get("most", 2_000), told.get("tone", False))


def speech_body(
    model: VoiceModel, voice: str, said: str, speed: float, tone: str
) -> dict[str, Any]:
    """Return the body of a request; `InvalidInput` for what is no voice's name."""
    if not _VOICE.fullmatch(voice):
        raise InvalidInput("errors.voice_gone", voice=voice[:60])
    body: dict[str, Any] = {
        "model": model.id,
        "input": said,
        "voice": voice,
        "response_format": "wav",
    }
    if abs(speed - 1.0) > 0.01:
        body["speed"] = round(min(max(speed, SLOWEST), QUICKEST), 2)
    if model.tone and tone:
        body["instructions"] = tone[:LONGEST_TONE]
    return body
