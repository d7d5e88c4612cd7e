"""Asks a service that speaks the protocol of OpenAI for text, and to write down speech."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.api import (
    MOST_TRIES,
    Fields,
    HttpAnswer,
    Manner,
    NotFound,
    ProviderContext,
    SoundQuestion,
    SpeechModel,
    TextAnswer,
    TextModel,
    TextQuestion,
    Transcript,
    Unavailable,
    answer_object,
)
from app.api.model_lists import KnownModel, ModelList, OwnPrices, read_models
from app.api.model_service import Chosen, ModelService, Put, chosen
from plugins.openai_compatible.client import Client
from plugins.openai_compatible.parsers import (
    parse_answer,
    parse_listed,
    parse_names,
    parse_transcript,
)
from plugins.openai_compatible.questions import (
    FORM_REFUSED,
    SCHEMA_REFUSED,
    SPEECH_FORMS,
    chat_body,
    may_be_left_out,
    multipart,
    speech_fields,
)
from plugins.openai_compatible.services import (
    FILE,
    Service,
    check_open,
    is_home,
    place_of,
    service_named,
)
from plugins.openai_compatible.sounds import read_sound


class OpenAICompatible(ModelService):
    """Implements `CompletesText` and `Transcribes`."""

    def __init__(self, client: Client, service: Service, models: ModelList, mine: Chosen) -> None:
        super().__init__(
            client.place, mine, [one for one in models.text if one.service == service.id]
        )
        self._client = client
        self._service = service
        self._no_text = models.settings["not_text"]
        self._speech = {one.model.id: one for one in models.speech if one.service == service.id}
        self._forms: dict[str, Manner] = {}  # of each model that hears, as it was found out

    async def listed(self) -> list[TextModel]:
        """Return the models that write text."""
        context = self._service.context
        found = parse_listed(await self._list(), context, self._no_text)
        wanted = self._mine.model
        return found or ([TextModel(wanted, wanted, context)] if wanted else [])

    def means(self, known: KnownModel | None) -> tuple[str, ...]:
        """Return what the list says of the model, or of the service."""
        return (known.means if known is not None else ()) or self._service.means

    def put(self, question: TextQuestion, known: KnownModel | None, manner: Manner) -> Put:
        """Return a question as it goes out."""
        body = chat_body(question, self._service, known, manner)
        refused = SCHEMA_REFUSED if "response_format" in body else None
        return Put(body, may_be_left_out(body), refused)

    async def send(self, question: TextQuestion, body: Mapping[str, Any]) -> HttpAnswer:  # noqa: ARG002 - the model is in the body
        """Send it."""
        return await self._client.chat(body)

    def read(self, document: Fields, answer: HttpAnswer, question: TextQuestion) -> TextAnswer:
        """Return what was written."""
        return parse_answer(document, answer, question.model, bound=question.schema is not None)

    async def speech_models(self) -> Sequence[SpeechModel]:
        """Return the models that hear; none where the service has none."""
        if self._service.hears:
            price = 0.0 if is_home(self._place) else None
            named = parse_names(await self._list(), self._service.hears)
            return [SpeechModel(name, name, price) for name in named]
        return [one.model for one in self._speech.values()]

    async def transcribe(self, question: SoundQuestion) -> Transcript:
        """Write down what is said in a file of at most 25 MB."""
        sound, ending, kind = await asyncio.to_thread(read_sound, question.path)
        manner = self._forms.get(question.model) or Manner(self._speech_forms(question.model))
        for _ in range(MOST_TRIES):
            fields = speech_fields(question.model, question.language, manner)
            answer = await self._client.hear(*multipart(fields, sound, ending, kind))
            refused = FORM_REFUSED if len(manner.means) > 1 else None
            other = manner.other(
                answer, [name for name, _ in fields if name == "language"], refused
            )
            if other is None:
                break
            self._forms[question.model] = manner = other
        document = answer_object(answer, self._place, question.model)
        heard = parse_transcript(document, answer.host, question.seconds)
        return heard if heard.language else replace(heard, language=question.language or "")

    async def _list(self) -> Fields:
        """The list of models; a service without one has none when the owner named a model."""
        try:
            return await self._client.models()
        except NotFound:
            if not self._mine.model:
                raise
            return {}

    def _speech_forms(self, model: str) -> tuple[str, ...]:
        known = self._speech.get(model)
        return SPEECH_FORMS[SPEECH_FORMS.index(known.form) if known is not None else 0 :]


async def setup(context: ProviderContext) -> OpenAICompatible:
    """Build the provider; the address and the key are proved first."""
    models = read_models(FILE)
    return await start(context, models, service_named(models, str(context.settings["service"])))


async def start(context: ProviderContext, models: ModelList, service: Service) -> OpenAICompatible:
    """Build the provider for a service."""
    place = place_of(service, str(context.settings["address"]))
    mine = await chosen(context, service.id, needs_key=service.key)
    check_open(place, mine.key)
    if service.free or is_home(place):
        mine = replace(mine, prices=OwnPrices(0.0, 0.0))
    client = Client(context.http, place, mine.key)
    if service.check:
        await client.check(service.check)
    made = OpenAICompatible(client, service, models, mine)
    if not await made.text_models() and not await made.speech_models():
        raise Unavailable("errors.model_none_there", name=service.id)
    return made
