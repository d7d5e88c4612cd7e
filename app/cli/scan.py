"""`sokoul scan DIR`: adds a folder to the library, or looks at it again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from app.cli import output, station
from app.domain.errors import NotFound

_ABOUT = "Adds a folder to the library, or looks at a known one again, and waits for the end."
_EXAMPLES = """\
examples:
  sokoul scan ~/Films
  sokoul scan --json /media/disk/Series      progress and result as JSON, one object a line
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "scan", "add or rescan a folder", _ABOUT, _EXAMPLES)
    parser.add_argument("folder", metavar="DIR", help="the folder with films, series or videos")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Scan, telling how far it is."""
    folder = os.path.abspath(os.path.expanduser(options.folder))  # noqa: PTH100, PTH111 - bytes-safe text
    if not os.path.isdir(folder):  # noqa: PTH112 - the same
        raise NotFound("errors.no_such_folder", path=folder)
    shown = _as_json if options.json else _line
    told = station.ask("scan", on_progress=shown, timeout=None, path=folder)
    if options.json:
        print(json.dumps({"result": told}), flush=True)
    else:
        _clear()
        print(output.say("told.scanned", **told))
    return 0 if told["phase"] == "done" else 1


def _as_json(value: dict[str, Any]) -> None:
    print(json.dumps({"progress": value}), flush=True)


def _line(value: dict[str, Any]) -> None:
    if not sys.stderr.isatty():
        return
    total = value.get("total")
    done = f"{value['done']}/{total}" if total else str(value["done"])
    print(f"\r\x1b[K{output.say('phase.' + value['phase'])} {done}", end="", file=sys.stderr)
    sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
