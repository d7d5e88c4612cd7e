"""`sokoul downloads`: what loads, what waits, what has come."""

from __future__ import annotations

import argparse
import json

from app.cli import output, station
from app.cli.get import row_of

_ABOUT = "Lists downloads: what loads, what waits and for what, what has come."
_EXAMPLES = """\
examples:
  sokoul downloads
  sokoul downloads --json | jq '.downloads[] | select(.state == "failed")'
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "downloads", "what loads", _ABOUT, _EXAMPLES)
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List them."""
    told = station.ask("downloads")
    if options.json:
        print(json.dumps(told))
        return 0
    for row in told["downloads"]:
        print(output.clean(row_of(row)))
    return 0
