"""An eye on a virtual display: tells when a point of the screen first changes colour."""

from __future__ import annotations

import ctypes
import ctypes.util
import time

Z_PIXMAP = 2


class Eye:
    """Looks at single points of an X display, quickly enough to time a start."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XGetImage.argtypes = [
            ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
            ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int,
        ]  # fmt: skip
        self._x.XGetPixel.restype = ctypes.c_ulong
        self._x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self._x.XDestroyImage.argtypes = [ctypes.c_void_p]
        self._x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(display.encode())
        assert self._display, f"The display {display} cannot be opened"
        self._root = self._x.XDefaultRootWindow(self._display)

    def point(self, x: int, y: int) -> int:
        """The colour at a point of the screen."""
        image = self._x.XGetImage(self._display, self._root, x, y, 1, 1, 0xFFFFFF, Z_PIXMAP)
        pixel = int(self._x.XGetPixel(image, 0, 0))
        self._x.XDestroyImage(image)
        return pixel

    def wait_for_change(self, x: int, y: int, before: int, seconds: float = 30) -> float:
        """Wait until a point is no longer `before`; return the time (monotonic) it was seen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.point(x, y) != before:
                return time.monotonic()
            time.sleep(0.002)
        raise AssertionError("Nothing appeared on the screen")

    def close(self) -> None:
        """Leave the display."""
        self._x.XCloseDisplay(self._display)
