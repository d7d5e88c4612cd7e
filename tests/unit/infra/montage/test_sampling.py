"""Shrinking from any fraction of a pixel on, beside OpenCV's own warp."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.infra.montage import sampling

WIDTH, HEIGHT = 160, 90
PERIOD = 12.0


def drawn(source: sampling.Plane, scale: float, left: float, top: float) -> sampling.Plane:
    into = np.empty((HEIGHT, WIDTH), np.uint8)
    sampling.shrink(sampling.framed(source), into, scale, scale, left, top)
    return into


@given(st.floats(1.0, 1.6), st.floats(-3, 40), st.floats(-3, 30))
def test_it_draws_what_a_warp_draws(scale: float, left: float, top: float) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (240, 400), np.uint8)
    source: sampling.Plane = cv2.GaussianBlur(noise, (0, 0), 2.0).astype(np.uint8)
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    wished = cv2.warpAffine(
        source, matrix, (WIDTH, HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    assert int(cv2.absdiff(drawn(source, scale, left, top), wished).max()) <= 2


def test_a_slow_move_goes_on_by_the_same_step() -> None:
    """The place is read from the phase of a wave, which no rounding of brightness shifts."""
    wave = 128 + 100 * np.sin(2 * np.pi * np.arange(960) / PERIOD)
    source: sampling.Plane = np.tile(np.rint(wave), (540, 1)).astype(np.uint8)
    off = []
    for number in range(240):
        scale, left = 1.1 + 0.0004 * number, 20 + 0.11 * number
        seen = drawn(source, scale, left, 9.3).astype(np.float64).mean(axis=0) - 128
        at = 2j * np.pi * (np.arange(WIDTH) * scale + left) / PERIOD
        off.append(np.angle(np.sum(seen * np.hanning(WIDTH) * np.exp(-at))) * PERIOD / 2 / np.pi)
    assert float(np.std(off)) < 0.02


@pytest.mark.parametrize("scale", [1.0, 1.125, 1.5])
def test_where_no_begin_fits_the_warp_draws(scale: float) -> None:
    assert sampling._begin(scale, 10.3, WIDTH, 2000) is None
    flat = np.full((240, 400), 77, np.uint8)
    assert (drawn(flat, scale, 10.3, 10.3) == 77).all()
