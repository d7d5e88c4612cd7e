"""The player: the film fills the page, the controls lie over it and fade."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.media import ItemId
from ui.page import Page, PageContext
from ui.pages.player.actions import PlayerActions
from ui.pages.player.arranging import arrange
from ui.pages.player.choices import Choices
from ui.pages.player.controls import BottomBar, TopBar
from ui.pages.player.engine import Engine
from ui.pages.player.fading import Fading
from ui.pages.player.files import PlayerFiles
from ui.pages.player.handing import Handing
from ui.pages.player.modes import WindowModes
from ui.pages.player.nextcard import NextCard
from ui.pages.player.osd import Osd
from ui.pages.player.panel import Panel
from ui.pages.player.shortcuts import action_of
from ui.pages.player.stage import Stage
from ui.pages.player.states import EmptyPlayer, FailedPlayer, Opening
from ui.pages.player.viewmodel import COUNTDOWN, PlayerViewModel, State, wish_of

if TYPE_CHECKING:
    from ui.pages.player.desk import Desk
    from ui.pages.player.outside import Outside


def create(context: PageContext) -> Page:
    """Build the page with the real player behind it."""
    page = PlayerPage(context)
    page.use_mpv()
    return page


class PlayerPage(Page):
    """Binds the view-model to stage, bars, panel and states."""

    def __init__(
        self, context: PageContext, make_engine: Callable[[], Engine] | None = None
    ) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._make = make_engine
        self._desk: Desk | None = None
        self._outside: Outside | None = None
        services = context.services
        self.model = PlayerViewModel(
            context.bridge, services.playback, services.settings, self._make_engine, self
        )
        self._build()
        self._bind()
        self._on_state()

    def use_mpv(self) -> None:
        """Play with mpv, made when the first film is opened."""
        self._make = self._make_mpv

    def opened(self, **args: object) -> None:
        """Play `item` (of `file`, perhaps `from_start` or `at` a second), or by a `ticket`.

        Without either, show what is there.
        """
        self.modes.leave_small(visit=False)
        wish = wish_of(args)
        if wish is not None:
            self.model.go_on(wish)
        else:
            self.handing.take_over()
            if self.model.state is State.EMPTY:
                self.model.load_shelf()
        self._on_state()
        self.wake()

    def left(self) -> None:
        """Another page is shown: rest, unless the film goes on in its small window."""
        self.modes.set_full(False)
        self.panel.close_panel()
        self.unsetCursor()
        if self.modes.small is None:
            self.model.pause()
        self.model.keep_volume()

    def focus_first(self) -> None:
        """The play button; the button of a state when no film is shown."""
        if self.handing.focus_first():
            return
        if self.model.state is State.PLAYING:
            self.wake()
            self.bottom.play.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.model.state is State.OPENING:
            self.top.back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            home = self.empty if self.model.state is State.EMPTY else self.broken
            for widget in home.findChildren(QWidget):
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
                    widget.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    def go_back(self) -> bool:
        """Close the panel, then full screen; then it is the window's turn."""
        if self.handing.go_back() or self.panel.close_panel():
            return True
        if self.immersive:
            self.modes.set_full(False)
            return True
        return False

    def cast(self) -> bool:
        """Hand over what plays here."""
        return self.handing.ask()

    def can_rebuild(self) -> bool:
        """Not while a film is open."""
        return self.model.state in (State.EMPTY, State.FAILED)

    def wake(self) -> None:
        """Show the controls, and let them fade when nothing more happens."""
        self.fading.wake()

    def shut(self) -> None:
        """Free mpv, the small window and the desktop's remote controls."""
        self.fading.stop()
        self.files.wait()
        self.modes.leave_small(visit=False)
        if self._outside is not None:
            self._outside.close()
            self._outside = None
        desk, self._desk = self._desk, None
        if desk is not None:
            self.model.engine = None
            desk.close()

    def event(self, event: QEvent) -> bool:
        """Take the player down before the widgets go."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.shut()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the player; Back closes what is open inside the page."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back) and self.go_back():
            event.accept()
            return
        name = action_of(event)
        if name and self.actions_.do(name):
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies over the stage, in its place."""
        self._arrange()
        self.handing.arrange()

    def _build(self) -> None:
        theme = self._theme
        self.stage = Stage(self)
        self.stage.setAccessibleName(self.tr("Film"))
        self.top = TopBar(theme, self)
        self.bottom = BottomBar(theme, self.model.skip_seconds, self)
        self.osd = Osd(theme, self)
        self.opening = Opening(theme, self)
        self.empty = EmptyPlayer(theme, self)
        self.broken = FailedPlayer(theme, self)
        self.panel = Panel(theme, self)
        self.next_card = NextCard(theme, COUNTDOWN, self)
        self.choices = Choices(theme, self.model, self.panel, self)
        self.actions_ = PlayerActions(self.model, self.choices, self.osd, self)
        self.handing = Handing(self._context, self.model, self)
        self.files = PlayerFiles(self.model, self._context.toasts, self)
        self.modes = WindowModes(theme, self, self.stage, self.model, self._context.navigator)
        self.fading = Fading(
            self, self.model, self.stage, self.top, self.bottom,
            lambda: bool(self.panel.kind) or self.next_card.isVisible(),
        )  # fmt: skip

    def _bind(self) -> None:
        model, do = self.model, self.actions_.do
        model.state_changed.connect(self._on_state)
        model.engine_made.connect(self._on_engine)
        model.shelf_changed.connect(lambda: self.empty.set_shelf(model.shelf))
        model.countdown_changed.connect(self._on_countdown)
        model.finished.connect(self._on_finished)
        model.tried.connect(self.opening.tell_tried)
        model.waits.connect(self.opening.tell_waits)
        model.marked.connect(
            lambda title: self._context.toasts.show(
                self.tr("{0} is marked as watched").format(title)
            )
        )
        self.handing.changed.connect(self._on_state)
        self.handing.left_page.connect(self._on_back)
        self.modes.full_changed.connect(self.bottom.set_full)
        self.stage.moved.connect(self.wake)
        self.stage.clicked.connect(self._on_click)
        self.stage.double_clicked.connect(lambda: do("full"))
        self.stage.wheeled.connect(lambda turn: do("louder" if turn > 0 else "quieter"))
        self._bind_buttons()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
            application.aboutToQuit.connect(self.shut)

    def _bind_buttons(self) -> None:
        model, do = self.model, self.actions_.do
        for button, name in (
            (self.bottom.play, "toggle"),
            (self.bottom.rewind, "back"),
            (self.bottom.forward, "forward"),
            (self.bottom.next, "next"),
            (self.bottom.full, "full"),
            (self.top.small, "small"),
        ):
            button.clicked.connect(lambda _on=False, name=name: do(name))
        self.top.back.clicked.connect(self._on_back)
        self.bottom.seek.sought.connect(model.seek)
        self.bottom.panel_asked.connect(self._toggle_panel)
        self.actions_.panel_asked.connect(self._toggle_panel)
        self.actions_.view_asked.connect(self._on_view_asked)
        self.panel.closed.connect(self._on_panel_closed)
        self.choices.file_asked.connect(self.files.ask_subtitle)
        self.choices.screenshot_asked.connect(self.files.screenshot)
        self.next_card.play.connect(model.play_next)
        self.next_card.stay.connect(model.cancel_next)
        self.top.cast.clicked.connect(lambda _on=False: self.cast())
        self.opening.cancelled.connect(self._on_back)
        self.empty.library_asked.connect(lambda: self._context.navigator.open("library"))
        self.empty.item_asked.connect(lambda item: model.open(ItemId(item)))
        self.broken.again.connect(model.retry)
        self.broken.left.connect(self._on_back)

    def _make_engine(self) -> Engine:
        assert self._make is not None
        return self._make()

    def _make_mpv(self) -> Engine:
        from ui.pages.player.desk import Desk

        self._desk = Desk(self._context.services.settings.current.playback)
        self.stage.put(self._desk.view)
        self._desk.show()
        return self._desk.core

    def _on_engine(self) -> None:
        engine = self.model.engine
        if engine is None:
            return
        bottom = self.bottom
        engine.position_changed.connect(bottom.set_position)
        engine.duration_changed.connect(bottom.set_duration)
        engine.paused_changed.connect(self._on_paused)
        engine.volume_changed.connect(bottom.set_volume)
        engine.chapters_changed.connect(self._on_chapters)
        for fact in (engine.tracks_changed, engine.speed_changed):
            fact.connect(self.choices.refresh)
        bottom.set_volume(engine.volume, engine.muted)
        if self._desk is not None:
            from ui.pages.player.outside import Outside

            self._outside = Outside(self._context, self.model, self.actions_, self)

    def _on_state(self) -> None:
        state = self.model.state
        playing = state is State.PLAYING
        self.handing.show(state is State.EMPTY)
        self.empty.setVisible(state is State.EMPTY and not self.handing.shown)
        self.broken.setVisible(state is State.FAILED)
        self.top.setVisible(state in (State.OPENING, State.PLAYING))
        self.top.shown = self.top.isVisibleTo(self)
        self.bottom.setVisible(playing)
        self.bottom.shown = playing
        self.top.small.setVisible(playing)
        self.top.cast.setVisible(playing and self.handing.possible)
        self.next_card.hide()
        if state is State.OPENING:
            self.opening.begin()
            self.panel.close_panel()
        else:
            self.opening.end()
        if state is State.FAILED and self.model.error is not None:
            request = self.model.request
            self.broken.tell(self.model.error, request.title if request else "")
            self.modes.leave_small(visit=True)
        if playing:
            self._on_playing()
        if self.isVisible():
            self.focus_first()
        self.wake()

    def _on_playing(self) -> None:
        request, engine = self.model.request, self.model.engine
        if request is None or engine is None:
            return
        self.top.set_names(request.title, request.caption)
        self.bottom.next.setVisible(request.has_next)
        self.bottom.set_duration(engine.duration)
        self.bottom.set_position(engine.position)
        self.bottom.set_playing(not engine.paused)
        self._on_chapters(engine.chapters)
        self._arrange()

    def _on_chapters(self, chapters: object) -> None:
        engine = self.model.engine
        if engine is not None:
            self.bottom.seek.set_chapters(engine.chapters)
            self.bottom.panels["chapters"].setVisible(bool(engine.chapters))

    def _on_paused(self, paused: bool) -> None:
        self.bottom.set_playing(not paused)
        self.modes.set_playing(not paused)
        self.wake()

    def _on_click(self) -> None:
        if not self.panel.close_panel():
            self.actions_.do("toggle")

    def _on_back(self) -> None:
        self.modes.set_full(False)
        if self.model.state is State.OPENING:
            self.model.stop()
        self._context.navigator.back()

    def _on_finished(self) -> None:
        self.modes.leave_small(visit=False)
        self.modes.set_full(False)
        self.model.stop()
        if self.isVisible():
            self._context.navigator.back()

    def _on_countdown(self, left: int) -> None:
        if left < 0 or self.model.next_request is None:
            self.next_card.hide()
            self.wake()
            return
        if not self.next_card.isVisible():
            self.next_card.offer(self.model.next_request.card)
            self.next_card.show()
            self.next_card.raise_()
            self._arrange()
            self.next_card.play_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next_card.count(left)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self.stage and self.isAncestorOf(new):
            self.wake()

    def _toggle_panel(self, kind: str) -> None:
        if self.panel.kind == kind:
            self.panel.close_panel()
            return
        self.wake()
        self.choices.show(kind)
        self._arrange()
        for name, button in self.bottom.panels.items():
            button.setChecked(name == kind)
        self.panel.focus_line()

    def _on_panel_closed(self) -> None:
        asked = [button for button in self.bottom.panels.values() if button.isChecked()]
        for button in self.bottom.panels.values():
            button.setChecked(False)
        self.wake()
        (asked or [self.bottom.play])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_view_asked(self, name: str) -> None:
        if name == "full":
            self.modes.set_full(not self.immersive)
        elif name == "small":
            self.modes.enter_small()
        elif name == "screenshot":
            self.files.screenshot()
        else:
            self.wake()
            self.bottom.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        arrange(self, self._theme)
