"""“Needs you”: what cannot go on before the owner did something, each with what to press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.post import AccountView, Post
from ui import publishing_words as said
from ui.pages.publishing.deeds import Deed, Desk
from ui.pages.publishing.post_rows import Stacking, buttons
from ui.pages.publishing.viewmodel import Need, NeedKind
from ui.theme import Theme
from ui.widgets.label import Label

TONES = {
    NeedKind.SIGN_IN: "bad", NeedKind.RENEW: "warn", NeedKind.APPROVE: "accent",
    NeedKind.CONFIRM: "warn", NeedKind.HELD: "warn", NeedKind.FAILED: "bad",
}  # fmt: skip
MOST = 20
translate = QCoreApplication.translate


class Dot(QWidget):
    """A small round mark; the words beside it say what it means."""

    def __init__(self, theme: Theme, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self.setFixedSize(theme.px(12), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        half = self._theme.px(4)
        painter.drawEllipse(QPointF(half, self.height() / 2), half, half)


class NeedRow(Stacking):
    """One of them."""

    def __init__(self, theme: Theme, desk: Desk, need: Need, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.need = need
        text = sentence(need, desk.model.clock())
        label = Label(text, "secondary", wrap=True)
        label.setProperty("role", "")
        label.setFont(theme.font(14, 500))
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(Dot(theme, TONES[need.kind], self), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1)
        self.words.addLayout(line)
        self.setAccessibleName(text)
        for button in buttons(theme, _deeds(desk, need), text, self):
            self.tail.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


class NeedsCard(QFrame):
    """All of them; hidden when nothing waits."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme, self._desk = theme, desk
        self.rows: dict[str, NeedRow] = {}
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, theme.px(18), edge, theme.px(18))
        column.setSpacing(theme.px(12))
        column.addWidget(Label(self.tr("Needs you"), "strong"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        column.addLayout(self._list)
        self.rest = Label("", "secondary")
        column.addWidget(self.rest)
        self.hide()

    def show_needs(self, needs: Sequence[Need]) -> None:
        """Show these; those that are there already stay as they are."""
        shown = {need.key: need for need in needs[:MOST]}
        stale = [k for k, row in self.rows.items() if row.need != shown.get(k)]
        for gone in stale:
            row = self.rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (key, need) in enumerate(shown.items()):
            if key not in self.rows:
                self.rows[key] = NeedRow(self._theme, self._desk, need, self)
                self._list.insertWidget(place, self.rows[key])
        left = len(needs) - len(shown)
        self.rest.setVisible(left > 0)
        self.rest.setText(self.tr("%n more in the queue", "", left))
        self.setVisible(bool(needs))


def sentence(need: Need, now: float) -> str:
    """What is wanted, as a sentence."""
    if need.account is not None:
        return _of_account(need.kind, need.account, need.waiting, now)
    return _of_post(need.kind, need.post, now) if need.post is not None else ""


def _of_account(kind: NeedKind, account: AccountView, waiting: int, now: float) -> str:
    name = account.platform_name or said.platform(account.platform)
    if account.name and account.name != name:
        name = f"{name} ({account.name})"
    if kind is NeedKind.RENEW:
        until = said.day(said.local(account.ends or now).date(), said.local(now).date())
        text = translate(
            "Needs", "The sign-in at {name} ends {day}. Sign in again, so that no post has to wait."
        )
        return text.format(name=name, day=until)
    if waiting == 0:
        return translate("Needs", "{name} signed you out. Sign in before the next post.").format(
            name=name
        )
    kept = translate("Needs", "The post is kept and goes out when you sign in again.")
    if waiting > 1:
        kept = translate("Needs", "{0} posts are kept and go out when you sign in again.")
    said_ = translate("Needs", "{name} signed you out.").format(name=name)
    return f"{said_} {kept.format(waiting)}"


def _of_post(kind: NeedKind, post: Post, now: float) -> str:
    about = {"title": said.headline(post), "platform": said.platform(post.platform),
             "when": said.when(post, now), "why": said.reason(post)}  # fmt: skip
    text = {
        NeedKind.APPROVE: translate(
            "Needs", "“{title}” waits for your yes. It goes to {platform}, {when}."
        ),
        NeedKind.CONFIRM: translate(
            "Needs",
            "{platform} did not say whether “{title}” is out. Look there, then say so here: it is "
            "not sent twice.",
        ),
        NeedKind.HELD: translate("Needs", "“{title}” for {platform} is held. {why}"),
        NeedKind.FAILED: translate("Needs", "“{title}” did not go to {platform}. {why}"),
    }[kind]
    return text.format(**about).strip()


def _deeds(desk: Desk, need: Need) -> list[Deed]:
    if need.account is not None:
        return [desk.sign_in(need.account.id)]
    return desk.deeds(need.post) if need.post is not None else []
