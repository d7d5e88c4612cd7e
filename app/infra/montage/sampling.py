"""Draws a part of a plane smaller, from any fraction of a pixel on.

`cv2.resize` is four times as fast as `cv2.warpAffine` and begins at whole pixels only. But its
pixel number d lies at d times the scale: of a begin at pixel i and a first column d, together
i + d * scale, some pair lies within a hundredth of a pixel of every place that is wished for.
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]

MARGIN: Final = 224
"""Pixels of its own edge a plane is framed with, so that a begin may lie before it."""
REACH: Final = 160
"""Columns or lines that are drawn too many at most, to find a begin that fits."""
NEAR: Final = 0.012
"""Pixels a begin may be off; a move must not tremble by 0.02."""
_STEPS: Final = np.arange(REACH)


def framed(plane: Plane) -> Plane:
    """The plane with its edge repeated around it, as `shrink` wants it."""
    return np.pad(plane, MARGIN, mode="edge")


def shrink(source: Plane, into: Plane, across: float, down: float, left: float, top: float) -> None:
    """Fill `into`: its pixel (x, y) is the source's at (x * across + left, y * down + top).

    `source` is framed; the places count from its own first pixel, not from the frame.
    """
    height, width = into.shape
    x = _begin(across, left, width, source.shape[1])
    y = _begin(down, top, height, source.shape[0])
    if x is None or y is None:
        _warp(source, into, across, down, left + MARGIN, top + MARGIN)
        return
    (first_x, skip_x, size_x), (first_y, skip_y, size_y) = x, y
    drawn = cv2.resize(
        source[first_y : first_y + size_y, first_x : first_x + size_x],
        None, fx=1 / across, fy=1 / down, interpolation=cv2.INTER_LINEAR,
    )  # fmt: skip
    np.copyto(into, drawn[skip_y : skip_y + height, skip_x : skip_x + width])


def _begin(scale: float, place: float, count: int, size: int) -> tuple[int, int, int] | None:
    """Where to begin in the framed source, what to leave out of the result, how much to take."""
    wished = place + MARGIN - 0.5 * (scale - 1)  # of the corner, not of the middle of a pixel
    begins = wished - _STEPS * scale
    near = np.abs(begins - np.rint(begins))
    fits = np.flatnonzero(near <= NEAR)
    if not len(fits):
        return None
    skip = int(fits[0])
    first = round(begins[skip])
    take = math.ceil((skip + count) * scale) + 2
    if first < 0 or first + take > size:
        return None
    return first, skip, take


def _warp(source: Plane, into: Plane, across: float, down: float, left: float, top: float) -> None:
    matrix = np.array([[across, 0, left], [0, down, top]], np.float64)
    height, width = into.shape
    cv2.warpAffine(
        source, matrix, (width, height), dst=into,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
