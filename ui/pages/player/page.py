"""The player: the film fills the page, the controls lie over it and fade."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.events import NoticeLevel
from app.domain.media import FileId, ItemId
from ui.page import Page, PageContext
from ui.pages.player.actions import PlayerActions
from ui.pages.player.choices import Choices
from ui.pages.player.chrome import pointed_at
from ui.pages.player.controls import BottomBar, TopBar
from ui.pages.player.engine import Engine
from ui.pages.player.nextcard import NextCard
from ui.pages.player.osd import Osd
from ui.pages.player.panel import WIDTH, Panel
from ui.pages.player.pip import SmallWindow
from ui.pages.player.screenshots import Screenshots
from ui.pages.player.shortcuts import action_of
from ui.pages.player.stage import Stage
from ui.pages.player.states import EmptyPlayer, FailedPlayer, Opening
from ui.pages.player.tracks import beside
from ui.pages.player.viewmodel import COUNTDOWN, PlayerViewModel, State

if TYPE_CHECKING:
    from ui.pages.player.desk import Desk
    from ui.pages.player.outside import Outside

FADE_MS = 3000
SUBTITLES = "*.srt *.ass *.ssa *.vtt *.sub *.sup *.smi *.mpl *.txt"


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
        self._small: SmallWindow | None = None
        self._maximized = False
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
        """Play `item` (of `file`, perhaps `from_start`); without it, show what is there."""
        self._leave_small(visit=False)
        item = args.get("item")
        if isinstance(item, int):
            file = args.get("file")
            wanted = FileId(file) if isinstance(file, int) else None
            from_start = bool(args.get("from_start"))
            request = self.model.request
            same = self.model.active and request is not None and request.item == item
            if same and wanted is None and not from_start and self.model.engine is not None:
                self.model.engine.set_paused(False)
            else:
                self.model.open(ItemId(item), wanted, from_start)
        elif self.model.state is State.EMPTY:
            self.model.load_shelf()
        self.wake()

    def left(self) -> None:
        """Another page is shown: rest, unless the film goes on in its small window."""
        self._full(False)
        self.panel.close_panel()
        self.unsetCursor()
        if self._small is None:
            self.model.pause()
        self.model.keep_volume()

    def focus_first(self) -> None:
        """The play button; the button of a state when no film is shown."""
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
        if self.panel.close_panel():
            return True
        if self.immersive:
            self._full(False)
            return True
        return False

    def can_rebuild(self) -> bool:
        """Not while a film is open."""
        return self.model.state in (State.EMPTY, State.FAILED)

    def wake(self) -> None:
        """Show the controls, and let them fade when nothing more happens."""
        self.unsetCursor()
        if self.model.state is State.PLAYING:
            self.top.appear(True)
            self.bottom.appear(True)
            self._listen()
        self._fade.start()

    def shut(self) -> None:
        """Free mpv, the small window and the desktop's remote controls."""
        self._fade.stop()
        self.shots.wait()
        if self._small is not None:
            self._small.deleteLater()
            self._small = None
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
        self.shots = Screenshots(self)
        self._fade = QTimer(self, singleShot=True, interval=FADE_MS)

    def _bind(self) -> None:
        model, do = self.model, self.actions_.do
        model.state_changed.connect(self._on_state)
        model.engine_made.connect(self._on_engine)
        model.shelf_changed.connect(lambda: self.empty.set_shelf(model.shelf))
        model.countdown_changed.connect(self._on_countdown)
        model.finished.connect(self._on_finished)
        model.marked.connect(
            lambda title: self._context.toasts.show(
                self.tr("{0} is marked as watched").format(title)
            )
        )
        self._fade.timeout.connect(self._sleep)
        self.stage.moved.connect(self.wake)
        self.stage.clicked.connect(self._on_click)
        self.stage.double_clicked.connect(lambda: do("full"))
        self.stage.wheeled.connect(lambda turn: do("louder" if turn > 0 else "quieter"))
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
        self.choices.file_asked.connect(self._ask_file)
        self.choices.screenshot_asked.connect(self._screenshot)
        self.shots.saved.connect(self._on_saved)
        self.next_card.play.connect(model.play_next)
        self.next_card.stay.connect(model.cancel_next)
        self.opening.cancelled.connect(self._on_back)
        self.empty.library_asked.connect(lambda: self._context.navigator.open("library"))
        self.empty.item_asked.connect(lambda item: model.open(ItemId(item)))
        self.broken.again.connect(model.retry)
        self.broken.left.connect(self._on_back)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        if application is not None:
            application.aboutToQuit.connect(self.shut)

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
        self.empty.setVisible(state is State.EMPTY)
        self.broken.setVisible(state is State.FAILED)
        self.top.setVisible(state in (State.OPENING, State.PLAYING))
        self.top.shown = self.top.isVisibleTo(self)
        self.bottom.setVisible(playing)
        self.bottom.shown = playing
        self.top.small.setVisible(playing)
        self.next_card.hide()
        if state is State.OPENING:
            self.opening.begin()
            self.panel.close_panel()
        else:
            self.opening.end()
        if state is State.FAILED and self.model.error is not None:
            request = self.model.request
            self.broken.tell(self.model.error, request.title if request else "")
            self._leave_small(visit=True)
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
        self.bottom.next.setVisible(request.next is not None)
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
        if self._small is not None:
            self._small.set_playing(not paused)
        self.wake()

    def _on_click(self) -> None:
        if not self.panel.close_panel():
            self.actions_.do("toggle")

    def _on_back(self) -> None:
        self._full(False)
        if self.model.state is State.OPENING:
            self.model.stop()
        self._context.navigator.back()

    def _on_finished(self) -> None:
        self._leave_small(visit=False)
        self._full(False)
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
        self._listen()
        if new is not None and new is not self.stage and self.isAncestorOf(new):
            self.wake()

    def _listen(self) -> None:
        self.stage.listens = self.model.active

    def _sleep(self) -> None:
        engine = self.model.engine
        busy = (
            not self.model.active
            or engine is None
            or engine.paused
            or bool(self.panel.kind)
            or self.next_card.isVisible()
            or pointed_at(self.top, self.bottom)
        )
        if busy:
            self._fade.start()
            return
        focused = QApplication.focusWidget()
        if focused is not None and (
            self.top.isAncestorOf(focused) or self.bottom.isAncestorOf(focused)
        ):
            self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
            self._fade.stop()
        self.bottom.hide_bubble()
        self.top.appear(False)
        self.bottom.appear(False)
        if self.isVisible():
            self.setCursor(Qt.CursorShape.BlankCursor)

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
            self._full(not self.immersive)
        elif name == "small":
            self._enter_small()
        elif name == "screenshot":
            self._screenshot()
        else:
            self.wake()
            self.bottom.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def _full(self, on: bool) -> None:
        if on == self.immersive:
            return
        window = self.window()
        self.immersive = on
        self.bottom.set_full(on)
        if on:
            self._maximized = window.isMaximized()
            window.showFullScreen()
        elif self._maximized:
            window.showMaximized()
        else:
            window.showNormal()

    def _enter_small(self) -> None:
        video = self.stage.take()
        if video is None or self._small is not None:
            return
        small = self._small = SmallWindow(self._theme)
        small.returned.connect(lambda: self._leave_small(visit=True))
        small.closed.connect(self._close_small)
        small.toggled.connect(self.model.toggle)
        small.stage.put(video)
        small.set_playing(self.model.engine is not None and not self.model.engine.paused)
        self._full(False)
        small.open_in_corner(self)
        self._context.navigator.back()

    def _leave_small(self, *, visit: bool) -> None:
        small, self._small = self._small, None
        if small is None:
            return
        video = small.stage.take()
        if video is not None:
            self.stage.put(video)
        small.hide()
        small.deleteLater()
        if visit and not self.isVisible():
            window = self.window()
            window.show()
            window.activateWindow()
            self._context.navigator.open("player")

    def _close_small(self) -> None:
        self._leave_small(visit=False)
        if not self.isVisible():
            self.model.pause()

    def _screenshot(self) -> None:
        request, engine = self.model.request, self.model.engine
        if request is not None and engine is not None:
            self.shots.take(engine, request.title, engine.position)

    def _on_saved(self, path: str) -> None:
        if path:
            self._context.toasts.show(self.tr("Picture saved: {0}").format(path))
        else:
            self._context.toasts.show(
                self.tr("The picture could not be saved"), level=NoticeLevel.BAD
            )

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a subtitle file"))
        dialog.setNameFilter(self.tr("Subtitles") + f" ({SUBTITLES})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._add_file)
        dialog.open()

    def _add_file(self, name: str) -> None:
        request, engine = self.model.request, self.model.engine
        if request is None or engine is None or not name:
            return
        path, title, language = beside(os.fsencode(name), request.file.path)
        if not engine.add_subtitle(path, title, language):
            self._context.toasts.show(
                self.tr("This subtitle file cannot be used"), level=NoticeLevel.WARN
            )

    def _arrange(self) -> None:
        theme, width, height = self._theme, self.width(), self.height()
        margin, px = theme.margin(width), theme.px
        for cover in (self.stage, self.empty, self.broken, self.opening):
            cover.setGeometry(self.rect())
        self.top.row.setContentsMargins(margin, px(30), margin, px(60))
        self.top.setGeometry(0, 0, width, self.top.sizeHint().height())
        self.bottom.column.setContentsMargins(margin, px(60), margin, px(36))
        bottom = self.bottom.sizeHint().height()
        self.bottom.setGeometry(0, height - bottom, width, bottom)
        floor = height - bottom + px(48)
        card = min(px(WIDTH), width - 2 * margin)
        tall = min(self.panel.wanted_height(), max(px(160), floor - px(96)))
        self.panel.setGeometry(width - margin - card, floor - tall, card, tall)
        self.next_card.adjustSize()
        self.next_card.move(
            width - margin - self.next_card.width(), floor - self.next_card.height()
        )
        self.osd.place()
        self.opening.stackUnder(self.top)
