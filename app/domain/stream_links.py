"""What a link to a stream says of the picture that is wanted: ``…/m.m3u8#height=720``. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

SMALLEST: Final = 1
"""Stands for the smallest picture there is: every other one is taller than this."""
HEIGHTS: Final = (2160, 1440, 1080, 720, 480, 360)
"""Heights people know, the tallest first."""


def height_of(link: str) -> int | None:
    """The tallest picture that is wanted; None: the best there is."""
    try:
        found = re.fullmatch(r"height=([0-9]{1,4})", urlsplit(link).fragment)
    except ValueError:
        return None
    return int(found[1]) if found is not None else None


def at_height(link: str, height: int | None) -> str:
    """The link with a wish for a picture; one that says something already keeps it."""
    if height is None or "#" in link or not link.lower().startswith(("http://", "https://")):
        return link
    return f"{link}#height={height}"


def may_be_stream(link: str) -> bool:
    """Whether an address ends as those of streams do; others may be streams all the same."""
    try:
        return urlsplit(link).path.lower().endswith((".m3u8", ".m3u"))
    except ValueError:
        return False
