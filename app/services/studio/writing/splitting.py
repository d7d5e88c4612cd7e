"""Cuts what is to be said into scenes of a good length; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from app.domain.project import Scene
from app.services.intelligence.tasks.sentences import STOP, weighty

PACE: Final = 14.5
"""Letters a voice says in a second, spaces too: about 155 English words a minute."""
PAUSE: Final = 0.35
"""Seconds of silence after each scene."""
SCENE: Final = 7.0
"""Seconds a scene should last: a picture that stands longer tires."""
LONGEST_SCENE: Final = 12.0
ON_SCREEN: Final = 6
"""Words on a card at most."""
_END: Final = re.compile(
    r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“‘(\[—–-]*\s*[^\W\d_a-zà-ÿ]|[\"'«“(]*\d)|(?<=[。！？।])\s*|\n{2,}"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sr|Jr|vs|etc|e\.g|i\.e|c|ca|p|pp|No|vol|Inc|Ltd|M|Mme|art|bzw|z\.B)"
    r"|\b[A-ZÀ-Þ])\.$"
)
_MARKS: Final = re.compile(
    r"^\s*(?:#{1,6}\s+|[-*•–]\s+|\d{1,2}[.)]\s+|>\s+|[-=_*]{3,}\s*$)", re.MULTILINE
)
_INLINE: Final = re.compile(r"\*\*|__|`+|\[(\d{1,3}|citation needed|réf\. nécessaire)\]")
_LINK: Final = re.compile(r"\[([^\]]{1,200})\]\([^)]{1,500}\)|https?://\S+|www\.\S+")
_CLAUSE: Final = re.compile(r"(?<=[,;:—])\s+")
_WORD: Final = re.compile(r"[^\s]+")


def plain(text: str) -> str:
    """Text without marks of Markdown, addresses and characters that are not to be said."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LINK.sub(lambda found: found.group(1) or "", _MARKS.sub("", text))
    text = _INLINE.sub("", text)
    kept = (char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")
    return "".join(kept).strip()


def sentences(text: str) -> list[str]:
    """The sentences of prose, in order, each on one line."""
    found: list[str] = []
    for part in _END.split(plain(text)):
        one = " ".join(part.split())
        if not any(char.isalnum() for char in one):
            continue
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += " " + one
        else:
            found.append(one)
    return found


def seconds_of(text: str) -> float:
    """How long it takes to say it, about; letters of scripts without spaces count thrice."""
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    return (len(text) + 2 * wide) / PACE


def fit(told: Sequence[str], seconds: float) -> list[str]:
    """As many sentences as there is time for, at least one; they stay whole."""
    left, kept = seconds, list[str]()
    for one in told:
        left -= seconds_of(one)
        if kept and left < -1.5:
            break
        kept.append(one)
    return kept


def grouped(told: Sequence[str]) -> list[str]:
    """Sentences put together to narrations of scenes; long ones are cut at a comma."""
    groups: list[str] = []
    for one in told:
        for part in _parts(one):
            joined = f"{groups[-1]} {part}" if groups else part
            if groups and seconds_of(joined) <= SCENE:
                groups[-1] = joined
            else:
                groups.append(part)
    return groups


def _parts(one: str) -> list[str]:
    if seconds_of(one) <= LONGEST_SCENE:
        return [one]
    parts: list[str] = []
    for clause in _CLAUSE.split(one):
        if parts and seconds_of(f"{parts[-1]} {clause}") <= SCENE:
            parts[-1] += " " + clause
        else:
            parts.append(clause)
    return [short for part in parts for short in _cut(part)]


def _cut(part: str) -> list[str]:
    """A clause without commas that is far too long, cut between words."""
    words, pieces = _WORD.findall(part), list[str]()
    for word in words:
        joined = f"{pieces[-1]} {word}" if pieces else word
        if pieces and seconds_of(joined) > LONGEST_SCENE:
            pieces.append(word)
        elif pieces:
            pieces[-1] = joined
        else:
            pieces.append(word)
    return pieces


def heading(text: str, most: int = ON_SCREEN) -> str:
    """A few words of a narration for its card: those around the ones that say the most."""
    words = text.split()
    if len(words) <= most:
        return text.rstrip(" .,;:!?…。")
    weights = [float(len(weighty(word)) and len(word)) for word in words]
    best, start = -1.0, 0
    for at in range(len(words) - most + 1):
        broken = sum(word[-1] in ".!?;:,—…" for word in words[at : at + most - 1])
        weight = sum(weights[at : at + most]) - 0.4 * at - 8 * broken
        if weight > best:
            best, start = weight, at
    cut = words[start : start + most]
    while len(cut) > 2 and not weighty(cut[0]) and cut[0].lower() in STOP:
        cut.pop(0)
    while len(cut) > 2 and cut[-1].strip(".,;:!?…").lower() in STOP:
        cut.pop()
    shown = " ".join(cut).strip(" .,;:!?…()\"'«»“”")
    return shown[:1].upper() + shown[1:]


def scenes_of(narrations: Sequence[str], titles: Sequence[str] = ()) -> tuple[Scene, ...]:
    """Scenes with what can be told from their narration alone."""
    return tuple(
        Scene(
            id=f"s{at + 1}",
            narration=text,
            duration=round(seconds_of(text) + PAUSE, 2),
            title=titles[at] if at < len(titles) else heading(text, 4),
            visual_prompt=" ".join(weighty(text)[:8]),
            on_screen_text=heading(text),
        )
        for at, text in enumerate(narrations)
    )
