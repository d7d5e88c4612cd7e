"""Cuts the words of a post to what a platform takes; words and emoji stay whole. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.api.captions import hashtag
from app.api.shortening import shortened
from app.domain.post import Words
from app.services.publishing.rules import Room, Rules, Tags, Way

SHOWN_TAGS: Final = 5
"""Hashtags for which room is kept, where there is one text for all."""
BETWEEN: Final = 2
"""What a tag takes beside its letters: a comma, or quotes around it."""
JOINT: Final = "\n\n"
_HASHTAG: Final = re.compile(r"(?<!\w)#(\w+)")
_MENTION: Final = re.compile(r"(?<![\w@])@(\w)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def fit(words: Words, rules: Rules) -> Words:
    """Return the words as a platform takes them: what is too long is cut between words."""
    tags = fitted_tags(words.tags, rules.tags)
    title, description = _clean(words.title), _clean(words.description)
    if rules.text is not None:
        return _in_one(Words(" ".join(title.split()), description, tags), rules)
    return Words(
        "" if rules.title is None else cut(" ".join(title.split()), rules.title),
        "" if rules.description is None else cut(description, rules.description),
        tags,
    )


def joined(words: Words) -> str:
    """Title and description as one text, as platforms with one text have it."""
    parts = (words.title.strip(), words.description.strip())
    return JOINT.join(part for part in parts if part)


def fitted_tags(tags: Sequence[str], room: Tags) -> tuple[str, ...]:
    """Return the first tags that have room, each once."""
    if room.way is Way.NONE:
        return ()
    bare = str.maketrans(room.forbidden, " " * len(room.forbidden))
    made: dict[str, str] = {}
    letters = 0
    for tag in tags:
        plain = " ".join(_clean(tag).translate(bare).split())
        shown = hashtag(plain) if room.way is Way.HASHTAGS else plain
        if not shown or shown.lower() in made:
            continue
        letters += len(plain) + BETWEEN
        full = bool(room.count and len(made) >= room.count)
        if full or (room.letters and letters > room.letters):
            break
        made[shown.lower()] = plain
    return tuple(made.values())


def tag_letters(tags: Sequence[str]) -> int:
    """How many letters tags take, with what is between them."""
    return sum(len(tag) + BETWEEN for tag in tags)


def mentions(text: str) -> int:
    """How many people a text names with ``@``."""
    return len(_MENTION.findall(text))


def cut(text: str, room: Room) -> str:
    """Return a text without forbidden signs, within its room."""
    plain = text.translate(str.maketrans("", "", room.forbidden)).strip()
    return shortened(plain, room.most, room.counted.size)


def clock(seconds: float) -> str:
    """A time as platforms read it: ``1:04``, ``1:02:03``."""
    hours, rest = divmod(int(seconds), 3_600)
    tail = f"{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{tail}" if hours else tail


def _in_one(words: Words, rules: Rules) -> Words:
    room = rules.text
    assert room is not None
    size = room.counted.size
    title = cut(words.title, room)
    text = words.description.translate(str.maketrans("", "", room.forbidden)).strip()
    tags = " ".join(hashtag(tag) for tag in words.tags[:SHOWN_TAGS])
    kept = size(JOINT + tags) if tags else 0
    left = room.most - size(title) - size(JOINT) * bool(title)
    if kept < left // 2:
        left -= kept
    made = replace(words, title=title, description=shortened(text, left, size) if left > 0 else "")
    while made.description and size(joined(made)) > room.most:
        left -= 1  # a link may have begun where the two meet
        made = replace(made, description=shortened(text, left, size))
    return _fewer_marks(made, rules)


def _fewer_marks(words: Words, rules: Rules) -> Words:
    """Words without the marks of hashtags and mentions beyond so many."""
    made = words
    for most, pattern in ((rules.tags.count, _HASHTAG), (rules.mentions, _MENTION)):
        if not most:
            continue
        left = max(0, most - len(pattern.findall(made.title)))
        made = replace(
            made,
            title=_marked(made.title, pattern, most),
            description=_marked(made.description, pattern, left),
        )
    return made


def _marked(text: str, pattern: re.Pattern[str], most: int) -> str:
    seen = 0

    def one(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return found[0] if seen <= most else found[1]

    return pattern.sub(one, text)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
