"""What the station does by itself: when each job comes next, how it went, and a button for now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.events import JobState
from app.domain.upkeep import Backup, Night
from ui.messages import sentence, told
from ui.pages.system.nights_model import NightsModel
from ui.settings_form import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.words import SEPARATOR, duration, moment, size

UNDER_WAY = frozenset({JobState.QUEUED, JobState.DELAYED, JobState.RUNNING})


class NightRow(QWidget):
    """One job: its name, when it comes next, how the last run went, and what to press."""

    run_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = Label(name, "strong", parent=self)
        self.last = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.next = Label("", "secondary", parent=self)
        self.bar = ProgressBar(theme, parent=self)
        self.bar.setFixedWidth(theme.px(140))
        self.button = Button(theme, self.tr("Run now"), "plain", "play", parent=self)
        self._running = False
        self.button.clicked.connect(self._on_pressed)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.name)
        words.addWidget(self.last)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(10))
        row.setSpacing(theme.px(16))
        row.addLayout(words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.next)
        row.addWidget(self.button)

    def show_night(self, night: Night) -> None:
        """Show how it is now."""
        self._running = night.state in UNDER_WAY
        self.last.setText(self._last(night))
        self.last.set_tone("bad" if night.state is JobState.FAILED else "")
        self.next.setText("" if self._running else self._next(night))
        self.next.setVisible(not self._running)
        self.bar.setVisible(self._running)
        self.bar.set_value(night.fraction if self._running else 0.0)
        self.button.setText(self.tr("Cancel") if self._running else self.tr("Run now"))
        self.button.set_icon("x" if self._running else "play")
        self.button.setAccessibleName(f"{self.button.text()}: {self.name.text()}")
        self.setAccessibleName(
            ", ".join(one for one in (self.name.text(), self.last.text(), self.next.text()) if one)
        )

    def _on_pressed(self) -> None:
        (self.cancel_pressed if self._running else self.run_pressed).emit()

    def _last(self, night: Night) -> str:
        if night.state is None:
            return self.tr("Has not run yet")
        if self._running:
            return self.tr("Running since {time}").format(time=moment(night.began))
        when = moment(night.ended)
        if night.state is JobState.FAILED:
            reason = told(night.error, night.error_args)
            return SEPARATOR.join((self.tr("Failed {time}").format(time=when), reason))
        if night.state is JobState.CANCELLED:
            return self.tr("Cancelled {time}").format(time=when)
        took = duration(max(0.0, night.ended - night.began))
        return SEPARATOR.join((self.tr("Done {time}").format(time=when), took))

    def _next(self, night: Night) -> str:
        if night.following is None:
            return ""
        return self.tr("Next {time}").format(time=moment(night.following))


class BackupRow(QWidget):
    """One backup: when, how large, where."""

    def __init__(self, theme: Theme, backup: Backup, parent: QWidget) -> None:
        super().__init__(parent)
        self.backup = backup
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        row.setSpacing(theme.px(16))
        when = Label(moment(backup.at), "body", parent=self)
        when.setMinimumWidth(theme.px(180))
        path = ElidedLabel(backup.path, "secondary", elide=Qt.TextElideMode.ElideMiddle)
        row.addWidget(when)
        row.addWidget(path, 1)
        row.addWidget(Label(size(backup.bytes), "secondary", parent=self))


class NightsView(QWidget):
    """Its own four states; nothing is to be said while the first answer is on its way."""

    def __init__(self, theme: Theme, model: NightsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.rows: dict[str, NightRow] = {}
        self.backup_rows: list[BackupRow] = []
        self.busy = Skeleton(theme, "results")
        title = self.tr("The nights cannot be shown now")
        self.broken = EmptyState(theme, title, "", icon="triangle-alert")
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.area = ScrollBody(theme)
        self.card = Card(theme)
        self.backups = Card(theme)
        self.none = Label(
            self.tr("There is none yet. The first is made tonight, or when you run it now."),
            "secondary", wrap=True,
        )  # fmt: skip
        self.hint = Label(
            self.tr("One is put back with: sokoul backup --restore NAME"), "secondary", wrap=True
        )
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.broken):
            self.stack.addWidget(part)
        self._lay_out(theme)
        model.changed.connect(self._show)
        model.progressed.connect(self._on_progressed)
        self._show()

    def focus_first(self) -> None:
        """The first button."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        elif self.rows:
            next(iter(self.rows.values())).button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme) -> None:
        column = self.area.column
        column.addWidget(self.card)
        column.addWidget(Label(self.tr("Backups"), "section"))
        column.addWidget(self.none)
        column.addWidget(self.backups)
        column.addWidget(self.hint)
        column.addStretch(1)
        column.setSpacing(theme.px(12))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _show(self) -> None:
        model = self._model
        if model.nights is None:
            if model.error is not None:
                title = self.tr("The nights cannot be shown now")
                self.broken.set_texts(title, sentence(model.error))
            self.stack.setCurrentWidget(self.busy if model.error is None else self.broken)
            return
        if set(self.rows) != {one.name for one in model.nights}:
            self._make_rows(model.nights)
        for one in model.nights:
            self.rows[one.name].show_night(one)
        self._show_backups(model.backups)
        self.stack.setCurrentWidget(self.area)

    def _make_rows(self, nights: tuple[Night, ...]) -> None:
        self.card.clear()
        self.rows = {}
        for night in nights:
            row = NightRow(self._theme, self._model.name(night), self.card)
            row.run_pressed.connect(lambda name=night.name: self._run(name))
            row.cancel_pressed.connect(lambda name=night.name: self._cancel(name))
            self.rows[night.name] = row
            self.card.add(row)

    def _show_backups(self, backups: tuple[Backup, ...]) -> None:
        self.backups.setVisible(bool(backups))
        self.hint.setVisible(bool(backups))
        self.none.setVisible(not backups)
        if tuple(one.backup for one in self.backup_rows) == backups:
            return
        self.backups.clear()
        self.backup_rows = [BackupRow(self._theme, one, self.backups) for one in backups]
        for row in self.backup_rows:
            self.backups.add(row)

    def _run(self, name: str) -> None:
        self._model.run(self._night(name))

    def _cancel(self, name: str) -> None:
        self._model.cancel(self._night(name))

    def _night(self, name: str) -> Night:
        return next(one for one in self._model.nights or () if one.name == name)

    def _on_progressed(self, kind: str, fraction: float) -> None:
        for one in self._model.nights or ():
            if one.kind == kind and one.name in self.rows and one.state in UNDER_WAY:
                self.rows[one.name].bar.set_value(fraction)
