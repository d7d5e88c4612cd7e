"""What every test stands on: the fixed SQLite, an offscreen Qt, a home of its own, no network."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.infra.database import driver

driver.install()

import pytest

from app.infra.paths import Paths

_ended = 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Collect garbage between tests, on the main thread: as the window does (`ui.collector`).

    A Qt object of one test that Python collects in a service thread of the next ends the run.
    """
    global _ended  # noqa: PLW0603 - the hook of a module has no other place to count
    if item.get_closest_marker("bench") is not None:
        gc.enable()  # what is measured is Python as it is
        return (yield)
    gc.disable()
    result = yield
    _ended += 1
    gc.collect(2 if _ended % 100 == 0 else 1 if _ended % 10 == 0 else 0)
    return result


@pytest.fixture(autouse=True)
def _plugins_stay_what_they_are() -> Generator[None, None, None]:
    """A station that ends forgets its plugins' modules; tests that hold them must not notice.

    What a test changes in `plugins.email.client` would else be changed in a module nobody uses.
    """
    before = {name: one for name, one in sys.modules.items() if name.startswith("plugins.")}
    yield
    sys.modules.update(before)


@pytest.fixture(autouse=True)
def _logging_stays_what_it_is() -> Generator[None, None, None]:
    """What a test set up by `app.infra.logs` ends with it, whoever called that."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    for handler in root.handlers[:]:
        if handler not in handlers and type(handler).__module__.startswith("app."):
            root.removeHandler(handler)
            handler.close()
            logging.captureWarnings(False)
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def _qasync_loop() -> Any:
    import qasync
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    return qasync.QEventLoop(application)


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], Any]]:
    """Qt tests run on the loop the window has; all others on the stock loop the services have."""
    import asyncio

    if "tests/ui" in item.nodeid:
        return {"qasync": _qasync_loop}
    return {"asyncio": asyncio.new_event_loop}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that none touches the real one."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
    runtime = place / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return place


@pytest.fixture
def paths(home: Path) -> Paths:
    """The station's folders inside the test's home, made."""
    found = Paths.from_environment()
    found.make()
    return found
