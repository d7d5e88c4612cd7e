"""A shelf of cards, and what becomes of it when its page goes."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tests.ui.frame import spin, theme
from ui.widgets.card_painter import CardPainter
from ui.widgets.poster import Poster
from ui.widgets.posters import PosterCache
from ui.widgets.shelf import Shelf


@pytest.mark.parametrize("kind", ["shelf", "poster"])
def test_a_picture_that_arrives_after_its_widget_has_gone_hurts_nobody(kind: str) -> None:
    look, posters = theme(), PosterCache()
    made: QWidget
    if kind == "shelf":
        made = Shelf(look, "poster", posters, lambda key: Path(key))
    else:
        made = Poster(CardPainter(look, posters, lambda key: Path(key)), QSize(100, 150))
    posters.ready.emit("one")
    shiboken6.delete(made)
    posters.ready.emit("two")  # an exception in a slot fails the test
    spin()
    posters.wait()
