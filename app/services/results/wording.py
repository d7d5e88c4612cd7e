"""Puts the words of a post into another language; addresses in them stay as they are."""

from __future__ import annotations

from app.domain.errors import InvalidInput
from app.domain.post import Words
from app.services.intelligence.tasks.sentences import ADDRESS
from app.services.intelligence.tasks.translating import spoken
from app.services.results.spoken import Translates


async def translated(translates: Translates, words: Words, language: str) -> Words:
    """Title, description and tags in a language (ISO 639-1), line by line.

    A line that could not be believed is left out; without its title the whole is refused by
    `InvalidInput`. Raises as `translate`.
    """
    lines = [_cut(line) for line in words.description.split("\n")]
    texts = [words.title, *words.tags, *(text for parts, _links in lines for text in parts)]
    told = iter((await translates.translate(texts, language)).value)
    title = next(told)
    if spoken(words.title) and not title:
        raise InvalidInput("errors.translate_misfit")
    tags = [next(told) for _tag in words.tags]
    description = [_joined([next(told) for _part in parts], links) for parts, links in lines]
    return Words(title, "\n".join(description), tuple(dict.fromkeys(tag for tag in tags if tag)))


def _cut(line: str) -> tuple[list[str], list[str]]:
    """What stands around the addresses of a line, and these: one part more than addresses."""
    return ADDRESS.split(line), ADDRESS.findall(line)


def _joined(parts: list[str], links: list[str]) -> str:
    """A line again, its addresses where they were."""
    mixed = [text for pair in zip(parts, [*links, ""], strict=True) for text in pair]
    return " ".join(text.strip() for text in mixed if text.strip())
