"""The place where the film is seen: one widget over two ways of drawing, chosen at run time."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, cast

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.mpv_core import MpvCore

log = logging.getLogger(__name__)
_GL_RENDERER = 0x1F01
_SLOW = ("llvmpipe", "softpipe", "swrast", "software")


class Backend(StrEnum):
    """How the picture is drawn."""

    SOFTWARE = "software"
    OPENGL = "opengl"


class MpvSurface(Protocol):
    """What both ways of drawing offer; they are widgets besides."""

    def attach(self, core: MpvCore) -> None:
        """Show what this player plays; calls `core.view_ready()` when it can draw."""

    def release(self) -> None:
        """Free the render context, before the core closes."""


def choose_backend(environ: Mapping[str, str] | None = None) -> Backend:
    """OpenGL where real graphics hardware answers, else the processor.

    `SOKOUL_RENDER=software|opengl` decides without asking.
    """
    wanted = (os.environ if environ is None else environ).get("SOKOUL_RENDER", "")
    if wanted in tuple(Backend):
        return Backend(wanted)
    if QGuiApplication.platformName() in ("offscreen", "minimal", "linuxfb", "vnc"):
        return Backend.SOFTWARE
    renderer = gl_renderer()
    slow = not renderer or any(name in renderer.lower() for name in _SLOW)
    chosen = Backend.SOFTWARE if slow else Backend.OPENGL
    log.info("The picture is drawn by %s (graphics: %s)", chosen, renderer or "none")
    return chosen


def gl_renderer() -> str:
    """The name of the graphics renderer; empty when there is no OpenGL."""
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    surface.create()
    if not context.create() or not surface.isValid() or not context.makeCurrent(surface):
        return ""
    try:
        return str(context.functions().glGetString(_GL_RENDERER) or "")
    finally:
        context.doneCurrent()
        surface.destroy()


class MpvView(QWidget):
    """Shows what a core plays; may be moved to another window while it plays.

    Call `release()` before the core closes.
    """

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backend = backend
        self.surface = _make_surface(backend, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(cast("QWidget", self.surface))

    def attach(self, core: MpvCore) -> None:
        """Show what this player plays."""
        self.surface.attach(core)

    def release(self) -> None:
        """Free the render context."""
        self.surface.release()


def _make_surface(backend: Backend, parent: QWidget) -> MpvSurface:
    if backend is Backend.OPENGL:
        from ui.widgets.mpv_opengl import MpvOpenGL  # changes the backing of the whole window

        return MpvOpenGL(parent)
    from ui.widgets.mpv_software import MpvSoftware

    return MpvSoftware(parent)
