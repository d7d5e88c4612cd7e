"""Makes the words of a post as LinkedIn wants them: reserved signs escaped, hashtags marked. Pure.

An unescaped reserved sign cuts a text off where it stands, without a word of complaint.
"""

from __future__ import annotations

import re

from app.api import InvalidInput
from app.api.captions import caption, utf16
from app.api.publishing import PostWanted

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_HASHTAG = re.compile(r"(?<!\S)#(\w+)")
_MARKED = re.compile(r"\{hashtag\|\\?#\|((?:[^\\}]|\\.)*)\}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def post_text(wanted: PostWanted, name: str, most: int) -> str:
    """Return the text of a post: title, words, as many tags as fit, and the link.

    `InvalidInput` when the words have no place.
    """
    link = wanted.link.strip()
    tail = "" if not link or link in f"{wanted.title} {wanted.description}" else link
    room = utf16(tail) + 2 if tail else 0
    made = caption(wanted, name, most - room, measure=utf16)
    told = "\n\n".join(part for part in (made, tail) if part)
    if not told and wanted.video is None:
        raise InvalidInput("errors.post_empty", name=name)
    return told


def marked(text: str) -> str:
    """Return a text as it goes out."""
    made, place = [], 0
    for found in _HASHTAG.finditer(text):
        made += [_escaped(text[place : found.start()]), rf"{{hashtag|\#|{_escaped(found[1])}}}"]
        place = found.end()
    return "".join([*made, _escaped(text[place:])])


def unmarked(commentary: str) -> str:
    """Return the text of a post that is out."""
    return _ESCAPED.sub(r"\1", _MARKED.sub(r"\\#\1", commentary))


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)
