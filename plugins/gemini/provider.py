"""Asks the Gemini models of Google for text."""

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
from plugins.gemini.client import Client
from plugins.gemini.parsers import parse_answer, parse_listed
from plugins.gemini.questions import MEANS, SCHEMA_REFUSED, binds, content_body, may_be_left_out

FILE = Path(__file__).with_name("models.toml")


class Gemini(ModelService):
    """Implements `CompletesText`."""

    def __init__(self, client: Client, models: ModelList, mine: Chosen) -> None:
        super().__init__(client.place, mine, models.text)
        self._client = client

    async def listed(self) -> list[TextModel]:
        """Return the models the key may use."""
        return parse_listed(await self._client.models())

    def means(self, known: KnownModel | None) -> tuple[str, ...]:
        """Return what the list says, or all there is."""
        return (known.means if known is not None else ()) or MEANS

    def put(self, question: TextQuestion, known: KnownModel | None, manner: Manner) -> Put:
        """Return a question as it goes out."""
        body = content_body(question, known, manner)
        refused = SCHEMA_REFUSED if binds(body) else None
        return Put(body, may_be_left_out(body), refused)

    async def send(self, question: TextQuestion, body: Mapping[str, Any]) -> HttpAnswer:
        """Send it."""
        return await self._client.generate(question.model, body)

    def read(self, document: Fields, answer: HttpAnswer, question: TextQuestion) -> TextAnswer:
        """Return what was written."""
        return parse_answer(document, answer, bound=question.schema is not None)


async def setup(context: ProviderContext) -> Gemini:
    """Build the provider; the key is proved first."""
    models = read_models(FILE)
    return await start(context, models, str(models.settings["address"]))


async def start(context: ProviderContext, models: ModelList, place: str) -> Gemini:
    """Build the provider for an address."""
    mine = await chosen(context, "Gemini")
    made = Gemini(Client(context.http, place, mine.key), models, mine)
    await made.listed()
    return made
