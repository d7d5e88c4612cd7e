"""`sokoul get LINK…`: fetches links, magnets and .torrent files, and tells how far they are."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from app.cli import output, station
from app.cli.links import BEST, QUALITIES, asking, at_quality
from app.domain.sizes import size
from app.infra.paths import Paths

_ABOUT = """\
Fetches magnet links, .torrent files, files and streams of the web, and stays until they are here.
Ended early (Ctrl+C), an open station goes on with them; without one they go on at its next start.
"""
_EXAMPLES = """\
examples:
  sokoul get "magnet:?xt=urn:btih:…"
  sokoul get film.torrent --to /media/disk/Loading
  sokoul get https://example.org/film.mp4 --play     plays as soon as it will not stop again
  sokoul get https://example.org/master.m3u8 --quality 720
  sokoul get --json LINK                             progress and result, one object a line
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "get", "fetch links and torrents", _ABOUT, _EXAMPLES)
    parser.add_argument(
        "links", metavar="LINK", nargs="+", help="magnet, .torrent file, http(s) or m3u8 address"
    )
    parser.add_argument("--to", metavar="DIR", default="", help="the folder they go to")
    parser.add_argument("--play", action="store_true", help="play the first while it loads")
    parser.add_argument(
        "--quality", choices=QUALITIES, default=BEST, help="tallest picture of an m3u8 stream"
    )
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fetch them; ends with 1 when one of them failed."""
    asked = asking(at_quality(options.links, options.quality))
    folder = os.path.abspath(os.path.expanduser(options.to)) if options.to else ""  # noqa: PTH100, PTH111 - bytes-safe text
    if options.play and not station.runs():
        from app.cli import window

        paths = Paths.from_environment()
        return window.open_window(paths, "downloads", {**asked, "play": True})
    told = station.ask(
        "get",
        on_progress=_as_json if options.json else _line,
        timeout=None,
        folder=folder,
        play=options.play,
        wait=True,
        **asked,
    )
    if options.json:
        print(json.dumps({"result": told}), flush=True)
    else:
        _clear()
        for row in told["downloads"]:
            print(output.clean(row_of(row)))
    return 1 if any(row["state"] == "failed" for row in told["downloads"]) else 0


def _as_json(value: dict[str, Any]) -> None:
    print(json.dumps({"progress": value}), flush=True)


def _line(value: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        told = "  ".join(row_of(row) for row in value["downloads"][:3])
        print(f"\r\x1b[K{output.clean(told)[:200]}", end="", file=sys.stderr)
        sys.stderr.flush()


def row_of(row: dict[str, Any]) -> str:
    """One download in a line."""
    parts = [row["name"][:60], output.say(f"download.{row['state']}")]
    if row["reason"]:
        parts.append(output.say(row["reason"], **row["args"]))
    elif row["size"]:
        parts.append(f"{100 * row['done'] // row['size']} % / {size(row['size'])}")
    if row["down"]:
        parts.append(f"{size(row['down'])}/s")
    return " · ".join(part for part in parts if part)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
