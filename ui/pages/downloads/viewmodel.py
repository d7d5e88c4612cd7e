"""What the Downloads page knows: the rows as they move, the traffic, the chart, the wishes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.downloads import (
    ENDED,
    Download,
    DownloadId,
    DownloadState,
    Sample,
    Traffic,
)
from app.domain.errors import AppError
from app.domain.events import DownloadsChanged, SettingsChanged
from app.domain.settings_sections import Downloads
from ui.bridge import Bridge, Call
from ui.pages.downloads.deeds import can_pause, can_retry
from ui.pages.downloads.ports import DownloadsPort, SettingsPort
from ui.pages.downloads.shelves import Shelf, arranged, counted

if TYPE_CHECKING:
    from app.services.playback.request import Ticket

T = TypeVar("T")
RANGES = (300, 3600, 86_400)
BEATS = {300: 1000, 3600: 10_000, 86_400: 60_000}
"""How often the chart is drawn anew, in milliseconds, by the seconds it shows."""


class DownloadsViewModel(QObject):
    """Keeps rows by small numbers that never change; the page only paints them."""

    rows_changed = Signal(tuple)
    """The numbers of rows that are other ones now; never empty."""
    ids_changed = Signal()
    """Other rows are shown, or in another order."""
    traffic_changed = Signal()
    chart_changed = Signal()
    limits_changed = Signal()
    state_changed = Signal()
    """Busy, failed or loaded."""
    ready = Signal(object)
    """A ticket for the player."""
    failed = Signal(object)
    """Something the owner asked for did not work; what is shown stays."""
    removed = Signal(tuple, bool)
    """Rows were removed, perhaps with their files: offer to undo it."""
    moved = Signal(object)
    """A row lies in another folder now."""

    def __init__(
        self,
        bridge: Bridge,
        downloads: DownloadsPort,
        settings: SettingsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._downloads, self._settings = bridge, downloads, settings
        self._rows: dict[int, Download] = {}
        self._numbers: dict[DownloadId, int] = {}
        self._call: Call | None = None
        self._chart_call: Call | None = None
        self._timer = QTimer(self, interval=BEATS[RANGES[0]])
        self._timer.timeout.connect(self._on_beat)
        self.loaded = False
        self.error: BaseException | None = None
        self.shelf = Shelf.ALL
        self.ids: array[int] = array("q")
        self.counts: Counter[Shelf] = Counter()
        self.traffic = Traffic()
        self.samples: tuple[Sample, ...] = ()
        self.seconds = RANGES[0]
        bridge.on(DownloadsChanged, self._on_downloads_changed, self)
        bridge.on(SettingsChanged, self._on_settings_changed, self)

    # Coming and going.

    def wake(self) -> None:
        """The page is seen: load what is not here yet, and keep the chart moving."""
        if not self.loaded:
            self.load()
        self._timer.start()
        self._ask_samples()

    def rest(self) -> None:
        """The page is not seen; rows are still heard of."""
        self._timer.stop()

    def load(self) -> None:
        """Read everything anew."""
        if self._call is not None:
            self._call.cancel()
        self.error = None
        self._call = self._bridge.call(
            self._downloads.rows(), self._on_rows, self._on_rows_failed, self
        )
        self._bridge.call(self._downloads.traffic_now(), self._on_traffic, lambda _: None, self)
        self.state_changed.emit()

    # What is shown.

    def row(self, number: int) -> Download | None:
        """A download by its number."""
        return self._rows.get(number)

    def number_of(self, download: DownloadId) -> int:
        """The number of a download; -1 for one that is not known."""
        return self._numbers.get(download, -1)

    def show(self, shelf: Shelf) -> None:
        """Show one kind of downloads."""
        if shelf is not self.shelf:
            self.shelf = shelf
            self._arrange()

    def holds(self, link: str) -> bool:
        """Whether a link is downloaded, or was, already."""
        return any(row.link == link for row in self._rows.values())

    @property
    def wishes(self) -> Downloads:
        """The settings of downloads."""
        return self._settings.current.downloads

    @property
    def all_paused(self) -> bool:
        """Whether nothing goes on because the owner wanted it so."""
        going = self.counts[Shelf.ACTIVE] + self.counts[Shelf.QUEUED] + self.counts[Shelf.SEEDING]
        return self.traffic.paused or (not going and self.counts[Shelf.PAUSED] > 0)

    def set_range(self, seconds: int) -> None:
        """Let the chart show so many seconds."""
        if seconds != self.seconds:
            self.seconds = seconds
            self._timer.setInterval(BEATS[seconds])
            self._ask_samples()

    # Doing something.

    def play(
        self,
        number: int,
        index: int | None = None,
        then: Callable[[Ticket], None] | None = None,
    ) -> None:
        """Play a download, or one of its files; `ready`, or `then`, brings the ticket."""
        done = then if then is not None else self.ready.emit
        self._ask(number, lambda of: self._downloads.play(of, index), done)

    def toggle(self, *numbers: int, pause: bool | None = None) -> None:
        """Pause those that do something; where none does, let them go on. `pause` says which."""
        rows = self._known(numbers)
        if pause is None:
            pause = any(map(can_pause, rows))
        if pause:
            self._each([row for row in rows if can_pause(row)], self._downloads.pause)
            return
        paused = [row for row in rows if row.state is DownloadState.PAUSED]
        self._each(paused, self._downloads.go)
        self._each(
            [row for row in rows if row.state is DownloadState.FAILED], self._downloads.retry
        )

    def toggle_all(self) -> None:
        """Pause everything, or let everything go on."""
        work = self._downloads.go_all() if self.all_paused else self._downloads.pause_all()
        self._bridge.call(work, None, self.failed.emit, self)

    def retry(self, *numbers: int) -> None:
        """Try those again that failed or are held."""
        self._each([row for row in self._known(numbers) if can_retry(row)], self._downloads.retry)

    def remove(self, *numbers: int, files: bool) -> None:
        """Take them off the list; `removed` lets it be undone."""

        def tell(done: tuple[Download, ...]) -> None:
            if done:
                self.removed.emit(done, files)

        work = partial(self._downloads.remove, files=files)
        self._each(self._known(numbers), work, tell)

    def restore(self, *downloads: DownloadId) -> None:
        """Bring back what was removed."""

        async def bring() -> None:
            for each in downloads:
                await self._downloads.restore(each)

        self._bridge.call(bring(), None, self.failed.emit, self)

    def step(self, number: int, by: int) -> None:
        """Move it up (-1) or down (1) among those that are not over, or to the top (0)."""
        place = self._place_after(number, by)
        if place is not None:
            self._ask(number, lambda of: self._downloads.put_in_queue(of, place))

    def check(self, number: int) -> None:
        """Compare it with what it should be."""
        self._ask(number, self._downloads.check)

    def move(self, number: int, folder: bytes) -> None:
        """Take it to another folder."""
        row = self._rows.get(number)
        self._ask(
            number,
            lambda of: self._downloads.move(of, folder),
            lambda _: self.moved.emit(row),
        )

    def set_limit(self, name: str, megabytes: int) -> None:
        """Change ``down_limit`` or ``up_limit``; 0 is none."""
        work = self._settings.set("downloads", name, megabytes)
        self._bridge.call(work, None, self.failed.emit, self)

    # Inside.

    def _known(self, numbers: Iterable[int]) -> list[Download]:
        return [row for one in numbers if (row := self._rows.get(one)) is not None]

    def _each(
        self,
        rows: Sequence[Download],
        work: Callable[[DownloadId], Coroutine[Any, Any, None]],
        done: Callable[[tuple[Download, ...]], None] = lambda _rows: None,
    ) -> None:
        """Do it with one after the other; one that refuses does not keep the others back."""
        if not rows:
            return

        async def do() -> tuple[tuple[Download, ...], AppError | None]:
            well, failure = [], None
            for row in rows:
                try:
                    await work(row.id)
                    well.append(row)
                except AppError as error:
                    failure = failure or error
            return tuple(well), failure

        def tell(told: tuple[tuple[Download, ...], AppError | None]) -> None:
            done(told[0])
            if told[1] is not None:
                self.failed.emit(told[1])

        self._bridge.call(do(), tell, self.failed.emit, self)

    def _ask(
        self,
        number: int,
        work: Callable[[DownloadId], Coroutine[Any, Any, T]],
        done: Callable[[T], None] | None = None,
    ) -> None:
        row = self._rows.get(number)
        if row is not None:
            self._bridge.call(work(row.id), done, self.failed.emit, self)

    def _place_after(self, number: int, by: int) -> int | None:
        """The place in the whole queue to which a step leads; None when it leads nowhere."""
        row = self._rows.get(number)
        if row is None:
            return None
        everything = sorted(self._rows.values(), key=lambda one: one.order)
        moving = [one for one in everything if one.state not in ENDED]
        if row not in moving:
            return None
        at = moving.index(row)
        wanted = 0 if by == 0 else at + by
        if wanted == at or not 0 <= wanted < len(moving):
            return None
        return everything.index(moving[wanted])

    def _number(self, download: DownloadId) -> int:
        return self._numbers.setdefault(download, len(self._numbers))

    def _on_rows(self, rows: tuple[Download, ...]) -> None:
        self._call = None
        self.loaded = True
        self._rows = {self._number(row.id): row for row in rows}
        self._arrange()
        if self._rows:
            self.rows_changed.emit(tuple(self._rows))
        self.state_changed.emit()

    def _on_rows_failed(self, error: BaseException) -> None:
        self._call = None
        self.error = error
        self.state_changed.emit()

    def _on_traffic(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self.traffic_changed.emit()

    def _on_downloads_changed(self, event: DownloadsChanged) -> None:
        if self.loaded:
            for gone in event.gone:
                self._rows.pop(self._number(gone), None)
            numbers = tuple(self._number(row.id) for row in event.rows)
            self._rows.update(zip(numbers, event.rows, strict=True))
            self._arrange()
            if numbers:
                self.rows_changed.emit(numbers)
        self._on_traffic(event.traffic)

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        if event.section == "downloads":
            self.limits_changed.emit()

    def _arrange(self) -> None:
        counts = counted(self._rows.values())
        shown = arranged(self._rows.values(), self.shelf)
        ids = array("q", (self._numbers[row.id] for row in shown))
        if ids != self.ids or counts != self.counts:
            self.ids, self.counts = ids, counts
            self.ids_changed.emit()

    def _on_beat(self) -> None:
        if self._chart_call is None:
            self._ask_samples()

    def _ask_samples(self) -> None:
        if self._chart_call is not None:
            self._chart_call.cancel()
        self._chart_call = self._bridge.call(
            self._downloads.samples(self.seconds), self._on_samples, self._on_no_samples, self
        )

    def _on_samples(self, samples: tuple[Sample, ...]) -> None:
        self._chart_call = None
        self.samples = samples
        self.chart_changed.emit()

    def _on_no_samples(self, _error: BaseException) -> None:
        self._chart_call = None  # the chart stays as it was; it is asked for again
