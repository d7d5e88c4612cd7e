"""`sokoul parse NAME…`: shows what release names tell."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from app.cli import output

if TYPE_CHECKING:
    from app.domain.release import Release

FIELDS = (
    "title",
    "year",
    "season",
    "episode",
    "absolute_episode",
    "date",
    "resolution",
    "source",
    "video_codec",
    "audio_codec",
    "hdr",
    "languages",
    "group",
    "edition",
    "proper",
)
"""What one line of `--json` holds, in this order."""

_ABOUT = "Shows what release or file names tell; with `-` the names are read from the input."
_EXAMPLES = """\
examples:
  sokoul parse "Metropolis.1927.REMASTERED.1080p.BluRay.x264-GRP.mkv"
  ls ~/Films | sokoul parse --json -       one JSON object a line
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "parse", "show what names tell", _ABOUT, _EXAMPLES)
    parser.add_argument("names", metavar="NAME", nargs="+", help="a name, or - for the input")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each name's reading."""
    from app.domain.release import parse

    lines = sys.stdout
    for name in _names(options.names):
        release = parse(name)
        if options.json:
            lines.write(json.dumps(as_row(release)) + "\n")
        else:
            lines.write(_block(release))
    return 0


def as_row(release: Release) -> dict[str, object]:
    """The fields programs get."""
    row: dict[str, object] = {name: getattr(release, name) for name in FIELDS}
    row["languages"] = list(release.languages)
    return row


def _names(given: Iterable[str]) -> Iterator[str]:
    for name in given:
        if name != "-":
            yield name
            continue
        for line in sys.stdin.buffer:
            text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
            if text:
                yield text


def _block(release: Release) -> str:
    lines = [output.clean(release.name)]
    for name, value in as_row(release).items():
        if value not in (None, "", [], False):
            told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            lines.append(f"  {output.say('field.' + name):<16} {output.clean(told)}")
    return "\n".join(lines) + "\n"
