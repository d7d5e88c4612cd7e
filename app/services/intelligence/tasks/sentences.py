"""Cuts texts and subtitles into sentences, and finds those that say the most; pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.text import clean, fold

_END: Final = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+(?=[\"'«“(—–-]*\s*[A-ZÀ-Þ0-9])")
_NOISE: Final = re.compile(r"\[[^\]]{0,80}\]|\([^)]{0,80}\)|[♪♫#]+|<[^>]{0,40}>|\{[^}]{0,80}\}")
_SPEAKER: Final = re.compile(r"^\s*(?:[-–—]\s*)?(?:[A-Z][A-Z .']{1,24}:)?\s*")
ADDRESS: Final = re.compile(
    r"(?:https?:|www\.)\S*|\b\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|io|tv)\b\S*"
)
_NAME: Final = re.compile(r"(?<![.!?…]\s)(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}")
_STOP: Final = (
    "a about after all also am an and any are as at be because been before but by can come "
    "could did do does done for from get go going got had has have he her here him his how i "
    "if in into is it its just know let like look make me more my no not now of oh ok okay on "
    "one only or other our out over right said say see she should so some something take tell "
    "than that the their them then there these they thing think this those to too two up us "
    "very want was way we well were what when where which who why will with would yeah yes "
    "you your au aux avec ce ces cette comme dans de des donc du elle en est et eux il ils je "
    "la le les leur lui ma mais me mes moi mon ne nos notre nous on ou où par pas pour plus "
    "qu que qui quoi sa sans se ses si son sur ta te tes toi ton tu un une va vos votre vous "
    "y été était être ai as avez ont suis sont c d j l m n s t tout tous bien oui non "
)
STOP: Final = frozenset(_STOP.split())
"""Words that say nothing by themselves, English and French."""


def tidy(text: str) -> str:
    """A line of subtitles without sounds, speakers, marks and addresses."""
    return without_addresses(_SPEAKER.sub("", _NOISE.sub(" ", text)))


def without_addresses(text: str) -> str:
    """The text without web and mail addresses: nothing anybody wrote is to be opened."""
    return " ".join(clean(ADDRESS.sub("", text)).split())


def sentences(lines: Iterable[str]) -> list[str]:
    """The sentences of a text whose lines may break them."""
    told = " ".join(part for line in lines if (part := tidy(line)))
    return [one for part in _END.split(told) if len(one := part.strip()) > 1]


def weighty(text: str) -> list[str]:
    """The words of a text that mean something, folded, in order."""
    return [word for word in fold(text).split() if len(word) > 2 and word not in STOP]


def keywords(texts: Sequence[str], most: int) -> list[str]:
    """The words that matter in these texts, the most telling first.

    How often a word comes, less what is in every part: the log of parts without it.
    """
    counts = Counter(word for text in texts for word in weighty(text))
    spread = Counter(word for text in texts for word in set(weighty(text)))
    total = max(len(texts), 1)

    def weight(word: str) -> float:
        return counts[word] * (0.3 + math.log((total + 1) / (spread[word] + 0.5)))

    ranked = sorted(counts, key=lambda word: (-weight(word), word))
    return [word for word in ranked if not word.isdigit()][:most]


def names(texts: Iterable[str], most: int) -> list[str]:
    """Names of people and places: words with a capital inside a sentence, said more than once."""
    counts = Counter(found.strip("'’-") for text in texts for found in _NAME.findall(text))
    return [
        name for name, count in counts.most_common(most * 3) if count > 1 and fold(name) not in STOP
    ][:most]


def telling(told: Sequence[str], most: int, longest: int = 220) -> list[str]:
    """The sentences that say the most, in their order: those whose words come again and again."""
    counts = Counter(word for one in told for word in set(weighty(one)))
    top = max(counts.values(), default=1)

    def weight(one: str) -> float:
        found = set(weighty(one))
        if len(found) < 3 or len(one) > longest or one.endswith("?"):
            return 0.0
        return sum(counts[word] / top for word in found) / math.sqrt(len(found))

    ranked = sorted(range(len(told)), key=lambda at: -weight(told[at]))
    chosen: list[int] = []
    for at in ranked:
        if weight(told[at]) <= 0 or len(chosen) == most:
            break
        near = set(weighty(told[at]))
        if all(len(near & set(weighty(told[one]))) < 0.6 * len(near) for one in chosen):
            chosen.append(at)
    return [told[at] for at in sorted(chosen)]
