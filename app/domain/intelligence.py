"""What the station may ask a model, who answers it, and how an answer says where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar

T = TypeVar("T")


class Task(StrEnum):
    """What is asked. Each has a rule-based answer, but those in `RULELESS`."""

    SAME_TITLE = "same_title"  # is this release the wanted title
    FAKE = "fake"  # is it a fake or a recording of a screen
    DESCRIBE_VIDEO = "describe_video"  # title, description, tags, category
    SUMMARY = "summary"  # of a film, from its subtitles, without its end
    WISH = "wish"  # people, genres and years out of free words
    RECOMMEND = "recommend"  # what to watch next, and why
    BEST_TIME = "best_time"  # to publish, from own numbers
    WRITE = "write"  # scripts, titles, posts: what the Studio asks
    TRANSLATE = "translate"  # subtitles and the words of a post into another language
    HEAR = "hear"  # speech to text


RULELESS: Final = frozenset({Task.TRANSLATE, Task.HEAR})
"""What no rules can do: without a model it is not done, and the owner is told."""


class Policy(StrEnum):
    """Who is asked first."""

    HERE_FIRST = "here_first"  # the local model, then the services, cheapest first
    BEST = "best"  # the strongest first
    CHEAPEST = "cheapest"  # what costs least first; here costs nothing
    ONLY_HERE = "only_here"  # nothing leaves the house
    RULES = "rules"  # no model at all


class MadeBy(StrEnum):
    """Where an answer is from."""

    RULES = "rules"
    HERE = "here"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """An answer and where it is from; `by` names the model, and is empty for rules."""

    value: T
    source: MadeBy = MadeBy.RULES
    by: str = ""
    kept: bool = False  # the same was asked before

    @property
    def by_rules(self) -> bool:
        """Whether no model had a part in it."""
        return self.source is MadeBy.RULES


@dataclass(frozen=True, slots=True)
class Answerer:
    """A model that may be asked. One that `rests` failed lately, and is passed over for now."""

    model: str
    service: str = ""  # its name, for people; empty: on this device
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Who is asked for a task, one after the other, and the services that can be wished for it.

    `services` are ids of plugins and their names. Behind the last one stand the station's rules,
    except for what is `RULELESS`.
    """

    task: Task
    answerers: tuple[Answerer, ...] = ()
    services: tuple[tuple[str, str], ...] = ()


class EnginePhase(StrEnum):
    """How the program that runs models stands."""

    ABSENT = "absent"  # it has to be built once
    BUILDING = "building"
    HERE = "here"


class ModelPhase(StrEnum):
    """How the chosen model stands."""

    NONE = "none"  # no file is chosen
    GONE = "gone"  # the chosen file is not there, or is no model
    RESTING = "resting"  # it is loaded when somebody asks
    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model in the owner's folder. With a `problem` (a message key) it cannot be used."""

    path: str
    name: str
    bytes: int = 0
    parameters: int = 0  # 0: not told
    quantisation: str = ""
    context: int = 0  # tokens
    licence: str = ""
    problem: str = ""
    problem_args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """How a model did when it was tried: seconds, tokens a second, bytes of memory."""

    load: float
    first_token: float
    rate: float
    memory: int


@dataclass(frozen=True, slots=True)
class ModelState:
    """The local model, whole: what the Settings page shows."""

    engine: EnginePhase = EnginePhase.ABSENT
    stage: str = ""  # of a build: "fetch", "compile", "install"
    progress: float = 0.0  # of a build, 0 to 1
    failure: str = ""  # a message key: why the last build, load or trial failed
    failure_args: Mapping[str, object] = field(default_factory=dict)
    folder: str = ""
    files: tuple[ModelFile, ...] = ()
    chosen: str = ""  # the path of a file
    phase: ModelPhase = ModelPhase.NONE
    trying: bool = False
    trial: ModelTrial | None = None


@dataclass(frozen=True, slots=True)
class SpeechFile:
    """A hearing model in the owner's folder. With a `problem` (a message key) it is of no use."""

    path: str
    name: str
    bytes: int = 0
    precision: str = ""  # how its weights are kept, such as "Q5_1"
    english_only: bool = False
    problem: str = ""
    problem_args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HearingTrial:
    """How it did: seconds to load, seconds of sound for each second, bytes, what it heard."""

    load: float
    speed: float
    memory: int
    heard: str


@dataclass(frozen=True, slots=True)
class HearingState:
    """Hearing on this machine, whole: what the Settings page shows."""

    installed: bool = False  # the engine
    failure: str = ""  # a message key: why the last trial failed
    failure_args: Mapping[str, object] = field(default_factory=dict)
    folder: str = ""
    files: tuple[SpeechFile, ...] = ()
    chosen: str = ""  # the path of a file
    phase: ModelPhase = ModelPhase.NONE
    trying: bool = False
    trial: HearingTrial | None = None
