"""Leaves Qt after each test as it was before it: no windows, words, dress or threads stay."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QThreadPool, QTranslator
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QApplication

LONGEST_END = 3.0  # seconds a thread may take to end


@pytest.fixture(autouse=True)
def tidy(qapp: QApplication) -> Iterator[None]:
    """Tidy up after a test; windows and threads it forgot fail it by their names."""
    locale, font = QLocale(), QFont(qapp.font())
    known = set(threading.enumerate())
    yield
    QThreadPool.globalInstance().waitForDone(2000)
    forgotten = _windows_left()
    _end_windows(qapp)
    _undress(qapp, font)
    _unlearn(qapp, locale)
    gc.collect(0)
    forgotten += _threads_left(known)
    assert not forgotten, f"the test left behind: {', '.join(forgotten)}"


def _windows_left() -> list[str]:
    """Windows still shown: nobody closed them."""
    return [
        f"{type(window).__name__} {window.windowTitle()!r}"
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and window.parentWidget() is None
    ]


def _end_windows(application: QApplication) -> None:
    for window in QApplication.topLevelWidgets():
        if window.parentWidget() is None:
            window.hide()
            window.deleteLater()
    for _ in range(2):  # what goes may let go of more
        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _undress(application: QApplication, font: QFont) -> None:
    if application.styleSheet():
        application.setStyleSheet("")
    application.setFont(font)
    QAccessible.setActive(False)


def _unlearn(application: QApplication, locale: QLocale) -> None:
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    application.setProperty("language", None)
    QLocale.setDefault(locale)


def _threads_left(known: set[threading.Thread]) -> list[str]:
    """Service threads and the like that were not stopped, after a moment of patience."""
    end = time.monotonic() + LONGEST_END
    while True:
        left = [
            thread.name
            for thread in threading.enumerate()
            if thread not in known and not isinstance(thread, threading._DummyThread)
        ]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.01)
