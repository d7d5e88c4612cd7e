"""Draws mpv's picture with the processor: a thread renders, the widget only copies."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import MpvHandle

log = logging.getLogger(__name__)
MAX_SIDE = 3840  # pixels; larger views are drawn smaller and stretched


class _Size(ctypes.Structure):
    _fields_ = (("w", ctypes.c_int), ("h", ctypes.c_int))


class _Stride(ctypes.Structure):
    _fields_ = (("v", ctypes.c_size_t),)


class _Frame:
    """A picture in memory that mpv draws into and Qt reads from, without a copy."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.stride = (width * 4 + 63) & ~63
        self._memory = (ctypes.c_ubyte * (self.stride * height + 64))()
        self.pointer = ctypes.addressof(self._memory) + (-ctypes.addressof(self._memory)) % 64
        view = (ctypes.c_ubyte * (self.stride * height)).from_address(self.pointer)
        self.image = QImage(
            memoryview(view).cast("B"), width, height, self.stride, QImage.Format.Format_RGB32
        )


class SoftwareRenderer:
    """Owns the render context and the thread that renders; `drawn` is called on that thread."""

    def __init__(self, handle: MpvHandle, drawn: Callable[[], None]) -> None:
        import mpv

        mpv.MpvRenderParam.TYPES.update(
            sw_size=(17, _Size),
            sw_format=(18, str),
            sw_stride=(19, _Stride),
            sw_pointer=(20, ctypes.c_void_p),
        )
        self._drawn = drawn
        self._lock = threading.Lock()  # guards the front frame
        self._wake = threading.Event()
        self._closing = False
        self._dirty = False
        self._visible = True
        self._size = (16, 16)
        self._front: _Frame | None = None
        self._back: _Frame | None = None
        self._context: MpvHandle = mpv.MpvRenderContext(handle, "sw")
        self._context.update_cb = self._wake.set
        self._thread = threading.Thread(target=self._run, name="picture", daemon=True)
        self._thread.start()

    def resize(self, width: int, height: int) -> None:
        """Render at this many device pixels from now on."""
        largest = max(width, height, 1)
        scale = min(1.0, MAX_SIDE / largest)
        self._size = (max(16, int(width * scale)), max(16, int(height * scale)))
        self._dirty = True
        self._wake.set()

    def set_visible(self, visible: bool) -> None:
        """Skip the drawing while nobody looks."""
        self._visible = visible
        self._dirty = True
        self._wake.set()

    def paint(self, painter: QPainter, widget: QWidget) -> bool:
        """Draw the newest frame over the whole widget; False when there is none yet."""
        with self._lock:
            if self._front is None:
                return False
            painter.drawImage(widget.rect(), self._front.image)
            return True

    def close(self) -> None:
        """Free the render context; waits for the frame being drawn."""
        self._closing = True
        self._wake.set()
        self._thread.join()
        self._front = self._back = None

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._closing:
                break
            try:
                self._render()
            except (SystemError, ValueError):
                log.exception("A frame could not be drawn")
        # The callback stays set: python-mpv lets go of a replaced one while mpv may be inside it.
        self._context.free()

    def _render(self) -> None:
        fresh = self._context.update()
        dirty, self._dirty = self._dirty, False
        if not fresh and not dirty:
            return
        if not self._visible:
            self._context.render(skip_rendering=True, **self._target(_Frame(16, 16)))
            return
        width, height = self._size
        frame = self._back
        if frame is None or (frame.width, frame.height) != (width, height):
            frame = _Frame(width, height)
        self._context.render(block_for_target_time=not dirty, **self._target(frame))
        with self._lock:
            self._back, self._front = self._front, frame
        self._drawn()

    @staticmethod
    def _target(frame: _Frame) -> dict[str, object]:
        return {
            "sw_size": {"w": frame.width, "h": frame.height},
            "sw_format": "bgr0",
            "sw_stride": {"v": frame.stride},
            "sw_pointer": ctypes.c_void_p(frame.pointer),
        }


class MpvSoftware(QWidget):
    """The picture as a plain widget: works everywhere, without any graphics driver."""

    _drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._renderer: SoftwareRenderer | None = None
        self._core: MpvCore | None = None
        self._drawn.connect(self._on_drawn, Qt.ConnectionType.QueuedConnection)

    def attach(self, core: MpvCore) -> None:
        """Show what this player plays."""
        self._core = core
        self._renderer = SoftwareRenderer(core.handle, self._drawn.emit)
        self._fit()
        core.view_ready()

    def release(self) -> None:
        """Free the render context; must come before the core closes."""
        renderer, self._renderer = self._renderer, None
        if renderer is not None:
            if self._core is not None:
                self._core.view_lost()
            renderer.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the newest frame."""
        painter = QPainter(self)
        if self._renderer is None or not self._renderer.paint(painter, self):
            painter.fillRect(self.rect(), Qt.GlobalColor.black)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for frames of the new size."""
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw again."""
        if self._renderer is not None:
            self._renderer.set_visible(True)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        if self._renderer is not None:
            self._renderer.set_visible(False)

    @Slot()
    def _on_drawn(self) -> None:
        self.update()

    def _fit(self) -> None:
        if self._renderer is not None:
            ratio = self.devicePixelRatioF()
            self._renderer.resize(int(self.width() * ratio), int(self.height() * ratio))
