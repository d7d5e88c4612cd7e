"""What a plugin that writes text, or hears speech, is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

__all__ = [
    "CompletesText",
    "Finish",
    "Heard",
    "SoundQuestion",
    "SpeechModel",
    "TextAnswer",
    "TextModel",
    "TextQuestion",
    "Transcribes",
    "Transcript",
    "Turn",
]


@dataclass(frozen=True, slots=True)
class TextModel:
    """A model of a service. Prices are US dollars for a million tokens; None: nobody knows.

    `strength` ranks models by how well they answer, 0 to 100; `context` is in tokens. A model in
    the owner's own house costs 0.
    """

    id: str
    name: str
    context: int = 8_192
    strength: int = 50
    input_price: float | None = None
    output_price: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said before, by the one who asks (``user``) or by the model (``assistant``)."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """What a model is to write. With a `schema` (JSON Schema, an object) its answer is JSON."""

    model: str
    turns: tuple[Turn, ...]
    system: str = ""
    schema: Mapping[str, Any] | None = None
    most_tokens: int = 1_024
    temperature: float = 0.2
    seed: int | None = None


class Finish(StrEnum):
    """Why a model stopped."""

    COMPLETE = "complete"
    CUT = "cut"  # `most_tokens` was reached: JSON may be broken off
    REFUSED = "refused"  # the model or its service would not


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What it wrote, and how many tokens it counted; 0: it did not say."""

    text: str
    finish: Finish = Finish.COMPLETE
    input_tokens: int = 0
    output_tokens: int = 0
    model: str = ""  # as the service calls what really answered


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that hears. `price` is US dollars for a minute of sound; None: nobody knows."""

    id: str
    name: str
    price: float | None = None
    words: bool = False  # tells when each word is said


@dataclass(frozen=True, slots=True)
class SoundQuestion:
    """A file of speech on this machine: WAV, FLAC, MP3 or Opus. `language` is ISO 639-1."""

    model: str
    path: str
    language: str | None = None
    seconds: float = 0.0  # how long it is


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of what was said; `start` and `end` are seconds from the beginning."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said: in pieces of a sentence or so, and in words when the model tells."""

    language: str
    pieces: tuple[Heard, ...]
    words: tuple[Heard, ...] = ()


class CompletesText(Protocol):
    """Writes text."""

    async def text_models(self) -> Sequence[TextModel]:
        """Return the models the owner may use, the usual one first."""

    async def complete(self, question: TextQuestion) -> TextAnswer:
        """Answer once; the whole answer at its end.

        `InvalidInput` when the question cannot be answered as it is (too long, no such model),
        `AuthRequired` when the key is wrong or there is no money left there, `Refused` when the
        service will not write this, `Unavailable` when it may work later.
        """


class Transcribes(Protocol):
    """Writes down what is said in a sound."""

    async def speech_models(self) -> Sequence[SpeechModel]:
        """Return the models the owner may use, the usual one first; none: it hears nothing."""

    async def transcribe(self, question: SoundQuestion) -> Transcript:
        """Write it down; raises as `CompletesText.complete`."""
