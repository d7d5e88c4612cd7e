"""Reads answers: voices, spoken text with the time of each character, music, what is left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.api import Fields, HttpAnswer, MadeMedia, Unavailable, Voice, inside, number, objects, text
from app.api.media_answers import Meaning, Troubles, unpacked
from app.api.speaking import Mark

MOST_VOICES = 1_000
MOST_CHARACTERS = 50_000
_SEEN = 12
"""Characters of the text a told one may be away from where it is looked for."""
_OWN = ("cloned", "professional", "generated")
TROUBLES = Troubles(
    "ElevenLabs",
    where=(("detail", "status"), ("detail", "code"), ("detail", "type")),
    codes={
        **dict.fromkeys(
            ("invalid_api_key", "missing_api_key", "missing_permissions", "needs_authorization"),
            Meaning.KEY,
        ),
        **dict.fromkeys(
            ("payment_required", "subscription_required", "paid_plan_required", "limited_access",
             "free_users_not_allowed", "insufficient_credits", "detected_unusual_activity"),
            Meaning.MONEY,
        ),
        **dict.fromkeys(
            ("too_many_concurrent_requests", "concurrent_limit_exceeded", "system_busy",
             "rate_limit_exceeded", "rate_limit_error"),
            Meaning.BUSY,
        ),
        **dict.fromkeys(
            ("bad_prompt", "bad_composition_plan", "content_against_policy", "blocked_generation",
             "content_policy_violation"),
            Meaning.REFUSED,
        ),
        "quota_exceeded": Meaning.QUOTA,
        "max_character_limit_exceeded": Meaning.WRONG,
        "voice_access_denied": Meaning.WRONG,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """16-bit mono sound, and when each character of a text is said."""

    pcm: bytes
    marks: tuple[Mark, ...]


def parse_voices(document: Fields, price: float | None) -> list[Voice]:
    """Return the account's voices, the owner's own first."""
    found: list[tuple[bool, Voice]] = []
    for one in list(objects(document.get("voices")))[:MOST_VOICES]:
        voice, name = text(one.get("voice_id"), 100), text(one.get("name"), 80)
        if not voice or not name:
            continue
        own = text(one.get("category"), 40).lower() in _OWN
        found.append((not own, Voice(voice, name, "", price, times=True)))
    return [voice for _, voice in sorted(found, key=lambda pair: pair[0])]


def parse_spoken(document: Fields, said: str, rate: int, host: str) -> Spoken:
    """Return what was said; times that cannot be are left out, sound that is none raises."""
    pcm = unpacked(document.get("audio_base64"), host)
    seconds = len(pcm) / 2 / rate
    if seconds < 0.02:
        raise Unavailable("errors.bad_answer", host=host)
    told = inside(document, "alignment")
    lists = [
        inside(told, name)
        for name in (
            "characters", "character_start_times_seconds", "character_end_times_seconds",
        )
    ]  # fmt: skip
    if not all(isinstance(one, list) and len(one) <= MOST_CHARACTERS for one in lists):
        return Spoken(pcm, ())
    return Spoken(pcm, tuple(_marks(said, lists, seconds)))


def parse_left(document: Fields) -> int | None:
    """Return the characters left of the plan; None when more may be used than it holds."""
    if (
        document.get("can_extend_character_limit") is True
        or document.get("overage_enabled") is True
    ):
        return None
    used, limit = number(document.get("character_count")), number(document.get("character_limit"))
    return None if used is None or limit is None else max(0, limit - used)


def parse_music(answer: HttpAnswer, price: float | None) -> MadeMedia:
    """Return the music a good answer is."""
    start = answer.content[:12]
    if start[:3] == b"ID3" or _is_frame(start):
        return MadeMedia(answer.content, "mp3", price)
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return MadeMedia(answer.content, "wav", price)
    raise Unavailable("errors.bad_answer", host=answer.host)


def _is_frame(start: bytes) -> bool:
    """Whether something begins like a frame of MP3 sound (layer three)."""
    return len(start) > 3 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2 and start[2] < 0xF0


def _marks(said: str, lists: Sequence[object], seconds: float) -> list[Mark]:
    characters, starts, ends = (one for one in lists if isinstance(one, list))
    found: list[Mark] = []
    at = 0
    for character, start, end in zip(characters, starts, ends, strict=False):
        if not isinstance(character, str) or not character.strip():
            continue
        place = said.find(character, at, at + _SEEN)
        if place < 0:
            continue
        at = place + len(character)
        if _moment(start, seconds) and _moment(end, seconds) and start <= end:
            found.append(Mark(place, float(start), min(float(end), seconds)))
    return found


def _moment(value: object, seconds: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and 0 <= value <= seconds + 0.5
