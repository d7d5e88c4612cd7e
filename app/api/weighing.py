"""Counts a text as X does: a link is 23, letters of most scripts 1, all else 2. Pure.

The weights are those of the third version of X's own rules for counting. Which bare names
(``example.com``) X takes for links hangs on a list of endings that grows; the usual ones are here.
"""

from __future__ import annotations

import re
import unicodedata

LINK = 23
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count 1."""
_ENDINGS = (
    "com|net|org|info|biz|name|pro|edu|gov|mil|int|mobi|museum|aero|coop|jobs|travel|xxx|app|dev"
    "|blog|shop|store|online|site|website|tech|cloud|live|news|media|video|film|art|design|studio"
    "|world|life|space|club|xyz|top|link|page|social|co|tv"
)
_LINKS = re.compile(
    r"https?://[^\s<>\"\u3000-\u303f\uff00-\uffef]+"
    r"|(?<![\w@#$./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}"
    rf"(?:(?:{_ENDINGS})(?![\w.-]*@)(?![\w-])(?:/[^\s<>\"]*)?|[a-z]{{2}}/[^\s<>\"]*)",
    re.IGNORECASE,
)
_AFTER = ".,;:!?'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_ONE = (
    r"(?:[\u2194-\u2199\u21a9\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    r"\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]\ufe0f?"
    r"|[\u00a9\u00ae\u203c\u2049\u2122\u2139]\ufe0f)[\U0001f3fb-\U0001f3ff]?"
)
_EMOJI = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    rf"|{_ONE}[\U000e0020-\U000e007f]+|{_ONE}(?:\u200d{_ONE})*"
)


def weighted_length(text: str) -> int:
    """Return how long X takes a text to be."""
    whole = unicodedata.normalize("NFC", text)
    length, place = 0, 0
    for found in _LINKS.finditer(whole):
        end = found.start() + len(_without_marks(found[0]))
        length += _weight(whole[place : found.start()]) + LINK
        place = end
    return length + _weight(whole[place:])


def _weight(text: str) -> int:
    bare, emoji = _EMOJI.subn("", text)
    return 2 * emoji + sum(1 if _light(ord(letter)) else 2 for letter in bare)


def _light(point: int) -> bool:
    return any(first <= point <= last for first, last in _LIGHT)


def _without_marks(link: str) -> str:
    """A link without what belongs to the sentence around it."""
    while link and (link[-1] in _AFTER or (link[-1] in ")]}" and _opens_nothing(link))):
        link = link[:-1]
    return link


def _opens_nothing(link: str) -> bool:
    opening = {")": "(", "]": "[", "}": "{"}[link[-1]]
    return link.count(link[-1]) > link.count(opening)
