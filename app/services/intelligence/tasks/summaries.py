"""Says what a film is about from its subtitles, and never how it ends.

Neither rules nor a model see more than the first part of a film: what nobody read nobody tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.intelligence import Made, Task
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, data, listed, obj, words
from app.services.intelligence.tasks.sentences import (
    keywords,
    names,
    sentences,
    telling,
    without_addresses,
)

SEEN: Final = 0.4
"""The part of the film that is read."""
MOST_SENTENCES: Final = 3
MOST_READ: Final = 12_000
"""Characters of dialogue a model is given."""
_SYSTEM: Final = (
    "These are the subtitles of the first part of a film or an episode. Say in two or three plain "
    "sentences what it is about and who it is about, in the language of code {language}, so that "
    "somebody may decide to watch it. Do not guess how it goes on. Name up to five themes in a "
    "word or two each."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of dialogue and the second it is said at."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What it is about. By rules, `text` are sentences of the dialogue itself."""

    text: str
    people: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


def beginning(lines: Sequence[Line], duration: float | None = None) -> list[str]:
    """The lines of the first part; the length is the last line's when none is known."""
    ends = duration or max((line.at for line in lines), default=0.0)
    return [line.text for line in lines if line.at <= ends * SEEN]


def by_rules(lines: Sequence[Line], duration: float | None = None) -> Summary:
    """The most telling sentences of the beginning, who is named, and what is spoken of."""
    told = sentences(beginning(lines, duration))
    people = names(told, 5)
    themes = [word for word in keywords(told, 12) if word not in {one.lower() for one in people}]
    return Summary(" ".join(telling(told, MOST_SENTENCES)), tuple(people), tuple(themes[:5]))


async def write(
    asker: Asker, lines: Sequence[Line], duration: float | None, language: str
) -> Made[Summary]:
    """Say what it is about, by a model when one answers."""
    ruled = by_rules(lines, duration)
    told = sentences(beginning(lines, duration))
    if not told:
        return Made(ruled)
    made = await asker.ask(prompt_of(told, language))
    if made is None:
        return Made(ruled)
    text = without_addresses(str(made.value["summary"]))
    themes = tuple(without_addresses(one) for one in made.value["themes"])
    if not text:
        return Made(ruled)
    return Made(Summary(text, ruled.people, themes), made.source, made.by, made.kept)


def prompt_of(told: Sequence[str], language: str) -> Prompt:
    """The question."""
    return Prompt(
        Task.SUMMARY,
        _SYSTEM.format(language=language),
        data(" ".join(told)[:MOST_READ], MOST_READ + 100),
        obj(summary=words(600), themes=listed(words(30), 5)),
        most_tokens=300,
        patience=120.0,
    )
