"""A video that is being made: what is wanted, its script in scenes, its steps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NewType

ProjectId = NewType("ProjectId", str)
AssetId = NewType("AssetId", str)
"""The SHA-256 of an asset's bytes, 64 hex digits."""
SHORTEST: Final = 10
LONGEST: Final = 600
"""Seconds a video may be asked to last."""


class Shape(StrEnum):
    """The shape of the picture."""

    PORTRAIT = "9:16"
    WIDE = "16:9"
    SQUARE = "1:1"
    TALL = "4:5"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the finished video, in pixels."""
        return SIZES[self]


SIZES: Final[Mapping[Shape, tuple[int, int]]] = MappingProxyType(
    {
        Shape.PORTRAIT: (1080, 1920),
        Shape.WIDE: (1920, 1080),
        Shape.SQUARE: (1080, 1080),
        Shape.TALL: (1080, 1350),
    }
)


class Step(StrEnum):
    """The steps of a video, in order; those from pictures to music run side by side."""

    KEYWORDS = "keywords"
    SCRIPT = "script"
    VOICE = "voice"
    PICTURES = "pictures"
    CLIPS = "clips"
    AVATAR = "avatar"
    MUSIC = "music"
    MONTAGE = "montage"
    THUMBNAIL = "thumbnail"
    DETAILS = "details"
    UPLOAD = "upload"
    AB_TEST = "ab_test"


SIDE_BY_SIDE: Final = (Step.PICTURES, Step.CLIPS, Step.AVATAR, Step.MUSIC)


class StepState(StrEnum):
    """How a step stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    PAUSED = "paused"
    SKIPPED = "skipped"  # nothing to do in it: no avatar wanted, nobody to publish it


class ProjectState(StrEnum):
    """How a project stands as a whole."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


class Tone(StrEnum):
    """How the narration speaks."""

    CURIOUS = "curious"
    CALM = "calm"
    LIVELY = "lively"
    SERIOUS = "serious"


class Look(StrEnum):
    """How drawn cards, captions and thumbnails look."""

    DUSK = "dusk"
    PAPER = "paper"
    NEON = "neon"
    FOREST = "forest"
    MONO = "mono"


class PictureSource(StrEnum):
    """Where pictures come from when no service draws them. `CARDS` always works."""

    CARDS = "cards"
    COMMONS = "commons"  # free pictures found by plugins, with their credit
    FOLDER = "folder"  # the owner's own


class MusicSource(StrEnum):
    """Where the music comes from when no service composes it."""

    BED = "bed"  # made here
    FOLDER = "folder"
    NONE = "none"


HERE: Final = ""
"""The maker of a step that is this device itself."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who does a step: a plugin and what of it (a model, a voice). An empty plugin: this device."""

    plugin: str = HERE
    model: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the owner asks for. With `text` the narration is his own, else it is about `topic`.

    `makers` says who does a step; a step that is not in it is done by what is best here.
    `publish` names the accounts it goes to when it is ready; with `ab_test` its thumbnails are
    tried against each other there.
    """

    topic: str
    text: str = ""
    language: str = "en"
    shape: Shape = Shape.PORTRAIT
    seconds: int = 60
    tone: Tone = Tone.CURIOUS
    look: Look = Look.DUSK
    pictures: PictureSource = PictureSource.CARDS
    music: MusicSource = MusicSource.BED
    captions: bool = True
    publish: tuple[str, ...] = ()
    ab_test: bool = False
    makers: Mapping[Step, Maker] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is spoken; times are seconds from the beginning of its scene's voice."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of the script. `duration` is what the script plans; the voice decides."""

    id: str
    narration: str
    duration: float = 0.0
    title: str = ""
    visual_prompt: str = ""
    on_screen_text: str = ""
    music_mood: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose work is in the video: it is named in its credits and its description."""

    title: str
    author: str = ""
    license: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What is said, scene by scene; the first is the hook, the last calls to do something."""

    title: str
    scenes: tuple[Scene, ...]
    keywords: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


class AssetKind(StrEnum):
    """What an asset is."""

    PICTURE = "picture"
    CLIP = "clip"
    VOICE = "voice"
    MUSIC = "music"
    THUMBNAIL = "thumbnail"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the asset library, known by its bytes. `source` is who made or gave it."""

    id: AssetId
    kind: AssetKind
    ending: str
    size: int
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    source: str = ""
    prompt: str = ""
    credit: Credit | None = None
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class Details:
    """What is told of the finished video. `chapters` are seconds and names."""

    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    chapters: tuple[tuple[float, str], ...] = ()
