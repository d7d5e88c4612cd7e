"""How each video does, over all places it went to: a table of what is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.results import PostResult, VideoResult
from ui import publishing_words as said
from ui import words
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.words import SEPARATOR

BATCH = 20
UNKNOWN = "–"
FIGURES = ("views", "week", "likes", "comments", "shares")


class VideoTable(QFrame):
    """A block for each video: its sum, and a line for each place."""

    browse_wished = Signal(str)
    test_wished = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme = theme
        self._videos: tuple[VideoResult, ...] = ()
        self._most = BATCH
        self.blocks: list[VideoBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        self._column.setSpacing(theme.px(12))
        self.more = Button(theme, "", "link", "chevron-down", parent=self)
        self.more.clicked.connect(lambda _on=False: self._show_more())

    def show_videos(self, videos: Sequence[VideoResult]) -> None:
        """Show these."""
        self._videos = tuple(videos)
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []
        for video in self._videos[: self._most]:
            block = VideoBlock(self._theme, video, self)
            block.browse_wished.connect(self.browse_wished)
            block.test_wished.connect(self.test_wished)
            self.blocks.append(block)
            self._column.addWidget(block)
        left = len(self._videos) - len(self.blocks)
        self.more.setVisible(left > 0)
        self.more.setText(self.tr("Show %n more", "", min(left, BATCH)))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)

    def _show_more(self) -> None:
        self._most += BATCH
        self.show_videos(self._videos)


class VideoBlock(QWidget):
    """One video."""

    browse_wished = Signal(str)
    test_wished = Signal(object)

    def __init__(self, theme: Theme, video: VideoResult, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells: dict[tuple[int, str], Label] = {}
        self.tests: list[Button] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._head(video)
        for place, post in enumerate(video.posts):
            self._line(place + 1, post)
        line = QFrame(self)
        line.setProperty("surface", "line")
        self._grid.addWidget(line, len(video.posts) + 1, 0, 1, len(FIGURES) + 3)

    def _head(self, video: VideoResult) -> None:
        self._grid.addWidget(
            ElidedLabel(video.title, "strong", elide=Qt.TextElideMode.ElideRight), 0, 0
        )
        titles = (self.tr("Views"), self.tr("First 7 days"), self.tr("Likes"),
                  self.tr("Comments"), self.tr("Shares"))  # fmt: skip
        for column, (name, title) in enumerate(zip(FIGURES, titles, strict=True)):
            value = video.first_week if name == "week" else getattr(video.counts, name)
            several = len(video.posts) > 1
            text = f"{title} {figure(value)}" if several and value is not None else title
            self._cell(0, column, name, text, "caption")

    def _line(self, row: int, post: PostResult) -> None:
        name = said.platform(post.platform)
        where = SEPARATOR.join(dict.fromkeys((name, post.account_name or name)))
        label = ElidedLabel(where, "secondary", elide=Qt.TextElideMode.ElideRight)
        self._grid.addWidget(label, row, 0)
        for column, name in enumerate(FIGURES):
            value = post.first_week if name == "week" else getattr(post.counts, name)
            text = figure(value)
            if name == "week" and post.young:
                text = self.tr("still young")
            self._cell(row, column, name, text, "secondary")
        lift, tone = lift_words(self.tr, post.lift)
        compared = Label(lift, "secondary", tone)
        compared.setMinimumWidth(self._theme.px(120))
        self._grid.addWidget(compared, row, len(FIGURES) + 1)
        about = f"{post.title}, {where}"
        if post.url:
            look = Button(
                self._theme, "", "icon", "external-link", self.tr("Open {0}").format(about)
            )
            look.clicked.connect(lambda _on=False: self.browse_wished.emit(post.url))
            self._grid.addWidget(look, row, len(FIGURES) + 2)
        test = Button(self._theme, self.tr("A/B test"), "ghost", "")
        test.setAccessibleName(self.tr("A/B test of {0}").format(about))
        test.clicked.connect(lambda _on=False: self.test_wished.emit(post))
        self.tests.append(test)
        self._grid.addWidget(test, row, len(FIGURES) + 3)

    def _cell(self, row: int, column: int, name: str, text: str, role: str) -> None:
        label = Label(text, "caption" if role == "caption" else "secondary")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumWidth(self._theme.px(84))
        self.cells[row, name] = label
        self._grid.addWidget(label, row, column + 1)


def figure(value: float | None) -> str:
    """A figure, or a dash where nobody told it."""
    return UNKNOWN if value is None else words.count(round(value))


def lift_words(tr: Callable[[str], str], lift: float | None) -> tuple[str, str]:
    """How a post does beside the usual one, and the colour token."""
    if lift is None:
        return "", ""
    times = QLocale().toString(lift, "f", 1)
    tone = "good" if lift >= 1.1 else "warn" if lift <= 0.9 else ""
    return tr("{0} × the usual").format(times), tone
