"""`sokoul`: opens the window, or brings the one that is open to the front."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from app.cli import output
from app.domain.errors import AppError, Refused, Unavailable
from app.infra import logs
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

_PATIENCE = 0.8
"""Seconds a second start waits for a first one that is still coming up."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a start without a command."""
    parser.add_argument("--page", metavar="NAME", default="", help="open at this page")
    parser.add_argument(
        "--tour",
        metavar="DIR",
        help="make a small library in DIR, visit every page, save a picture of each, and end",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="tell the log on the terminal")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    paths = Paths.from_environment()
    if options.tour:
        from app import main

        return main.run_tour(paths, Path(options.tour).absolute())
    paths.make()
    lock = InstanceLock(paths.lock)
    if not lock.acquire():
        return _raise_first(paths, lock, options.page)
    try:
        logs.setup(paths, verbose=options.verbose)
        from app import main

        return main.run_window(paths, options)
    finally:
        lock.release()


def _raise_first(paths: Paths, lock: InstanceLock, page: str) -> int:
    from app.infra import control

    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            told = control.ask(paths.socket, "raise", page=page, timeout=_PATIENCE)
        except Unavailable as error:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            raise AppError("errors.station_busy", process=lock.owner() or "?") from error
        if not told.get("window", True):
            raise Refused("errors.no_window", process=lock.owner() or "?")
        print(output.say("told.raised"))
        return 0
