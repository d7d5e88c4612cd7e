"""Landscapes drawn for the tour's films: skies, ridges, seas, cities, worlds, all from a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

POSTER = (600, 900)
WIDE = (1920, 720)


@dataclass(frozen=True, slots=True)
class Scene:
    """How a film looks: colours from the top of the sky to the ground, and what stands there."""

    sky: tuple[str, ...]
    land: tuple[str, ...]  # far to near
    shape: str  # a key of SHAPES
    light: str = "#FFE7B0"
    light_at: tuple[float, float, float] = (0.68, 0.34, 0.10)  # x, y, radius as fractions
    stars: int = 0


def poster(title: str, scene: Scene) -> QImage:
    """Draw a poster of 600x900 pixels with the title on it."""
    width, height = POSTER
    image = layers_flat(title, scene, width, height)
    painter = _painter(image)
    shade = QLinearGradient(0, height * 0.58, 0, height)
    shade.setColorAt(0, QColor(0, 0, 0, 0))
    shade.setColorAt(1, QColor(0, 0, 0, 190))
    painter.fillRect(image.rect(), shade)
    _title(painter, title, QRectF(44, 0, width - 88, height - 52))
    painter.end()
    return image


def layers_flat(title: str, scene: Scene, width: int, height: int) -> QImage:
    """Draw the whole scene on one picture."""
    image = backdrop(title, scene, width, height)
    painter = _painter(image)
    for depth in range(len(scene.land)):
        painter.drawImage(0, 0, layer(title, scene, depth, width, height))
    painter.end()
    return image


def backdrop(title: str, scene: Scene, width: int, height: int) -> QImage:
    """Draw the sky, its stars and its light."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    chance = random.Random(f"sky {title}")
    painter = _painter(image)
    sky = QLinearGradient(0, 0, 0, height)
    for step, colour in enumerate(scene.sky):
        sky.setColorAt(step / max(1, len(scene.sky) - 1), QColor(colour))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for _star in range(scene.stars):
        size = chance.uniform(0.6, 2.2)
        painter.setBrush(QColor(255, 255, 255, chance.randint(70, 230)))
        painter.drawEllipse(
            QPointF(chance.uniform(0, width), chance.uniform(0, height * 0.7)), size, size
        )
    _light(painter, scene, width, height)
    painter.end()
    return image


def layer(title: str, scene: Scene, depth: int, width: int, height: int) -> QImage:
    """Draw one layer of the land on nothing, for parallax; `depth` 0 is the farthest."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    chance = random.Random(f"{title} {depth}")
    painter = _painter(image)
    near = (depth + 1) / len(scene.land)
    base = height * (0.52 + 0.34 * near)
    SHAPES[scene.shape](painter, chance, QColor(scene.land[depth]), base, near, width, height)
    painter.end()
    return image


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return painter


def _light(painter: QPainter, scene: Scene, width: int, height: int) -> None:
    x, y, radius = scene.light_at
    size = radius * min(width, height)
    centre = QPointF(x * width, y * height)
    glow = QRadialGradient(centre, size * 5)
    soft = QColor(scene.light)
    soft.setAlpha(120)
    glow.setColorAt(0, soft)
    soft.setAlpha(0)
    glow.setColorAt(1, soft)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(glow))
    painter.drawEllipse(centre, size * 5, size * 5)
    painter.setBrush(QColor(scene.light))
    painter.drawEllipse(centre, size, size)


def _title(painter: QPainter, title: str, box: QRectF) -> None:
    font = QFont("Inter", 1)
    font.setPixelSize(74 if max(map(len, title.split())) < 10 else 60)
    font.setWeight(QFont.Weight.ExtraBold)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97)
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    painter.setPen(QColor(0, 0, 0, 120))
    painter.drawText(box.translated(0, 3), int(flags), title)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(box, int(flags), title)


def _noise(chance: random.Random, width: float, octaves: int) -> Callable[[float], float]:
    waves = [
        (2 ** (octave * 0.9), chance.uniform(0, math.tau), 0.58**octave)
        for octave in range(octaves)
    ]
    return lambda x: sum(
        size * math.sin(x / width * math.tau * rate * 1.6 + phase) for rate, phase, size in waves
    )


def _fill(painter: QPainter, path: QPainterPath, colour: QColor, base: float, height: int) -> None:
    shade = QLinearGradient(0, base - height * 0.2, 0, height)
    shade.setColorAt(0, colour.lighter(118))
    shade.setColorAt(1, colour.darker(150))
    painter.fillPath(path, shade)


def _ground(
    painter: QPainter,
    colour: QColor,
    outline: Callable[[float], float],
    base: float,
    width: int,
    height: int,
    step: int = 4,
) -> None:
    path = QPainterPath(QPointF(0, height))
    for x in range(0, width + step, step):
        path.lineTo(x, outline(x))
    path.lineTo(width, height)
    path.closeSubpath()
    _fill(painter, path, colour, base, height)


def _ridges(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    noise = _noise(chance, width, 7)
    swing = height * (0.13 - 0.06 * near)
    _ground(painter, colour, lambda x: base - abs(noise(x)) * swing, base, width, height)


def _dunes(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    noise = _noise(chance, width, 2)
    _ground(painter, colour, lambda x: base - noise(x) * height * 0.05 * near, base, width, height)


def _sea(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    noise = _noise(chance, width * 0.12, 3)
    _ground(painter, colour, lambda x: base - noise(x) * 6 * near, base, width, height)
    painter.setPen(QPen(QColor(255, 255, 255, int(26 + 30 * near)), 2))
    for _glint in range(70):
        x, y = chance.uniform(0, width), chance.uniform(base + 8, height)
        painter.drawLine(QPointF(x, y), QPointF(x + chance.uniform(20, 90), y))


def _city(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    x = -20.0
    while x < width:
        wide = chance.uniform(46, 120)
        top = base - height * chance.uniform(0.04, 0.34 - 0.12 * near)
        painter.fillRect(QRectF(x, top, wide, height - top), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for row in range(int((height - top) / 22)):
            for column in range(int(wide / 18)):
                if chance.random() < 0.20 * near:
                    window = QColor(255, 214, 140, chance.randint(90, 220))
                    spot = QRectF(x + 8 + column * 18, top + 12 + row * 22, 7, 10)
                    painter.fillRect(spot, window)
        x += wide + chance.uniform(2, 14)


def _forest(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    noise = _noise(chance, width, 3)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    x = -30.0
    while x < width + 30:
        foot = base - noise(x) * height * 0.03
        tall = height * chance.uniform(0.10, 0.22) * (0.6 + near * 0.7)
        for part in range(4):
            wide = tall * 0.21 * (1 - part * 0.19)
            low = foot - tall * part * 0.23
            path.moveTo(x - wide, low)
            path.lineTo(x, low - tall * 0.42)
            path.lineTo(x + wide, low)
            path.closeSubpath()
        x += chance.uniform(14, 46) * (0.6 + near)
    _fill(painter, path, colour, base, height)
    _ground(painter, colour, lambda at: base - noise(at) * height * 0.03 - 4, base, width, height)


def _worlds(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    size = height * chance.uniform(0.10, 0.24) * (1.5 - near)
    centre = QPointF(chance.uniform(0.15, 0.85) * width, base - height * chance.uniform(0.1, 0.45))
    ball = QRadialGradient(centre + QPointF(-size * 0.4, -size * 0.4), size * 1.6)
    ball.setColorAt(0, colour.lighter(170))
    ball.setColorAt(1, colour.darker(260))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ball))
    painter.drawEllipse(centre, size, size)
    ring = QColor(colour.lighter(150))
    ring.setAlpha(150)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ring, size * 0.06))
    painter.save()
    painter.translate(centre)
    painter.rotate(-18)
    painter.drawArc(QRectF(-size * 1.7, -size * 0.4, size * 3.4, size * 0.8), 170 * 16, 200 * 16)
    painter.restore()
    if near == 1:
        _dunes(painter, chance, colour.darker(300), base + height * 0.04, near, width, height)


def _hills(
    painter: QPainter, chance: random.Random, colour: QColor, base: float, near: float,
    width: int, height: int,
) -> None:  # fmt: skip
    noise = _noise(chance, width * 0.7, 3)

    def outline(x: float) -> float:
        return base - noise(x) * height * 0.06

    _ground(painter, colour, outline, base, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour.darker(135))
    for _tree in range(int(14 * near)):
        x, size = chance.uniform(0, width), chance.uniform(10, 26) * (0.5 + near)
        painter.drawEllipse(QPointF(x, outline(x) - size * 0.6), size, size * 1.15)


SHAPES: dict[str, Callable[[QPainter, random.Random, QColor, float, float, int, int], None]] = {
    "ridges": _ridges,
    "dunes": _dunes,
    "sea": _sea,
    "city": _city,
    "forest": _forest,
    "worlds": _worlds,
    "hills": _hills,
}
