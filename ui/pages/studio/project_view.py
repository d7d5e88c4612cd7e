"""A project as it is made: its steps, its scenes, the preview, what it is made with and costs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.project import ProjectState, Step, StepState
from app.domain.studio import ProjectView, StepView
from ui import studio_words as said
from ui.languages import language_name
from ui.messages import sentence, told
from ui.pages.studio.file_choice import ask_file
from ui.pages.studio.finished import Finished
from ui.pages.studio.preview import PreviewPanel
from ui.pages.studio.project_head import Problem, ProjectHead
from ui.pages.studio.project_model import ProjectModel
from ui.pages.studio.scenes import SceneList
from ui.pages.studio.side import MadeWith, MoneyCard
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import BAR, RING, ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.widgets.step_strip import StepShown, StepStrip
from ui.words import SEPARATOR

WIDE, NARROW = 1280, 680
"""Widths at 100 % from which there are three columns, and below which there is one."""
MIDDLE, SIDE, SMALL = 330, 380, 270
"""How wide the columns beside the scenes are; small ones where the page is not roomy."""
ROOMY = 900
ASIDE = (Step.CLIPS, Step.AVATAR)


class OpenProject(QWidget):
    """The project that is open, or why it cannot be shown."""

    back_wished = Signal()
    scene_pressed = Signal(str)
    export_wished = Signal()
    publish_wished = Signal()
    change_wished = Signal()
    copied = Signal()

    def __init__(
        self, theme: Theme, posters: PosterCache, model: ProjectModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._awaited = False
        self.head = ProjectHead(theme, self)
        self.strip = StepStrip(theme)
        self.problem = Problem(theme)
        self.finished = Finished(theme, posters)
        self.scenes = SceneList(theme, posters)
        self.scenes_note = Label("", "secondary")
        self.no_scenes = Label("", "body", wrap=True)
        self.preview = PreviewPanel(theme, posters)
        self.made_with = MadeWith(theme)
        self.money = MoneyCard(theme)
        self.broken = EmptyState(theme, "", "", icon="triangle-alert")
        self.broken.add_button(self.tr("Back to the projects"), self.back_wished.emit, "main")
        self.broken.add_button(self.tr("Try again"), model.load, "plain", "refresh-cw")
        self.busy = Skeleton(theme, "results", self)
        self.area = self._make_area()
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        ring = QHBoxLayout()
        ring.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        ring.addWidget(self.head)
        column.addLayout(ring)
        column.addWidget(self.stack, 1)
        self._connect()

    def focus_first(self) -> None:
        """What is to be pressed now: the way on, else the first scene, else the way back."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
            return
        shown = self.stack.currentWidget() is self.area
        wanted: list[QWidget] = [self.problem.again, self.head.go] if shown else []
        if shown and self._model.view is not None and self._model.view.video:
            wanted.append(self.preview.poster)
        if shown:
            wanted += [*self.scenes.rows[:1], self.preview.poster, self.head.pause]
        found = next((one for one in wanted if one.isVisibleTo(self) and one.isEnabled()), None)
        self._awaited = not shown
        (found or self.head.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_step(self, step: str) -> QMenu:
        """Say how a step stands, and offer to make it anew."""
        view = self._model.view
        steps = view.steps if view is not None else ()
        shown = next(one for one in steps if one.step.value == step)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in self._about(shown):
            menu.addAction(line).setEnabled(False)
        wished = Step(step)
        if shown.state is StepState.FAILED:
            menu.addAction(self.tr("Try again")).triggered.connect(lambda: self._model.start())
        if shown.state in (StepState.DONE, StepState.FAILED, StepState.PAUSED):
            anew = menu.addAction(self.tr("Make this and what follows anew"))
            anew.triggered.connect(lambda: self._model.rerun(wished))
        if wished is Step.MUSIC:
            own = menu.addAction(self.tr("Use a file of my own"))
            own.triggered.connect(lambda: ask_file(self, wished, self._on_music))
        mark = self.strip.marks[step]
        menu.popup(mark.mapToGlobal(mark.rect().bottomLeft()))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns, two or one."""
        self._arrange()

    def _make_area(self) -> ScrollBody:
        theme, area = self._theme, ScrollBody(self._theme, parent=self)
        self._parts = (self._make_left(), self._make_middle(), self._make_side())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(20))
        area.column.addWidget(self.strip)
        area.column.addWidget(self.problem)
        area.column.addLayout(self._grid)
        area.column.addStretch(1)
        return area

    def _make_left(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Scenes"), "section"))
        head.addStretch(1)
        head.addWidget(self.scenes_note)
        return _column(self._theme, self.finished, head, self.no_scenes, self.scenes)

    def _make_middle(self) -> QWidget:
        return _column(self._theme, Label(self.tr("Preview"), "section"), self.preview)

    def _make_side(self) -> QWidget:
        made, budget = Label(self.tr("Made with"), "section"), Label(self.tr("Budget"), "section")
        return _column(self._theme, made, self.made_with, budget, self.money)

    def _arrange(self) -> None:
        theme, grid = self._theme, self._grid
        left, middle, side = self._parts
        wide, narrow = self.width() >= theme.px(WIDE), self.width() < theme.px(NARROW)
        for part in self._parts:
            grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        for place in range(3):
            grid.setColumnStretch(place, 0)
            grid.setColumnMinimumWidth(place, 0)
        usual = MIDDLE if self.width() >= theme.px(ROOMY) else SMALL
        for part, most in ((middle, usual), (side, SIDE if wide else usual)):
            part.setMinimumWidth(0)
            part.setMaximumWidth(16_777_215)
            if not narrow:
                part.setFixedWidth(theme.px(most))
        grid.setColumnStretch(0, 1)
        if wide:
            for place, part in enumerate(self._parts):
                grid.addWidget(part, 0, place, top)
        elif narrow:
            for place, part in enumerate((middle, left, side)):
                grid.addWidget(part, place, 0, top)
        else:
            grid.addWidget(left, 0, 0, 2, 1, top)
            grid.addWidget(middle, 0, 1, top)
            grid.addWidget(side, 1, 1, top)
            grid.setRowStretch(1, 1)

    def _connect(self) -> None:
        model, head = self._model, self.head
        model.changed.connect(self._show)
        model.step_moved.connect(self._on_step_moved)
        model.month_changed.connect(self._show_money)
        model.lost.connect(self._on_lost)
        model.busy_changed.connect(self._on_busy)
        head.back_pressed.connect(self.back_wished)
        head.log_pressed.connect(model.ask_log)
        head.pause_pressed.connect(model.pause)
        head.go_pressed.connect(model.start)
        head.export_pressed.connect(self.export_wished)
        head.publish_pressed.connect(self.publish_wished)
        head.change_pressed.connect(self.change_wished)
        self.problem.again_pressed.connect(model.start)
        self.strip.pressed.connect(self.open_step)
        self.scenes.pressed.connect(self.scene_pressed)
        self.preview.play_pressed.connect(model.play)
        self.finished.chosen.connect(lambda asset: model.choose("", asset))
        self.finished.copied.connect(self.copied)

    def _show(self) -> None:
        view = self._model.view
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        self.head.show_view(view)
        if view is None:
            self.stack.setCurrentWidget(self.busy)
            return
        self._fill(view)
        self.stack.setCurrentWidget(self.area)
        waited, self._awaited = self._awaited and had_focus, False
        if (waited or (had_focus and was is self.broken)) and self.isVisible():
            self.focus_first()

    def _fill(self, view: ProjectView) -> None:
        self._show_steps(view)
        self.problem.show_view(view)
        whole = view.details if view.video else None
        self.finished.show_details(whole, view.thumbnails if view.video else ())
        self.scenes.show_scenes(view.scenes)
        end = max((scene.end for scene in view.scenes), default=0.0)
        count = self.tr("%n scene(s)", "", len(view.scenes))
        length = said.length(end) if end else ""
        parts = (count, length, language_name(view.brief.language))
        self.scenes_note.setText(SEPARATOR.join(part for part in parts if part))
        self.scenes_note.setVisible(bool(view.scenes))
        writing = view.card.state is ProjectState.RUNNING
        self.no_scenes.setText(
            self.tr("The script is being written. Its scenes appear here.")
            if writing
            else self.tr("There is no script yet. Press “Make the video”.")
        )
        self.no_scenes.setVisible(not view.scenes)
        self.preview.show_view(view)
        self.made_with.show_view(view)
        self._show_money()

    def _show_money(self) -> None:
        if self._model.view is not None:
            self.money.show_view(self._model.view, self._model.month, self._model.limit)

    def _show_steps(self, view: ProjectView) -> None:
        shown = []
        for one in view.steps:
            idle = one.state in (StepState.SKIPPED, StepState.WAITING)
            if one.step in ASIDE and idle and one.step not in view.brief.makers:
                continue
            words = said.tr(said.STATES[one.state])
            shown.append(
                StepShown(
                    one.step.value,
                    said.step(one.step),
                    one.state.value,
                    said.step_caption(one),
                    words,
                )  # fmt: skip
            )
        self.strip.show_steps(shown)

    def _about(self, step: StepView) -> list[str]:
        lines = [f"{said.step(step.step)}{SEPARATOR}{said.tr(said.STATES[step.state])}"]
        if step.by:
            lines.append(self.tr("By {0}").format(step.by))
        if step.price:
            lines.append(self.tr("Paid: {0}").format(said.money(step.price)))
        if step.message:
            lines.append(told(step.message, step.message_args))
        return lines

    def _on_step_moved(self, _step: StepView) -> None:
        view = self._model.view
        if view is not None:
            self._show_steps(view)
            self.head.show_view(view)
            self.problem.show_view(view)

    def _on_busy(self, name: str, busy: bool) -> None:
        if name == "play":
            self.preview.set_busy(busy)
            if not busy and self._model.view is not None:
                self.preview.show_view(self._model.view)
        elif name == "export":
            self.head.export.set_busy(busy)
        elif name == "start":
            for button in (self.head.go, self.head.pause, self.problem.again):
                button.set_busy(busy)

    def _on_music(self, name: str) -> None:
        self._model.own_file("", Step.MUSIC, name)

    def _on_lost(self, error: BaseException) -> None:
        self.head.show_view(None)
        title = self.tr("This project cannot be shown now")
        self.broken.set_texts(title, sentence(error))
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(self.broken)
        if had_focus and self.isVisible():
            self.broken.focus_first()


def _column(theme: Theme, *parts: QWidget | QHBoxLayout) -> QWidget:
    """Parts one below the other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(14))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return holder
