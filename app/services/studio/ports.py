"""What the Studio asks of the rest of the station; the composition root gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.api.capabilities import Capability
from app.api.making import Speech, SpeechWanted, Voice, Word
from app.domain.budget import PaidCall
from app.domain.intelligence import Made
from app.domain.project import Brief, Details, Look, ProjectId, Scene, Shape
from app.domain.spending import Reservation
from app.domain.timeline import Timeline
from app.services.intelligence.prompt import Prompt


class Services(Protocol):
    """The plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """The plugins that are on and can do it."""

    def name_of(self, plugin: str) -> str:
        """A plugin's name."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call one."""


class Bill(Protocol):
    """What a call that was let through costs."""

    def settle(self, price: int | None) -> None:
        """Say the real price in millionths of a dollar; None: the estimate was it."""


class Purse(Protocol):
    """The budget."""

    def paying(self, call: PaidCall) -> AbstractAsyncContextManager[Bill]:
        """Reserve what a call may cost; `Refused` when that is too much."""

    async def reserve(self, call: PaidCall, hold: float) -> Reservation:
        """Set money aside for what takes long."""

    async def settle(self, reservation: Reservation, price: int | None = None) -> None:
        """Book it."""

    async def give_back(self, reservation: Reservation) -> None:
        """Free it."""


class Mind(Protocol):
    """Models that write."""

    async def write(self, prompt: Prompt) -> Made[dict[str, Any]] | None:
        """An answer that fits the schema; None: nobody answers."""


class LocalSpeech(Protocol):
    """Voices of this device."""

    async def voices(self) -> Sequence[Voice]:
        """The voices, the usual one first."""

    async def speak(self, wanted: SpeechWanted) -> Speech:
        """Say it; without `words` when the voice does not tell them."""

    async def timed(self, speech: Speech, text: str) -> Sequence[Word]:
        """When each word of a text is said in a sound that did not tell; measured and estimated."""

    async def compact(self, content: bytes) -> bytes:
        """The same sound as MP3, which every service that takes a voice takes."""

    async def recorded(self, path: Path, said: str, language: str) -> Speech:
        """Clean the owner's recording of a text; with the times of its words."""


class Artist(Protocol):
    """Draws here."""

    async def card(self, scene: Scene, at: tuple[int, int], brief: Brief, variant: int) -> bytes:
        """A JPEG for a scene; `at` is its number and how many there are."""

    async def thumbnail(self, title: str, look: Look, picture: Path | None, variant: int) -> bytes:
        """A JPEG of 1280x720, under 2 MB."""


class Composer(Protocol):
    """Makes music here."""

    async def bed(self, mood: str, seconds: float, seed: int) -> bytes:
        """A WAV."""


class Editor(Protocol):
    """Renders timelines."""

    async def render(
        self,
        timeline: Timeline,
        out: Path,
        *,
        preview: bool,
        on_progress: Callable[[float], None],
    ) -> None:
        """Write the video; `ToolFailed` when it cannot."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A video that is to go out. `key` (32 hex digits) stands for this one wish for ever."""

    key: str
    project: ProjectId
    video: Path
    thumbnail: Path | None
    details: Details
    language: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What became of its posts: how many there are, how many are out, and a key for people."""

    posts: int
    out: int
    message: str = ""
    args: Mapping[str, object] = field(default_factory=dict)


class Publisher(Protocol):
    """Publishing, and what it learns from the numbers."""

    async def publish(self, finished: Finished, on_progress: Callable[[float], None]) -> Outgoing:
        """Hand a video over, once for each key.

        Returns when its posts are out, or wait: for their turn, for the owner. `Refused` when all
        of them failed.
        """

    async def try_thumbnails(self, key: str, thumbnails: Sequence[Path]) -> int:
        """Begin A/B tests of the posts of a key that are out; returns how many there are."""


class Judge(Protocol):
    """Says how well pictures fit what is said."""

    async def rank(
        self, sentence: str, shown: Sequence[Mapping[str, str]], language: str
    ) -> list[tuple[int, str]]:
        """A score, 0 to 100, and the key of its reason for each of these, in order."""


def size_of(shape: Shape) -> tuple[int, int]:
    """Pixels a picture should have: more than the frame, so that a slow zoom stays sharp."""
    width, height = shape.size
    return round(width * 1.15), round(height * 1.15)
