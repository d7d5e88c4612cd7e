"""How well a picture fits the sentence of its scene: words in common, names, and meaning."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.plain_words import PLAIN_WORDS
from app.domain.text import fold

BY_NAME = "studio.reason_name"
BY_WORDS = "studio.reason_words"
BY_MEANING = "studio.reason_meaning"
LITTLE = "studio.reason_little"
"""Why a score is what it is; keys."""

NAME_WEIGHT = 4.0
NUMBER_WEIGHT = 1.5
FAR, NEAR = 0.12, 0.68
"""Cosines of texts that have nothing, and as much as a caption can, in common."""
CAPITALS = 0.45
"""Where more words than this begin with a capital, capitals do not tell names: German, titles."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]\s*$")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "s", "e")
_PLAIN = PLAIN_WORDS | {"photo", "picture", "image", "file", "jpg"}


class Vectors(Protocol):
    """Who turns texts into vectors of their meaning."""

    async def vectors(self, texts: Sequence[str]) -> list[list[float]] | None:
        """Return one vector for each text, all of one length; None when there is no model."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is known of a candidate: its title, what is told of it, the words it was drawn from."""

    title: str
    description: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a candidate fits, 0 to 100, and why: a key."""

    score: int
    reason: str


async def judge(
    sentence: str, candidates: Sequence[Pictured], meaning: Vectors | None = None
) -> list[Fit]:
    """Return how well each candidate fits a sentence, in their order.

    Without a model, or when it fails to answer for all of them, words alone decide.
    """
    if not candidates:
        return []
    near = [0.0] * len(candidates)
    told = [_all_of(one)[:1000] for one in candidates]
    made = await meaning.vectors([sentence, *told]) if meaning is not None and sentence else None
    known = made is not None and len(made) == len(candidates) + 1
    if made is not None and known:
        near = [cosine(made[0], vector) for vector in made[1:]]
    return by_words_and_meaning(sentence, candidates, near if known else None)


def by_words_and_meaning(
    sentence: str, candidates: Sequence[Pictured], cosines: Sequence[float] | None = None
) -> list[Fit]:
    """Return how well each candidate fits, from its words and from cosines that are known."""
    wanted = _weights(sentence, candidates)
    names = {stem for stem, weight in wanted.items() if weight >= NAME_WEIGHT}
    held = [names & _stems(_all_of(one)) for one in candidates]
    fits = []
    for place, one in enumerate(candidates):
        words = _shared(wanted, one)
        near = _meaning(cosines[place]) if cosines is not None else 0.0
        if any(held) and not held[place]:  # another shows whom the sentence names
            words, near = words * 0.6, near * 0.6
        score = max(words, 0.45 * words + 0.55 * near)
        fits.append(Fit(round(100 * min(1.0, score)), _reason(words, near, bool(held[place]))))
    return fits


def best_first(fits: Sequence[Fit]) -> list[int]:
    """Return the places of the candidates, best first; equal ones stay in their order."""
    return sorted(range(len(fits)), key=lambda place: -fits[place].score)


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how alike two vectors are, -1 to 1; 0 when one is empty or broken."""
    if len(one) != len(other):
        return 0.0
    length = math.sqrt(sum(value * value for value in one) * sum(value * value for value in other))
    found = sum(a * b for a, b in zip(one, other, strict=True))
    return found / length if length and math.isfinite(length) and math.isfinite(found) else 0.0


def stem(word: str) -> str:
    """Return a folded word without its ending, so that "runs" and "running" are one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            short = word[: -len(ending)]
            if ending in ("ies", "ied"):
                return short + "y"
            double = len(short) > 3 and short[-1] == short[-2] and short[-1] not in "aeiouls"
            return short[:-1] if double and ending.startswith(("ing", "ed")) else short
    return word


def _weights(sentence: str, candidates: Sequence[Pictured]) -> dict[str, float]:
    """What each word of a sentence counts: names most; what all candidates have in common least."""
    names = _names(sentence, candidates)
    seen = Counter(one for each in candidates for one in _stems(_all_of(each)))
    made: dict[str, float] = {}
    for found in _stems(sentence):
        if found in names:
            made[found] = NAME_WEIGHT
            continue
        plain = NUMBER_WEIGHT if found.isdigit() else 0.6 + min(len(found), 9) / 9
        rare = 1.0 - 0.5 * seen[found] / len(candidates) if len(candidates) > 1 else 1.0
        made[found] = min(plain * rare, NAME_WEIGHT - 1)
    return made


def _names(sentence: str, candidates: Sequence[Pictured]) -> set[str]:
    """The words of a sentence that name somebody or something.

    They begin with a capital within it; at its beginning they count when the word after them
    does so too, or a candidate writes them so within its title.
    """
    words = list(_WORD.finditer(sentence))
    capital = [word[0][:1].isupper() for word in words]
    if len(words) > 4 and sum(capital[1:]) > max(2.0, CAPITALS * len(words)):
        return set()
    titled = {
        stem(fold(word[0]))
        for one in candidates
        for word in list(_WORD.finditer(one.title))[1:]
        if word[0][:1].isupper()
    }
    found = set()
    for place, word in enumerate(words):
        root = stem(fold(word[0]))
        if not capital[place] or fold(word[0]) in _PLAIN or len(root) < 2:
            continue
        first = place == 0 or bool(_SENTENCE_END.search(sentence[: word.start()]))
        followed = place + 1 < len(words) and capital[place + 1]
        if not first or followed or root in titled:
            found.add(root)
    return found


def _shared(wanted: Mapping[str, float], one: Pictured) -> float:
    """How much of a sentence a candidate has, and how much of its title is of the sentence."""
    title = _stems(one.title)
    rest = _stems(f"{one.description} {one.prompt}") - title
    whole = sum(wanted.values())
    if not whole:
        return 0.0
    found = sum(weight for word, weight in wanted.items() if word in title)
    found += 0.7 * sum(weight for word, weight in wanted.items() if word in rest)
    covered = 1 - math.exp(-3.2 * found / whole)
    exact = len(title & wanted.keys()) / len(title) if title else 0.0
    return covered * (0.72 + 0.28 * exact)


def _meaning(near: float) -> float:
    return min(1.0, max(0.0, (near - FAR) / (NEAR - FAR)))


def _reason(words: float, near: float, named: bool) -> str:
    if named:
        return BY_NAME
    if words >= 0.15 and words >= near:
        return BY_WORDS
    if near >= 0.3:
        return BY_MEANING
    return BY_WORDS if words >= 0.15 else LITTLE


def _stems(text: str) -> set[str]:
    found = set()
    for word in fold(text[:4000]).split():
        if _IDEOGRAPHS.search(word):  # written without spaces: pairs of signs stand for words
            found |= {word[place : place + 2] for place in range(max(1, len(word) - 1))}
        elif word not in _PLAIN and (len(word) > 2 or word.isdigit()):
            found.add(stem(word))
    return found


def _all_of(one: Pictured) -> str:
    return f"{one.title}. {one.description} {one.prompt}".strip()
