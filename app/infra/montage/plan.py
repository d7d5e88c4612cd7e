"""Cuts a timeline into pieces that are rendered apart, each known by all that is in it. Pure.

A piece begins where a shot begins (so a cross-over belongs to the later one) and is at most as
long as a group of pictures. Its recipe holds no times of the whole: what was only moved along is
not rendered again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from app.domain.errors import InvalidInput
from app.domain.timeline import Shot, ShotKind, Timeline
from app.infra.montage.captions import states
from app.infra.montage.letters import EDITION as LETTERS_EDITION
from app.infra.montage.letters import Band, Inscription, band_of
from app.infra.montage.wish import RenderWish

EDITION: Final = 1
"""Counts up when the same recipe would be rendered differently."""
MOST_SECONDS: Final = 3_600.0
MOST_SHOTS: Final = 2_000
LONGEST: Final = 60
"""Frames of a piece."""
CREDITS: Final = 2.6
"""Seconds the credits stand at the end."""
SLOWEST: Final = 1.5
"""A film that is too short is slowed down so much, then its last picture stays."""
MOST_ZOOM: Final = 3.0

Recipe = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: the hash of its bytes, and how long a film is."""

    mark: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Frames `at` and following of the video. `files` says where the assets of its recipe are."""

    mark: str
    at: int
    frames: int
    recipe: Recipe
    files: Mapping[str, str]

    @property
    def letters(self) -> list[str]:
        """The marks of the inscriptions it shows."""
        return [letters["mark"] for letters in self.recipe["letters"]]


@dataclass(frozen=True, slots=True)
class Plan:
    """All pieces of a video, and the inscriptions they show by their marks."""

    frames: int
    band: Band
    pieces: tuple[Piece, ...]
    inscriptions: Mapping[str, Inscription] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A shot and its frames in the video; the first `fade` of them cross over."""

    shot: Shot
    start: int
    end: int
    fade: int


@dataclass(frozen=True, slots=True)
class _Letters:
    mark: str
    at: int
    until: int


def make_plan(
    timeline: Timeline, wish: RenderWish, known: Mapping[str, Known], maker: str = ""
) -> Plan:
    """Plan a video whose files are `known` by their paths. `maker` names the coder's edition.

    Raises `InvalidInput` ``errors.montage_empty``, ``errors.montage_shot``,
    ``errors.montage_too_long``.
    """
    check(timeline)
    frames = round(timeline.seconds * wish.fps)
    placed = _placed(timeline.shots, wish.fps)
    band = band_of(timeline.shape, wish.width, wish.height)
    written: dict[str, Inscription] = {}
    letters = _letters(timeline, wish, frames, written)
    pieces = tuple(
        _piece(start, end, placed, letters, wish, known, maker)
        for start, end in _cuts(placed, frames)
    )
    return Plan(frames, band, pieces, written)


def check(timeline: Timeline) -> None:
    """Raise `InvalidInput` for a timeline that cannot be rendered."""
    if not timeline.shots:
        raise InvalidInput("errors.montage_empty")
    for number, shot in enumerate(timeline.shots):
        fade = shot.fade if number else 0.0
        before = timeline.shots[number - 1].seconds if number else float("inf")
        if not 0 <= fade < min(shot.seconds, before) or not 0 <= shot.begin < float("inf"):
            raise InvalidInput("errors.montage_shot", scene=shot.scene)
    if len(timeline.shots) > MOST_SHOTS or not 0 < timeline.seconds <= MOST_SECONDS:
        raise InvalidInput("errors.montage_too_long", seconds=MOST_SECONDS)


def mark_of(told: object) -> str:
    """A name for what something is made of."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:40]


def _placed(shots: Sequence[Shot], fps: int) -> list[_Placed]:
    found: list[_Placed] = []
    begin, before = 0.0, 0
    for number, shot in enumerate(shots):
        begin -= shot.fade if number else 0.0
        start, end = round(begin * fps), round((begin + shot.seconds) * fps)
        found.append(_Placed(shot, start, end, max(0, before - start)))
        begin, before = begin + shot.seconds, end
    return found


def _letters(
    timeline: Timeline, wish: RenderWish, frames: int, written: dict[str, Inscription]
) -> list[_Letters]:
    found = []
    spans = [
        (state.at, state.until, Inscription(state.words, state.active))
        for state in states(timeline, frames)
    ]
    if timeline.credits:
        span = min(round(CREDITS * wish.fps), frames // 2)
        spans.append((frames - span, frames, Inscription(timeline.credits)))
    for at, until, inscription in spans:
        mark = mark_of(
            [LETTERS_EDITION, timeline.look, timeline.shape, wish.width, wish.height,
             inscription.lines, inscription.active]
        )  # fmt: skip
        written[mark] = inscription
        found.append(_Letters(mark, at, until))
    return found


def _cuts(placed: Sequence[_Placed], frames: int) -> list[tuple[int, int]]:
    edges = sorted({0, frames, *(one.start for one in placed if one.start < frames)})
    found = []
    for start, end in pairwise(edges):
        count = -(-(end - start) // LONGEST)
        inner = [start + (end - start) * part // count for part in range(count + 1)]
        found += list(pairwise(inner))
    return found


def _piece(
    start: int,
    end: int,
    placed: Sequence[_Placed],
    letters: Sequence[_Letters],
    wish: RenderWish,
    known: Mapping[str, Known],
    maker: str,
) -> Piece:
    shown = [one for one in placed if one.start < end and one.end > start]
    recipe: Recipe = {
        "edition": [EDITION, maker],
        "wish": {
            "width": wish.width, "height": wish.height, "fps": wish.fps,
            "preset": wish.preset, "crf": wish.crf,
        },
        "frames": end - start,
        "layers": [
            {
                "shot": _told(one, known[one.shot.path], wish.fps),
                "first": max(start, one.start) - one.start,
                "at": max(0, one.start - start),
                "until": min(end, one.end) - start,
            }
            for one in shown
        ],
        "letters": [
            {"mark": one.mark, "at": max(0, one.at - start), "until": min(end, one.until) - start}
            for one in letters
            if one.at < end and one.until > start
        ],
    }  # fmt: skip
    mark = mark_of(recipe)
    for layer, one in zip(recipe["layers"], shown, strict=True):
        layer["shot"]["scene"] = one.shot.scene  # for complaints: it changes no picture
    files = {known[one.shot.path].mark: one.shot.path for one in shown}
    return Piece(mark, start, end - start, recipe, files)


def _told(one: _Placed, known: Known, fps: int) -> Recipe:
    shot, frames = one.shot, one.end - one.start
    told: Recipe = {
        "kind": shot.kind.value, "asset": known.mark, "frames": frames, "fade": one.fade
    }  # fmt: skip
    if shot.kind is ShotKind.PICTURE:
        motion = shot.motion
        return told | {
            "zoom_from": _within(motion.zoom_from, 1.0, MOST_ZOOM),
            "zoom_to": _within(motion.zoom_to, 1.0, MOST_ZOOM),
            "x": _within(motion.x, 0.0, 1.0), "y": _within(motion.y, 0.0, 1.0),
        }  # fmt: skip
    begin = _within(shot.begin, 0.0, max(0.0, known.seconds - 1 / fps))
    have, need = max(known.seconds - begin, 1 / fps), frames / fps
    slow = min(need / have, SLOWEST) if need > have else 1.0
    return told | {"begin": begin, "slow": slow, "lasts": max(1, int(have * slow * fps))}


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most) if value == value else least
