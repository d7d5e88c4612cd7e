"""Codes that a telephone reads: read here by OpenCV."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.domain.errors import InvalidInput
from app.infra import qr
from tests.fakes import codes

ADDRESS = "http://192.168.178.120:8095/w/AQABq83vEjRWeJrCzePxAgMEBQYHCAkKCwwN"


@pytest.mark.parametrize("text", [ADDRESS, "https://films.example.org/w/" + "x" * 36, "é" * 100])
def test_a_png_is_read_as_what_it_says(text: str) -> None:
    assert codes.read(qr.png(text)) == text


def test_an_svg_has_the_same_squares() -> None:
    squares = qr.modules(ADDRESS)
    told = qr.svg(ADDRESS).decode()
    drawn = np.zeros((len(squares), len(squares)), dtype=bool)
    for left, top, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", told):
        row, column = int(top) - qr.QUIET, int(left) - qr.QUIET
        drawn[row, column : column + int(wide)] = True
    assert drawn.tolist() == squares
    side = len(squares) + 2 * qr.QUIET
    assert f'viewBox="0 0 {side} {side}"' in told


@pytest.mark.parametrize("text", ["", "x" * 601])
def test_what_no_telephone_reads_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        qr.modules(text)
