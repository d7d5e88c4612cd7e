"""The motifs of the cards, drawn as geometry on four stencils that each look colours in its way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from app.infra.drawing.canvas import Stencil
from app.infra.drawing.motif_words import Motif

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pens:
    """Where a motif draws: large shapes, lines, fine lines, small bright parts."""

    mass: Stencil
    line: Stencil
    fine: Stencil
    spot: Stencil


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a motif stands: its middle, how far it reaches, and its lines' width, in pixels."""

    x: float
    y: float
    reach: float
    width: float
    chance: np.random.Generator

    def at(self, angle: float, far: float) -> Point:
        """A point at an angle (degrees, 0 is right, clockwise); `far` is a part of the reach."""
        turn = math.radians(angle)
        return (
            self.x + math.cos(turn) * far * self.reach,
            self.y + math.sin(turn) * far * self.reach,
        )

    def by(self, right: float, down: float) -> Point:
        """A point beside the middle, in parts of the reach."""
        return self.x + right * self.reach, self.y + down * self.reach


def draw_motif(motif: Motif, pens: Pens, stage: Stage) -> None:
    """Draw a motif."""
    _DRAWN[motif](pens, stage)


def _orbit(pens: Pens, stage: Stage) -> None:
    tilt = -18 - 14 * stage.chance.random()
    pens.mass.disc(stage.x, stage.y, stage.reach * 0.33)
    for number, far in enumerate((0.56, 0.76, 0.98, 1.22)):
        ring = [_on_ellipse(stage, far, 0.40, tilt, angle) for angle in range(0, 362, 3)]
        (pens.line if number < 3 else pens.fine).line(ring, stage.width * (0.9 - 0.15 * number))
        place = 360 * stage.chance.random()
        size = (0.055, 0.038, 0.046, 0.026)[number]
        pens.spot.disc(*_on_ellipse(stage, far, 0.40, tilt, place), stage.reach * size)
    for _ in range(26):
        pens.fine.disc(
            *stage.at(360 * stage.chance.random(), 0.5 + 0.9 * stage.chance.random()),
            stage.width * (0.4 + 0.6 * stage.chance.random()),
        )


def _on_ellipse(stage: Stage, far: float, flat: float, tilt: float, angle: float) -> Point:
    x, y = math.cos(math.radians(angle)) * far, math.sin(math.radians(angle)) * far * flat
    turn = math.radians(tilt)
    return stage.by(
        x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    )


def _clock(pens: Pens, stage: Stage) -> None:
    pens.mass.disc(stage.x, stage.y, stage.reach * 0.86)
    pens.line.ring(stage.x, stage.y, stage.reach * 0.98, stage.width * 1.5)
    pens.fine.ring(stage.x, stage.y, stage.reach * 1.16, stage.width * 0.5)
    for minute in range(60):
        hour = minute % 5 == 0
        pen, begin = (pens.line, 0.74) if hour else (pens.fine, 0.80)
        pen.line([stage.at(minute * 6, begin), stage.at(minute * 6, 0.86)],
                 stage.width * (1.1 if hour else 0.6))  # fmt: skip
    start = 360 * stage.chance.random()
    pens.line.line([(stage.x, stage.y), stage.at(start, 0.44)], stage.width * 2.0)
    pens.line.line([(stage.x, stage.y), stage.at(start + 118, 0.66)], stage.width * 1.4)
    pens.spot.line([stage.at(start + 30, 0.16), stage.at(start + 210, 0.72)], stage.width * 0.8)
    pens.spot.disc(stage.x, stage.y, stage.width * 2.0)


def _waves(pens: Pens, stage: Stage) -> None:
    shift = 2 * math.pi * stage.chance.random()
    for number in range(11):
        down = -0.62 + 0.125 * number
        tall = 0.24 * (1 - abs(number - 5) / 7)
        points = [
            stage.by(x / 40, down + tall * math.sin(x * 0.11 + shift + number * 0.34)
                     * math.cos(x * 0.031))
            for x in range(-60, 61)
        ]  # fmt: skip
        strong = number in (4, 5, 6)
        (pens.line if strong else pens.fine).line(points, stage.width * (1.0 if strong else 0.7))
        if number == 8:
            pens.mass.area([*points, stage.by(1.5, 1.1), stage.by(-1.5, 1.1)])
    pens.spot.disc(*stage.by(0.34, -0.82), stage.reach * 0.15)


def _peaks(pens: Pens, stage: Stage) -> None:
    pens.spot.disc(*stage.by(0.42, -0.55), stage.reach * 0.20)
    for number, (left, tall) in enumerate(((-0.62, 0.72), (0.62, 0.86), (0.02, 1.08))):
        top = stage.by(left, 0.62 - tall)
        feet = (stage.by(left - tall * 0.86, 0.62), stage.by(left + tall * 0.86, 0.62))
        pens.mass.area([top, feet[1], feet[0]], fill=(120, 165, 255)[number])
        pens.line.line([feet[0], top, feet[1]], stage.width)
        for row in range(1, 5):
            part = row / 5.6
            start = (
                top[0] - (top[0] - feet[0][0]) * part * 0.1,
                top[1] + tall * stage.reach * part * 0.2,
            )
            end = (top[0] + (feet[1][0] - top[0]) * part, top[1] + tall * stage.reach * part)
            pens.fine.line([start, end], stage.width * 0.6)


def _tree(pens: Pens, stage: Stage) -> None:
    for _ in range(7):
        pens.mass.disc(
            *stage.at(180 + 180 * stage.chance.random(), 0.15 + 0.4 * stage.chance.random()),
            stage.reach * (0.24 + 0.16 * stage.chance.random()), fill=200,
        )  # fmt: skip
    _branch(pens, stage, stage.by(0, 1.0), -90.0, 0.46, 0)


def _branch(pens: Pens, stage: Stage, start: Point, angle: float, long: float, depth: int) -> None:
    turn = math.radians(angle)
    end = (
        start[0] + math.cos(turn) * long * stage.reach,
        start[1] + math.sin(turn) * long * stage.reach,
    )
    pen = pens.line if depth < 4 else pens.fine
    pen.line([start, end], stage.width * max(0.5, 3.4 * 0.62**depth))
    if depth == 6:
        pens.spot.disc(*end, stage.width * (0.7 + 1.1 * stage.chance.random()))
        return
    for side in (-1, 1):
        bend = side * (16 + 18 * stage.chance.random())
        _branch(pens, stage, end, angle + bend, long * (0.70 + 0.1 * stage.chance.random()),
                depth + 1)  # fmt: skip


def _city(pens: Pens, stage: Stage) -> None:
    x = -1.25
    while x < 1.2:
        wide = 0.20 + 0.16 * stage.chance.random()
        tall = 0.4 + 1.0 * stage.chance.random() * (1.15 - abs(x) * 0.6)
        left, top = stage.by(x, 0.75 - tall)
        right, foot = stage.by(x + wide - 0.025, 0.75)
        pens.mass.bar(left, top, right, foot)
        pens.line.line([(left, foot), (left, top), (right, top), (right, foot)], stage.width * 0.8)
        _windows(pens, stage, left, top, right, foot)
        x += wide
    pens.fine.line([stage.by(-1.5, 0.75), stage.by(1.5, 0.75)], stage.width)
    pens.fine.ring(*stage.by(0.5, -0.66), stage.reach * 0.22, stage.width * 0.8)


def _windows(pens: Pens, stage: Stage, left: float, top: float, right: float, foot: float) -> None:
    cell = 0.068 * stage.reach
    y = top + cell
    while y < foot - cell:
        x = left + cell * 0.8
        while x < right - cell:
            pen = pens.spot if stage.chance.random() < 0.30 else pens.fine
            pen.bar(x, y, x + cell * 0.42, y + cell * 0.56)
            x += cell
        y += cell * 1.2


def _net(pens: Pens, stage: Stage) -> None:
    nodes: list[Point] = []
    for _ in range(400):
        one = stage.at(360 * stage.chance.random(), 1.15 * stage.chance.random() ** 0.6)
        if len(nodes) < 34 and all(math.dist(one, other) > 0.24 * stage.reach for other in nodes):
            nodes.append(one)
    for number, one in enumerate(nodes):
        others = sorted(nodes, key=lambda other, one=one: math.dist(one, other))  # type: ignore[misc] # a default binds the loop's value
        for other in others[1:4]:
            (pens.line if number % 4 == 0 else pens.fine).line([one, other], stage.width * 0.65)
    for number, one in enumerate(nodes):
        hub = number % 5 == 0
        pens.mass.disc(*one, stage.reach * (0.095 if hub else 0.05))
        pens.line.ring(*one, stage.reach * (0.095 if hub else 0.05), stage.width * 0.7)
        pens.spot.disc(*one, stage.reach * (0.042 if hub else 0.018))


def _rays(pens: Pens, stage: Stage) -> None:
    pens.mass.disc(stage.x, stage.y, stage.reach * 0.46)
    pens.line.ring(stage.x, stage.y, stage.reach * 0.46, stage.width * 1.2)
    pens.spot.disc(stage.x, stage.y, stage.reach * 0.30)
    for number in range(48):
        angle = number * 7.5
        long = (1.12, 0.74, 0.90, 0.74)[number % 4]
        pen = pens.line if number % 2 == 0 else pens.fine
        pen.line(
            [stage.at(angle, 0.58), stage.at(angle, long)], stage.width * (1.0 - 0.3 * (number % 2))
        )


def _steps(pens: Pens, stage: Stage) -> None:
    tops: list[Point] = []
    for number in range(6):
        tall = 0.22 + 0.25 * number + 0.10 * stage.chance.random()
        left, top = stage.by(-1.02 + 0.35 * number, 0.8 - tall)
        right, foot = stage.by(-1.02 + 0.35 * number + 0.25, 0.8)
        pens.mass.bar(left, top, right, foot, radius=stage.width)
        tops.append(((left + right) / 2, top - 0.14 * stage.reach))
    for row in range(5):
        pens.fine.line([stage.by(-1.2, 0.8 - 0.4 * row), stage.by(1.2, 0.8 - 0.4 * row)],
                       stage.width * 0.5)  # fmt: skip
    pens.line.line(tops, stage.width * 1.3)
    for one in tops[:-1]:
        pens.line.disc(*one, stage.width * 1.5)
    pens.spot.disc(*tops[-1], stage.width * 3.4)


def _path(pens: Pens, stage: Stage) -> None:
    points, edge = [], []
    for step in range(61):
        part = step / 60
        swing = math.sin(part * 7.2 + 0.6) * (0.78 * (1 - part) + 0.08)
        points.append(stage.by(swing, 1.0 - 1.7 * part**0.85))
    for x, y in points:
        wide = 0.012 * stage.reach + 0.13 * max(0.0, (y - stage.y + 0.75 * stage.reach)) * 0.9
        edge.append((x + wide, y))
    back = [(2 * x - ex, y) for (x, y), (ex, _) in zip(points, edge, strict=True)]
    pens.mass.area([*edge, *reversed(back)])
    pens.line.line(edge, stage.width * 0.9)
    pens.line.line(back, stage.width * 0.9)
    for step in range(0, 56, 4):
        pens.fine.line([points[step], points[step + 2]], stage.width * 0.8)
    pens.spot.disc(*stage.by(0.1, -0.92), stage.reach * 0.17)
    pens.fine.line([stage.by(-1.3, -0.72), stage.by(1.3, -0.72)], stage.width * 0.7)


def _rings(pens: Pens, stage: Stage) -> None:
    pens.mass.disc(stage.x, stage.y, stage.reach * 0.62)
    for number in range(9):
        far = 0.22 + 0.12 * number
        strong = number in (1, 4)
        (pens.line if strong else pens.fine).ring(
            stage.x, stage.y, stage.reach * far, stage.width * (1.5 if strong else 0.7)
        )
    pens.spot.disc(stage.x, stage.y, stage.reach * 0.13)
    pens.spot.disc(*stage.at(360 * stage.chance.random(), 0.70), stage.reach * 0.045)


def _arcs(pens: Pens, stage: Stage) -> None:
    turn = 90.0 * int(4 * stage.chance.random())
    for number in range(7):
        far = 0.30 + 0.13 * number
        pen = (pens.line, pens.fine, pens.spot)[(0, 1, 0, 2, 0, 1, 1)[number]]
        begin = turn + 23 * number
        pen.arc(stage.x, stage.y, stage.reach * far, stage.width * (2.4 - 0.2 * number),
                (begin, begin + 200 - 14 * number))  # fmt: skip
    pens.mass.disc(stage.x, stage.y, stage.reach * 0.24)
    pens.mass.disc(*stage.at(turn + 40, 0.92), stage.reach * 0.16)
    pens.spot.disc(*stage.at(turn + 210, 0.80), stage.reach * 0.06)


_DRAWN: Mapping[Motif, Callable[[Pens, Stage], None]] = MappingProxyType(
    {
        Motif.ORBIT: _orbit, Motif.CLOCK: _clock, Motif.WAVES: _waves, Motif.PEAKS: _peaks,
        Motif.TREE: _tree, Motif.CITY: _city, Motif.NET: _net, Motif.RAYS: _rays,
        Motif.STEPS: _steps, Motif.PATH: _path, Motif.RINGS: _rings, Motif.ARCS: _arcs,
    }
)  # fmt: skip
