"""Whether names of releases mean the wanted title: what the rules of Search leave open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.domain.intelligence import Made, Task
from app.domain.search import HitKind, Wanted
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, Urgency, data, listed, obj, whole
from app.services.search.store import Opinion

MOST: Final = 40
"""Names in one question: the answer is two short lists, a few tokens for all of them."""
SURE: Final = 0.8
LONGEST_NAME: Final = 160
PATIENCE: Final = 20.0
_SYSTEM: Final = (
    "Somebody wants to watch one title. Which of the numbered release names are that very title, "
    "and which are another one? A remake, a sequel, another season, a documentary about it, a "
    "trailer and a parody are another title. Another language's name of the same film is the "
    "same. Put a number into neither list when the name does not tell."
)


def prompt_of(wanted: Wanted, names: Sequence[str]) -> Prompt:
    """The question for so many names, `MOST` at most."""
    number = whole(1, len(names))
    asked = {
        "wanted": wanted.title,
        "year": wanted.year,
        "season": wanted.season,
        "episode": wanted.episode,
        "also called": list(wanted.alternatives[:5]),
        "names": {place: name[:LONGEST_NAME] for place, name in enumerate(names, 1)},
    }
    return Prompt(
        Task.SAME_TITLE,
        _SYSTEM,
        data({key: value for key, value in asked.items() if value}),
        obj(same=listed(number, len(names)), other=listed(number, len(names))),
        most_tokens=40 + 8 * len(names),
        patience=PATIENCE,
        urgency=Urgency.WAITED_FOR,
        keep=False,  # Search keeps it, for a day
        temperature=0.0,
    )


def opinions(made: Made[dict[str, Any]], count: int) -> list[Opinion | None]:
    """What was said of each name; a name in both lists was not decided."""
    same, other = set(made.value["same"]), set(made.value["other"])
    found: list[Opinion | None] = []
    for place in range(1, count + 1):
        if (place in same) == (place in other):
            found.append(None)
        else:
            found.append(Opinion(place in same, SURE, made.by))
    return found


class TitleJudge:
    """The judge of Search, as far as a model answers."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def same_title(self, wanted: Wanted, names: Sequence[str]) -> Sequence[Opinion | None]:
        """Return what it thinks of each name, in order; None where it cannot tell."""
        found: list[Opinion | None] = []
        for first in range(0, len(names), MOST):
            some = names[first : first + MOST]
            made = await self._asker.ask(prompt_of(wanted, some))
            found += [None] * len(some) if made is None else opinions(made, len(some))
        return found


def kinds_of_name(name: str) -> HitKind:
    """How Search reads a name of which it knows nothing else."""
    return HitKind.TORRENT if "." in name and " " not in name.strip() else HitKind.FILE
