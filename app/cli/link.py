"""`sokoul link FILE|FOLDER|TITLE`: a link by which others watch or fetch it, from this station."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli import output, station, times
from app.domain.access import Giving
from app.domain.errors import NotFound, Unavailable
from app.infra.atomic import replace_file

_ABOUT = """\
Makes a link to a film, a video or a folder of them: an address with a page that plays it in any
browser of the home, or anywhere by your own reverse proxy (Settings, Links). It opens while
Sokoul runs. Uses and devices count for each recipient.
"""
_EXAMPLES = """\
examples:
  sokoul link holiday.mp4                            for everybody at home
  sokoul link holiday.mp4 --uses 3 --until +7d --to "Ann <ann@example.org>" Ben
  sokoul link "Tears of Steel" --give both --price "5 €" --pay https://pay.example/me
  sokoul link ~/Films --qr films.png --card films.svg
  sokoul link --list                                 every link, and what was made of it
  sokoul link --revoke 4f1c2a9d03b7e688              it opens no more, from this moment on
  sokoul link holiday.mp4 --json | jq -r '.recipients[].address'
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "link", "share by a link", _ABOUT, _EXAMPLES)
    parser.add_argument("what", metavar="FILE|FOLDER|TITLE", nargs="*", help="what is shared")
    parser.add_argument("--uses", type=output.count, default=0, metavar="N", help="0: any number")
    parser.add_argument("--devices", type=output.count, default=0, metavar="N", help="0: any")
    parser.add_argument(
        "--from", type=times.moment, default=0.0, dest="start", metavar="TIME",
        help=f"when it opens: {times.FORMS}",
    )  # fmt: skip
    parser.add_argument("--until", type=times.moment, metavar="TIME", help="when it ends")
    parser.add_argument(
        "--give", choices=[one.value for one in Giving], default=Giving.WATCH.value,
        help="what may be done with it",
    )  # fmt: skip
    parser.add_argument("--to", metavar="NAME", nargs="+", default=[], help="an address for each")
    parser.add_argument("--name", default="", help="what the link is called; else as its film")
    parser.add_argument("--note", default="", metavar="TEXT", help="a line for those who get it")
    parser.add_argument("--price", default="", metavar="TEXT", help="such as “5 €”")
    parser.add_argument("--pay", default="", metavar="URL", help="your own payment link")
    parser.add_argument("--qr", metavar="FILE", default="", help="write the code: .png or .svg")
    parser.add_argument("--card", metavar="FILE", default="", help="write a card to print: .svg")
    orders = parser.add_mutually_exclusive_group()
    orders.add_argument("--list", action="store_true", help="tell every link")
    orders.add_argument("--revoke", metavar="ID", default="", help="take a link back")
    orders.add_argument(
        "--trust-clock", action="store_true", help="the clock is right now: links may open again"
    )
    orders.add_argument(
        "--new-keys", action="store_true", help="end every link that was given out, at once"
    )
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run, parser=parser)


def run(options: argparse.Namespace) -> int:
    """Make, list or take back; ends with 1 when it failed."""
    order = _order(options)
    if order:
        if options.what:
            options.parser.error("an order takes no FILE, FOLDER or TITLE")
        told = station.ask("link", **{order: getattr(options, order)})
        if options.json:
            print(json.dumps(told))
        elif order == "list":
            _print_list(told["links"])
        else:
            print(output.say(f"told.link_{order}", **told))
        return 0
    if not options.what:
        options.parser.error("FILE, FOLDER or TITLE is needed, or --list")
    return _make(options)


def lines(link: dict[str, Any]) -> list[str]:
    """A link for people: what it is, how it stands, each address."""
    state = output.say(f"link.{link['state']}")
    head = f"{link['name']}: {state}"
    if link["until"] is not None:
        head += ", " + output.say("told.link_until", when=_time(link["until"]))
    found = [output.clean(head)]
    for one in link["recipients"]:
        used = str(one["used"]) if not link["uses"] else f"{one['used']}/{link['uses']}"
        where = one["address"] or output.say("told.link_no_address")
        name = f"{one['name']}: " if one["name"] else ""
        line = output.say("told.link_used", used=used, plays=one["plays"])
        found.append(output.clean(f"  {name}{where}  ({line})"))
    return found


def _order(options: argparse.Namespace) -> str:
    orders = ("list", "revoke", "trust_clock", "new_keys")
    return next((one for one in orders if getattr(options, one)), "")


def _make(options: argparse.Namespace) -> int:
    runs = station.runs()
    form = "png" if options.qr.lower().endswith(".png") else "svg"
    told = station.ask(
        "link", **_named(options.what), uses=options.uses, devices=options.devices,
        start=options.start, until=options.until, giving=options.give, recipients=options.to,
        name=options.name, note=options.note, price=options.price, pay=options.pay,
        codes=[*([form] if options.qr else []), *(["card"] if options.card else [])],
    )  # fmt: skip
    codes = told.pop("codes")
    for place, kind in ((options.qr, form), (options.card, "card")):
        if place:
            _write(place, codes[kind], options.json)
    if options.json:
        print(json.dumps(told))
        return 0
    for line in lines(told):
        print(line)
    print(output.clean(f"  ID {told['id']}"))
    if not runs:
        print(output.say("told.link_station"), file=sys.stderr)
    return 0


def _write(place: str, pictures: list[str], as_json: bool) -> None:
    """Write the code of each recipient; those after the first get a number in their names."""
    whole = Path(place).expanduser()
    for number, picture in enumerate(pictures):
        path = whole if not number else whole.with_stem(f"{whole.stem}-{number + 1}")
        try:
            replace_file(path, base64.b64decode(picture), mode=0o644)
        except OSError as error:
            raise Unavailable(
                "errors.link_not_written", path=str(path), reason=error.strerror or ""
            ) from error
        if not as_json:
            print(output.say("told.link_written", path=str(path)))


def _print_list(links: list[dict[str, Any]]) -> None:
    if not links:
        print(output.say("told.link_none"))
    for link in links:
        print("\n".join([*lines(link), f"  ID {link['id']}"]))


def _named(what: list[str]) -> dict[str, Any]:
    """A file or folder of this machine, or words of a title."""
    path = os.path.expanduser(what[0])  # noqa: PTH111 - bytes-safe text
    if len(what) == 1 and (os.path.exists(path) or os.sep in what[0]):  # noqa: PTH110 - bytes-safe text
        if not os.path.exists(path):  # noqa: PTH110 - bytes-safe text
            raise NotFound("errors.link_file_gone", name=what[0])
        return {"path": os.path.abspath(path)}  # noqa: PTH100 - bytes-safe text
    return {"title": " ".join(what)}


def _time(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")
