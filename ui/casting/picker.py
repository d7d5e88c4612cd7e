"""The list of screens: opened by the chip, by every cast button and by the C key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.casting import OVER, Device, DeviceId
from ui.casting import words
from ui.casting.device_row import HEIGHT, DeviceRow, Line
from ui.casting.viewmodel import CastViewModel
from ui.casting.wanted import Wanted
from ui.messages import sentence
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay

WIDE = 580
HERE = DeviceId("")  # this screen


class CastPicker(Overlay):
    """A row for each screen, in the order in which they stood when it was opened.

    What comes while it is open is added below, so that nothing moves under pointer or focus.
    """

    chosen = Signal(object, object)
    """A device, and the `Wanted` that is to play there (None: what plays goes on being shown)."""
    queued = Signal(object, object)
    """A device, and the `Wanted` that is to play there after what plays now."""
    here_chosen = Signal(object)
    """This screen, for the `Wanted` (None: what plays elsewhere comes back)."""
    forgotten = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, model: CastViewModel, subtitles: Callable[[], str]
    ) -> None:
        super().__init__(theme, window, WIDE)
        self._model, self._subtitles = model, subtitles
        self.wanted: Wanted | None = None
        self.rows: dict[DeviceId, DeviceRow] = {}
        self._fixed_top = 0
        self._answered = self._told_empty = False
        self.column.setContentsMargins(theme.px(20), theme.px(22), theme.px(20), theme.px(14))
        self.column.setSpacing(theme.px(8))
        self._make_head()
        self._make_list()
        self._make_foot()
        self.closed.connect(self._on_closed)
        model.devices_changed.connect(self._show_rows)
        model.devices_failed.connect(self._on_failed)
        model.offers_changed.connect(self._show_rows)
        model.offers_failed.connect(self._on_failed)
        model.castings_changed.connect(self._show_rows)
        model.looking_changed.connect(self._show_looking)

    def ask(self, wanted: Wanted | None) -> None:
        """Open for something, or to show where things play."""
        self.wanted, self._answered = wanted, False
        title = self.tr("Play {0} on").format(wanted.title) if wanted else self._title_now()
        self._title.setText(title)
        self.panel.setAccessibleName(title)
        self._note.hide()
        self._retry.hide()
        for device in list(self.rows):
            self._drop(device)
        self._model.ask_offers(wanted.what if wanted is not None else None)
        self._model.load()
        self._model.look()
        self._fixed_top = 0
        self._show_rows()
        self._show_looking()
        self.open()

    def focus_first(self) -> None:
        """The screen where it plays, else the first that is here."""
        rows = [row for row in self.rows.values() if not row.line.dim]
        lit = [row for row in rows if row.line.lit]
        for row in (*lit, *rows, self._close):
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _make_head(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(self._theme.px(8), 0, self._theme.px(2), 0)
        self._title = ElidedLabel("", "section", elide=Qt.TextElideMode.ElideRight)
        self._close = Button(self._theme, variant="icon", icon="x", label=self.tr("Close"))
        self._close.clicked.connect(self.dismiss)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.column.addLayout(head)

    def _make_list(self) -> None:
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, self._theme.px(4), 0, self._theme.px(4))
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self.column.addWidget(self._area, 1)

    def _make_foot(self) -> None:
        px = self._theme.px
        self._note = Label("", "secondary", wrap=True)
        self._note.setContentsMargins(px(8), px(2), px(8), 0)
        self._note.hide()
        self.column.addWidget(self._note)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(8), 0, 0, 0)
        self._about = ElidedLabel("", "secondary")
        self.more = Button(self._theme, "", "link")
        self.more.clicked.connect(self._model.look)
        self._retry = Button(self._theme, self.tr("Try again"), "link", "refresh-cw")
        self._retry.clicked.connect(self._on_retry)
        self._retry.hide()
        foot.addWidget(self._about, 1)
        foot.addWidget(self._retry)
        foot.addWidget(self.more)
        self.column.addLayout(foot)

    # What is shown.

    def _title_now(self) -> str:
        now = self._model.now
        if now is not None and self._model.going:
            return self.tr("{0} plays on").format(now.title)
        return self.tr("Picture and sound go to")

    def _show_rows(self) -> None:
        """Bring every row up to date in its place; new ones go below."""
        devices = self._model.devices or ()
        known = {device.id for device in devices}
        for gone in [one for one in self.rows if one != HERE and one not in known]:
            self._drop(gone)
        first = not self.rows
        for device in devices:
            self._show_row(device.id, self._line(device))
        if self._model.devices is not None:
            self._show_row(HERE, self._line_here())
        self._show_about()
        self._show_note()
        if self.isVisible():
            self.refit()
            if first and self.rows and self._close.hasFocus():
                self.focus_first()

    def _show_note(self) -> None:
        """Say what to do when no device is there."""
        if self._retry.isVisibleTo(self):
            return
        empty = self._model.devices == ()
        if empty:
            text = self.tr(
                "No TV is found yet. Switch it on, and join it to the same network as this"
                " station: it appears here by itself."
            )
            self._note.setText(text)
            self._note.set_tone("")
        if empty or self._told_empty:
            self._note.setVisible(empty)
        self._told_empty = empty

    def _show_row(self, device: DeviceId, line: Line) -> None:
        row = self.rows.get(device)
        if row is None:
            row = self.rows[device] = DeviceRow(self._theme, line)
            row.clicked.connect(lambda _on=False: self._on_pressed(device))
            row.forgotten.connect(lambda: self.forgotten.emit(device))
            row.queued.connect(lambda: self._on_queued(device))
            self._lines.insertWidget(self._lines.count() - 1, row.holder)
            row.holder.show()
        elif row.line != line:
            row.show_line(line)

    def _drop(self, device: DeviceId) -> None:
        holder = self.rows.pop(device).holder
        holder.hide()
        holder.setParent(None)
        holder.deleteLater()

    def _line(self, device: Device) -> Line:
        icon, kind = words.icon(device), words.kind(device)
        if not device.here:
            return Line(icon, device.name, kind, words.away(device), dim=True)
        playing = self._model.casting_on(device.id)
        if playing is not None and playing.stage not in OVER:
            stage = words.stage(playing)
            # What is open here and handed over goes on there at once, or not at all.
            queues = self.wanted is not None and self.wanted.taken is None
            return Line(icon, device.name, kind, stage, playing.title, lit=True, queues=queues)
        does, why = self._plan(device)
        return Line(icon, device.name, kind, does, why)

    def _plan(self, device: Device) -> tuple[str, str]:
        offers = self._model.offers
        if self.wanted is None:
            return "", ""
        if offers is None:
            failed = self._retry.isVisibleTo(self)
            return ("" if failed else self.tr("One moment…")), ""
        offer = offers.get(device.id)
        if offer is None or offer.plan is None:
            return "", ""
        return words.method(offer.plan), words.why(offer.plan)

    def _line_here(self) -> Line:
        used = not self._model.going and self.wanted is None
        return Line("monitor", self.tr("This screen"), words.this_machine(), lit=used)

    def _show_about(self) -> None:
        self._about.setText(self._subtitles() if self.wanted is not None else "")

    def _show_looking(self) -> None:
        looking = self._model.looking
        self.more.setText(self.tr("Looking for more…") if looking else self.tr("Look again"))

    # What is pressed.

    def _on_pressed(self, device: DeviceId) -> None:
        row = self.rows.get(device)
        if row is None:
            return
        if row.line.dim:
            self._tell(self.tr("It is off, or on another network. Once it is back it stands here"
                               " again by itself."))  # fmt: skip
            return
        if device == HERE:
            self._answered = True
            self.dismiss()
            self.here_chosen.emit(self.wanted)
        elif self.wanted is not None or row.line.lit or self._model.going:
            self._answered = True
            self.dismiss()
            self.chosen.emit(device, self.wanted)
        else:
            self._tell(self.tr("Nothing plays now. Press the TV sign beside Play of a film, or C"
                               " while it is chosen."))  # fmt: skip

    def _on_queued(self, device: DeviceId) -> None:
        if self.wanted is not None:
            self._answered = True
            self.dismiss()
            self.queued.emit(device, self.wanted)

    def _tell(self, text: str, tone: str = "") -> None:
        self._note.setText(text)
        self._note.set_tone(tone)
        self._note.show()
        self.refit()

    def _on_failed(self, error: BaseException) -> None:
        if not self.isVisible():
            return
        self._retry.show()
        self._show_rows()
        self._tell(sentence(error), "bad")

    def _on_retry(self) -> None:
        focused = self._retry.hasFocus()
        self._retry.hide()
        self._note.hide()
        if focused:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._model.ask_offers(self.wanted.what if self.wanted is not None else None)
        self._model.load()
        self._model.look()

    def _on_closed(self) -> None:
        wanted = self.wanted
        self._model.ask_offers(None)
        if not self._answered and wanted is not None and wanted.dropped is not None:
            wanted.dropped()

    def _fit(self) -> None:
        """Grow downwards only: the upper edge stays where it was when this was opened."""
        window = self.parentWidget()
        if window is None:
            return
        px, edge = self._theme.px, self._theme.px(24)
        width = min(px(WIDE), window.width() - 2 * edge)
        self._area.setMinimumHeight(0)
        rest = (
            self.column.totalHeightForWidth(width)
            if self.column.hasHeightForWidth()
            else (self.column.totalSizeHint().height())
        )
        rest -= self._area.sizeHint().height()
        wanted = rest + max(1, len(self.rows)) * px(HEIGHT) + px(10)
        self.setGeometry(window.rect())
        if not self._fixed_top:
            space = self.height() - max(wanted, px(416))
            self._fixed_top = max(edge, round(space * 0.3))
        top = min(self._fixed_top, max(edge, self.height() - edge - wanted))
        self.panel.setFixedSize(QSize(width, min(wanted, self.height() - edge - top)))
        self.panel.move((self.width() - width) // 2, top)
