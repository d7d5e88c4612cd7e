"""`sokoul doctor`: checks every part the station stands on, and says how to mend it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli import output
from app.domain.errors import Unsupported
from app.infra.paths import Paths

if TYPE_CHECKING:
    from app.services.phrases import Phrases

_ABOUT = """\
Checks every part the station stands on and says how to mend what is wrong; a running station also
tells of its own parts, as its page System does. Ends with 1 when something essential is broken;
notes alone, and a plugin or account that fails, end with 0. Changes nothing.
"""
_EXAMPLES = """\
examples:
  sokoul doctor
  sokoul doctor --json | jq '.checks[] | select(.state != "good")'
  sokoul doctor --bundle ~/report.zip         what a report of a bug needs, without secrets
  sokoul doctor --model ~/models/qwen2.5-3b-instruct-q4_k_m.gguf
"""

_MARKS: Final = {"good": "✓", "warn": "!", "bad": "✗", "off": "·"}
_KEYS: Final = ("part", "name", "state", "told", "mend")


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "doctor", "check every part", _ABOUT, _EXAMPLES)
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.add_argument(
        "--model", nargs="?", const="", metavar="FILE", help="try a model, or the chosen one"
    )
    parser.add_argument(
        "--bundle", type=Path, metavar="FILE", help="write what a report of a bug needs"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, and print what was found."""
    if options.model is not None:
        return _try_model(options.model, as_json=options.json)
    if options.bundle is not None:
        from app.cli import doctor_bundle

        return doctor_bundle.run(options.bundle, as_json=options.json)
    return _check(as_json=options.json)


def _check(*, as_json: bool) -> int:
    from app.cli import doctor_live

    paths = Paths.from_environment()
    phrases = doctor_live.phrases(paths)
    live = doctor_live.look(paths, phrases)
    rows: list[dict[str, object]] = []
    for row in _rows(paths, phrases, live.rows):
        rows.append(row)
        if not as_json:
            _tell(row)
    static = rows[: len(rows) - len(live.rows)]
    broken = not live.good or any(row["state"] == "bad" for row in static)
    if as_json:
        print(json.dumps({"good": not broken, "checks": rows}))
    else:
        print(phrases.say("doctor.broken" if broken else "doctor.all_good"))
    return 1 if broken else 0


def _rows(
    paths: Paths, phrases: Phrases, live: Sequence[Mapping[str, object]]
) -> Iterator[dict[str, object]]:
    """What is found of the machine, then what the station tells: who knows better tells it."""
    from app.cli import doctor_checks

    told = {row["part"] for row in live}
    for check in doctor_checks.every(paths, without=told):
        yield check.row(phrases)
    for row in live:
        yield {key: row[key] for key in _KEYS}


def _tell(row: Mapping[str, object]) -> None:
    mark = _MARKS.get(str(row["state"]), "?")
    print(output.clean(f"{mark} {row['name']:<20} {row['told']}"))
    if row["mend"]:
        print(output.clean(f"  {'':<20} → {row['mend']}"))


def _try_model(named: str, *, as_json: bool) -> int:
    """Measure a model: the one named, or the one chosen in the settings."""
    from app.cli import doctor_model
    from app.runtime.bus import EventBus
    from app.services.settings.service import SettingsService

    path = named
    if not path:
        settings = SettingsService(Paths.from_environment().settings, EventBus())
        settings.load()
        path = settings.current.intelligence.model
    if not path:
        raise Unsupported("errors.model_no_file")
    return doctor_model.run(Path(path).expanduser(), as_json=as_json)
