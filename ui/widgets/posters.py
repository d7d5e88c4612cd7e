"""Decodes pictures off the window's thread and keeps the latest within a fixed memory."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

LIMIT_BYTES = 48 * 1024 * 1024
MOST_WAITING = 120
MOST_MEGABYTES = 64  # a picture that would need more while decoding is refused


class _Done(QObject):
    arrived = Signal(str, QImage)


class _Decode(QRunnable):
    def __init__(self, name: str, path: Path, size: QSize, radius: int, done: _Done) -> None:
        super().__init__()
        self._name, self._path = name, path
        self._size, self._radius = size, radius
        self._done = done

    def run(self) -> None:
        image = decode(self._path, self._size, self._radius)
        self._done.arrived.emit(self._name, image)


def decode(path: Path, size: QSize, radius: int) -> QImage:
    """Read a picture cropped to `size` with round corners; a null image when it cannot be."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setAllocationLimit(MOST_MEGABYTES)
    whole = reader.size()
    if whole.isValid() and not whole.isEmpty():
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return QImage()
    if image.width() < size.width() or image.height() < size.height():
        image = image.scaled(
            size,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
    round_image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    round_image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(round_image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
    painter.setClipPath(shape)
    left = (size.width() - image.width()) // 2
    painter.drawImage(left, (size.height() - image.height()) // 2, image)
    painter.end()
    return round_image


class PosterCache(QObject):
    """Pictures by key and size, decoded in a thread pool; `ready(key)` tells when one came."""

    ready = Signal(str)

    def __init__(self, parent: QObject | None = None, limit: int = LIMIT_BYTES) -> None:
        super().__init__(parent)
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[str, tuple[Path, QSize, int]] = OrderedDict()
        self._running: set[str] = set()
        self._ratios: dict[str, float] = {}
        self._any: dict[str, str] = {}  # by key: the size that came last
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._pool.setExpiryTimeout(10_000)
        self._done = _Done(self)
        self._done.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._pool.clear)

    def request(
        self,
        key: str,
        path: Path,
        size: QSize | None = None,
        radius: int = 0,
        ratio: float = 1.0,
    ) -> QPixmap | None:
        """Return the picture `size` logical pixels large, or None while it is being read.

        Meanwhile another size of it may come: draw it into the rectangle it is for. A picture
        that cannot be read stays None, and `ready` is not emitted for it.
        """
        size = size or QSize(200, 300)
        name = f"{key}\n{size.width()}x{size.height()}r{radius}@{ratio:g}"
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        if name not in self._running:
            self._waiting[name] = (path, size * ratio, round(radius * ratio))
            self._waiting.move_to_end(name)
            self._ratios[name] = ratio
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._start()
        return self._kept.get(self._any.get(key, ""))

    def forget(self, key: str) -> None:
        """Drop every size of a picture, because it changed."""
        for name in [kept for kept in self._kept if kept.split("\n", 1)[0] == key]:
            self._drop(name)

    @property
    def used(self) -> int:
        """How many bytes the kept pictures take."""
        return self._bytes

    def wait(self) -> None:
        """Wait until nothing is being decoded; for tests and for a clean stop."""
        self._waiting.clear()
        self._pool.waitForDone()

    def _start(self) -> None:
        """Feed the pool, newest wish first: that is what is on the screen now."""
        while self._waiting and len(self._running) < self._pool.maxThreadCount() * 2:
            name, (path, size, radius) = self._waiting.popitem(last=True)
            self._running.add(name)
            self._pool.start(_Decode(name, path, size, radius, self._done))

    @Slot(str, QImage)
    def _on_arrived(self, name: str, image: QImage) -> None:
        self._running.discard(name)
        pixmap = None
        if not image.isNull():
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self._ratios.pop(name, 1.0))
            self._bytes += _weight(pixmap)
            self._any[name.split("\n", 1)[0]] = name
        self._kept[name] = pixmap
        while self._bytes > self._limit and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))
        self._start()
        if pixmap is not None:
            self.ready.emit(name.split("\n", 1)[0])

    def _drop(self, name: str) -> None:
        pixmap = self._kept.pop(name)
        if pixmap is not None:
            self._bytes -= _weight(pixmap)
        key = name.split("\n", 1)[0]
        if self._any.get(key) == name:
            del self._any[key]


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
