"""The head of a project: where one is, its title, and what can be done with it as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.project import ProjectState, StepState
from app.domain.studio import ProjectView
from ui import studio_words as said
from ui.messages import told
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label


class ProjectHead(QWidget):
    """Breadcrumb, title and buttons."""

    back_pressed = Signal()
    log_pressed = Signal()
    change_pressed = Signal()
    pause_pressed = Signal()
    go_pressed = Signal()
    export_pressed = Signal()
    publish_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.back = Button(theme, self.tr("Studio / Projects"), "link", parent=self)
        self.back.setStyleSheet("padding: 0")  # in line with the title below it
        self.title = ElidedLabel("", "title", elide=Qt.TextElideMode.ElideRight)
        self.title.setFixedHeight(theme.px(40))  # large or small, nothing below it moves
        self.log = Button(theme, self.tr("What happened"), "ghost", "history", parent=self)
        self.change = Button(theme, self.tr("Change"), "ghost", "sliders-horizontal", parent=self)
        self.pause = Button(theme, self.tr("Pause"), "ghost", "pause", parent=self)
        self.go = Button(theme, self.tr("Go on"), "main", "play", parent=self)
        self.export = Button(theme, self.tr("Export"), "ghost", "download", parent=self)
        self.publish = Button(theme, self.tr("Publish"), "main", "send", parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(words, 1)
        for button, signal in (
            (self.log, self.log_pressed),
            (self.change, self.change_pressed),
            (self.pause, self.pause_pressed),
            (self.go, self.go_pressed),
            (self.export, self.export_pressed),
            (self.publish, self.publish_pressed),
        ):
            button.clicked.connect(lambda _on=False, wished=signal: wished.emit())
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.back.clicked.connect(lambda _on=False: self.back_pressed.emit())
        self.show_view(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long title is written smaller before it is cut."""
        self._fit_title()

    def _fit_title(self) -> None:
        wide = QFontMetrics(self._theme.font(32, 700)).horizontalAdvance(self.title.text())
        role = "title" if wide <= self.title.width() else "section"
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.set_tone("")

    def show_view(self, view: ProjectView | None) -> None:
        """Show a project; None while it is on its way."""
        parts = (self.pause, self.go, self.export, self.publish)
        had = next((one for one in parts if one.hasFocus()), None)
        state = view.card.state if view is not None else None
        self.title.setText(view.card.title if view is not None else "")
        self.log.setEnabled(view is not None)
        self.change.setEnabled(view is not None)
        self.pause.setVisible(state is ProjectState.RUNNING)
        self.go.setVisible(state in (ProjectState.PAUSED, ProjectState.DRAFT))
        for part in (self.export, self.publish):
            part.setVisible(bool(view is not None and view.video))
        if state is ProjectState.DRAFT and view is not None:
            anew = view.script is not None
            self.go.setText(self.tr("Make the changes") if anew else self.tr("Make the video"))
            self.go.set_icon("sparkles")
        else:
            self.go.setText(self.tr("Go on"))
            self.go.set_icon("play")
        QTimer.singleShot(0, self, self._fit_title)  # once the buttons have their places
        if had is not None and had.isHidden():
            shown = (self.pause, self.go, self.publish, self.export, self.log)
            next(one for one in shown if not one.isHidden()).setFocus(
                Qt.FocusReason.OtherFocusReason
            )


class Problem(QFrame):
    """Why a step failed, what is kept, and the way on."""

    again_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        icon = Label()
        icon.setPixmap(theme.pixmap("triangle-alert", "bad", 24, self.devicePixelRatioF()))
        self.title = Label("", "strong")
        self.words = Label("", "secondary", wrap=True)
        self.again = Button(theme, self.tr("Try again"), "main", "refresh-cw", parent=self)
        self.again.clicked.connect(lambda _on=False: self.again_pressed.emit())
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.title)
        words.addWidget(self.words)
        row = QHBoxLayout(self)
        edge = theme.px(20)
        row.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        row.setSpacing(theme.px(16))
        row.addWidget(icon)
        row.addLayout(words, 1)
        row.addWidget(self.again)
        self.hide()

    def show_view(self, view: ProjectView) -> None:
        """Show why it stands still; hidden when it does not."""
        failed = view.card.state is ProjectState.FAILED
        step = next((one for one in view.steps if one.state is StepState.FAILED), None)
        if failed:
            name = said.step(step.step) if step is not None else ""
            whole = self.tr("The video could not be finished")
            self.title.setText(self.tr("{0} failed").format(name) if name else whole)
            why = told(step.message, step.message_args) if step and step.message else ""
            self.words.setText(why or self.tr("What was made before is kept."))
        self.setVisible(failed)
