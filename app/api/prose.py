"""Reads works of reference: the words of a topic to look for, and articles as plain prose; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.api.reading import search_words
from app.domain.text import fold

MOST_WORDS: Final = 8
SHORTEST: Final = 20
"""Letters of a paragraph; less is a caption or a heading."""
_SHORT: Final[Mapping[str, str]] = {
    "en": "a about an and any are as at be been by can could did do does for from get gets had "
    "has have how i if in into is it its just like many much my no not of on or our should "
    "so some than that the their them then there these they this to us very was we were "
    "what when where which while who whom whose why will with would you your",
    "fr": "a à ai après au aussi aux avec bien ce ces cet cette ça combien comme comment dans de "
    "des du elle en est est-ce et eux fait il ils je la le les leur leurs lui ma mais me "
    "mes moi mon ne nos notre nous on ont ou où par pas plus pour pourquoi quand que quel "
    "quelle quelles quels qui quoi sa sans se sera ses si son sont sur ta tes ton tu un "
    "une va vos votre vous y",
    "de": "aber als am an auch auf aus bei bin bis da das dass dein dem den der des die du ein "
    "eine einem einen einer er es für hat haben ich ihr im in ist kann man mein mit nach "
    "nicht noch nur oder sein sich sie sind so über um und uns unser vom von vor wann "
    "warum was welche welcher wer werden weshalb wie wieso wird wir wo zu zum zur",
    "es": "a al como cómo con cuál cuáles cuando cuándo cuánto de del donde dónde el ella en es "
    "esa ese esta este hay la las lo los más me mi muy no nos o para pero por porque qué "
    "que quien quién se ser si sin son su sus te tu tus un una y ya",
    "it": "a ad al alla anche che chi ci come con cosa così da dal del della delle di dove e è "
    "ed gli ha i il in io la le lo ma mi mio nel nella non o per perché più quale quali "
    "quando quanto se si sono su sua suo tra tu tua tuo un una uno",
    "pt": "a ao aos as com como da das de do dos e é ela ele em está eu foi há isso mais mas me "
    "meu minha na não no nos o onde os ou para pela pelo por porque porquê qual quais "
    "quando quanto que quem se sem ser seu sua são te tem um uma você",
    "nl": "aan al als bij dan dat de deze die dit door een en er het hij hoe hun ik in is je "
    "jouw kan maar met mijn naar niet nog of om onder ons onze ook op over te tot uit uw "
    "van voor waar waarom wanneer was wat we welke wie wij worden wordt ze zich zijn",
}  # fmt: skip
_STOP: Final = {
    language: frozenset(fold(word) for word in words.split()) for language, words in _SHORT.items()
}
_ELIDED: Final = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|sull|un)['’](?=\w)", re.IGNORECASE)

_HEADING: Final = re.compile(r"\s*(={2,6})\s*(.{1,200}?)\s*\1\s*")
_ENDS: Final = frozenset(
    (
        "references", "notes", "notes and references", "see also", "external links",
        "further reading", "bibliography", "sources", "citations", "notes et references",
        "voir aussi", "liens externes", "bibliographie", "annexes", "einzelnachweise",
        "siehe auch", "weblinks", "literatur", "referencias", "vease tambien", "enlaces externos",
        "note", "voci correlate", "collegamenti esterni", "ver tambem", "ligacoes externas",
        "referenties", "zie ook", "externe links",
    )
)  # fmt: skip
"""Headings after which no prose comes, folded."""
_MARK: Final = re.compile(
    r"\[\s*(?:\d{1,4}|[a-z]{1,2}|(?:note|nota|anm|nb|n)\.?\s?\d{0,3}|[^\[\]]{0,12}\bneeded"
    r"|r[ée]f\.? n[ée]cessaire|who\?|when\?|by whom\?)\s*\]",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\s?\(([^()]{0,300})\)")
_SPOKEN: Final = re.compile(
    r"[\u0250-\u02af\u02c8\u02cc\u02d0\u24d8]|/[^/\s][^/]{0,60}/"
    r"|\b(?:pronounced|pronunciation|prononc\w+|écouter|ausgesprochen|aussprache|pronunciad[oa]"
    r"|pronunciación|pronuncia|pronúncia|uitspraak|IPA)\b",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(r"\W*(?:[\w\s-]{0,40}:)?[\W_]*(?:listen)?\W*", re.IGNORECASE)
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff\u24d8]")
_LONE: Final = re.compile(r"\s+(?=[,.)\]])|(?<=[(\[])\s+")
_TWICE: Final = re.compile(r"([,;])(?:\s*[,;])+")
_STOPS: Final = re.compile(r"[.!?…][\"'»”’)\]]*(?=\s|$)|[。！？।]")


def weighs_nothing(word: str, language: str) -> bool:
    """Whether a word asks or joins only, and says nothing of a topic."""
    return fold(word) in _STOP.get(language, _STOP["en"])


def topic_words(topic: str, language: str, most: int = MOST_WORDS) -> tuple[str, ...]:
    """Return the words of a topic to look for: without those that ask or join.

    ``Why time runs slower in your kitchen`` gives ``time runs slower kitchen``. All words when
    nothing else is left.
    """
    words = [_ELIDED.sub("", word) for word in search_words(topic)]
    kept = [word for word in words if not weighs_nothing(word, language)]
    return tuple(dict.fromkeys(kept or words))[:most]


def told_of(words: Sequence[str], text: str) -> int:
    """Return how many of the words a text has, in any form that begins in the same way."""
    stems = [stem for word in words if (stem := _stem(fold(word)))]
    told = fold(text)
    return sum(1 for stem in stems if re.search(rf"\b{re.escape(stem)}", told))


def prose(article: str, most: int = 6_000) -> str:
    """Return the prose of an article as plain sentences, one paragraph a line.

    `article` has a paragraph a line and headings as ``== Name ==``. Left out are headings and all
    after the last prose (notes, links), lists, formulas, how names are spoken, and note marks.
    At most `most` characters, and the last sentence is whole.
    """
    found: list[str] = []
    room = most
    for line in _lines(article[: most * 20]):
        told = _whole(_tidied(line), room)
        if len(told) >= SHORTEST:
            found.append(told)
            room -= len(told) + 1
        if room < SHORTEST:
            break
    return "\n".join(found)


def _lines(article: str) -> Iterator[str]:
    """Yield the paragraphs; a formula stands in indented lines and cuts the sentence around it."""
    before = ""
    cut = False
    for line in article.split("\n"):
        if not line.strip():
            continue
        if line.startswith("  ") or "\\displaystyle" in line:
            before, cut = "", True
            continue
        if before:
            yield before
        before = ""
        heading = _HEADING.fullmatch(line)
        if heading is not None and fold(heading[2]) in _ENDS:
            return
        if heading is None and not cut:
            before = line
        cut = False
    if before:
        yield before


def _tidied(line: str) -> str:
    """A paragraph without the marks of notes and without how a name is spoken."""
    line = _MARK.sub("", line)
    for _ in range(2):  # a bracket may lie in another
        line = _BRACKET.sub(_bracket, line)
    line = " ".join(_UNSEEN.sub("", line).split())
    return _TWICE.sub(r"\1", _LONE.sub("", line))


def _bracket(found: re.Match[str]) -> str:
    parts = [part.strip(" ,") for part in found[1].split(";")]
    kept = [part for part in parts if not _SPOKEN.search(part) and not _NOTHING.fullmatch(part)]
    if len(kept) == len(parts):
        return found[0]
    lead = " " if found[0][0] != "(" else ""
    return f"{lead}({'; '.join(kept)})" if kept else ""


def _whole(line: str, most: int) -> str:
    """The whole sentences of a line that fit; nothing when there is none."""
    end = 0
    for stop in _STOPS.finditer(line):
        if stop.end() > most:
            break
        end = stop.end()
    return line[:end].strip()


def _stem(word: str) -> str:
    """What the forms of a word begin with, as a rule."""
    return word if len(word) < 5 else word[: max(4, len(word) - 2)]
