"""Where everything lies over the film."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect

from ui.pages.player.controls import BottomBar, TopBar
from ui.pages.player.nextcard import NextCard
from ui.pages.player.osd import Osd
from ui.pages.player.panel import WIDTH, Panel
from ui.pages.player.stage import Stage
from ui.pages.player.states import EmptyPlayer, FailedPlayer, Opening
from ui.theme import Theme


class Arranged(Protocol):
    """The page, as far as its parts have places."""

    stage: Stage
    empty: EmptyPlayer
    broken: FailedPlayer
    opening: Opening
    top: TopBar
    bottom: BottomBar
    panel: Panel
    next_card: NextCard
    osd: Osd

    def width(self) -> int:
        """In pixels."""

    def height(self) -> int:
        """In pixels."""

    def rect(self) -> QRect:
        """All of it."""


def arrange(page: Arranged, theme: Theme) -> None:
    """Put bars, panel, card and states of the player in their places."""
    width, height, px = page.width(), page.height(), theme.px
    margin = theme.margin(width)
    for cover in (page.stage, page.empty, page.broken, page.opening):
        cover.setGeometry(page.rect())
    page.top.row.setContentsMargins(margin, px(30), margin, px(60))
    page.top.setGeometry(0, 0, width, page.top.sizeHint().height())
    page.bottom.column.setContentsMargins(margin, px(60), margin, px(36))
    bottom = page.bottom.sizeHint().height()
    page.bottom.setGeometry(0, height - bottom, width, bottom)
    floor = height - bottom + px(48)
    card = min(px(WIDTH), width - 2 * margin)
    tall = min(page.panel.wanted_height(), max(px(160), floor - px(96)))
    page.panel.setGeometry(width - margin - card, floor - tall, card, tall)
    next_card = page.next_card
    next_card.adjustSize()
    next_card.move(width - margin - next_card.width(), floor - next_card.height())
    page.osd.place()
    page.opening.stackUnder(page.top)
