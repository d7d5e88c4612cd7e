"""`sokoul describe FILE`: proposes a title, a description, tags and a category for a video."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from app.cli import output, station

_ABOUT = """\
Proposes a title, a description, tags and a category for a video, from its name, its subtitles
and the texts in its pictures. Nothing is changed. A model answers when there is one, else rules.
"""
_EXAMPLES = """\
examples:
  sokoul describe holiday.mp4
  sokoul describe talk.mkv --listen       without subtitles, what is said is written down first
  sokoul describe --json clip.mp4         progress and result as JSON, one object a line
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "describe", "describe a video", _ABOUT, _EXAMPLES)
    parser.add_argument("file", metavar="FILE", help="the video")
    parser.add_argument(
        "--listen", action="store_true", help="hear it when it has no subtitles; takes a while"
    )
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Describe it, telling what is done."""
    path = os.path.abspath(os.path.expanduser(options.file))  # noqa: PTH100, PTH111 - bytes-safe text
    shown = _as_json if options.json else _line
    told = station.ask(
        "describe", on_progress=shown, timeout=None, path=path, listen=options.listen
    )
    if options.json:
        print(json.dumps({"result": told}), flush=True)
        return 0
    _clear()
    for line in lines_of(told):
        print(line)
    return 0


def lines_of(told: dict[str, Any]) -> list[str]:
    """A description for people: the words, then where they are from."""
    lines = [output.clean(told["title"])]
    lines += [output.clean(line) for line in told["description"].splitlines()]
    if told["tags"]:
        lines.append(output.say("describe.tags", tags=", ".join(told["tags"])))
    lines.append(output.say("describe.category", category=told["category"]))
    if told["made_by"] == "rules":
        lines.append(output.say("describe.by_rules"))
    else:
        key = "describe.by_here" if told["made_by"] == "here" else "describe.by_service"
        lines.append(output.say(key, model=told["model"]))
    lines.append(
        output.say(
            "describe.from", subtitles=told["subtitles"], texts=told["texts"], frames=told["frames"]
        )
    )
    if told["heard_by"]:
        lines.append(output.say("describe.heard", model=told["heard_by"]))
    if not told["can_read"]:
        lines.append(output.say("describe.cannot_read"))
    return lines


def _as_json(value: dict[str, Any]) -> None:
    print(json.dumps({"progress": value}), flush=True)


def _line(value: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        share = f" {round(value['done'] * 100)} %" if value["done"] else ""
        told = output.say(f"describe.{value['stage']}") + share
        print(f"\r\x1b[K{told}", end="", file=sys.stderr)
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
