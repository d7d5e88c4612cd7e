"""Measures how well a colour reads on what is already drawn, as accessibility guides count it."""

from __future__ import annotations

import numpy as np

from app.infra.drawing.canvas import Array, Colour

BLACK: Colour = (0.04, 0.04, 0.05)
WHITE: Colour = (1.0, 1.0, 1.0)
_WEIGHTS = np.asarray((0.2126, 0.7152, 0.0722), np.float32)


def luminance(colours: Array) -> Array:
    """Return the relative luminance of sRGB colours (0 to 1) along the last axis."""
    low = colours / 12.92
    high = ((np.maximum(colours, 0.0) + 0.055) / 1.055) ** 2.4
    made: Array = np.where(colours <= 0.04045, low, high) @ _WEIGHTS
    return made


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours: 1 is none, 21 is black on white."""
    first, second = (float(luminance(np.asarray(each, np.float32))) for each in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def worst(colour: Colour, ground: Array) -> float:
    """Return the contrast of a colour with the part of a ground it reads worst on.

    A twentieth of the ground may be worse: single bright points do not hide a letter.
    """
    mine = float(luminance(np.asarray(colour, np.float32))) + 0.05
    lights = luminance(ground.reshape(-1, 3)[::7]) + 0.05
    ratios = np.maximum(lights, mine) / np.minimum(lights, mine)
    return float(np.quantile(ratios, 0.05))


def ink_on(colour: Colour) -> Colour:
    """Return black or white, whichever reads better on a colour."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))
