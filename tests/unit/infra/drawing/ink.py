"""What was written on a picture while it was drawn: one mask of each text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image, ImageDraw

from app.infra.drawing.sheet import Sheet
from app.infra.drawing.typeset import Block

AROUND = 200
"""Masks are so many pixels larger on each side: what stands outside of a picture is seen too."""


class Written:
    """A text: its mask on a larger field, and the size of its letters."""

    def __init__(self, mask: Image.Image, block: Block) -> None:
        self.mask = mask
        self.block = block

    @property
    def box(self) -> tuple[int, int, int, int] | None:
        """Where it stands in the picture."""
        found = self.mask.getbbox()
        if found is None:
            return None
        left, top, right, bottom = (side - AROUND for side in found)
        return left, top, right, bottom

    def on(self, size: tuple[int, int]) -> Image.Image:
        """The mask in the size of the picture."""
        return self.mask.crop((AROUND, AROUND, AROUND + size[0], AROUND + size[1]))


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Written]]:
    """Collect what is written in here; it is drawn as always."""
    found: list[Written] = []
    drawn = Sheet._ink

    def ink(
        sheet: Sheet, block: Block, x: float, y: float, tone: Any, marks: Any, **more: Any
    ) -> None:
        field = Image.new("L", (sheet.size[0] + 2 * AROUND, sheet.size[1] + 2 * AROUND))
        for marked in marks:
            block.ink(ImageDraw.Draw(field), sheet.fonts, x + AROUND, y + AROUND, marked=marked)
        if field.getbbox() is not None:
            found.append(Written(field, block))
        drawn(sheet, block, x, y, tone, marks, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "_ink", ink)
        yield found
