"""What a plugin that makes, finds or says something for a video is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.project import Credit, Word

__all__ = [
    "AnimatesAvatars",
    "AvatarWanted",
    "ClipWanted",
    "ComposesMusic",
    "Credit",
    "DrawsPictures",
    "Fact",
    "FindsKeywords",
    "FindsPictures",
    "Keyword",
    "KnowsFacts",
    "MadeMedia",
    "MakesClips",
    "MediaKind",
    "MediaModel",
    "MusicWanted",
    "Order",
    "OrderState",
    "PictureOffer",
    "PictureQuestion",
    "PictureWanted",
    "Speaks",
    "Speech",
    "SpeechWanted",
    "Voice",
    "Word",
]


class MediaKind(StrEnum):
    """What a model makes."""

    PICTURE = "picture"
    CLIP = "clip"
    AVATAR = "avatar"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class MediaModel:
    """A model of a service. `price` is US dollars for one picture, or for one second of the rest.

    None: nobody knows. `longest` is how many seconds it makes at most (0: does not apply).
    """

    id: str
    name: str
    kind: MediaKind
    price: float | None = None
    longest: float = 0.0


@dataclass(frozen=True, slots=True)
class MadeMedia:
    """A finished file: its bytes, and the ending its format has (``png``, ``mp4``, ``mp3``…).

    `price` is what it really cost, in US dollars, when the service says so.
    """

    content: bytes
    ending: str
    price: float | None = None
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class PictureWanted:
    """A picture to draw; the service's nearest size is right."""

    model: str
    prompt: str
    width: int
    height: int
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ClipWanted:
    """A film of some seconds to make; it begins with `picture` (PNG or JPEG) when there is one."""

    model: str
    prompt: str
    width: int
    height: int
    seconds: float
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class AvatarWanted:
    """A person who says something: `model` is who; `sound` (WAV, MP3) is the voice, else `text`."""

    model: str
    text: str
    language: str
    width: int
    height: int
    sound: bytes | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class MusicWanted:
    """Music without singing, of a mood."""

    model: str
    mood: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Order:
    """What a service took on: `remote` names it there and is kept before it is asked for.

    A service that answers at once gives `made` with it.
    """

    remote: str
    made: MadeMedia | None = None


@dataclass(frozen=True, slots=True)
class OrderState:
    """How far an order is: 0 to 1, None when the service does not say; `made` when it is ready."""

    fraction: float | None = None
    made: MadeMedia | None = None


class _Follows(Protocol):
    """What all that make media have in common.

    Everything raises `InvalidInput` when the service cannot do this (too long, no such model),
    `AuthRequired` when the key is wrong or there is no money left there, `Refused` when it will
    not make this (moderation), `Unavailable` when it may work later, `NotFound` when an order or
    its result has expired.
    """

    async def media_models(self) -> Sequence[MediaModel]:
        """Return the models the owner may use, the usual one first."""

    async def follow(self, order: str) -> OrderState:
        """Ask once how an order is, by its `remote`; its result is fetched when it is there."""

    async def call_off(self, order: str) -> None:
        """End an order; nothing happens when the service cannot, or it has ended."""


class DrawsPictures(_Follows, Protocol):
    """Draws pictures from words."""

    async def draw(self, wanted: PictureWanted) -> Order:
        """Order a picture."""


class MakesClips(_Follows, Protocol):
    """Makes short films from words or a picture."""

    async def film(self, wanted: ClipWanted) -> Order:
        """Order a clip."""


class AnimatesAvatars(_Follows, Protocol):
    """Lets a drawn or filmed person speak."""

    async def animate(self, wanted: AvatarWanted) -> Order:
        """Order it."""


class ComposesMusic(_Follows, Protocol):
    """Composes music."""

    async def compose(self, wanted: MusicWanted) -> Order:
        """Order it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice. `language` is ISO 639-1, empty when it speaks any.

    `price` is US dollars for 1,000 characters; None: nobody knows. A voice of this device costs 0.
    """

    id: str
    name: str
    language: str = ""
    price: float | None = 0.0
    times: bool = False  # tells when each word is said


@dataclass(frozen=True, slots=True)
class SpeechWanted:
    """What is to be said. `speed` 1 is as the voice speaks by itself."""

    voice: str
    text: str
    language: str
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Speech:
    """Spoken text; `words` in the order of the text, empty when the voice does not tell them.

    A word is written as in the text, with its punctuation.
    """

    content: bytes
    ending: str
    words: tuple[Word, ...] = ()
    price: float | None = None


class Speaks(Protocol):
    """Reads text aloud."""

    async def voices(self) -> Sequence[Voice]:
        """Return the voices the owner may use, the usual one first; none: it is not set up."""

    async def speak(self, wanted: SpeechWanted) -> Speech:
        """Say it; raises as those who make media do."""


@dataclass(frozen=True, slots=True)
class PictureQuestion:
    """Which pictures are wanted: a few words in `language` (ISO 639-1), and about which size."""

    words: str
    language: str = "en"
    width: int = 1920
    height: int = 1080
    limit: int = 8


@dataclass(frozen=True, slots=True)
class PictureOffer:
    """A picture a source has. `reference` is the source's own and goes back to it."""

    reference: str
    title: str
    description: str = ""
    width: int = 0
    height: int = 0
    credit: Credit | None = None


class FindsPictures(Protocol):
    """Has pictures that may be used, with the name of who made them."""

    async def find_pictures(self, question: PictureQuestion) -> Sequence[PictureOffer]:
        """Return what it has, best first; none is an honest answer."""

    async def fetch_picture(self, reference: str) -> MadeMedia:
        """Return one it offered, with its credit; `NotFound` when it is gone."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """Words people search for; `weight` 0 to 100."""

    text: str
    weight: float = 0.0


class FindsKeywords(Protocol):
    """Knows what people search for."""

    async def keywords(self, topic: str, language: str) -> Sequence[Keyword]:
        """Return words around a topic, the strongest first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A text of a work of reference: plain sentences, without marks; with whom to credit."""

    title: str
    text: str
    credit: Credit


class KnowsFacts(Protocol):
    """Knows things: an encyclopedia."""

    async def facts(self, topic: str, language: str) -> Sequence[Fact]:
        """Return what it has on a topic, best first; none is an honest answer."""
