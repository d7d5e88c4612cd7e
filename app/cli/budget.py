"""`sokoul budget`: what was spent, what is set aside, and what the limits leave."""

from __future__ import annotations

import argparse
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.cli import output, station
from app.domain.budget import money

_ABOUT = "Tells what calls to paid services cost in a month, and what the limits leave."
_EXAMPLES = """\
examples:
  sokoul budget
  sokoul budget --month 2026-10 --json | jq '.spent'
  sokoul budget --month 2026-10 --export october.csv
"""
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "budget", "what was spent", _ABOUT, _EXAMPLES)
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help="which month")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.add_argument("--export", type=Path, metavar="FILE", help="write every call as CSV")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell it, or write it into a file."""
    path = str(options.export.absolute()) if options.export is not None else ""
    told = station.ask("budget", month=options.month or "", export=path)
    if options.json:
        print(json.dumps(told))
        return 0
    if path:
        print(output.say("told.budget_written", path=told["path"]))
        return 0
    for line in lines(told):
        print(line)
    return 0


def month(text: str) -> str:
    """A month, for `argparse`."""
    if not _MONTH.fullmatch(text):
        raise ValueError(text)
    return text


def lines(told: dict[str, Any]) -> list[str]:
    """What was spent, for people."""
    currency = told["currency"]

    def called(service: str) -> str:
        return str(told["names"].get(service, service))

    def amount(of: int, *, down: bool = False) -> str:
        return money(of, currency, down=down)

    found = [
        output.say(
            "told.budget_month",
            month=told["period"], spent=amount(told["spent"]), reserved=amount(told["reserved"]),
        )
    ]  # fmt: skip
    if told["problem"]:
        found.append(output.say(told["problem"]))
    for limit in told["limits"]:
        found.append(
            output.say(
                f"told.budget_left_{limit['span']}",
                subject=called(limit["subject"]) or output.say("told.budget_everything"),
                left=amount(limit["left"], down=True),
                amount=amount(limit["amount"]),
                renews=limit["renews"],
            )
        )
    for service in told["services"]:
        row = f"  {called(service['name'])}: {amount(service['spent'])}"
        if service["reserved"]:
            row += f" + {amount(service['reserved'])}"
        found.append(output.clean(f"{row} ({service['calls']})"))
    found += [_asked(question) for question in told["questions"]]
    return found


def _asked(question: dict[str, Any]) -> str:
    when = datetime.fromtimestamp(question["at"], UTC).astimezone()
    return output.say(
        "told.budget_asked",
        service=question["called"] or question["service"],
        task=question["task"],
        when=f"{when:%Y-%m-%d %H:%M}",
    )
