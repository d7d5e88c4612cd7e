"""The drawer with everything about one download; live while it is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.downloads import Download, DownloadDetails, DownloadKind, DownloadState
from ui import download_words as said
from ui import words
from ui.pages.downloads.about import AboutPanel
from ui.pages.downloads.deeds import Deed, can_pause, can_play, deeds_of
from ui.pages.downloads.details_model import DetailsModel
from ui.pages.downloads.facts import PeerList, TrackerList
from ui.pages.downloads.files import FileList
from ui.pages.downloads.painter import ICONS, bar_tone, deed_words
from ui.pages.downloads.pieces import PiecesBar
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay

WIDE = 720
STANDING = (DownloadState.FAILED, DownloadState.HELD)
FILES, PEERS, TRACKERS, ABOUT = "files", "peers", "trackers", "about"


class DetailsDrawer(Overlay):
    """Stands at the right over the page, as high as the window. Esc closes it."""

    pressed = Signal(object, object)
    """The id of the download, and a `Deed` asked of it."""
    play_wanted = Signal(object, int)
    """The id of the download, and one of its files."""
    move_wanted = Signal(object)
    open_wanted = Signal(object)
    copied = Signal(str)

    def __init__(self, theme: Theme, window: QWidget, model: DetailsModel) -> None:
        super().__init__(theme, window, WIDE)
        self._model = model
        self._row: Download | None = None
        self.setAccessibleName(self.tr("Everything about a download"))
        self.column.setContentsMargins(*(theme.px(28), theme.px(24)) * 2)
        self.column.addLayout(self._make_head())
        self.state = Label("", "strong")
        self.reason = Label("", "secondary", wrap=True)
        self.figures = Label("", "secondary", wrap=True)
        self.pieces = PiecesBar(theme)
        for part in (self.state, self.reason, self.pieces, self.figures):
            self.column.addWidget(part)
        self.column.addSpacing(theme.px(4))
        self.column.addLayout(self._make_buttons())
        self.column.addSpacing(theme.px(8))
        self.column.addLayout(self._make_tabs())
        self.column.addWidget(self.stack, 1)
        self._connect()

    def show_row(self, row: Download, tab: str = FILES) -> None:
        """Open it for a download."""
        self._row = row
        self.files.show_files(())
        self.peers.show_peers(())
        self.trackers.show_trackers((), ())
        self._show_head(row)
        torrent = row.kind is DownloadKind.TORRENT
        for name in (PEERS, TRACKERS):
            self.tabs[name].setVisible(torrent)
        self._model.watch(row.id)
        self.show_tab(tab)
        self.open()
        if tab == ABOUT:
            self.about.focus_limits()

    def shown(self) -> Download | None:
        """The download it tells of while it is open."""
        return self._row if self.isVisible() else None

    def show_tab(self, name: str) -> None:
        """Show files, peers, trackers, or the rest."""
        for known, chip in self.tabs.items():
            chip.setChecked(known == name)
        self.stack.setCurrentWidget(self._parts[name])

    def update_row(self, row: Download) -> None:
        """The download moved on."""
        if self._row is not None and row.id == self._row.id:
            self._row = row
            self._show_head(row)

    def focus_first(self) -> None:
        """The first button that can be pressed."""
        for button in (self.play, self.main, self.close_button):
            if button.isVisibleTo(self) and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _fit(self) -> None:
        """At the right, from top to bottom."""
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        edge = self._theme.px(12)
        width = min(self._theme.px(WIDE), self.width() - 2 * edge)
        self.panel.setFixedSize(width, self.height() - 2 * edge)
        self.panel.move(self.width() - width - edge, edge)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        self.title = Label("", "section", wrap=True)
        self.close_button = Button(self._theme, "", "icon", "x", self.tr("Close"))
        self.close_button.clicked.connect(lambda _on=False: self.dismiss())
        row.addWidget(self.title, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_buttons(self) -> FlowLayout:
        theme, flow = self._theme, FlowLayout(self._theme.px(10))
        self.play = Button(theme, deed_words(Deed.PLAY), "main", "play")
        self.main = Button(theme, "", "plain", "pause")
        self.remove = Button(theme, deed_words(Deed.REMOVE), "ghost", "x")
        self.play.clicked.connect(lambda _on=False: self._press(Deed.PLAY))
        self.main.clicked.connect(lambda _on=False: self._press(self._deed()))
        self.remove.clicked.connect(lambda _on=False: self._press(Deed.REMOVE))
        for button in (self.play, self.main, self.remove):
            flow.addWidget(button)
        return flow

    def _make_tabs(self) -> QHBoxLayout:
        theme = self._theme
        self.files = FileList(theme, live=True)
        self.peers = PeerList(theme)
        self.trackers = TrackerList(theme)
        self.about = AboutPanel(theme)
        self._parts: dict[str, QWidget] = {
            FILES: self.files, PEERS: self.peers, TRACKERS: self.trackers, ABOUT: self.about,
        }  # fmt: skip
        self.stack = QStackedWidget()
        self.tabs: dict[str, Chip] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for name, part in self._parts.items():
            chip = Chip(theme, "")
            chip.clicked.connect(lambda _on=False, wanted=name: self.show_tab(wanted))
            self.tabs[name] = chip
            row.addWidget(chip)
            self.stack.addWidget(part)
        row.addStretch(1)
        self._name_tabs(None)
        return row

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._on_details)
        model.gone.connect(self.dismiss)
        self.closed.connect(model.leave)
        self.files.wanted_changed.connect(model.choose)
        self.files.play_wanted.connect(self._play_file)
        self.about.limited.connect(model.limit)
        self.about.move_pressed.connect(lambda: self._tell(self.move_wanted))
        self.about.open_pressed.connect(lambda: self._tell(self.open_wanted))
        self.about.copy_pressed.connect(self._copy)

    def _on_details(self) -> None:
        details = self._model.details
        if details is None or self._row is None or details.download.id != self._row.id:
            return
        self._row = row = details.download
        self._show_head(row)
        self.pieces.show_pieces(details.pieces, row.fraction, bar_tone(row))
        self.files.show_files(details.files)
        self.peers.show_peers(details.peers)
        self.trackers.show_trackers(details.trackers, details.web_seeds)
        self.about.show_details(details, self._model.free)
        self._name_tabs(details)

    def _show_head(self, row: Download) -> None:
        self.title.setText(row.name)
        text, tone = said.state(row)
        more = said.state_more(row)
        self.state.setText(words.SEPARATOR.join(part for part in (text, more) if part))
        self.state.set_tone("" if tone == "dim" else tone)
        reason = said.reason(row)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        details = self._model.details
        pieces = details.pieces if details is not None else b""
        self.pieces.show_pieces(pieces, row.fraction, bar_tone(row))
        self.figures.setText(_figures(row))
        self.files.set_over(over=row.state is DownloadState.DONE)
        self.play.setEnabled(can_play(row))
        deed = self._deed()
        self.main.setText(deed_words(deed))
        self.main.set_icon(ICONS[deed])
        self.main.setVisible(deed is not Deed.PLAY)

    def _name_tabs(self, details: DownloadDetails | None) -> None:
        names = {
            FILES: (self.tr("Files"), len(details.files) if details else 0),
            PEERS: (self.tr("Peers"), len(details.peers) if details else 0),
            TRACKERS: (self.tr("Trackers"), len(details.trackers) if details else 0),
            ABOUT: (self.tr("About it"), 0),
        }
        for tab, (name, amount) in names.items():
            text = f"{name}{words.SEPARATOR}{words.count(amount)}" if amount else name
            if self.tabs[tab].text() != text:
                self.tabs[tab].setText(text)
                self.tabs[tab].updateGeometry()

    def _deed(self) -> Deed:
        """What the second button does now: pause, go on, or try again."""
        row = self._row
        if row is None:
            return Deed.PAUSE
        found = [deed for deed in deeds_of(row) if deed in (Deed.GO, Deed.RETRY)]
        if found:
            return found[0]
        return Deed.PAUSE if can_pause(row) else Deed.PLAY

    def _press(self, deed: Deed) -> None:
        row = self._row
        if row is None:
            return
        if deed in (Deed.PLAY, Deed.REMOVE):
            self.dismiss()
        self.pressed.emit(row.id, deed)

    def _play_file(self, index: int) -> None:
        row = self._row
        if row is not None:
            self.dismiss()
            self.play_wanted.emit(row.id, index)

    def _tell(self, signal: object) -> None:
        row = self._row
        if row is not None:
            self.dismiss()
            signal.emit(row.id)  # type: ignore[attr-defined]  # a signal of this class

    def _copy(self) -> None:
        if self._row is not None:
            QGuiApplication.clipboard().setText(self._row.link)
            self.copied.emit(self._row.link)


def _figures(row: Download) -> str:
    """How far it is, such as ``38 % · 6.1 GB of 16 GB · 28 MB/s · 6 min left``."""
    parts = [said.percent(row)]
    if row.size:
        parts.append(said.amount(row))
    if said.speed_of(row) != said.DASH:
        parts.append(said.speed_of(row))
    if said.left(row) != said.DASH:
        parts.append(said.still(row))
    if said.origin(row) != said.DASH and row.state not in STANDING:
        parts.append(said.origin(row))
    return words.SEPARATOR.join(parts)
