"""Posts under each other: in the queue, in a day, and what of them needs the owner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.post import Post
from ui import publishing_words as said
from ui.pages.publishing.deeds import Deed, Desk
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar
from ui.words import SEPARATOR

_ANYWHERE = Qt.AlignmentFlag(0)
STACKED_BELOW = 620  # pixels at 100 %
BATCH = 40
"""So many rows are built at once; the others when one asks for them."""


def buttons(theme: Theme, deeds: Sequence[Deed], about: str, parent: QWidget) -> list[Button]:
    """The buttons of what can be done; `about` is said with them to a screen reader."""
    made = []
    for deed in deeds:
        button = Button(theme, deed.text, deed.variant, deed.icon, parent=parent)
        button.setObjectName(deed.name)
        button.setAccessibleName(f"{deed.text}: {about}")
        button.clicked.connect(lambda _on=False, act=deed.act: act())
        made.append(button)
    return made


class StateIcon(QLabel):
    """The icon of a state in its colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(theme.px(24))

    def show_look(self, icon: str, tone: str) -> None:
        """Show another."""
        tone = "dim" if tone == "faint" else tone
        self.setPixmap(self._theme.pixmap(icon, tone, 20, self.devicePixelRatioF()))


class PostRow(QWidget):
    """One post: how it stands, what it is, where and when it goes, and what can be done."""

    def __init__(self, theme: Theme, desk: Desk, post: Post, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk, self.post = theme, desk, post
        self.icon = StateIcon(theme, self)
        self.title = ElidedLabel("", "strong", elide=Qt.TextElideMode.ElideRight)
        self.facts = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.reason = Label("", "secondary", wrap=True)
        self.bar = ProgressBar(theme)
        self.tail = QHBoxLayout()
        self.tail.setSpacing(theme.px(10))
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        for part in (self.title, self.facts, self.reason, self.bar):
            words.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        row.setSpacing(theme.px(14))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addLayout(self.tail)
        self._signature: tuple[object, ...] = ()
        self.show_post(post)

    def show_post(self, post: Post) -> None:
        """Show how it stands now; buttons stay while they are the same."""
        self.post, now = post, self._desk.model.clock()
        text, tone, icon = said.state(post)
        self.icon.show_look(icon, tone)
        self.title.setText(said.headline(post))
        self.facts.setText(SEPARATOR.join((said.when(post, now), said.where(post), text)))
        reason = said.reason(post)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.bar.setVisible(post.fraction is not None and text != "")
        if post.fraction is not None:
            self.bar.set_value(post.fraction)
        self.setAccessibleName(said.spoken(post, now))
        deeds = self._desk.deeds(post)
        signature = (post.state, *(deed.name for deed in deeds))
        if signature != self._signature:
            self._signature = signature
            self._show_deeds(deeds)

    def _show_deeds(self, deeds: Sequence[Deed]) -> None:
        while (item := self.tail.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        desk = self._desk
        seen = Deed("more", "", lambda: desk.post_wished.emit(self.post), "icon", "ellipsis")
        about = said.headline(self.post)
        for button in buttons(self._theme, [*deeds[:3], seen], about, self):
            if button.objectName() == "more":
                label = self.tr("More about {0}").format(about)
                button.setAccessibleName(label)
                button.setToolTip(label)
            self.tail.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


class PostList(QFrame):
    """Rows of posts as a card; long lists are built in parts."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme, self._desk = theme, desk
        self._posts: tuple[Post, ...] = ()
        self._most = BATCH
        self._lines: list[QFrame] = []
        self.rows: dict[str, PostRow] = {}
        self.more = Button(theme, "", "link", "chevron-down", parent=self)
        self.more.clicked.connect(lambda _on=False: self._show_more())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._column.setSpacing(0)

    def show_posts(self, posts: Sequence[Post]) -> None:
        """Show these; a row that stays is mended in place."""
        self._posts = tuple(posts)
        shown = self._posts[: self._most]
        wanted = {post.id for post in shown}
        for gone in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(gone)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, post in enumerate(shown):
            row = self.rows.get(post.id) or self._make_row(post)
            row.show_post(post)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        left = len(self._posts) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(self.tr("Show %n more", "", min(left, BATCH)))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)

    def _make_row(self, post: Post) -> PostRow:
        row = self.rows[post.id] = PostRow(self._theme, self._desk, post, self)
        return row

    def _show_more(self) -> None:
        last = len(self.rows)
        self._most += BATCH
        self.show_posts(self._posts)
        rows = [self.rows[post.id] for post in self._posts[: self._most]]
        if last < len(rows):
            found = rows[last].findChildren(Button)
            if found:
                found[-1].setFocus(Qt.FocusReason.OtherFocusReason)


class Stacking(QWidget):
    """Words at the left and buttons at the right; below the words where there is little room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tight = False
        self.words, self.tail = QVBoxLayout(), QHBoxLayout()
        self.words.setSpacing(theme.px(3))
        self.tail.setSpacing(theme.px(10))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(14))
        self._row.addLayout(self.words, 1)
        self._row.addLayout(self.tail)

    def resizeEvent(self, _event: object) -> None:
        """Put the buttons where there is room."""
        way, px = QBoxLayout.Direction, self._theme.px
        tight = self.width() < px(STACKED_BELOW)
        if tight == self._tight:
            return
        self._tight = tight
        self._row.setDirection(way.TopToBottom if tight else way.LeftToRight)
        self._row.setSpacing(px(10 if tight else 14))
        self._row.setAlignment(self.tail, Qt.AlignmentFlag.AlignLeft if tight else _ANYWHERE)
