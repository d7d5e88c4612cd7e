"""Puts a figure's values of an hour or a day into few bytes, and reduces many to a chart's points.

Values are kept to one part in two thousand, with a scale for all of them: that is finer than any
chart shows. A gap is nan, and stays so.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.domain.monitoring import Track

if TYPE_CHECKING:  # takes a tenth of a second: when the first chart is drawn, or an hour is over
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

RECORD: Final = (("series", "<u4"), ("mean", "<f4"), ("most", "<f4"))
"""A value among the rows of an hour or a day that is not over."""
_HEAD: Final = struct.Struct("<BHf")
_FORM: Final = 1
_LARGEST: Final = 60_000.0


def packed(means: Floats, mosts: Floats) -> bytes:
    """As few bytes as will do."""
    import numpy as np

    both = np.concatenate((means, mosts))
    with np.errstate(invalid="ignore"):
        largest = float(np.nanmax(np.abs(both))) if np.isfinite(both).any() else 0.0
    scale = 2.0 ** max(math.ceil(math.log2(largest / _LARGEST)), 0) if largest else 1.0
    halves = (both / scale).astype("<f2")
    # The bytes with the powers of two are much alike: they stand together.
    shuffled = halves.view(np.uint8).reshape(-1, 2).T.tobytes()
    return _HEAD.pack(_FORM, len(means), scale) + zlib.compress(shuffled, 6)


def unpacked(chunks: Sequence[bytes], count: int) -> tuple[Floats, Floats, list[bool]]:
    """Means and mosts of many that `packed` made, a row of `count` each; all at once is quicker.

    Rows are for the sound ones alone: which those are, the third says.
    """
    import numpy as np

    scales, parts, sound = [], [], []
    for data in chunks:
        told = _raw(data, count)
        sound.append(told is not None)
        if told is not None:
            scales.append(told[0])
            parts.append(told[1])
    shuffled = np.frombuffer(b"".join(parts), np.uint8).reshape(len(parts), 2, count * 2)
    halves = np.ascontiguousarray(shuffled.transpose(0, 2, 1)).view("<f2")[:, :, 0]
    both = halves.astype(np.float64) * np.array(scales, np.float64).reshape(-1, 1)
    return both[:, :count], both[:, count:], sound


def _raw(data: bytes, count: int) -> tuple[float, bytes] | None:
    try:
        form, many, scale = _HEAD.unpack_from(data)
        if form != _FORM or many != count:
            return None
        raw = zlib.decompressobj().decompress(data[_HEAD.size :], count * 4)
    except (struct.error, zlib.error):
        return None
    return (scale, raw) if len(raw) == count * 4 else None


def reduced(
    name: str,
    values: tuple[Floats, Floats, Floats],
    between: tuple[float, float],
    native: float,
    points: int,
) -> Track:
    """A track of about so many `points`: the mean and the most of what falls into each.

    `values` are times, means and mosts; `native` is the span each of them stands for.
    """
    import numpy as np

    times, means, mosts = values
    start, end = between
    span = max(native, (end - start) / points)
    if span < 2 * native and native <= 1:
        return _as_it_is(name, values, native)
    first = math.floor(start / span) * span
    count = max(math.ceil((end - first) / span), 1)
    middle = native / 2 if native > 1 else 0.0  # a second is a moment
    places = np.floor((times + middle - first) / span).astype(np.int64)
    real = (places >= 0) & (places < count) & np.isfinite(means)
    places, means, mosts = places[real], means[real], mosts[real]
    many = np.bincount(places, minlength=count)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(places, weights=means, minlength=count) / np.where(many, many, np.nan)
    most = np.full(count, -np.inf)
    np.maximum.at(most, places, mosts)
    most[many == 0] = np.nan
    middles = first + (np.arange(count) + 0.5) * span
    return Track(
        name, tuple(middles.tolist()), tuple(mean.tolist()), tuple(most.tolist()), float(span)
    )


def _as_it_is(name: str, values: tuple[Floats, Floats, Floats], native: float) -> Track:
    """Every second; between two that lie further apart stands a gap."""
    import numpy as np

    times, means, mosts = values
    gaps = np.flatnonzero(np.diff(times) > 3 * native) + 1
    nothing = np.full(len(gaps), np.nan)
    middles = (times[gaps - 1] + times[gaps]) / 2 if len(gaps) else nothing
    return Track(
        name,
        tuple(np.insert(times, gaps, middles).tolist()),
        tuple(np.insert(means, gaps, nothing).tolist()),
        tuple(np.insert(mosts, gaps, nothing).tolist()),
        native,
    )
