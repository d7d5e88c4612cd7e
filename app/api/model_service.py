"""What the plugins of services with models share: offering them, and asking each as it takes it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api.answers import MOST_TRIES, Manner, answer_object, from_place, is_document, proper_key
from app.api.context import HttpAnswer, ProviderContext
from app.api.model_lists import KnownModel, OwnPrices, offered, own_prices
from app.api.reading import Fields
from app.api.thinking import Finish, TextAnswer, TextModel, TextQuestion
from app.domain.errors import AuthRequired


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the owner chose of the usual options of such a plugin.

    `model` is a model's name, or empty for the usual ones.
    """

    key: str
    model: str
    prices: OwnPrices


async def chosen(context: ProviderContext, name: str, *, needs_key: bool = True) -> Chosen:
    """Read the options ``api_key``, ``model``, ``input_price`` and ``output_price``.

    `name` is the service's, for people. `AuthRequired` without a key that is needed.
    """
    key = proper_key(await context.secrets.get("api_key"), name)
    if needs_key and not key:
        raise AuthRequired("errors.model_key_missing", name=name)
    settings = context.settings
    prices = own_prices(settings["input_price"], settings["output_price"])
    return Chosen(key, str(settings["model"]).strip(), prices)


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it goes out.

    `optional` names what the service may refuse and be asked without; `refused` finds the words
    of a refused means to bind the answer to a schema, None when it is not bound.
    """

    body: Mapping[str, Any]
    optional: Collection[str] = ()
    refused: re.Pattern[str] | None = None


class ModelService(ABC):
    """`CompletesText` for a service; a plugin says how the service speaks.

    `place` is the address every answer has to come from, `known` the models the plugin knows.
    """

    def __init__(self, place: str, mine: Chosen, known: Iterable[KnownModel]) -> None:
        self._place = place
        self._mine = mine
        self._known = {one.model.id: one for one in known}
        self._manners: dict[str, Manner] = {}  # of each model, as it was found out

    @abstractmethod
    async def listed(self) -> list[TextModel]:
        """Return the models the service lists."""

    @abstractmethod
    def means(self, known: KnownModel | None) -> tuple[str, ...]:
        """Return the ways to bind an answer of a model to a schema, the best first."""

    @abstractmethod
    def put(self, question: TextQuestion, known: KnownModel | None, manner: Manner) -> Put:
        """Return a question as it goes out in a manner; pure."""

    @abstractmethod
    async def send(self, question: TextQuestion, body: Mapping[str, Any]) -> HttpAnswer:
        """Send it; any status is an answer."""

    @abstractmethod
    def read(self, document: Fields, answer: HttpAnswer, question: TextQuestion) -> TextAnswer:
        """Return what was written."""

    async def text_models(self) -> Sequence[TextModel]:
        """Return the model the owner named, or the usual ones the service has."""
        known = self._known.values()
        return offered(known, await self.listed(), self._mine.model, self._mine.prices)

    async def complete(self, question: TextQuestion) -> TextAnswer:
        """Answer once, put as this model takes it; what it refuses is remembered."""
        known = self._known.get(question.model)
        manner = self._manners.get(question.model) or Manner(self.means(known))
        for _ in range(MOST_TRIES):
            put = self.put(question, known, manner)
            answer = from_place(await self.send(question, put.body), self._place)
            other = manner.other(answer, put.optional, put.refused)
            if other is None:
                break
            self._manners[question.model] = manner = other
        document = answer_object(answer, self._place, question.model)
        made = self.read(document, answer, question)
        if put.refused and made.finish is Finish.COMPLETE and not is_document(made.text):
            self._manners[question.model] = manner.worse() or manner  # it binds to nothing
        return made
