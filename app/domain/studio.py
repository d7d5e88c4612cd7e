"""How the videos being made stand: what the Studio page, the commands and remotes are shown. Pure.

Texts of the station itself are message keys; names, scripts and titles are the owner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.project import (
    Asset,
    AssetId,
    Brief,
    Details,
    ProjectId,
    ProjectState,
    Script,
    Step,
    StepState,
    Word,
)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is now. `seconds` is how long it took; `done` of `total` counts its parts.

    `message` is a key: what it is doing, or why it failed. `by` says who does it.
    """

    step: Step
    state: StepState = StepState.WAITING
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    message: str = ""
    message_args: Mapping[str, object] = field(default_factory=dict)
    by: str = ""
    price: int = 0  # spent so far, in millionths of a US dollar


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture or clip a scene may show. `score` is how well it fits its sentence, 0 to 100."""

    asset: AssetId
    path: str
    score: int = 0
    reason: str = ""  # a key
    source: str = ""
    credit: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SceneView:
    """A scene with what was made for it; `start` and `end` are seconds of the finished video."""

    id: str
    title: str
    narration: str
    on_screen_text: str = ""
    visual_prompt: str = ""
    start: float = 0.0
    end: float = 0.0
    picture: str = ""  # path of what it shows; empty while there is none
    voice: str = ""  # path of its narration
    busy: bool = False
    message: str = ""  # a key: why something of it failed
    message_args: Mapping[str, object] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project in the list."""

    id: ProjectId
    title: str
    state: ProjectState
    step: Step | None = None  # under way, or the one that failed
    progress: float = 0.0  # 0 to 1
    picture: str = ""
    shape: str = "9:16"
    seconds: float = 0.0
    updated: float = 0.0
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project, whole. `video` and `preview` are paths, empty while there is none.

    `spent` is in millionths of a US dollar.
    """

    card: ProjectCard
    brief: Brief
    steps: tuple[StepView, ...]
    scenes: tuple[SceneView, ...] = ()
    script: Script | None = None
    details: Details | None = None
    video: str = ""
    preview: str = ""
    thumbnails: tuple[Candidate, ...] = ()
    spent: int = 0
    written_by: str = ""  # a model's name; empty: rules


@dataclass(frozen=True, slots=True)
class MakerChoice:
    """Somebody who can do a step.

    `price` is for the whole video as briefed, in millionths of a US dollar; None: nobody knows.
    """

    step: Step
    plugin: str
    model: str
    name: str
    price: int | None = 0
    language: str = ""  # of a voice, ISO 639-1
    here: bool = False


@dataclass(frozen=True, slots=True)
class ByHand:
    """A service no program may ask: its file is imported by hand. `reason` is a key."""

    name: str
    step: Step
    reason: str


@dataclass(frozen=True, slots=True)
class Makers:
    """Who can do what, the usual one first in each step; `price` is that of the brief as it is."""

    choices: tuple[MakerChoice, ...]
    by_hand: tuple[ByHand, ...] = ()
    price: int | None = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """What happened in a project: a prompt, an answer, a price, a message."""

    at: float
    step: Step
    scene: str
    key: str
    args: Mapping[str, object] = field(default_factory=dict)
    price: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class AssetPage:
    """Some of the asset library, newest first, and how many there are in all."""

    assets: tuple[tuple[Asset, str], ...]  # with their paths
    total: int = 0
