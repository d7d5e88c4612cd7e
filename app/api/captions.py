"""Puts the words of a post together where a platform has one text for all: title, more, tags."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.api.publishing import PostWanted
from app.domain.errors import InvalidInput

_APART = re.compile(r"[^\w]+")


def utf16(text: str) -> int:
    """Return how long a text is where characters are counted as UTF-16 does it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def hashtag(tag: str) -> str:
    """Return a tag as one word with ``#`` before it; nothing when no letter is in it."""
    word = _APART.sub("", tag)
    return f"#{word}" if word and not word.isdigit() else ""


def hashtags(text: str) -> int:
    """Return how many hashtags a text has."""
    return len(re.findall(r"(?<!\w)#\w+", text))


def caption(
    wanted: PostWanted,
    name: str,
    most: int,
    *,
    most_tags: int = 30,
    measure: Callable[[str], int] = len,
) -> str:
    """Return title, description and tags as one text of at most `most`, counted by `measure`.

    Tags that have no place are left out. `InvalidInput` when the other words have none, or bring
    too many hashtags of their own; `name` is the platform's.
    """
    told = [part.strip() for part in (wanted.title, wanted.description)]
    made = "\n\n".join(part for part in told if part)
    if measure(made) > most:
        raise InvalidInput("errors.post_text_long", name=name, most=most)
    if hashtags(made) > most_tags:
        raise InvalidInput("errors.post_tags_many", name=name, most=most_tags)
    seen = {word.lower() for word in re.findall(r"#\w+", made)}
    joint = "\n\n"
    for tag in dict.fromkeys(hashtag(tag) for tag in wanted.tags):
        longer = f"{made}{joint if made else ''}{tag}"
        fits = measure(longer) <= most and len(seen) < most_tags
        if tag and tag.lower() not in seen and fits:
            made, joint = longer, " "
            seen.add(tag.lower())
    return made
