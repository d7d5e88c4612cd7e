"""Titles, amounts and times as a message on a phone says them: plain, short, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.domain.media import Card, MediaKind
from app.domain.sizes import bar, percent
from app.domain.text import clean
from app.services.phrases import Phrases
from app.services.remote.talk import Button

SEPARATOR: Final = " · "
TITLE: Final = 70
"""Letters of a title in a list; a message holds about four thousand."""
LONG: Final = 600
BUTTON: Final = 28
WIDE: Final = 4
MINUTE: Final = 60
HOURS_FROM: Final = 100
_LONGEST_READ: Final = 4_000
_SPACE: Final = re.compile(r"\s+")
_COMMAND: Final = re.compile(r"(?<![\w/:.])/(?=\w+(?![\w/]))")


def short(text: str, most: int = TITLE) -> str:
    """Text from outside on one line: nothing in it acts, and it is cut.

    A word with a slash before it would become a command to press: the slash is another sign then.
    """
    whole = text[:_LONGEST_READ].encode("utf-8", "replace").decode("utf-8", "replace")
    line = clean(_SPACE.sub(" ", whole).strip()[: most + 1])
    line = _COMMAND.sub("\N{FRACTION SLASH}", line)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def joined(parts: Iterable[str]) -> str:
    """What is known of something, on one line."""
    return SEPARATOR.join(part for part in parts if part)


def lines(*parts: str) -> str:
    """A message of these lines; an empty one stays out, a lone newline is a gap."""
    return "\n".join("" if part == "\n" else part for part in parts if part)


def rows(buttons: Sequence[Button], wide: int = WIDE) -> list[list[Button]]:
    """Buttons in rows of so many."""
    return [list(buttons[at : at + wide]) for at in range(0, len(buttons), wide)]


def size(phrases: Phrases, amount: float | None) -> str:
    """Bytes, such as ``4.2 GB``; nothing when unknown."""
    return phrases.say("remote.size", bytes=amount) if amount else ""


def speed(phrases: Phrases, amount: float) -> str:
    """Bytes a second; nothing when it stands still."""
    return phrases.say("remote.speed", bytes=amount) if amount >= 1 else ""


def share(fraction: float) -> str:
    """How much of something is done, such as ``▓▓▓░░░░░░░ 31 %``."""
    return f"{bar(fraction)} {percent(fraction)} %"


def length(phrases: Phrases, seconds: float) -> str:
    """How long something takes, such as ``1 h 42 min``, ``12 min`` or ``40 s``."""
    whole = max(0, round(seconds))
    if whole < MINUTE:
        return phrases.say("remote.seconds", count=whole)
    minutes = round(whole / MINUTE)
    if minutes < HOURS_FROM:
        return phrases.say("remote.minutes", count=minutes)
    hours, rest = divmod(minutes, MINUTE)
    if hours >= 48:  # noqa: PLR2004 - two days
        return phrases.say("remote.days", count=round(hours / 24))
    return phrases.say("remote.hours", hours=hours, minutes=f"{rest:02}")


def moment(phrases: Phrases, at: float, now: datetime | None = None) -> str:
    """A time by this machine's clock: ``today 18:00``, ``tomorrow 18:00``, or with its day."""
    here = (now or datetime.now().astimezone()).astimezone()
    then = datetime.fromtimestamp(at).astimezone()
    clock = f"{then.hour:02}:{then.minute:02}"
    for key, when in (("today", here), ("tomorrow", here + timedelta(days=1))):
        if then.date() == when.date():
            return phrases.say(f"remote.{key}", clock=clock)
    day, month = f"{then.day:02}", f"{then.month:02}"
    return phrases.say("remote.day", year=str(then.year), month=month, day=day, clock=clock)


def why(phrases: Phrases, key: str, args: Mapping[str, object]) -> str:
    """The words of an error or a reason; plain ones where nobody wrote any."""
    if not key:
        return ""
    if not phrases.has(key):
        return phrases.say("remote.see_screen")
    told = {name: short(of) if isinstance(of, str) else of for name, of in args.items()}
    return short(phrases.say(key, told), 300)


def titled(card: Card, most: int = TITLE) -> str:
    """An item of the library as people know it: a series and its episode, or a title and year."""
    if card.series and card.episode is not None:
        season = f"S{card.season:02}" if card.season is not None else ""
        return f"{short(card.series, most)} {season}E{card.episode:02}"
    year = f" ({card.year})" if card.year else ""
    return short(card.title, most) + year


def facts(phrases: Phrases, card: Card) -> str:
    """What a list says of an item behind its title."""
    many = card.kind is MediaKind.SERIES and card.episodes
    return joined(
        (
            phrases.say("remote.episodes", count=card.episodes) if many else "",
            length(phrases, card.duration) if card.duration and not many else "",
            card.resolution or "",
            share(card.progress) if card.progress else "",
            phrases.say("remote.watched") if card.watched else "",
            phrases.say("remote.disk_away") if card.offline else "",
        )
    )


def numbered(at: int, title: str, told: str = "") -> str:
    """A row of a list: its number, its title, and what is known of it on a line of its own."""
    return f"{at}. {title}" + (f"\n    {told}" if told else "")
