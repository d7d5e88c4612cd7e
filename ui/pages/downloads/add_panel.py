"""The panel that adds: paste a link or open a file, see what it would bring, choose, add."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import words
from ui.messages import sentence
from ui.pages.downloads.adding_model import AddingModel, Step
from ui.pages.downloads.files import FileList
from ui.pages.downloads.links import LONGEST, links_in, name_of
from ui.pages.downloads.quality import QualityRow
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.folder_listing import display
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.progress_bar import ProgressBar

WIDE = 880
HIGH = 760
"""Pixels at 100 % the panel is high at most."""


class AddPanel(Overlay):
    """Asks for a link, then shows what is in it. It stays until something was added."""

    several_wanted = Signal(object)
    """Several links at once: they are added without being looked into."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        model: AddingModel,
        usual: Callable[[], str] = str,
    ) -> None:
        super().__init__(theme, window, WIDE, 0, 0.3)
        self._model, self._usual = model, usual
        self.files = FileList(theme)
        self.setAccessibleName(self.tr("Add a download"))
        self.column.setContentsMargins(*(theme.px(28),) * 4)
        self.column.setSpacing(theme.px(14))
        self.column.addLayout(self._make_head())
        self.stack = QStackedWidget()
        self.asking, self.looking, self.found = QWidget(), QWidget(), QWidget()
        self._make_asking()
        self._make_looking()
        self._make_found()
        for part in (self.asking, self.looking, self.found):
            self.stack.addWidget(part)
        self.column.addWidget(self.stack, 1)
        self.quality = QualityRow(theme)
        self.column.addWidget(self.quality)
        self.told = Label("", "secondary", wrap=True)
        self.told.hide()
        self.column.addWidget(self.told)
        self.column.addLayout(self._make_foot())
        model.changed.connect(self._show)
        model.waited.connect(self._on_waited)
        model.failed.connect(self._on_failed)
        model.room_changed.connect(self._show_sum)
        self.closed.connect(model.reset)
        self._show()

    def ask(self, link: str = "", torrent: str = "") -> None:
        """Open it; a link or the path of a .torrent file is looked into at once."""
        self._say("")
        self.line.setText(link)
        self._model.reset()
        self.open()
        if link:
            self._on_entered()
        elif torrent:
            self._model.look_file(torrent)

    def focus_first(self) -> None:
        """The line, or the button that adds."""
        target: QWidget = self.line if self.line.isVisibleTo(self) else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> None:
        """Let the owner choose a .torrent file."""
        dialog = QFileDialog(self, self.tr("Open a torrent file"))
        dialog.setNameFilter(self.tr("Torrent files") + " (*.torrent)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._model.look_file)
        dialog.open()

    # Building.

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.heading = Label(self.tr("Add a download"), "section", wrap=True)
        row.addWidget(self.heading, 1)
        close = Button(self._theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_asking(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setProperty("variant", "large")
        self.line.setProperty("radius", px(14))
        self.line.setPlaceholderText(self.tr("Paste a link"))
        self.line.setAccessibleName(self.tr("Link"))
        self.line.returnPressed.connect(self._on_entered)
        self.line.textEdited.connect(lambda _text: self._say(""))
        column.addWidget(self.line)
        help_text = self.tr(
            "A magnet link, the address of a file, of a .torrent file or of a stream. "
            "Several links at once are added as they are."
        )
        column.addWidget(Label(help_text, "secondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.paste = Button(self._theme, self.tr("Paste"), "plain", "clipboard")
        self.paste.clicked.connect(lambda _on=False: self._on_paste())
        self.file = Button(self._theme, self.tr("Open a torrent file"), "plain", "folder-open")
        self.file.clicked.connect(lambda _on=False: self.choose_file())
        row.addWidget(self.paste)
        row.addWidget(self.file)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def _make_looking(self) -> None:
        column = QVBoxLayout(self.looking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(14))
        self.waiting = Label("", "body", wrap=True)
        column.addWidget(self.waiting)
        self.progress = ProgressBar(self._theme)
        self.progress.set_value(None)
        column.addWidget(self.progress)
        column.addSpacing(self._theme.px(10))
        column.addStretch(1)

    def _make_found(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self.found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.sum = Label("", "secondary")
        row.addWidget(self.sum, 1)
        self.all = Button(self._theme, self.tr("All"), "link")
        self.none = Button(self._theme, self.tr("None"), "link")
        self.all.clicked.connect(lambda _on=False: self.files.set_all(True))
        self.none.clicked.connect(lambda _on=False: self.files.set_all(False))
        row.addWidget(self.all)
        row.addWidget(self.none)
        column.addLayout(row)
        self.frame = QFrame()
        self.frame.setProperty("surface", "card")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(px(6), px(4), px(6), px(4))
        self.files.wanted_changed.connect(lambda _changes: self._show_sum())
        inside.addWidget(self.files)
        column.addWidget(self.frame, 1)
        place = QHBoxLayout()
        place.setSpacing(px(12))
        self.place = ElidedLabel("", "secondary")
        self.change = Button(self._theme, self.tr("Another folder"), "link", "folder")
        self.change.clicked.connect(lambda _on=False: self._choose_folder())
        place.addWidget(self.place, 1, Qt.AlignmentFlag.AlignVCenter)
        place.addWidget(self.change)
        column.addLayout(place)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        self.look = Button(self._theme, self.tr("Look into it"), "main", "search")
        self.add = Button(self._theme, self.tr("Add"), "main", "plus")
        self.play = Button(self._theme, self.tr("Play now"), "plain", "play")
        self.paused = Button(self._theme, self.tr("Add paused"), "plain", "pause")
        self.cancel = Button(self._theme, self.tr("Cancel"), "ghost", "x")
        self.look.clicked.connect(lambda _on=False: self._on_entered())
        self.add.clicked.connect(lambda _on=False: self._add())
        self.play.clicked.connect(lambda _on=False: self._add(play=True))
        self.paused.clicked.connect(lambda _on=False: self._add(paused=True))
        self.cancel.clicked.connect(lambda _on=False: self._on_cancel())
        for button in (self.look, self.add, self.play, self.paused):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.cancel)
        return row

    # Showing.

    def _show(self) -> None:
        model, step = self._model, self._model.step
        asking = step is Step.ASKING
        part = self.asking if asking else self.found if model.contents else self.looking
        moved = part is not self.stack.currentWidget()
        self.look.setVisible(asking)
        for button in (self.add, self.play, self.paused):
            button.setVisible(not asking)
        self.add.set_busy(step is Step.ADDING)
        self.progress.setVisible(step in (Step.LOOKING, Step.ADDING))
        self.heading.setText(self._heading())
        if step is Step.LOOKING:
            self._say("")
            self._on_waited(0)
        elif step is Step.BLIND:
            self._show_blind()
        if model.contents is not None and moved:
            self.files.show_files(model.contents.files)
            self.frame.setVisible(bool(model.contents.files))
            self.files.go_to(0, smooth=False)
        self.stack.setCurrentWidget(part)
        self.quality.show_link("" if asking else model.link, model.contents)
        self._show_sum()
        self._fit_height()
        if moved and self.isVisible():
            self.focus_first()

    def _heading(self) -> str:
        model = self._model
        if model.contents is not None:
            return model.contents.name
        if model.step is not Step.ASKING and isinstance(model.link, str) and model.link:
            return name_of(model.link)
        return self.tr("Add a download")

    def _show_blind(self) -> None:
        error = self._model.error
        self.waiting.setText(
            self.tr("What is in it is not known yet. It can be added all the same.")
        )
        self._say(sentence(error) if error is not None else "", "warn")

    def _show_sum(self) -> None:
        contents = self._model.contents
        if contents is None:
            return
        count = self.files.wanted_count()
        wanted = self.files.wanted_size() if contents.files else contents.size or 0
        size = words.size(wanted) if contents.size is not None else self.tr("size not known")
        chosen = self.tr("%n file(s) chosen", "", count)
        parts = [chosen, size] if contents.files else [size]
        room = self._model.room
        if room is not None:
            parts.append(self.tr("{size} free").format(size=words.size(room)))
        self.sum.setText(words.SEPARATOR.join(parts))
        several = len(contents.files) > 1
        self.all.setVisible(several)
        self.none.setVisible(several)
        self.place.setText(self._place())
        short = 0 if room is None else wanted - room
        nothing = bool(contents.files) and not count
        if short > 0:
            text = self.tr(
                "It does not fit: {size} more are needed. Choose fewer files or another folder, "
                "or add it all the same: it waits until there is room."
            )
            self._say(text.format(size=words.size(short)), "warn")
        else:
            self._say(self.tr("Choose at least one file.") if nothing else "", "warn")
        for button in (self.add, self.play, self.paused):
            button.setEnabled(not nothing)

    def _place(self) -> str:
        chosen = self._model.folder
        folder = self._usual() if chosen is None else display(chosen)
        if not folder:
            return self.tr("It goes to the folder of downloads.")
        return self.tr("It goes to {folder}.").format(folder=folder)

    def _on_waited(self, seconds: int) -> None:
        text = self.tr("Asking what is in it\u2026")
        if seconds >= 2:
            text = self.tr("Asking what is in it\u2026 {seconds} s. It can be added meanwhile.")
        self.waiting.setText(text.format(seconds=seconds))

    def _say(self, text: str, tone: str = "") -> None:
        if text != self.told.text() or self.told.isHidden() != (not text):
            self.told.setText(text)
            self.told.set_tone(tone)
            self.told.setVisible(bool(text))
            self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as what is shown needs; a long list of files scrolls."""
        px, contents = self._theme.px, self._model.contents
        wide = px(WIDE) - px(56)
        told = self.told.heightForWidth(wide) + px(14) if self.told.text() else 0
        frame = px(28 + 44 + 14 + 14 + 44 + 28) + told
        if not self.quality.isHidden():
            frame += self.quality.sizeHint().height() + px(14)
        if contents is not None and contents.files:
            rows = len(contents.files) * self.files.pitch()
            self.set_height(min(px(HIGH), frame + rows + px(128)))
        else:
            part = self.asking if self._model.step is Step.ASKING else self.looking
            part = self.found if contents is not None else part
            inside = part.layout()
            if inside is not None:
                high = max(inside.totalHeightForWidth(wide), inside.totalSizeHint().height())
                self.set_height(frame + high)
        self.refit()

    # Hearing.

    def _on_entered(self) -> None:
        typed = self.line.text().strip()
        found = links_in(typed)
        if len(found) > 1:
            self.dismiss()
            self.several_wanted.emit(found)
        elif typed:
            self._model.look(found[0] if found else typed)
        else:
            self._say(self.tr("Paste a link first, or open a torrent file."), "warn")

    def _on_paste(self) -> None:
        self.line.setText(QGuiApplication.clipboard().text()[:LONGEST].strip())
        self._on_entered()

    def _on_cancel(self) -> None:
        if self._model.step is Step.ASKING:
            self.dismiss()
        else:
            self._model.reset()

    def _on_failed(self, error: BaseException) -> None:
        if self.isVisible():
            self._say(sentence(error), "bad")

    def _add(self, *, paused: bool = False, play: bool = False) -> None:
        contents = self._model.contents
        chosen = self.files.chosen() if contents is not None and contents.files else None
        if contents is not None and chosen is not None:
            usual = {file.index: file.priority for file in contents.files}
            chosen = chosen if chosen != usual else None
        self._model.add(chosen, self.quality.height_wanted, paused=paused, play=play)

    def _choose_folder(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        picker = FolderPicker(self._theme, window, self._model.folder)
        picker.chosen.connect(self._on_folder)
        picker.open()

    def _on_folder(self, folder: object) -> None:
        self._model.aim(folder if isinstance(folder, bytes) else os.fsencode(str(folder)))
