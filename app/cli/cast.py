"""`sokoul cast FILE|TITLE --to NAME`: plays something on a TV, and tells how it plays there."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from app.cli import output, station
from app.domain.errors import AppError, InvalidInput

_ABOUT = """\
Plays a file, or an item of the library by its title, on a TV of the home, and waits until it
really plays. Without an open station the command stays until the film has ended.
"""
_EXAMPLES = """\
examples:
  sokoul cast "Tears of Steel" --to "Living-room TV"
  sokoul cast film.mkv --to living --at 1:02:03      the beginning of its name is enough
  sokoul cast --pause                                what plays now
  sokoul cast --to kitchen --volume 30
  sokoul cast --stop --json
"""
_SWITCHES = ("stop", "pause", "resume", "next", "mute", "unmute")


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "cast", "play on a TV of the home", _ABOUT, _EXAMPLES)
    parser.add_argument("what", metavar="FILE|TITLE", nargs="*", help="what is to play")
    parser.add_argument("--to", metavar="NAME", default="", help="the device, or how it begins")
    parser.add_argument("--at", metavar="TIME", type=seconds, help="begin there: 1:02:03 or 90")
    orders = parser.add_mutually_exclusive_group()
    for name in _SWITCHES:
        orders.add_argument(
            f"--{name}", action="store_const", const=name, dest="order", help=f"{name} what plays"
        )
    orders.add_argument("--seek", metavar="TIME", type=seconds, help="go to that second")
    orders.add_argument("--volume", metavar="N", type=percent, help="0 to 100")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run, parser=parser)


def run(options: argparse.Namespace) -> int:
    """Do it; ends with 1 when it failed, 2 when the title is not clear."""
    order, value = _order(options)
    if order:
        if options.what:
            options.parser.error("an order takes no FILE or TITLE")
        told = station.ask("cast", to=options.to, order=order, value=value)
        said = output.say("told.cast_done", device=told["device"])
        print(json.dumps(told) if options.json else said)
        return 0
    if not options.what or not options.to:
        options.parser.error("FILE|TITLE and --to NAME are needed, or an order such as --pause")
    try:
        return _play(options)
    except InvalidInput as error:
        if error.key != "errors.cast_title_ambiguous":
            raise
        return _ambiguous(error, as_json=options.json)


def seconds(text: str) -> float:
    """A point in time, such as ``1:02:03`` or ``90``, for `argparse`."""
    found = 0.0
    parts = text.split(":")
    if len(parts) > 3:
        raise ValueError(text)
    for part in parts:
        found = 60 * found + float(part)
    if not 0 <= found < 1e6:
        raise ValueError(text)
    return found


def percent(text: str) -> int:
    """0 to 100, for `argparse`."""
    value = int(text)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def _order(options: argparse.Namespace) -> tuple[str, float | None]:
    if options.seek is not None:
        return "seek", options.seek
    if options.volume is not None:
        return "volume", float(options.volume)
    return options.order or "", None


def _play(options: argparse.Namespace) -> int:
    stay = not station.runs()
    if stay and not options.json:
        print(output.say("told.cast_stays"), file=sys.stderr)
    seen: list[dict[str, Any]] = []

    def heard(value: dict[str, Any]) -> None:
        if options.json:
            print(json.dumps({"progress": value}), flush=True)
        elif value["stage"] == "preparing":
            _line(output.say("cast.preparing", device=value["device"]))
        else:
            _clear()
            seen.append(value)
            print(output.clean(_how(value)), flush=True)

    told = station.ask(
        "cast", on_progress=heard, timeout=None, to=options.to, at=options.at, stay=stay,
        **_named(options.what),
    )  # fmt: skip
    if options.json:
        print(json.dumps({"result": told}), flush=True)
        return 0
    _clear()
    ended = output.say("told.cast_ended", title=told.get("title", ""), device=told["device"])
    print(output.clean(ended if seen else _how(told)))
    return 0


def _named(what: list[str]) -> dict[str, str]:
    """A file of this machine, or words of a title."""
    path = os.path.expanduser(what[0])  # noqa: PTH111 - bytes-safe text
    if len(what) == 1 and (os.path.exists(path) or os.sep in what[0]):  # noqa: PTH110 - bytes-safe text
        if not os.path.isfile(path):  # noqa: PTH113 - bytes-safe text
            raise AppError("errors.cast_file_gone", name=what[0])
        return {"path": os.path.abspath(path)}  # noqa: PTH100 - bytes-safe text
    return {"title": " ".join(what)}


def _how(told: dict[str, Any]) -> str:
    """In which form it plays, and why."""
    if "method" not in told or not told["method"]:
        return output.say("told.cast_done", device=told["device"])
    how = output.say(f"cast.method.{told['method']}")
    if told["method"] == "direct" or not told["why"]:
        return output.say("told.cast_plays", title=told["title"], device=told["device"], how=how)
    why = output.say(told["why"], **told["why_args"])
    return output.say(
        "told.cast_plays_because", title=told["title"], device=told["device"], how=how, why=why
    )


def _ambiguous(error: InvalidInput, *, as_json: bool) -> int:
    output.failed(error, as_json=as_json)
    choices = error.args_map.get("choices")
    if not as_json and isinstance(choices, list):
        for choice in choices:
            print(f"  {output.clean(str(choice))}", file=sys.stderr)
    return 2


def _line(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{output.clean(text)[:200]}", end="", file=sys.stderr)
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
