"""The left column: what is looked for, what one can do with it, and the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.domain.media import Card, ItemId, MediaKind, PosterKey
from app.domain.search import SearchView, Subject, Work
from app.domain.wishes import WishKind
from ui.pages.search.sources import SourcesCard
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.card_painter import CardPainter
from ui.widgets.label import Label
from ui.widgets.poster import Poster
from ui.widgets.posters import PosterCache

LOW, TIGHT = 800, 290
"""Pixels at 100 % of a page's height and of the column's width below which less is shown."""
KINDS = {Work.FILM: MediaKind.FILM, Work.SERIES: MediaKind.SERIES, Work.EPISODE: MediaKind.EPISODE}


class SidePanel(QScrollArea):
    """Poster, watchlist and follow, a few words, the sources."""

    wish_pressed = Signal(object)
    """A `WishKind`."""

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low = self._tight = False
        self._tall = theme.px(440)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(*(theme.px(6),) * 4)
        self._column.setSpacing(theme.px(16))
        painter = CardPainter(theme, posters, picture, self)
        self.poster = Poster(painter, QSize(theme.px(300), theme.px(440)), True, inside)
        self.watch = self._make_button("bookmark-plus", WishKind.WATCH)
        self.follow = self._make_button("bell", WishKind.FOLLOW)
        self._overview = Label("", "secondary", wrap=True)
        self._overview.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sources = SourcesCard(theme)
        self._column.addWidget(self.poster)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.watch, 1)
        buttons.addWidget(self.follow, 1)
        self._column.addLayout(buttons)
        self._column.addWidget(self._overview)
        self._column.addWidget(self.sources)
        self._column.addStretch(1)
        self.setWidget(inside)

    def fit(self, width: int, height: int) -> None:
        """Be so wide; in a low page the poster and the words leave room for the sources."""
        self.setFixedWidth(width)
        px = self._theme.px
        self._low = height < px(LOW)
        self._tight = width < px(TIGHT)
        self._tall = min(round(width * 1.42), round(height * (0.3 if self._low else 0.52)))
        self._fit_poster()
        self._show_buttons()

    def focus_first(self) -> None:
        """The first thing that can be pressed."""
        first = self.watch if self.watch.isVisibleTo(self) else self.sources.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar at the right takes its room from the poster."""
        super().resizeEvent(event)
        self._fit_poster()

    def _fit_poster(self) -> None:
        inner = self.viewport().width() - self._theme.px(12)
        self.poster.setFixedSize(max(1, inner), max(self._theme.px(150), self._tall))

    def show_view(self, view: SearchView) -> None:
        """Show what is looked for and how the sources do."""
        subject = view.subject
        wanted = view.wanted
        self.poster.setVisible(not wanted.address)
        self.watch.setVisible(not wanted.address)
        self.follow.setVisible(not wanted.address)
        self.poster.show_card(card_of(subject or Subject(wanted.title, wanted.year)))
        text = _about(subject)
        self._overview.setText(text)
        self._overview.setVisible(bool(text) and not self._low)

    def show_wishes(self, watched: bool, followed: bool) -> None:
        """Say whether it is on the watchlist, and followed."""
        self.watch.setChecked(watched)
        self.follow.setChecked(followed)
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button, words in (
            (self.watch, (self.tr("Watchlist"), self.tr("On your list"))),
            (self.follow, (self.tr("Follow"), self.tr("Following"))),
        ):
            said = words[button.isChecked()]
            shown = "" if self._tight else said
            if (button.accessibleName(), button.text()) == (said, shown):
                continue
            button.setText(shown)
            button.setToolTip(said if self._tight else "")
            button.setAccessibleName(said)

    def _make_button(self, icon: str, kind: WishKind) -> Button:
        button = Button(self._theme, "", "ghost", icon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _on=False: self.wish_pressed.emit(kind))
        return button


def card_of(subject: Subject) -> Card:
    """The subject as a card for painting: no item of the library has the number 0."""
    kind = KINDS.get(subject.work, MediaKind.VIDEO) if subject.work else MediaKind.FILM
    return Card(
        id=subject.item or ItemId(0),
        kind=kind,
        title=subject.title,
        year=subject.year,
        duration=subject.duration,
        poster=subject.picture,
    )


def _about(subject: Subject | None) -> str:
    """Who made it, and what it is about."""
    if subject is None:
        return ""
    parts = [", ".join(subject.genres[:3]), subject.creator, subject.overview]
    return " ".join(f"{part.rstrip('. ')}." for part in parts if part)
