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
from ui.pages.publishing.link_cards import ending, facts, is_closed, made_of, state
from ui.pages.publishing.link_days_model import LinkDaysModel
from ui.pages.publishing.link_days_view import LinkDaysView
from ui.pages.publishing.links_model import LinksModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.qr_view import QrView
from ui.widgets.scroll_body import BAR, RING, ScrollBody

SENDERS = ("telegram", "email")
WIDE, EDGE, BORDER, SIDE = 800, 20, 2, 264


class LinkPanel(Overlay):
    """A link to scan, large, with each of its recipients and its figures. It deletes itself."""

    copy_wished = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: LinksModel,
        days: LinkDaysModel,
        link: Link,
        senders: tuple[AccountView, ...],
        now: float,
        window: QWidget,
    ) -> None:
        super().__init__(theme, window, WIDE)
        self._model, self._days, self.link, self._senders = model, days, link, senders
        self._now = now
        self.who: Recipient = link.recipients[0]
        self._make_words()
        self._make_giving(theme)
        self._lay_out(theme)
        self._connect()
        self._show()

    def open(self) -> None:
        """As high as what is in it, where the window has the room."""
        self._size()
        super().open()

    def focus_first(self) -> None:
        """Copy, or what closes it where there is nothing to give."""
        target = self.close_ if self.giving.isHidden() else self.copy
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_words(self) -> None:
        self.facts = Label("", "secondary", wrap=True)
        self.ends = Label("", "secondary", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.made = Label("", "secondary", wrap=True)

    def _make_giving(self, theme: Theme) -> None:
        """What gives the address away."""
        link = self.link
        self.close_ = Button(theme, "", "icon", "x", self.tr("Close"))
        self.out = Button(theme, "", "ghost")
        self.qr = QrView(theme, SIDE)
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
        self.way.set_choices(
            [(f"{one.platform_name} · {one.name}", one.id) for one in self._senders]
        )
        self.send = Button(theme, self.tr("Send"), "plain", "send")
        self.giving = QWidget()
        self.figures = LinkDaysView(theme, self._days, link)

    def _lay_out(self, theme: Theme) -> None:
        head, both, right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        head.addWidget(Label(self.link.name or self.link.title, "section"), 1)
        head.addWidget(self.close_)
        right.setSpacing(theme.px(10))
        for part in (self.facts, self.ends, self.state, self.made):
            right.addWidget(part)
        self.several = QWidget()
        row = QHBoxLayout(self.several)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.person)
        row.addWidget(self.out)
        row.addStretch(1)
        right.addWidget(self.several)
        self._lay_out_giving(theme)
        right.addWidget(self.giving)
        right.addStretch(1)
        both.setSpacing(theme.px(24))
        both.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(right, 1)
        self.area = ScrollBody(theme, 24, parent=self.panel)
        edges = self.area.column.contentsMargins()
        edges.setBottom(theme.px(RING))
        self.area.column.setContentsMargins(edges)
        self.area.column.addLayout(both)
        self.area.column.addWidget(self.figures)
        self.area.column.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.area, 1)

    def _lay_out_giving(self, theme: Theme) -> None:
        column = QVBoxLayout(self.giving)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.address)
        for pair in ((self.copy, self.words), (self.save, self.card)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            for part in pair:
                row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
        if self._senders:
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            row.addWidget(self.to, 1)
            row.addWidget(self.send)
            column.addSpacing(theme.px(6))
            column.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
            column.addLayout(row)

    def _connect(self) -> None:
        model = self._model
        self.close_.clicked.connect(lambda _on=False: self.dismiss())
        self.person.chosen.connect(self._on_person)
        self.copy.clicked.connect(lambda _on=False: self.copy_wished.emit(self.who.address))
        self.words.clicked.connect(lambda _on=False: model.copy_text(self.who.id))
        self.save.clicked.connect(lambda _on=False: self._ask("png"))
        self.card.clicked.connect(lambda _on=False: self._ask("card"))
        self.send.clicked.connect(lambda _on=False: self._on_send())
        model.drawn.connect(self._on_drawn)
        self.out.clicked.connect(lambda _on=False: self._on_out())
        model.changed.connect(self._renew)
        self._days.changed.connect(self._size)
        self.closed.connect(self._days.leave)
        self.closed.connect(self.deleteLater)

    def _show(self) -> None:
        self.to.setText(self.who.contact)
        self._show_who()

    def _show_who(self) -> None:
        link, who = self.link, self.who
        closed = is_closed(link)
        self.facts.setText(facts(link))
        self.ends.setText(ending(link, self._now))
        self.ends.setVisible(bool(self.ends.text()))
        text, tone = state(link)
        self.state.setText(text)
        self.state.set_tone("" if tone == "faint" else tone)
        self.made.setText(made_of(who.opens, who.plays, who.bytes, who.last_use, self._now))
        out = who.state is LinkState.REVOKED
        self.out.setText(self.tr("Let in again") if out else self.tr("Shut out"))
        self.out.setAccessibleName(f"{self.out.text()}: {who.name}")
        self.out.setVisible(not closed)
        self.several.setVisible(len(link.recipients) > 1)
        given = bool(who.address) and not closed
        self.giving.setVisible(given)
        self.qr.setVisible(given)
        if self.address.text() != who.address:
            self.address.setText(who.address)
            self.address.setCursorPosition(0)
        self.qr.show_svg(self._model.qr(who.id) if given else b"")
        self._size()

    def _size(self) -> None:
        """Be as high as the content at this width; it scrolls where that is too much."""
        px, column = self._theme.px, self.area.column
        column.activate()
        wide = px(WIDE) - 2 * px(EDGE)
        inside = max(column.totalHeightForWidth(wide), column.totalSizeHint().height())
        head = self.close_.sizeHint().height() + self.column.spacing()
        self.set_height(inside + head + 2 * px(EDGE) + 2 * px(BORDER))
        if self.isVisible():
            self.refit()

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
            self.figures.show_link(link)

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
