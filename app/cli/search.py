"""`sokoul search QUERY`: asks every source, and lists what was found, the best first."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from app.cli import output, station
from app.domain.sizes import size

_ABOUT = "Asks every source at once and lists what was found, the best first."
_EXAMPLES = """\
examples:
  sokoul search "night of the living dead 1968"
  sokoul search --limit 5 --source internet_archive metropolis
  sokoul search --json "severance s02e03" | jq '.results[0]'
"""
_LIMIT = 20


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "search", "search every source", _ABOUT, _EXAMPLES)
    parser.add_argument("query", metavar="QUERY", nargs="+", help="a title, perhaps with its year")
    parser.add_argument("--source", metavar="S", default="", help="only what this source has")
    parser.add_argument(
        "--limit", type=output.count, metavar="N", help=f"at most so many rows ({_LIMIT})"
    )
    parser.add_argument("--fresh", action="store_true", help="ask again what was asked today")
    parser.add_argument("--slow", action="store_true", help="wait for the slow sources too")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Search, telling who has answered; ends with 1 when nothing was found."""
    limit = options.limit if options.limit is not None else None if options.json else _LIMIT
    found = station.ask(
        "search",
        on_progress=None if options.json else _line,
        timeout=120.0,
        query=" ".join(options.query),
        source=options.source,
        limit=limit,
        fresh=options.fresh,
        slow=options.slow,
    )
    if options.json:
        print(json.dumps(found, ensure_ascii=True))
    else:
        _clear()
        _print(found)
    return 0 if found["total"] else 1


def _print(found: dict[str, Any]) -> None:
    for row in found["results"]:
        print(_row(row))
    for source in found["sources"]:
        if source["phase"] in ("failed", "resting"):
            why = output.say(source["reason"], **source["args"])
            print(output.clean(f"! {source['name']}: {why}"), file=sys.stderr)
    seconds = f"{found['seconds']:.1f}"
    print(
        output.say(
            "told.found",
            shown=len(found["results"]),
            total=found["total"],
            hidden=found["hidden"],
            seconds=seconds,
        )
    )


def _row(row: dict[str, Any]) -> str:
    people = f"{row['seeders']}\N{BLACK UP-POINTING TRIANGLE}" if row["seeders"] is not None else ""
    others = f"+{len(row['others'])}" if row["others"] else ""
    name = row["source_name"] or row["source"]
    parts = [name, others, size(row["size"]), people, output.say(f"start.{row['start']}")]
    told = " · ".join(part for part in parts if part)
    return output.clean(f"{row['score']:>3}  {row['name'][:120]}  ({told})")


def _line(value: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        said = output.say("told.asked", answered=value["answered"], asked=value["asked"])
        print(f"\r\x1b[K{said}", end="", file=sys.stderr)
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
