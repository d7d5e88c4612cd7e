"""`sokoul`: opens the window, or brings the one that is open to the front."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

from app.cli import output
from app.domain.errors import AppError, Refused, Unavailable
from app.infra import logs
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

_LONG = 60.0
"""Seconds until what a link is must be known."""
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
    parser.add_argument(
        "--open",
        metavar="LINK",
        nargs="*",
        default=[],
        help="fetch these magnet links, .torrent files or addresses, as the desktop asks for it",
    )
    parser.add_argument(
        "--kiosk", action="store_true", help="fill the screen and stay so, with no desktop around"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="tell the log on the terminal")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    paths = Paths.from_environment()
    if options.tour:
        from app import main

        return main.run_tour(paths, Path(options.tour).absolute())
    asked: dict[str, object] = {}
    if options.open:
        from app.cli.links import asking

        asked = asking(options.open)
    page = options.page or ("downloads" if asked else "")
    return open_window(paths, page, asked, verbose=options.verbose, kiosk=options.kiosk)


def open_window(
    paths: Paths,
    page: str,
    asked: Mapping[str, object],
    *,
    verbose: bool = False,
    kiosk: bool = False,
) -> int:
    """Open the window at a page, or bring the open one there; `asked` is to be fetched."""
    paths.make()
    lock = InstanceLock(paths.lock)
    if not lock.acquire():
        return _raise_first(paths, lock, page, asked)
    try:
        logs.setup(paths, verbose=verbose)
        from app import main

        return main.run_window(paths, page, asked, kiosk=kiosk)
    finally:
        lock.release()


def _raise_first(paths: Paths, lock: InstanceLock, page: str, asked: Mapping[str, object]) -> int:
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
        if asked:
            links, files = asked["links"], asked["files"]
            control.ask(paths.socket, "get", timeout=_LONG, links=links, files=files)
        print(output.say("told.raised"))
        return 0
