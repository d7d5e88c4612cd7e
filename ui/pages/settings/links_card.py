"""The card of access links: why they are held while they are, and all of them taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.events import NoticeLevel
from ui.links_held import HeldRow
from ui.messages import sentence
from ui.page import PageContext
from ui.pages.settings.home_cards import KeepsFocus
from ui.pages.settings.links_model import LinksModel
from ui.pages.settings.sections import Panel
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay

WIDE = 640


class LinksCard(KeepsFocus):
    """Rows: why links are held, while they are, and how to take all back."""

    right_pressed = Signal()
    end_pressed = Signal()

    def show_state(self, model: LinksModel) -> None:
        """Show it, whole."""
        self.refill(lambda: self._fill(model))

    def _fill(self, model: LinksModel) -> None:
        if model.held:
            held = HeldRow(self._theme)
            held.right.set_busy(model.trusting)
            held.right_pressed.connect(self.right_pressed)
            self.controls["clock", "right"] = held.right
            self.add(held)
        text = self.tr("Ends every address that was ever given out, at once and for good.")
        if model.given:
            count = self.tr("%n link(s) are given out now.", "", model.given)
            text = f"{text} {count}"
        end = Button(self._theme, self.tr("Take all back"), "plain", "key-round")
        end.clicked.connect(lambda _on=False: self.end_pressed.emit())
        self.controls["keys", "end"] = end
        title, more = self.tr("Links in wrong hands"), self.tr("New keys, revoke")
        self.add(Row(self._theme, title, text, [end], more))


class EndPanel(Overlay):
    """Asks before all links are taken back: that cannot be undone. It deletes itself."""

    def __init__(self, theme: Theme, model: LinksModel, window: QWidget) -> None:
        super().__init__(theme, window, WIDE)
        self._model = model
        self.told = Label("", "secondary", "bad", wrap=True)
        self.told.hide()
        self.end = Button(theme, self.tr("Take all back for good"), "main", "key-round")
        self.keep = Button(theme, self.tr("Keep the links"), "ghost", "x")
        self.column.addWidget(Label(self.tr("Take all links back?"), "section"))
        for text in self._words():
            self.column.addWidget(Label(text, "body", wrap=True))
        self.column.addWidget(self.told)
        self.column.addSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.end)
        row.addWidget(self.keep)
        row.addStretch(1)
        self.column.addLayout(row)
        self.end.clicked.connect(lambda _on=False: self._on_end())
        self.keep.clicked.connect(lambda _on=False: self.dismiss())
        model.ended.connect(self.dismiss)
        model.refused.connect(self._on_refused)
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """What changes nothing."""
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> tuple[str, str]:
        given = self._model.given or 0
        first = (
            self.tr("%n link(s) end at once, for everybody who has one. Whoever watches or "
                    "downloads by one now is cut off.", "", given)
            if given
            else self.tr("No link is given out now. What was given out before never opens again.")
        )  # fmt: skip
        return first, self.tr(
            "New keys are made, so the old addresses never open again: this cannot be undone. The "
            "links stay in the list with their figures, and new ones can be made at once."
        )

    def _on_end(self) -> None:
        self.told.hide()
        self.end.set_busy(True)
        self._model.end_all()

    def _on_refused(self, error: BaseException) -> None:
        self.end.set_busy(False)
        self.told.setText(sentence(error))
        self.told.show()
        self.refit()


class LinksCards(QObject):
    """Joins the card and what is known."""

    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""

    def __init__(
        self, context: PageContext, model: LinksModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self.model = context, model
        self._asking = False
        self.card = LinksCard(context.theme)
        self.card.right_pressed.connect(model.trust_clock)
        self.card.end_pressed.connect(self.ask)
        model.changed.connect(self._on_changed)
        model.failed.connect(self.failed)
        model.refused.connect(self._on_refused)
        model.ended.connect(lambda: self._say(self.tr("All links are taken back")))
        model.trusted.connect(lambda: self._say(self.tr("Links are open again")))
        self._on_changed()

    def fill(self, panel: Panel) -> None:
        """Add the card to the panel, when this station shares."""
        if self.model.there:
            panel.add_card(self.tr("What was given out"), self.card)

    def load(self) -> None:
        """Look anew."""
        self.model.load()

    def ask(self) -> EndPanel:
        """Ask whether all are to be taken back."""
        panel = EndPanel(self._context.theme, self.model, self.card.window())
        panel.closed.connect(self._on_answered)
        self._asking = True
        panel.open()
        return panel

    def _on_answered(self) -> None:
        self._asking = False

    def _on_refused(self, error: BaseException) -> None:
        if not self._asking:  # else the panel says so
            self.failed.emit(error)

    def _say(self, text: str) -> None:
        self._context.toasts.show(text, level=NoticeLevel.GOOD)

    def _on_changed(self) -> None:
        self.card.show_state(self.model)
        self.filled.emit()
