"""`sokoul make TOPIC`: turns a topic or a text into a finished video."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from app.cli import output, station
from app.domain.project import LONGEST, SHORTEST, Shape

_ABOUT = """\
Makes a video of a topic, or of your own text, and stays until it is done. Without an account it
is written, spoken, drawn and cut on this machine. Ended early (Ctrl+C), the project stays: it
goes on in an open station, or from the Studio page.
"""
_EXAMPLES = """\
examples:
  sokoul make "Why time runs slower in your kitchen" --seconds 45
  sokoul make --script story.txt --format 16:9 --out ~/Videos/story.mp4
  sokoul make "Pourquoi le ciel est bleu" --language fr
  sokoul make --json TOPIC              progress and result, one object a line
"""
MOST_TEXT = 200_000


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "make", "make a video", _ABOUT, _EXAMPLES)
    parser.add_argument("topic", metavar="TOPIC", nargs="?", default="", help="what it is about")
    parser.add_argument("--script", metavar="FILE", default="", help="your own text, UTF-8")
    parser.add_argument(
        "--format", choices=[shape.value for shape in Shape], default=Shape.PORTRAIT.value,
        help="shape of the picture",
    )  # fmt: skip
    parser.add_argument(
        "--seconds", type=int, default=60, metavar="N",
        help=f"how long it lasts, about: {SHORTEST} to {LONGEST}",
    )  # fmt: skip
    parser.add_argument("--language", default="en", metavar="CODE", help="en, fr, de, es …")
    parser.add_argument("--out", metavar="FILE", default="", help="copy the video there")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make it, telling each step."""
    text = ""
    if options.script:
        try:
            with Path(options.script).open("rb") as file:
                text = file.read(MOST_TEXT).decode("utf-8", "replace")
        except OSError as error:
            print(output.say("make.unreadable", path=options.script, why=error.strerror),
                  file=sys.stderr)  # fmt: skip
            return 1
    if not options.topic.strip() and not text.strip():
        print(output.say("errors.studio_empty"), file=sys.stderr)
        return 2
    out = os.path.abspath(os.path.expanduser(options.out)) if options.out else ""  # noqa: PTH100, PTH111 - bytes-safe text
    told = station.ask(
        "make", on_progress=_as_json if options.json else _line, timeout=None, topic=options.topic,
        text=text, format=options.format, seconds=options.seconds, language=options.language,
        out=out,
    )  # fmt: skip
    if options.json:
        print(json.dumps({"result": told}), flush=True)
        return 0
    _clear()
    print(output.clean(told["video"]))
    length = round(told["seconds"])
    print(output.say("make.done", title=told["title"], seconds=length, by=told["written_by"]))
    return 0


def _as_json(value: dict[str, Any]) -> None:
    print(json.dumps({"progress": value}), flush=True)


def _line(value: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        parts = f"{value['done']}/{value['total']}" if value["total"] else ""
        told = output.say(f"make.step_{value['step']}")
        line = f"{round(100 * value['progress'])} %  {told} {parts}"
        print(f"\r\x1b[K{output.clean(line)}", end="", file=sys.stderr)
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
