"""`sokoul remote`: lets a phone command the station, tells who may, and lets one go."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from app.cli import output, station
from app.domain.errors import Unavailable

_ABOUT = """\
Tells whether phones may command this station, and who. A new phone is let in by a code, which is
good for some minutes and for one. It is shown here only while a station runs.
"""
_EXAMPLES = """\
examples:
  sokoul remote
  sokoul remote --pair            a code for a new phone, to be sent to the bot
  sokoul remote --remove 123456   that person commands no more
  sokoul remote --json
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "remote", "command from a phone", _ABOUT, _EXAMPLES)
    orders = parser.add_mutually_exclusive_group()
    orders.add_argument("--pair", action="store_true", help="show a code for a new phone")
    orders.add_argument("--remove", metavar="ID", type=int, help="let a person go")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask, and print how it is."""
    if options.pair and not station.runs():
        raise Unavailable("errors.no_station")  # nobody would be there to read the code
    told: dict[str, Any] = station.ask("remote", pair=options.pair, remove=options.remove)
    if options.json:
        print(json.dumps(told))
        return 0
    if told["problem"]:
        print(output.say(told["problem"], **told["problem_args"]))
    if told["pairing"]:
        until = time.strftime("%H:%M", time.localtime(told["pairing"]["until"]))
        print(output.say("remote.code", code=told["pairing"]["code"], bot=told["bot"], time=until))
        if told["pairing"]["address"]:
            print(output.clean(told["pairing"]["address"]))
    elif not told["plugin"]:
        print(output.say("remote.off"))
    elif not told["people"]:
        print(output.say("remote.nobody"))
    for one in told["people"]:
        day = time.strftime("%Y-%m-%d", time.localtime(one["since"]))
        print(output.clean(f"{one['id']}  {one['name']}  {day}"))
    return 0
