"""An access link as a card: its picture to scan, what it costs and allows, copy and revoke."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.access import Link, LinkState, Recipient
from ui import publishing_words as said
from ui import words
from ui.pages.publishing.links_model import LinksModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.qr_view import QrView

translate = QCoreApplication.translate
STATES = {
    LinkState.OPEN: "good", LinkState.LATER: "info", LinkState.ENDED: "faint",
    LinkState.USED_UP: "faint", LinkState.REVOKED: "bad", LinkState.HELD: "warn",
}  # fmt: skip
CLOSED = (LinkState.ENDED, LinkState.USED_UP, LinkState.REVOKED)


class LinkCard(QFrame):
    """One link."""

    copy_wished = Signal(str)
    show_wished = Signal(object)
    send_wished = Signal(object)

    def __init__(self, theme: Theme, model: LinksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._model = model
        self.link: Link | None = None
        self.qr = QrView(theme, parent=self)
        self.title = ElidedLabel("", "strong", elide=Qt.TextElideMode.ElideRight)
        self.facts = Label("", "secondary", wrap=True)
        self.ends = Label("", "secondary", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.copy = Button(theme, self.tr("Copy"), "plain", "copy", parent=self)
        self.show_ = Button(theme, self.tr("Details"), "ghost", "maximize", parent=self)
        self.revoke = Button(theme, self.tr("Revoke"), "ghost", parent=self)
        self.remove = Button(theme, self.tr("Remove"), "ghost", "trash-2", parent=self)
        self._lay_out(theme)
        self.copy.clicked.connect(lambda _on=False: self.copy_wished.emit(self.address))
        self.show_.clicked.connect(lambda _on=False: self.show_wished.emit(self.link))
        self.revoke.clicked.connect(lambda _on=False: self._on_revoke())
        self.remove.clicked.connect(lambda _on=False: self._on_remove())
        model.drawn.connect(self._on_drawn)

    @property
    def recipient(self) -> Recipient | None:
        """The first who has it."""
        people = self.link.recipients if self.link is not None else ()
        return people[0] if people else None

    @property
    def address(self) -> str:
        """What is copied."""
        return self.recipient.address if self.recipient is not None else ""

    def show_link(self, link: Link, now: float) -> None:
        """Show how it stands now."""
        self.link = link
        name = link.name or link.title
        self.title.setText(name)
        self.facts.setText(facts(link))
        self.ends.setText(ending(link, now))
        self.ends.setVisible(bool(self.ends.text()))
        text, tone = state(link)
        self.state.setText(text)
        self.state.set_tone("" if tone == "faint" else tone)
        who = self.recipient
        self.qr.show_svg(self._model.qr(who.id) if who is not None and who.address else b"")
        self.qr.setVisible(bool(self.address))
        closed = is_closed(link)
        self.copy.setVisible(not closed)
        self.copy.setEnabled(bool(self.address))
        back = link.state is LinkState.REVOKED and not link.gone
        self.revoke.setText(self.tr("Open it again") if back else self.tr("Revoke"))
        self.revoke.setVisible(not closed or back)
        self.remove.setVisible(closed)
        for button in (self.copy, self.show_, self.revoke, self.remove):
            button.setAccessibleName(f"{button.text()}: {name}")
        parts = (name, self.facts.text(), self.ends.text(), text)
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _lay_out(self, theme: Theme) -> None:
        row, words_, holder = QHBoxLayout(self), QVBoxLayout(), QWidget()
        keys = FlowLayout(theme.px(10), holder)
        edge = theme.px(20)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(theme.px(24))
        words_.setSpacing(theme.px(4))
        for button in (self.copy, self.show_, self.revoke, self.remove):
            keys.addWidget(button)
        for part in (self.title, self.facts, self.ends, self.state):
            words_.addWidget(part)
        words_.addSpacing(theme.px(10))
        words_.addWidget(holder)
        words_.addStretch(1)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words_, 1)

    def _on_revoke(self) -> None:
        if self.link is None:
            return
        if self.link.state is LinkState.REVOKED:
            self._model.restore(self.link.id)
        else:
            self._model.revoke(self.link)

    def _on_remove(self) -> None:
        if self.link is not None:
            self._model.remove(self.link)

    def _on_drawn(self, who: str) -> None:
        if self.recipient is not None and who == self.recipient.id:
            self.qr.show_svg(self._model.qr(self.recipient.id))


def facts(link: Link) -> str:
    """Price, length and uses, such as ``€3.00 · 12 of 50 used``."""
    parts = [link.price] if link.price else []
    if link.uses:
        most = link.uses * max(1, len(link.recipients))
        parts.append(translate("LinkCard", "{0} of {1} used").format(link.used, most))
    elif link.used:
        often = translate("LinkCard", "Used {0} times").format(link.used)
        parts.append(translate("LinkCard", "Used once") if link.used == 1 else often)
    else:
        parts.append(translate("LinkCard", "Not used yet"))
    if len(link.recipients) > 1:
        parts.append(translate("LinkCard", "{0} recipients").format(len(link.recipients)))
    if link.devices:
        each = translate("LinkCard", "{0} devices each").format(link.devices)
        parts.append(translate("LinkCard", "one device each") if link.devices == 1 else each)
    return words.SEPARATOR.join(parts)


def made_of(opens: int, plays: int, sent: int, last: float | None, now: float) -> str:
    """What was made of a link: how often it was opened and played, what was sent, and when last."""
    if not opens and not plays and not sent:
        return translate("LinkCard", "Nobody opened it yet")
    parts = [
        translate("LinkCard", "opened {0} ×").format(words.count(opens)),
        translate("LinkCard", "played {0} ×").format(words.count(plays)),
    ]
    if sent:
        parts.append(translate("LinkCard", "{0} sent").format(words.size(sent)))
    if last:
        moment = said.moment(last, now)
        parts.append(translate("LinkCard", "last {moment}").format(moment=moment))
    text = words.SEPARATOR.join(parts)
    return text[:1].upper() + text[1:]


def ending(link: Link, now: float) -> str:
    """From when to when it opens; empty when it never does again."""
    if link.gone and link.state is not LinkState.ENDED:
        return ""
    if link.start > now:
        text = translate("LinkCard", "Opens {moment}")
        return text.format(moment=said.moment(link.start, now))
    if link.until is None:
        return translate("LinkCard", "Never ends by itself")
    over, later = translate("LinkCard", "Ended {moment}"), translate("LinkCard", "Ends {moment}")
    return (over if link.until <= now else later).format(moment=said.moment(link.until, now))


def is_closed(link: Link) -> bool:
    """Whether it opens for nobody any more, as it is."""
    return link.gone or link.state in CLOSED


def state(link: Link) -> tuple[str, str]:
    """How it stands, and the colour token for it."""
    if link.gone and link.state is not LinkState.ENDED:
        return translate("LinkCard", "Taken back for good"), "bad"
    if link.state is LinkState.OPEN and link.recipients and not link.recipients[0].address:
        text = translate("LinkCard", "Nobody reaches it: this station is in no network of a home.")
        return text, "warn"
    said_ = {
        LinkState.OPEN: translate("LinkCard", "Open"),
        LinkState.LATER: translate("LinkCard", "Its time has not come"),
        LinkState.ENDED: translate("LinkCard", "Over"),
        LinkState.USED_UP: translate("LinkCard", "Used up"),
        LinkState.REVOKED: translate("LinkCard", "Revoked"),
        LinkState.HELD: translate("LinkCard", "Held: the clock was set back"),
    }
    return said_[link.state], STATES[link.state]
