"""Draws mpv's picture with the graphics hardware, inside a QOpenGLWidget."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget

from ui.widgets.mpv_core import MpvCore

log = logging.getLogger(__name__)


class MpvOpenGL(QOpenGLWidget):
    """The picture on a GL surface. Qt may rebuild the surface when the widget moves house."""

    _wake = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._core: MpvCore | None = None
        self._render: Any = None
        self._lookup: Any = None  # mpv keeps calling it: it must live as long as the context
        self._wake.connect(self._on_wake, Qt.ConnectionType.QueuedConnection)
        self.frameSwapped.connect(self._on_swapped)

    def attach(self, core: MpvCore) -> None:
        """Show what this player plays, as soon as there is a GL context."""
        self._core = core
        if self.context() is not None and self.isValid():
            self.makeCurrent()
            self._make()
            self.doneCurrent()
        self.update()

    def release(self) -> None:
        """Free the render context; must come before the core closes."""
        self._free()
        self._core = None

    def initializeGL(self) -> None:
        """Make the render context; Qt calls it again for each new surface."""
        self.context().aboutToBeDestroyed.connect(self._free, Qt.ConnectionType.DirectConnection)
        self._make()

    def paintGL(self) -> None:
        """Draw the newest frame."""
        if self._render is None:
            return
        ratio = self.devicePixelRatioF()
        target = {
            "fbo": self.defaultFramebufferObject(),
            "w": int(self.width() * ratio),
            "h": int(self.height() * ratio),
        }
        self._render.render(flip_y=True, block_for_target_time=False, opengl_fbo=target)

    def _make(self) -> None:
        if self._core is None or self._render is not None:
            return
        import mpv

        context = self.context()
        self._lookup = mpv.MpvGlGetProcAddressFn(
            lambda _context, name: int(context.getProcAddress(QByteArray(name)) or 0)
        )
        self._render = mpv.MpvRenderContext(
            self._core.handle, "opengl", opengl_init_params={"get_proc_address": self._lookup}
        )
        self._render.update_cb = self._wake.emit  # on mpv's thread: no mpv calls in there
        self._core.view_ready()

    @Slot()
    def _free(self) -> None:
        render, self._render = self._render, None
        if render is None:
            return
        if self._core is not None:
            self._core.view_lost()
        self.makeCurrent()
        # The callback stays set: python-mpv lets go of a replaced one while mpv may be inside it.
        render.free()
        self.doneCurrent()

    @Slot()
    def _on_wake(self) -> None:
        if self._render is not None and self._render.update():
            self.update()

    @Slot()
    def _on_swapped(self) -> None:
        if self._render is not None:
            self._render.report_swap()
