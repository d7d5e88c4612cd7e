"""`sokoul serve`: the station without a window."""

from __future__ import annotations

import argparse

from app.cli import output
from app.domain.errors import Refused
from app.infra import logs
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

_ABOUT = "Runs the station without a window until it is told to end (Ctrl+C, SIGTERM)."
_EXAMPLES = """\
examples:
  sokoul serve                 run here, ending with Ctrl+C
  sokoul serve --verbose       the same, telling the log on the terminal
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "serve", "run without a window", _ABOUT, _EXAMPLES)
    parser.add_argument("-v", "--verbose", action="store_true", help="tell the log on the terminal")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run until a signal ends it."""
    paths = Paths.from_environment()
    paths.make()
    lock = InstanceLock(paths.lock)
    if not lock.acquire():
        raise Refused("errors.already_running", process=lock.owner() or "?")
    try:
        logs.setup(paths, verbose=options.verbose)
        from app import main

        return main.run_serve(paths)
    finally:
        lock.release()
