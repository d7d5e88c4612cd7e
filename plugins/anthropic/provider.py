"""Asks the models of Anthropic for text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.api import (
    Fields,
    HttpAnswer,
    Manner,
    ProviderContext,
    TextAnswer,
    TextModel,
    TextQuestion,
)
from app.api.model_lists import KnownModel, ModelList, read_models
from app.api.model_service import Chosen, ModelService, Put, chosen
from plugins.anthropic.client import Client
from plugins.anthropic.parsers import parse_answer, parse_listed
from plugins.anthropic.questions import MEANS, SCHEMA_REFUSED, binds, may_be_left_out, message_body

FILE = Path(__file__).with_name("models.toml")


class Anthropic(ModelService):
    """Implements `CompletesText`."""

    def __init__(self, client: Client, models: ModelList, mine: Chosen) -> None:
        super().__init__(client.place, mine, models.text)
        self._client = client

    async def listed(self) -> list[TextModel]:
        """Return the models the key may use."""
        return parse_listed(await self._client.models())

    def means(self, known: KnownModel | None) -> tuple[str, ...]:
        """Return what the list says, or all there is."""
        return known.means if known is not None else MEANS

    def put(self, question: TextQuestion, known: KnownModel | None, manner: Manner) -> Put:
        """Return a question as it goes out."""
        body = message_body(question, known, manner)
        refused = SCHEMA_REFUSED if binds(body) else None
        return Put(body, may_be_left_out(body), refused)

    async def send(self, question: TextQuestion, body: Mapping[str, Any]) -> HttpAnswer:  # noqa: ARG002 - the model is in the body
        """Send it."""
        return await self._client.message(body)

    def read(self, document: Fields, answer: HttpAnswer, question: TextQuestion) -> TextAnswer:
        """Return what was written."""
        return parse_answer(document, answer, bound=question.schema is not None)


async def setup(context: ProviderContext) -> Anthropic:
    """Build the provider; the key is proved first."""
    models = read_models(FILE)
    return await start(context, models, str(models.settings["address"]))


async def start(context: ProviderContext, models: ModelList, place: str) -> Anthropic:
    """Build the provider for an address."""
    mine = await chosen(context, "Anthropic")
    made = Anthropic(Client(context.http, place, mine.key), models, mine)
    await made.listed()
    return made
