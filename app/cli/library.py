"""`sokoul library`: lists what the library holds."""

from __future__ import annotations

import argparse
import json
from typing import Any

from app.cli import output, station

_ABOUT = "Lists what the library holds; --search forgives typing errors."
_EXAMPLES = """\
examples:
  sokoul library
  sokoul library --search metropols --kind film
  sokoul library --json --limit 20
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "library", "list the library", _ABOUT, _EXAMPLES)
    parser.add_argument("--search", metavar="TEXT", default="", help="only what matches this")
    parser.add_argument(
        "--kind", choices=("film", "series", "episode", "video"), default="", help="only this kind"
    )
    parser.add_argument("--limit", type=output.count, metavar="N", help="at most so many rows")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the rows."""
    told = station.ask("library", search=options.search, kind=options.kind, limit=options.limit)
    if options.json:
        print(json.dumps(told, ensure_ascii=True))
        return 0
    for row in told["items"]:
        print(_row(row))
    if len(told["items"]) < told["total"] or not told["total"]:
        print(output.say("told.rows", shown=len(told["items"]), total=told["total"]))
    return 0


def _row(row: dict[str, Any]) -> str:
    year = f" ({row['year']})" if row["year"] else ""
    number = ""
    if row["kind"] == "episode":
        number = f"{row['series'] or ''} {row['season'] or 0}x{row['episode'] or 0:02d} ".lstrip()
    more = f" · {output.say('told.episodes', count=row['episodes'])}" if row["episodes"] else ""
    details = [row["resolution"] or "", _length(row["duration"])]
    ends = "".join(f" · {part}" for part in details if part)
    seen = " ✓" if row["watched"] else ""
    away = f" · {output.say('told.away')}" if row["offline"] else ""
    return output.clean(f"{number}{row['title']}{year}{more}{ends}{away}{seen}")


def _length(seconds: float | None) -> str:
    if not seconds:
        return ""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{max(1, minutes)} min"
