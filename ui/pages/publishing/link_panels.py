"""An access link shown large: to scan, to save, to send, and what each recipient made of it."""

from __future__ import annotations

from PySide6.QtCore import QSaveFile, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.access import Link, LinkState, Recipient
from app.domain.post import AccountView
from ui.pages.publishing.link_cards import ending, facts, made_of
from ui.pages.publishing.links_model import LinksModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.qr_view import QrView

SENDERS = ("telegram", "email")


class LinkPanel(Overlay):
    """A link to scan, large, with each of its recipients. It deletes itself."""

    copy_wished = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: LinksModel,
        link: Link,
        senders: tuple[AccountView, ...],
        now: float,
        window: QWidget,
    ) -> None:
        super().__init__(theme, window, 760)
        self._model, self.link, self._senders = model, link, senders
        self._now = now
        self.made = Label("", "secondary", wrap=True)
        self.out = Button(theme, "", "ghost")
        self.who: Recipient = link.recipients[0]
        self.qr = QrView(theme, 280)
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName(self.tr("Address"))
        self.person = ChoiceChip(theme, self.tr("Recipient"), lit=False)
        self.person.set_choices(
            [(one.name or self.tr("Everybody"), one.id) for one in link.recipients]
        )
        self.copy = Button(theme, self.tr("Copy"), "plain", "copy")
        self.words = Button(theme, self.tr("Copy with words"), "ghost", "type")
        self.save = Button(theme, self.tr("Save the code"), "ghost", "save")
        self.card = Button(theme, self.tr("Card to print"), "ghost", "image")
        self.to = QLineEdit()
        self.to.setAccessibleName(self.tr("To whom"))
        self.to.setPlaceholderText(self.tr("an address, or a chat"))
        self.way = ChoiceChip(theme, self.tr("By"), lit=False)
        self.way.set_choices([(f"{one.platform_name} · {one.name}", one.id) for one in senders])
        self.send = Button(theme, self.tr("Send"), "plain", "send")
        self._lay_out(theme, now)
        self._connect()
        self._show()

    def focus_first(self) -> None:
        """Copy."""
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme, now: float) -> None:
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head, both, right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(Label(self.link.name or self.link.title, "section"), 1)
        head.addWidget(close)
        right.setSpacing(theme.px(10))
        right.addWidget(Label(facts(self.link), "secondary", wrap=True))
        right.addWidget(Label(ending(self.link, now), "secondary", wrap=True))
        right.addWidget(self.made)
        if len(self.link.recipients) > 1:
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            row.addWidget(self.person)
            row.addWidget(self.out)
            row.addStretch(1)
            right.addLayout(row)
        else:
            self.out.hide()
        right.addWidget(self.address)
        for pair in ((self.copy, self.words), (self.save, self.card)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            for part in pair:
                row.addWidget(part)
            row.addStretch(1)
            right.addLayout(row)
        if self._senders:
            self._lay_out_sending(theme, right)
        right.addStretch(1)
        both.setSpacing(theme.px(24))
        both.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(right, 1)
        self.column.addLayout(head)
        self.column.addLayout(both)

    def _lay_out_sending(self, theme: Theme, right: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.to, 1)
        row.addWidget(self.send)
        right.addSpacing(theme.px(6))
        right.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        right.addLayout(row)

    def _connect(self) -> None:
        model = self._model
        self.person.chosen.connect(self._on_person)
        self.copy.clicked.connect(lambda _on=False: self.copy_wished.emit(self.who.address))
        self.words.clicked.connect(lambda _on=False: model.copy_text(self.who.id))
        self.save.clicked.connect(lambda _on=False: self._ask("png"))
        self.card.clicked.connect(lambda _on=False: self._ask("card"))
        self.send.clicked.connect(lambda _on=False: self._on_send())
        model.drawn.connect(self._on_drawn)
        self.out.clicked.connect(lambda _on=False: self._on_out())
        model.changed.connect(self._renew)
        self.closed.connect(self.deleteLater)

    def _show(self) -> None:
        self.address.setText(self.who.address)
        self.address.setCursorPosition(0)
        self.to.setText(self.who.contact)
        self._show_who()

    def _show_who(self) -> None:
        who = self.who
        self.qr.show_svg(self._model.qr(who.id))
        self.made.setText(made_of(who.opens, who.plays, who.bytes, who.last_use, self._now))
        out = who.state is LinkState.REVOKED
        self.out.setText(self.tr("Let in again") if out else self.tr("Shut out"))
        self.out.setAccessibleName(f"{self.out.text()}: {who.name}")

    def _on_out(self) -> None:
        self._model.shut_out(self.who.id, out=self.who.state is not LinkState.REVOKED)

    def _renew(self) -> None:
        """Figures and states as they are now; what is typed stays."""
        link = next((one for one in self._model.links or () if one.id == self.link.id), None)
        who = (
            next((one for one in link.recipients if one.id == self.who.id), None) if link else None
        )
        if link is not None and who is not None:
            self.link, self.who = link, who
            self._show_who()

    def _on_person(self, who: object) -> None:
        self.who = next(one for one in self.link.recipients if one.id == who)
        self._show()

    def _on_drawn(self, who: str) -> None:
        if who == self.who.id:
            self.qr.show_svg(self._model.qr(self.who.id))

    def _ask(self, form: str) -> None:
        ending_ = "png" if form == "png" else "svg"
        dialog = QFileDialog(self, self.tr("Save"), f"link.{ending_}", f"*.{ending_}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending_)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._model.draw(self.who.id, form, path))
        dialog.open()

    def _on_send(self) -> None:
        way = self.way.value
        if isinstance(way, str) and self.to.text().strip():
            self._model.send(self.who.id, way, self.to.text().strip())
        else:
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)


def write(path: str, content: bytes) -> bool:
    """Write a file beside its place and put it there whole; whether that was possible."""
    file = QSaveFile(path)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    return file.write(content) == len(content) and file.commit()
