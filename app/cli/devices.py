"""`sokoul devices`: the TVs and other screens of the home."""

from __future__ import annotations

import argparse
import json
from typing import Any

from app.cli import output, station

_ABOUT = "Looks for the TVs, Chromecasts and loudspeakers of the home, and lists them."
_EXAMPLES = """\
examples:
  sokoul devices
  sokoul devices --json | jq -r '.devices[] | select(.here) | .name'
"""
_PROTOCOLS = {"dlna": "DLNA", "chromecast": "Chromecast"}


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "devices", "the TVs of the home", _ABOUT, _EXAMPLES)
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List them."""
    found = station.ask("devices")
    if options.json:
        print(json.dumps(found))
        return 0
    for row in found["devices"]:
        print(output.clean(row_of(row)))
    if not found["devices"]:
        print(output.say("told.no_devices"))
    return 0


def row_of(row: dict[str, Any]) -> str:
    """One device in a line."""
    about = " ".join((row["maker"], row["model"])).strip()
    protocol = _PROTOCOLS.get(row["protocol"], row["protocol"])
    parts = [row["name"], about if about != protocol else "", protocol]
    parts.append(output.say("told.device_here" if row["here"] else "told.device_away"))
    if row["plays"]:
        stage = output.say(f"cast.stage.{row['plays']['stage']}")
        parts.append(f"{row['plays']['title']} ({stage})")
    return " · ".join(part for part in parts if part)
