"""The player while a film plays on another screen: a remote control with everything on it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.casting import Casting, CastStage
from app.domain.media import Card, ItemId, MediaKind
from ui.casting import words
from ui.casting.desk import CastDesk
from ui.page import PageContext
from ui.pages.player.panel import WIDTH, Panel
from ui.pages.player.remote_bar import RemoteBar
from ui.pages.player.remote_lists import RemoteLists
from ui.pages.player.remote_state import SHOWN, RemoteState
from ui.pages.player.shortcuts import action_of
from ui.pages.player.states import Ground
from ui.widgets.backdrop import Backdrop
from ui.widgets.button import Button
from ui.widgets.card_painter import CardPainter
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.poster import Poster

POSTER = QSize(240, 360)
LOW = 620  # pixels at 100 %: in a lower window the poster is left out
MOST_WAITING = 4


class RemoteView(Ground):
    """Shows and steers what plays elsewhere. `left_page` asks to go back."""

    left_page = Signal()

    def __init__(self, context: PageContext, desk: CastDesk, skip: int, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._context, self._desk, self._model = context, desk, desk.model
        self._stage: CastStage | None = None
        theme, library = context.theme, context.services.library
        self._backdrop = Backdrop(theme, context.posters, library.picture, sink=True, parent=self)
        self._poster = Poster(
            CardPainter(theme, context.posters, library.picture, self),
            QSize(theme.px(POSTER.width()), theme.px(POSTER.height())),
            parent=self,
        )
        self.bar = RemoteBar(theme, skip, self)
        self.state = RemoteState(theme, self)
        self.panel = Panel(theme, self)
        self.lists = RemoteLists(theme, self._model, self.panel, self)
        self._lay_out()
        self._bind()

    def show_now(self) -> bool:
        """Show what plays elsewhere; False when nothing does."""
        now = self._model.now
        if now is None:
            return False
        self._show_casting(now)
        self._show_card()
        return True

    def focus_first(self) -> None:
        """The play button, or that of what went wrong."""
        if self.state.isVisibleTo(self):
            self.state.focus_first()
        else:
            self.bar.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Close the list that is open."""
        return self.panel.close_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the player, for the TV."""
        name = action_of(event)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back) and self.go_back():
            event.accept()
        elif name in ("subtitle", "sound"):
            self._cycle(name)
            event.accept()
        elif name and self._desk.do(name):
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything in its place, as in the player."""
        theme, width, height = self._theme, self.width(), self.height()
        px, margin = theme.px, theme.margin(self.window().width())
        self._body.setContentsMargins(margin, px(30), margin, px(36))
        self._poster.setVisible(height >= px(LOW))
        self._backdrop.setGeometry(0, 0, width, round(height * 0.8))
        self._backdrop.lower()
        card = min(px(WIDTH), width - 2 * margin)
        floor = height - self.bar.sizeHint().height() - px(60)
        tall = min(self.panel.wanted_height(), max(px(160), floor - px(96)))
        self.panel.setGeometry(width - margin - card, floor - tall, card, tall)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        self._body = QVBoxLayout()
        self.column.addLayout(self._body)
        head = QHBoxLayout()
        self.back = Button(theme, variant="icon", icon="arrow-left", label=self.tr("Back"))
        self.screens = Button(
            theme, variant="icon", icon="cast", label=self.tr("TVs and other screens")
        )
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.screens)
        self._body.addLayout(head)
        self._body.addStretch(2)
        middle = QHBoxLayout()
        middle.setSpacing(px(44))
        middle.addWidget(self._poster, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addLayout(self._make_words(), 1)
        self._body.addLayout(middle)
        self._body.addStretch(1)
        self._body.addSpacing(px(24))
        self._body.addWidget(self.bar)

    def _make_words(self) -> QVBoxLayout:
        theme, px = self._theme, self._theme.px
        text = QVBoxLayout()
        text.setSpacing(px(8))
        text.addStretch(1)
        self._sign = Label()
        self._sign.setPixmap(theme.pixmap("cast", "accent", 20))
        self.where = ElidedLabel("", "body", elide=Qt.TextElideMode.ElideRight)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(self._sign)
        line.addWidget(self.where, 1)
        self.title = Label("", "display", wrap=True)
        self.caption = Label("", "body")
        self.why = Label("", "secondary", wrap=True)
        self.why.setMaximumWidth(px(680))
        self.waiting = Label("", "secondary", wrap=True)
        text.addWidget(self.title)
        text.addWidget(self.caption)
        text.addSpacing(px(4))
        text.addLayout(line)
        for widget in (self.why, self.waiting, self.state):
            text.addWidget(widget)
        text.addSpacing(px(4))
        return text

    def _bind(self) -> None:
        model = self._model
        model.castings_changed.connect(self._on_castings)
        model.card_changed.connect(self._show_card)
        model.ticked.connect(lambda: self.bar.set_position(model.position))
        self.bar.did.connect(self._do)
        self.bar.seek.sought.connect(model.seek)
        self.bar.panel_asked.connect(self._toggle_panel)
        self.state.did.connect(self._do)
        self.panel.closed.connect(self._on_panel_closed)
        self.back.clicked.connect(lambda _on=False: self.left_page.emit())
        self.screens.clicked.connect(lambda _on=False: self._desk.show())

    def _on_castings(self) -> None:
        now = self._model.now
        if now is not None and self.isVisible():
            self._show_casting(now)

    def _show_casting(self, now: Casting) -> None:
        before, self._stage = self._stage, now.stage
        self.title.setText(now.title)
        self.caption.setText(now.caption)
        self.caption.setVisible(bool(now.caption))
        self.where.setText(words.where(now))
        told = words.why(now.plan) if now.plan is not None else ""
        self.why.setText(told)
        self.why.setVisible(bool(told))
        self._show_waiting(now)
        had_focus = self.bar.isAncestorOf(focus) if (focus := self._focus()) else False
        was_state = self.state.isAncestorOf(focus) if focus else False
        self.state.show_casting(now)
        self.bar.show_casting(now)
        self.bar.set_position(self._model.position)
        steerable = now.stage not in SHOWN
        self.bar.setVisible(steerable)
        if not steerable and self.panel.kind not in ("", "forms"):
            self.panel.close_panel()
        self.lists.refresh()
        if before is not now.stage and ((had_focus and not steerable) or was_state):
            self.focus_first()

    def _show_waiting(self, now: Casting) -> None:
        titles = ", ".join(now.waiting[:MOST_WAITING])
        if len(now.waiting) > MOST_WAITING:
            titles += "…"
        self.waiting.setText(self.tr("Then: {0}").format(titles) if titles else "")
        self.waiting.setVisible(bool(titles))

    def _show_card(self) -> None:
        now = self._model.now
        if now is None:
            return
        card = self._model.card or Card(ItemId(0), MediaKind.VIDEO, now.title)
        self._backdrop.show_card(card)
        self._poster.show_card(card)

    def _do(self, name: str) -> None:
        if name == "here":
            self._desk.play_here()
        elif name == "again":
            self._model.again()
        elif name == "forms":
            self._toggle_panel("forms")
        elif name == "stop":
            self._model.stop()
        else:
            self._desk.do(name)

    def _cycle(self, name: str) -> None:
        """The next subtitles, or the next sound."""
        now = self._model.now
        if now is None:
            return
        if name == "subtitle" and now.subtitles:
            after = 0 if now.subtitle is None else now.subtitle + 1
            self._model.choose_subtitle(after if after < len(now.subtitles) else None)
        elif name == "sound" and len(now.sounds) > 1:
            numbers = [track.number for track in now.sounds]
            at = numbers.index(now.sound) if now.sound in numbers else -1
            self._model.choose_sound(numbers[(at + 1) % len(numbers)])

    def _toggle_panel(self, kind: str) -> None:
        if self.panel.kind == kind:
            self.panel.close_panel()
            return
        self.lists.show(kind)
        self.resizeEvent(QResizeEvent(self.size(), self.size()))
        for name, button in self.bar.panels.items():
            button.setChecked(name == kind)
        self.panel.focus_line()

    def _on_panel_closed(self) -> None:
        asked = [button for button in self.bar.panels.values() if button.isChecked()]
        for button in self.bar.panels.values():
            button.setChecked(False)
        if asked and asked[0].isVisibleTo(self):
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _focus(self) -> QWidget | None:
        focused = self.window().focusWidget()
        return focused if focused is not None and self.isAncestorOf(focused) else None
