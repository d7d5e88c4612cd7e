"""`sokoul doctor`: checks every part the station stands on, and says how to mend it."""

from __future__ import annotations

import argparse
import json

from app.cli import output
from app.infra.paths import Paths

_ABOUT = """\
Checks every part the station stands on and says how to mend what is wrong. Ends with 1 when
something essential is broken; notes alone end with 0. Changes nothing.
"""
_EXAMPLES = """\
examples:
  sokoul doctor
  sokoul doctor --json | jq '.checks[] | select(.state != "good")'
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "doctor", "check every part", _ABOUT, _EXAMPLES)
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, and print what was found."""
    from app.cli import doctor_checks

    broken = False
    rows: list[dict[str, object]] = []
    for check in doctor_checks.every(Paths.from_environment()):
        broken = broken or check.state == "bad"
        rows.append(
            {"part": check.part, "state": check.state, "told": check.told, "mend": check.mend}
        )
        if not options.json:
            mark = {"good": "✓", "warn": "!", "bad": "✗"}[check.state]
            print(output.clean(f"{mark} {check.part:<20} {check.told}"))
            if check.mend:
                print(output.clean(f"  {'':<20} → {check.mend}"))
    if options.json:
        print(json.dumps({"good": not broken, "checks": rows}))
    else:
        print(output.say("doctor.broken" if broken else "doctor.all_good"))
    return 1 if broken else 0
