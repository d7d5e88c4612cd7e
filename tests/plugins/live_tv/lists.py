"""Lists and guides as large as they come."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

WORDS = (
    *("news", "sport", "movie", "kids", "music", "world", "one", "two", "france", "bbc", "plus"),
    *("drama", "action", "cine", "tele", "canal", "radio", "star", "gold", "max", "live", "arab"),
    *("turk", "deutsch", "italia", "россия", "中文", "الجزيرة", "été", "señal"),
)


def large_list(channels: int) -> bytes:
    """A list of so many channels, 300 bytes each, as providers of such lists write them."""
    return "".join(_entries(channels)).encode()


def _entries(channels: int) -> Iterator[str]:
    chance = random.Random(7)
    yield "#EXTM3U\n"
    for number in range(channels):
        name = f"{' '.join(chance.choices(WORDS, k=3))} {number}"
        yield (
            f'#EXTINF:-1 tvg-id="{name.replace(" ", "")}.xx" tvg-name="{name}"'
            f' tvg-logo="https://logos.example/img/{number}/{chance.random()}.png"'
            f' group-title="Group {number % 400}",{name} HD\n'
            f"https://server{number % 50}.example:8080/live/user/pass/{number}/index.m3u8\n"
        )


def stamp(moment: float) -> str:
    """A time as guides write it."""
    return time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(moment))


def large_guide(channels: int, now: float, days: int = 6) -> bytes:
    """A guide of half-hour programmes, from yesterday on; 350 bytes each."""
    return "\n".join(_programmes(channels, now, days)).encode()


def _programmes(channels: int, now: float, days: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n<tv>'
    for number in range(channels):
        yield f'<channel id="ch{number}.xx"><display-name>Channel {number}</display-name></channel>'
    starts = [now - 86_400 + half * 1800 for half in range((days + 1) * 48)]
    times = [(stamp(one), stamp(one + 1800)) for one in starts]
    story = "What happens in this episode, told at length for whoever missed the last one. " * 2
    for number in range(channels):
        for start, stop in times:
            yield (
                f'<programme start="{start}" stop="{stop}" channel="ch{number}.xx">'
                f"<title>Show of {number} at {start[8:12]}</title><desc>{story}</desc></programme>"
            )
    yield "</tv>"
