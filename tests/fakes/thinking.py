"""Models that answer what a test tells them, here and at services, and a purse that counts."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from app.api.capabilities import Capability
from app.api.thinking import (
    Finish,
    Heard,
    SoundQuestion,
    SpeechModel,
    TextAnswer,
    TextModel,
    TextQuestion,
    Transcript,
)
from app.domain.budget import PaidCall
from app.domain.errors import AppError, Unavailable

Words = Callable[[TextQuestion], object]
"""What a model writes: a text, values to be written as JSON, an answer, or an error to raise."""


async def _answer(words: Words, question: TextQuestion) -> TextAnswer:
    told = words(question)
    if isinstance(told, AppError):
        raise told
    if isinstance(told, TextAnswer):
        return told
    if asyncio.iscoroutine(told):
        told = await told
    return TextAnswer(told if isinstance(told, str) else json.dumps(told), Finish.COMPLETE, 100, 50)


class ScriptedServices:
    """Plugins that complete text: by id their models and what they write."""

    def __init__(self) -> None:
        self.models: dict[str, tuple[TextModel, ...]] = {}
        self.words: dict[str, Words] = {}
        self.asked: list[tuple[str, TextQuestion]] = []
        self.ears: dict[str, tuple[SpeechModel, ...]] = {}
        self.heard: list[tuple[str, SoundQuestion]] = []
        self.deaf: set[str] = set()

    def add(self, plugin: str, words: Words, *models: TextModel) -> None:
        self.models[plugin] = models
        self.words[plugin] = words

    def offering(self, capability: Capability) -> tuple[str, ...]:
        return tuple(self.models if capability is Capability.COMPLETES_TEXT else self.ears)

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: Any,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        if capability is Capability.TRANSCRIBES:
            return self._hear(plugin, method, *args)
        if method == "text_models":
            return self.models[plugin]
        self.asked.append((plugin, args[0]))
        return await _answer(self.words[plugin], args[0])

    def _hear(self, plugin: str, method: str, *args: Any) -> object:
        if method == "speech_models":
            return self.ears[plugin]
        self.heard.append((plugin, args[0]))
        if plugin in self.deaf:
            raise Unavailable("errors.server_offline", host=plugin)
        return Transcript("en", (Heard(0.0, 1.0, "Hello."),))


class ScriptedHere:
    """The model on this machine; none while `model` is None."""

    def __init__(self) -> None:
        self.model: TextModel | None = None
        self.words: Words = lambda _question: "{}"
        self.asked: list[TextQuestion] = []
        self.urgencies: list[int] = []

    def described(self) -> TextModel | None:
        return self.model

    async def complete(
        self,
        question: TextQuestion,
        *,
        urgency: int,
        on_text: Callable[[str], None] | None = None,
    ) -> TextAnswer:
        self.asked.append(question)
        self.urgencies.append(urgency)
        return await _answer(self.words, question)


class _Bill:
    def __init__(self) -> None:
        self.price: int | None = None

    def settle(self, price: int | None) -> None:
        self.price = price


class CountingPurse:
    """Lets everything through, or raises `refusal`; keeps what was asked and what it cost."""

    def __init__(self) -> None:
        self.refusal: AppError | None = None
        self.paid: list[tuple[PaidCall, int | None]] = []

    @contextlib.asynccontextmanager
    async def paying(self, call: PaidCall) -> AsyncIterator[_Bill]:
        if self.refusal is not None:
            raise self.refusal
        bill = _Bill()
        yield bill
        self.paid.append((call, bill.price))
