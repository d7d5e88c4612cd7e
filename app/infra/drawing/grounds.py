"""The ground of a card in each look: what lies behind its words and gives it depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from PIL import Image

from app.domain.project import Look
from app.infra.drawing.canvas import Array, Canvas, Colour, Stencil, mix
from app.infra.drawing.palettes import Palette

Point = tuple[float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
GRAIN: Mapping[Look, float] = MappingProxyType(
    {Look.DUSK: 0.016, Look.PAPER: 0.010, Look.NEON: 0.012, Look.FOREST: 0.015, Look.MONO: 0.009}
)


def lay_ground(canvas: Canvas, look: Look, palette: Palette, variant: int) -> None:
    """Paint the ground of a look over the whole canvas."""
    _GROUNDS[look](canvas, palette, variant)


def ramp(y: Array, colours: tuple[Colour, ...]) -> Array:
    """Colours from the first to the last over `y` from 0 to 1, without a corner between them."""
    place = np.clip(y, 0, 1) * (len(colours) - 1)
    low = np.minimum(place.astype(int), len(colours) - 2)
    part = place - low
    part = (part * part * (3 - 2 * part))[..., None]
    table = np.asarray(colours, np.float32)
    made: Array = (table[low] * (1 - part) + table[low + 1] * part).astype(np.float32)
    return made


def blob(x: Array, y: Array, at: Point, reach: float, tall: float = 1.0) -> Array:
    """A soft round light: 1 in the middle, fading out; `tall` is height over width."""
    far = ((x - at[0]) ** 2 + ((y - at[1]) * tall) ** 2) / reach**2
    made: Array = np.exp(-far * 1.6).astype(np.float32)
    return made


def ridge(canvas: Canvas, base: float, swing: float, rough: int = 5) -> list[Point]:
    """The upper line of hills, from the left edge to the right; heights are parts of the height."""
    wide, high = canvas.size
    x = np.linspace(0, 1, 140)
    line = np.zeros_like(x)
    for octave in range(rough):
        many = 1.1 * 1.9**octave * max(0.6, wide / high)
        line += np.sin(2 * np.pi * (many * x + canvas.chance.random())) * 0.52**octave
    return [
        (float(px * wide), float((base - swing * 0.5 * py) * high))
        for px, py in zip(x, line, strict=True)
    ]


def shore(canvas: Canvas) -> float:
    """Where the calm part below begins, as a part of the height: captions lie on it."""
    wide, high = canvas.size
    return 0.82 if wide > high * 1.2 else 0.72 if high > wide * 1.4 else 0.79


def _hills(canvas: Canvas, palette: Palette, far: Colour, near: Colour, layers: int) -> None:
    high = canvas.size[1]
    for layer in range(layers):
        depth = layer / max(1, layers - 1)
        begin = shore(canvas)
        line = ridge(canvas, begin + (0.92 - begin) * depth, 0.05 + 0.012 * layer, 4 + layer)
        stencil = Stencil(canvas.size)
        stencil.area([*line, (canvas.size[0], high), (0, high)])
        tone = mix(far, near, depth)
        mist = mix(tone, palette.ground[-1], 0.22 * (1 - depth))
        canvas.pour(stencil.mask(), tone, mist, 0.94)


def _dusk(canvas: Canvas, palette: Palette, variant: int) -> None:
    begin = shore(canvas)
    sun = (0.3 + 0.4 * ((variant * 0.37) % 1), begin - 0.02)
    tall = canvas.size[1] / canvas.size[0]

    def paint(x: Array, y: Array) -> Array:
        bend = y * 0.92 / begin + 0.05 * np.sin(3 * x + variant) * (1 - y)
        colours = ramp(np.broadcast_to(bend, np.broadcast(x, y).shape), palette.ground)
        light = blob(x, y, sun, 0.42, tall)[..., None]
        wide = blob(x, y, (1 - sun[0], 0.12), 0.6, tall)[..., None]
        colours = colours + (np.asarray(palette.spot, np.float32) - colours) * light * 0.5
        made: Array = colours + (np.asarray(palette.ground[2], np.float32) - colours) * wide * 0.28
        return made

    canvas.wash(paint)
    stars = Stencil(canvas.size)
    unit = min(canvas.size) / 1000
    for x, y, size in canvas.chance.random((90, 3)):
        stars.disc(
            x * canvas.size[0], y**1.5 * 0.55 * canvas.size[1], (0.6 + 1.5 * size**3) * unit,
            fill=round(60 + 120 * size),
        )  # fmt: skip
    canvas.fill(stars.mask(), palette.ink, 0.7)
    _hills(canvas, palette, mix(palette.ground[2], palette.shape, 0.45), palette.shape, 4)


def _paper(canvas: Canvas, palette: Palette, variant: int) -> None:
    def paint(_x: Array, y: Array) -> Array:
        return ramp(y, palette.ground)

    canvas.wash(paint)
    wide, high = canvas.size
    for layer in range(3):
        stencil = Stencil(canvas.size)
        begin = shore(canvas) + 0.02
        line = ridge(canvas, begin + (0.94 - begin) / 2 * layer, 0.06, 2)
        if (variant + layer) % 2:
            line = [(wide - x, y) for x, y in reversed(line)]
        stencil.area([*line, (wide, high), (0, high)])
        mask = stencil.mask()
        canvas.shadow(mask, wide * 0.016, 0.26, shift=(0, -wide * 0.004))
        paper = (palette.accent, palette.spot, palette.shape)[layer]
        tone = mix(palette.ground[0], paper, 0.26 + 0.10 * layer)
        canvas.fill(mask, tone)
    _fibres(canvas, 0.020)


def _fibres(canvas: Canvas, amount: float) -> None:
    """The unevenness of paper: clouds of several sizes, and fine short fibres."""
    wide, high = canvas.size
    for cell, strength in ((3, 0.7), (14, 0.5), (90, 0.6)):
        noise = canvas.chance.standard_normal((high // cell + 2, wide // cell + 2))
        plane = canvas.grown(noise.astype(np.float32)) * (amount * strength * 0.5)
        canvas.pixels += plane[:, :, None]


def _neon(canvas: Canvas, palette: Palette, variant: int) -> None:
    tall = canvas.size[1] / canvas.size[0]
    left = 0.12 + 0.2 * (variant % 2)

    def paint(x: Array, y: Array) -> Array:
        colours = ramp(np.broadcast_to(y, np.broadcast(x, y).shape), palette.ground)
        for at, reach, light, part in (
            ((left, 0.16), 0.5, palette.line, 0.22), ((1 - left, 0.5), 0.55, palette.spot, 0.12),
            ((0.5, 0.74), 0.5, palette.line, 0.20),
        ):  # fmt: skip
            colours = colours + np.asarray(light, np.float32) * (
                blob(x, y, at, reach, tall)[..., None] * part
            )
        made: Array = colours.astype(np.float32)
        return made

    canvas.wash(paint)
    _floor(canvas, palette)


def _floor(canvas: Canvas, palette: Palette) -> None:
    """A grid that runs to a horizon, weaker toward the viewer so that captions stay readable."""
    wide, high = canvas.size
    top, unit = high * (shore(canvas) + 0.02), min(canvas.size) / 1000
    stencil = Stencil(canvas.size)
    for place in range(-14, 15):
        far, near = wide / 2 + place * wide * 0.035, wide / 2 + place * wide * 0.24
        stencil.line([(far, top), (near, high)],
                     1.6 * unit)  # fmt: skip
    for row in range(9):
        y = top + (high - top) * (row / 8) ** 2.1
        stencil.line([(0, y), (wide, y)], 1.6 * unit)
    fade = Image.linear_gradient("L").resize((wide, high - round(top)))
    mask = stencil.mask()
    below = Image.new("L", canvas.size)
    below.paste(fade.point(lambda value: round(190 - 0.55 * value)), (0, round(top)))
    grid = Image.composite(mask, Image.new("L", canvas.size), below)
    canvas.glow(grid, palette.line, 14 * unit, 0.8)
    canvas.fill(grid, palette.line, 0.5)
    edge = Stencil(canvas.size)
    edge.line([(0, top), (wide, top)], 2.2 * unit)
    canvas.glow(edge.mask(), palette.line, 90 * unit, 5.0)
    canvas.glow(edge.mask(), palette.line, 20 * unit, 1.6)
    canvas.fill(edge.mask(), mix(palette.line, WHITE, 0.55), 0.8)


def _forest(canvas: Canvas, palette: Palette, variant: int) -> None:
    tall = canvas.size[1] / canvas.size[0]
    light_at = (0.24 + 0.52 * ((variant * 0.61) % 1), 0.1)

    def paint(x: Array, y: Array) -> Array:
        colours = ramp(np.broadcast_to(0.1 + y * 1.15, np.broadcast(x, y).shape), palette.ground)
        light = blob(x, y, light_at, 0.55, tall)[..., None]
        made: Array = (
            colours + (np.asarray(palette.ground[-1], np.float32) - colours) * light * 0.34
        )
        return made

    canvas.wash(paint)
    for layer in range(4):
        _treeline(canvas, palette, layer)


def _treeline(canvas: Canvas, palette: Palette, layer: int) -> None:
    """A row of firs; the nearer, the larger and the darker."""
    wide, high = canvas.size
    depth = layer / 3
    stencil = Stencil(canvas.size)
    begin = shore(canvas)
    line = ridge(canvas, begin + 0.01 + (0.93 - begin) * depth, 0.05, 3)
    stencil.area([*line, (wide, high), (0, high)])
    step = high * (0.009 + 0.0135 * depth)
    x = -step
    while x < wide + step:
        y = float(np.interp(x, [one[0] for one in line], [one[1] for one in line]))
        tall = step * (2.0 + 4.4 * float(canvas.chance.random()) ** 1.6)
        _fir(stencil, x, y + step, tall + step, tall * 0.24 + step * 0.3)
        x += step * (0.55 + 0.7 * canvas.chance.random())
    far = mix(palette.ground[-1], palette.ground[1], 0.25)
    tone = mix(far, palette.shape, 0.25 + 0.75 * depth)
    canvas.pour(stencil.mask(), tone, mix(tone, palette.ground[-1], 0.30 * (1 - depth)), 0.97)


def _fir(stencil: Stencil, x: float, foot: float, tall: float, wide: float) -> None:
    points = [(x, foot - tall)]
    for tier in range(1, 6):
        y = foot - tall + tall * (tier / 5) ** 0.9
        points += [(x + wide * tier / 5, y), (x + wide * tier / 9, y - tall * 0.02)]
    points += [(2 * x - px, py) for px, py in reversed(points[1:])]
    stencil.area(points)


def _mono(canvas: Canvas, palette: Palette, variant: int) -> None:
    def paint(_x: Array, y: Array) -> Array:
        return ramp(y, palette.ground)

    canvas.wash(paint)
    wide, high = canvas.size
    unit = min(canvas.size) / 1000
    lines = Stencil(canvas.size)
    for column in range(1, 6):
        lines.line([(wide * column / 6, 0), (wide * column / 6, high)], 1.2 * unit)
    for row in range(1, round(6 * high / wide)):
        lines.line([(0, row * wide / 6), (wide, row * wide / 6)], 1.2 * unit)
    canvas.fill(lines.mask(), palette.faint, 0.10)
    block = Stencil(canvas.size)
    reach = wide * (0.5, 0.62, 0.4, 0.55)[variant % 4]
    block.disc((wide, 0.0, wide, wide / 2)[variant % 4], high, min(reach, high * 0.24))
    canvas.fill(block.mask(), palette.shape, 0.9)
    _halftone(canvas, palette, variant)


def _halftone(canvas: Canvas, palette: Palette, variant: int) -> None:
    """Dots that grow toward a corner, as in print."""
    wide, high = canvas.size
    unit = min(canvas.size) / 1000
    stencil = Stencil(canvas.size)
    step = 22 * unit
    corner = ((wide, 0.0), (0.0, 0.0), (wide, high), (0.0, high))[variant % 4]
    reach = 0.62 * min(wide, high)
    for row in range(int(high / step) + 1):
        for column in range(int(wide / step) + 1):
            x, y = column * step + (row % 2) * step / 2, row * step
            near = 1 - ((x - corner[0]) ** 2 + (y - corner[1]) ** 2) ** 0.5 / reach
            if near > 0.05:
                stencil.disc(x, y, step * 0.46 * near)
    canvas.fill(stencil.mask(), palette.ink, 0.16)


_GROUNDS: Mapping[Look, Callable[[Canvas, Palette, int], None]] = MappingProxyType(
    {
        Look.DUSK: _dusk,
        Look.PAPER: _paper,
        Look.NEON: _neon,
        Look.FOREST: _forest,
        Look.MONO: _mono,
    }
)
