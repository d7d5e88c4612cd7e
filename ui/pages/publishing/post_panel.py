"""A post, whole, over the page: how it stands, its time to change, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.post import MOVABLE, Post, Repeat
from ui import publishing_words as said
from ui.pages.publishing.days import moved
from ui.pages.publishing.deeds import Deed, Desk
from ui.pages.publishing.post_rows import PostList, StateIcon, buttons
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.scroll_body import ScrollBody


class Stepper(QWidget):
    """A value between two arrows."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, less: str, more: str, wide: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.less = Button(theme, "", "icon", "chevron-left", less, self)
        self.more = Button(theme, "", "icon", "chevron-right", more, self)
        self.value = Label("", "strong")
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMinimumWidth(theme.px(wide))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for part in (self.less, self.value, self.more):
            row.addWidget(part)
        for button, by in ((self.less, -1), (self.more, 1)):
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _on=False, step=by: self.stepped.emit(step))


class MomentPicker(QWidget):
    """A day, an hour and minutes, each between arrows; `changed` carries the time."""

    changed = Signal(float)

    def __init__(self, theme: Theme, now: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = self._at = now
        self.day = Stepper(theme, self.tr("A day earlier"), self.tr("A day later"), 130, self)
        self.hour = Stepper(theme, self.tr("An hour earlier"), self.tr("An hour later"), 34, self)
        self.minute = Stepper(
            theme, self.tr("Five minutes earlier"), self.tr("Five minutes later"), 34, self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        for part in (self.day, self.hour, self.minute):
            row.addWidget(part)
        row.addStretch(1)
        self.day.stepped.connect(lambda by: self._step(moved(self._at, days=by)))
        self.hour.stepped.connect(lambda by: self._step(moved(self._at, hours=by)))
        self.minute.stepped.connect(lambda by: self._step(self._at + by * 300))

    @property
    def at(self) -> float:
        """The time shown, seconds since 1970."""
        return self._at

    def set_at(self, at: float) -> None:
        """Show a time."""
        self._at = at
        then = said.local(at)
        self.day.value.setText(QLocale().toString(then.date(), "ddd d MMM"))
        self.hour.value.setText(then.toString("HH"))
        self.minute.value.setText(then.toString("mm"))
        spoken = said.moment(at, self._now)
        for part in (self.day, self.hour, self.minute):
            part.less.setAccessibleDescription(spoken)
            part.more.setAccessibleDescription(spoken)

    def _step(self, at: float) -> None:
        if at >= self._now:
            self.set_at(at)
            self.changed.emit(at)


class PostPanel(Overlay):
    """It deletes itself when it is closed."""

    def __init__(self, theme: Theme, desk: Desk, post: Post, window: QWidget) -> None:
        super().__init__(theme, window, 840)
        self._desk, self.post = desk, post
        self.icon = StateIcon(theme)
        self.title = ElidedLabel("", "section", elide=Qt.TextElideMode.ElideRight)
        self.facts = Label("", "secondary", wrap=True)
        self.reason = Label("", "body", wrap=True)
        self.words = Label("", "secondary", wrap=True)
        self.time = MomentPicker(theme, desk.model.clock(), self.panel)
        self.set = Button(theme, self.tr("Move it there"), "plain", "calendar")
        self.repeat = ChoiceChip(theme, self.tr("How often"), lit=False)
        self.repeat.set_choices([(said.tr(text), one) for one, text in said.REPEATS.items()])
        self.close_ = Button(theme, "", "icon", "x", self.tr("Close"))
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(theme.px(10))
        self._signature: tuple[object, ...] = ()
        self._lay_out(theme)
        self.close_.clicked.connect(lambda _on=False: self.dismiss())
        self.set.clicked.connect(lambda _on=False: self._on_set())
        self.time.changed.connect(lambda _at: self.set.setEnabled(True))
        self.repeat.chosen.connect(
            lambda value: desk.model.repeat(self.post.id, Repeat(str(value)))
        )
        for part in (desk.model.posts_changed, desk.model.queue_changed):
            part.connect(self._renew)
        self.show_post(post)
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """The likeliest thing to press."""
        found = self._shown()
        (found[0] if found else self.close_).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_post(self, post: Post) -> None:
        """Show how it stands now."""
        self.post, now = post, self._desk.model.clock()
        text, tone, icon = said.state(post)
        self.icon.show_look(icon, tone)
        self.title.setText(said.headline(post))
        self.facts.setText(" · ".join((said.when(post, now), said.where(post), text)))
        self.reason.setText(said.reason(post))
        self.reason.setVisible(bool(self.reason.text()))
        self.words.setText(post.words.description[:600])
        self.words.setVisible(bool(self.words.text()))
        movable = post.state in MOVABLE
        self.time.setVisible(movable)
        self.set.setVisible(movable)
        self.repeat.setVisible(movable)
        self.repeat.set_value(post.repeat)
        self.time.set_at(max(post.at, now))
        self.set.setEnabled(False)
        deeds = self._desk.all(post)
        signature = (post.state, *(deed.name for deed in deeds))
        if signature != self._signature:
            self._signature = signature
            self._show_deeds(deeds)
        self.refit()

    def button(self, name: str) -> Button:
        """The button of a deed."""
        return next(one for one in self._shown() if one.objectName() == name)

    def _lay_out(self, theme: Theme) -> None:
        head, time = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self.icon)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_)
        time.setSpacing(theme.px(12))
        time.addWidget(self.time, 1)
        time.addWidget(self.set)
        self.column.addLayout(head)
        for part in (self.facts, self.reason, self.words):
            self.column.addWidget(part)
        self.column.addLayout(time)
        self.column.addWidget(self.repeat, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._deeds)

    def _show_deeds(self, deeds: Sequence[Deed]) -> None:
        while (item := self._deeds.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for button in buttons(self._theme, deeds, said.headline(self.post), self.panel):
            button.clicked.connect(self._on_deed)
            self._deeds.addWidget(button)
        self._deeds.addStretch(1)

    def _shown(self) -> list[Button]:
        items = [self._deeds.itemAt(place) for place in range(self._deeds.count())]
        found = [item.widget() for item in items if item is not None]
        return [widget for widget in found if isinstance(widget, Button)]

    def _on_deed(self) -> None:
        if self.isVisible() and self.sender().objectName() not in ("look",):
            self.dismiss()

    def _on_set(self) -> None:
        self._desk.model.move(self.post, self.time.at)
        self.dismiss()

    def _renew(self) -> None:
        post = self._desk.model.post(self.post.id)
        if post is not None and post != self.post and self.isVisible():
            self.show_post(post)


class DayPanel(Overlay):
    """Every post of a day over the page. It deletes itself when it is closed."""

    def __init__(
        self, theme: Theme, desk: Desk, date: QDate, posts: Sequence[Post], window: QWidget
    ) -> None:
        super().__init__(theme, window, 860, 640)
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        text = QLocale().toString(date, QLocale.FormatType.LongFormat)
        head = QHBoxLayout()
        head.addWidget(Label(text[:1].upper() + text[1:], "section"), 1)
        head.addWidget(close)
        self.list = PostList(theme, desk, self.panel)
        self.list.show_posts(posts)
        area = ScrollBody(theme, parent=self.panel)
        area.column.addWidget(self.list)
        area.column.addStretch(1)
        column = QVBoxLayout()
        column.addLayout(head)
        column.addWidget(area, 1)
        self.column.addLayout(column)
        desk.post_wished.connect(self.dismiss)
        self.closed.connect(self.deleteLater)
