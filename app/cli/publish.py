"""`sokoul publish FILE --to PLATFORM…`: puts a video on the owner's accounts, now or at a time."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from typing import Any

from app.cli import output, station, times

_ABOUT = """\
Puts a video on your accounts: a platform (all your accounts there), an account's name, or its id.
With a time it is planned, and goes out from the running station. Each post goes out once, also
when this is ended early: see the Publishing page.
"""
_EXAMPLES = """\
examples:
  sokoul publish video.mp4 --to youtube
  sokoul publish video.mp4 --to youtube "Kitchen clocks on TikTok" --at "tomorrow 18:00"
  sokoul publish video.mp4 --to folder --title "Why time runs slower" --tags time,clocks
  sokoul publish --check video.mp4 --to x      what would not fit; nothing goes out
  sokoul publish --json video.mp4 --to telegram | jq '.result.posts[].url'
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "publish", "publish a video", _ABOUT, _EXAMPLES)
    parser.add_argument("file", metavar="FILE", help="the video")
    parser.add_argument("--to", metavar="PLATFORM", nargs="+", required=True, help="where to")
    parser.add_argument(
        "--at", type=times.moment, default=0.0, metavar="TIME", help=f"when: {times.FORMS}"
    )
    parser.add_argument("--title", default="", help="its title; else that of the file")
    parser.add_argument("--description", default="", metavar="TEXT", help="what is told of it")
    parser.add_argument("--tags", default="", metavar="A,B", help="words to find it by")
    parser.add_argument("--thumbnail", default="", metavar="FILE", help="its picture")
    parser.add_argument("--captions", default="", metavar="FILE", help="its subtitles (.srt, .vtt)")
    parser.add_argument(
        "--privacy", choices=("public", "unlisted", "private"), default="public",
        help="who may see it",
    )  # fmt: skip
    parser.add_argument(
        "--check", action="store_true", help="say what does not fit, and post nothing"
    )
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Publish it; ends with 1 when a post failed or does not fit."""
    told = station.ask(
        "publish", on_progress=_as_json if options.json else _line, timeout=None,
        path=_whole(options.file), to=options.to, at=options.at, title=options.title,
        description=options.description,
        tags=[one.strip() for one in options.tags.split(",") if one.strip()],
        thumbnail=_whole(options.thumbnail), captions=_whole(options.captions),
        privacy=options.privacy, check=options.check,
    )  # fmt: skip
    posts = told["posts"]
    if options.json:
        print(json.dumps({"result": told}), flush=True)
    else:
        _clear()
        for post in posts:
            for line in lines_of(post):
                print(line)
    return 1 if any(one["state"] == "failed" or one["blocked"] for one in posts) else 0


def lines_of(post: dict[str, Any]) -> list[str]:
    """A post for people: where, how it stands, what does not fit."""
    where = output.clean(_where(post))
    when = _time(post["at"]) if post["at"] else ""
    said = output.say(f"publish.{post['state']}", when=when)
    if post["state"] == "planned" and not when:
        said = output.say("publish.turn")
    if post["reason"]:
        said += " " + output.say(post["reason"], **post["reason_args"])
    lines = [f"{where}: {said}"]
    if post["url"]:
        lines.append("  " + output.clean(post["url"]))
    lines += [f"  ! {output.say(one['key'], **one['args'])}" for one in post["misfits"]]
    return lines


def _where(post: dict[str, Any]) -> str:
    return " · ".join(dict.fromkeys((post["platform"], post["account"])))


def _whole(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path)) if path else ""  # noqa: PTH100, PTH111 - bytes-safe text


def _time(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _as_json(value: dict[str, Any]) -> None:
    print(json.dumps({"progress": value}), flush=True)


def _line(value: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        share = f" {round(100 * value['fraction'])} %" if value["fraction"] is not None else ""
        print(f"\r\x1b[K{output.clean(_where(value) + share)}", end="", file=sys.stderr)
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
