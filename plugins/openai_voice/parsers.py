"""Reads answers: the sound itself, and names of voices; what is no WAV is raised."""

from __future__ import annotations

from app.api import HttpAnswer, Unavailable, inside, text, texts
from app.api.speaking import wav_sound

LEAST = 0.02


def parse_sound(answer: HttpAnswer) -> tuple[bytes, int]:
    """Return the 16-bit mono sound of a good answer, and its rate."""
    pcm, rate = wav_sound(answer.content, answer.host)
    if len(pcm) < rate * 2 * LEAST:
        raise Unavailable("errors.bad_answer", host=answer.host)
    return pcm, rate


def parse_names(answer: HttpAnswer) -> list[str]:
    """Return the voices a server tells; none when it does not."""
    if answer.status != 200:
        return []
    try:
        told = inside(answer.json(), "voices")
    except Unavailable:
        return []
    if not isinstance(told, list):
        return []
    named = [text(one.get("id") or one.get("name"), 80) if isinstance(one, dict) else one
             for one in told]  # fmt: skip
    return [name for name in texts(named, 80) if name.isprintable()]
