"""The `sokoul` command: what it understands, and who does each part.

Nothing heavy is imported here: without a command the window must paint at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from app.cli import window
from app.domain.errors import AppError
from app.domain.version import VERSION

_COMMANDS = (
    *("serve", "scan", "library", "search", "get", "downloads", "devices", "cast"),
    *("make", "publish", "link", "budget", "describe", "parse", "desktop", "doctor"),
    *("backup", "remote"),
)
"""Modules of this package; each is imported only when its words are needed."""

_ABOUT = """\
Sokoul, a home media station. Without a command it opens the window; when it is already
open, its window comes to the front.
"""

_EXAMPLES = """\
examples:
  sokoul                              open the window
  sokoul --page library               open it at the library
  sokoul scan ~/Films                 add a folder and scan it
  sokoul library --search "metropolis"
  sokoul library --json | jq '.items[].title'
  sokoul search "metropolis 1927"      ask every source, the best first
  sokoul get "magnet:?xt=urn:btih:…" --play   fetch it, and watch it while it loads
  sokoul devices                       the TVs of the home
  sokoul cast "Tears of Steel" --to living    play it there
  sokoul make "Why is the sky blue"     a finished video of a topic
  sokoul publish video.mp4 --to youtube --at "tomorrow 18:00"
  sokoul describe holiday.mp4          a title, a description and tags for a video
  sokoul parse "Metropolis.1927.1080p.BluRay.x264-GRP.mkv"
  sokoul doctor                       check every part, and how to mend it

`sokoul COMMAND --help` tells more about each. Commands use the running station when there
is one, else they do the work themselves. They end with 0 when all went well, 1 when not,
2 when they were not understood.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (0 good, 1 failed, 2 not understood)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(_needed(given)).parse_args(given)
    # A reader that goes away (`| head`) ends a command like any Unix tool. The station itself
    # must not die of a broken pipe, so only commands that print ask for it.
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except AppError as error:
        from app.cli import output

        return output.failed(error, as_json=getattr(options, "json", False))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return status


def _needed(given: Sequence[str]) -> Sequence[str]:
    """The commands whose arguments must be known: usually one, or none for the window."""
    first = given[0] if given else "-"
    if first in _COMMANDS:
        return (first,)
    about_all = not first.startswith("-") or not {"-h", "--help"}.isdisjoint(given)
    return _COMMANDS if about_all else ()


def _parser(needed: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sokoul",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Sokoul {VERSION}")
    window.declare(parser)
    if needed:
        commands = parser.add_subparsers(title="commands", metavar="COMMAND")
        for name in needed:
            import_module(f"app.cli.{name}").declare(commands)
    return parser
