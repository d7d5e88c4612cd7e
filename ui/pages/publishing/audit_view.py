"""The audit log: what went out and was allowed, whether it is whole, export and forgetting."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.services.audit.chain import Entry
from ui import audit_words as said
from ui import publishing_words
from ui.messages import sentence
from ui.pages.publishing.audit_model import AuditModel, Checked
from ui.settings_form import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton


class EntryRow(QWidget):
    """One entry: its number, when, what happened, about whom, and the end of its hash."""

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        row.setSpacing(theme.px(16))
        when = QLocale().toString(publishing_words.local(entry.at), QLocale.FormatType.ShortFormat)
        number, time = Label(f"{entry.number}", "secondary"), Label(when, "secondary")
        number.setMinimumWidth(theme.px(48))
        time.setMinimumWidth(theme.px(150))
        what = Label(said.kind(entry.kind), "strong")
        what.setMinimumWidth(theme.px(210))
        about = ElidedLabel(said.about(entry), "secondary", elide=Qt.TextElideMode.ElideRight)
        seal = Label(entry.own[:8], "faint")
        seal.setToolTip(entry.own)
        row.addWidget(number)
        row.addWidget(time)
        row.addWidget(what)
        row.addWidget(about, 1)
        row.addWidget(seal)
        self.setAccessibleName(f"{entry.number}, {when}, {what.text()}, {about.text()}")


class AuditView(QWidget):
    """Its own four states."""

    export_wished = Signal()
    forget_wished = Signal()

    def __init__(self, theme: Theme, model: AuditModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.rows: list[EntryRow] = []
        self.told = Label("", "secondary", wrap=True)
        self.check = Button(theme, self.tr("Check it"), "plain", "shield-check", parent=self)
        self.export = Button(theme, self.tr("Export"), "ghost", "save", parent=self)
        self.forget = Button(theme, self.tr("Forget somebody"), "ghost", "eye-off", parent=self)
        self.more = Button(theme, self.tr("Show older ones"), "link", "chevron-down", parent=self)
        self.busy = Skeleton(theme, "results")
        self.empty = EmptyState(
            theme, self.tr("Nothing went out yet"),
            self.tr("Every post, link and sign-in is written down here, one after the other, so "
                    "that nobody can change it later without being found out."),
            icon="shield-check", tone="dim",
        )  # fmt: skip
        self.broken = EmptyState(theme, self.tr("The log cannot be shown now"), "",
                                 icon="triangle-alert")  # fmt: skip
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.area = ScrollBody(theme)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        self._lay_out(theme)
        self.check.clicked.connect(lambda _on=False: model.check())
        self.export.clicked.connect(lambda _on=False: self.export_wished.emit())
        self.forget.clicked.connect(lambda _on=False: self.forget_wished.emit())
        self.more.clicked.connect(lambda _on=False: model.load_older())
        model.changed.connect(self._show)
        model.checked.connect(self._on_checked)
        self._show()

    def focus_first(self) -> None:
        """Check."""
        part = self.stack.currentWidget()
        if part is self.broken:
            self.broken.focus_first()
        elif part is self.area:
            self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.told, 1)
        for button in (self.check, self.export, self.forget):
            head.addWidget(button)
        self.card = Card(theme)
        self.area.column.addLayout(head)
        self.area.column.addWidget(self.card)
        self.area.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _show(self) -> None:
        model = self._model
        self.check.set_busy(model.checking)
        if model.entries is None and model.error is not None:
            self.broken.set_texts(self.tr("The log cannot be shown now"), sentence(model.error))
            part: QWidget = self.broken
        elif model.entries is None and model.there:
            part = self.busy
        else:
            self._fill(model.entries or ())
            part = self.area if model.entries else self.empty
        self.stack.setCurrentWidget(part)
        self.more.setVisible(model.older)

    def _fill(self, entries: tuple[Entry, ...]) -> None:
        known = [row.entry for row in self.rows]
        if known != list(entries[: len(known)]):
            self.card.clear()
            self.rows = []
        for entry in entries[len(self.rows) :]:
            row = EntryRow(self._theme, entry, self.card)
            self.rows.append(row)
            self.card.add(row)
        if not self.told.text():
            text = self.tr("%n entries, each sealed by the one before it.", "", self._model.last)
            self.told.setText(text)

    def _on_checked(self, found: Checked) -> None:
        if found.wrong is None:
            text = self.tr("All %n entries are as they were written.", "", found.many)
            self.told.setText(text)
            self.told.set_tone("good")
            return
        text = self.tr("Entry {0} is not as it was written: somebody changed the log.")
        self.told.setText(text.format(found.wrong))
        self.told.set_tone("bad")


class ForgetPanel(Overlay):
    """Whom to forget. What is erased cannot be had back, so it asks. It deletes itself."""

    def __init__(self, theme: Theme, model: AuditModel, window: QWidget) -> None:
        super().__init__(theme, window, 640)
        self._model = model
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Whom or what"))
        self.field.setPlaceholderText(self.tr("an account, a link, an address"))
        self.field.setProperty("radius", theme.px(14))
        self.erase = Button(theme, self.tr("Erase for good"), "main", "eye-off")
        self.cancel = Button(theme, self.tr("Cancel"), "ghost", "x")
        self.column.addWidget(Label(self.tr("Forget somebody"), "section"))
        about = self.tr(
            "What the log tells about a person or an account is erased. That something happened, "
            "and when, stays, and the log still proves it. This cannot be undone."
        )
        self.column.addWidget(Label(about, "body", wrap=True))
        self.column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.erase)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.column.addLayout(row)
        self.erase.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.erase.setEnabled(bool(text.strip())))
        self.erase.clicked.connect(lambda _on=False: self._on_erase())
        self.cancel.clicked.connect(lambda _on=False: self.dismiss())
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """Where one writes."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_erase(self) -> None:
        self._model.forget(self.field.text().strip())
        self.dismiss()
