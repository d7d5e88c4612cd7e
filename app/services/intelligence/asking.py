"""Puts a question to one model after the other until an answer has the asked form."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from app.api.capabilities import Capability
from app.api.thinking import Finish, TextAnswer, TextModel, TextQuestion, Turn
from app.domain.budget import PaidCall, PaidKind
from app.domain.errors import AppError, Refused, Unavailable
from app.domain.events import CacheAsked, ModelAnswered
from app.domain.intelligence import RULELESS, Made, MadeBy, Policy, Task
from app.domain.schema import problems
from app.services.intelligence.prompt import RULES, Prompt, Urgency
from app.services.intelligence.routing import LOCAL, Place, in_order, price_of
from app.services.intelligence.store import AnswerStore, Kept, mark_of

log = logging.getLogger(__name__)

REST: Final = 60.0
"""Seconds one that failed is not asked again; doubled with each failure, an hour at most."""
LONGEST_REST: Final = 3_600.0
BY_RULES: Final = "rules"
LONGEST_ANSWER: Final = 200_000
"""Characters; a longer answer is not read."""


class Bill(Protocol):
    """What a call that was let through costs."""

    def settle(self, price: int | None) -> None:
        """Say the real price in millionths of a dollar; None: the estimate was it."""


class Purse(Protocol):
    """Lets calls through that the owner's budget allows."""

    def paying(self, call: PaidCall) -> contextlib.AbstractAsyncContextManager[Bill]:
        """Reserve what it may cost; `Refused` when that is too much."""


class Services(Protocol):
    """What is asked of the plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """The plugins that are on and can do it."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call one."""


class Here(Protocol):
    """The model on this machine."""

    def described(self) -> TextModel | None:
        """What it is; None while there is none to be asked."""

    async def complete(
        self,
        question: TextQuestion,
        *,
        urgency: int,
        on_text: Callable[[str], None] | None = None,
    ) -> TextAnswer:
        """Answer."""


def nobody(_task: Task) -> str:
    """No service is asked before the others."""
    return ""


def own_id(plugin: str) -> str:
    """A plugin by its id, when nobody knows its name."""
    return plugin


def unheard(_event: CacheAsked | ModelAnswered) -> None:
    """Nobody counts."""


@dataclass(slots=True)
class _Rest:
    until: float = 0.0
    failures: int = 0
    error: AppError | None = None


@dataclass(slots=True)
class Asker:
    """Lives on the service loop. `policy` tells the owner's wish for a task.

    `named` tells the plugin he wants to be asked first for it, `called` a plugin's name; `tell`
    hears who answered, how long it took, and what was answered from what is kept.
    """

    services: Services
    here: Here
    purse: Purse
    store: AnswerStore
    policy: Callable[[Task], Policy]
    clock: Callable[[], float] = time.time
    named: Callable[[Task], str] = nobody
    called: Callable[[str], str] = own_id
    tell: Callable[[CacheAsked | ModelAnswered], None] = unheard
    _rests: dict[str, _Rest] = field(default_factory=dict)
    _models: dict[str, tuple[TextModel, ...]] = field(default_factory=dict)

    async def ask(self, prompt: Prompt) -> Made[dict[str, Any]] | None:
        """Return an answer that fits the schema, and who gave it; None when nobody did."""
        said = RULES + "\n\n" + prompt.system
        places = await self.order(prompt.task, said + prompt.text, prompt.most_tokens)
        for place in places:
            if prompt.keep and (kept := await self._kept(prompt, place)) is not None:
                self.tell(CacheAsked("answers", hit=True))
                return kept
        if prompt.keep and places:
            self.tell(CacheAsked("answers", hit=False))
        for place in places:
            if self.rests(place):
                continue
            value = await self._from(place, prompt, said)
            if value is None:
                continue
            if prompt.keep:
                kept_now = Kept(value, place.source, place.model.name)
                await self.store.keep(
                    mark_of(prompt, place.mark), prompt.task, kept_now, self.clock()
                )
            return Made(value, place.source, place.model.name)
        if prompt.task not in RULELESS:
            self.tell(ModelAnswered(prompt.task.value, BY_RULES, 0.0, ok=True))
        return None

    async def order(self, task: Task, text: str, most_tokens: int) -> list[Place]:
        """The models that are asked for a task, one after the other until one answers."""
        places = await self.places()
        return in_order(self.policy(task), places, text, most_tokens, self.named(task))

    def rests(self, place: Place) -> bool:
        """Whether it failed lately, and is passed over for now."""
        return self._rests.get(place.mark, _Rest()).until > self.clock()

    def why(self, places: Sequence[Place]) -> tuple[AppError, ...]:
        """Why these did not answer when they were asked last, in order."""
        rests = (self._rests.get(place.mark, _Rest()) for place in places)
        return tuple(rest.error for rest in rests if rest.error is not None)

    async def places(self) -> list[Place]:
        """Every model that may be asked now."""
        found: list[Place] = []
        local = self.here.described()
        if local is not None:
            found.append(Place(LOCAL, local))
        for plugin in self.services.offering(Capability.COMPLETES_TEXT):
            name = self.called(plugin)
            found += [Place(plugin, model, name) for model in await self._models_of(plugin)]
        return found

    def forget_models(self) -> None:
        """Ask the services anew what they have: the owner changed something."""
        self._models.clear()
        self._rests.clear()

    async def _models_of(self, plugin: str) -> Sequence[TextModel]:
        if plugin in self._models:
            return self._models[plugin]
        if self._rests.get(plugin, _Rest()).until > self.clock():
            return ()
        try:
            told = await self.services.call(plugin, Capability.COMPLETES_TEXT, "text_models")
        except AppError as error:
            self._failed(plugin, error)
            return ()
        assert isinstance(told, (list, tuple))
        self._models[plugin] = tuple(told)
        return self._models[plugin]

    async def _kept(self, prompt: Prompt, place: Place) -> Made[dict[str, Any]] | None:
        kept = await self.store.find(mark_of(prompt, place.mark), self.clock())
        if kept is None or problems(prompt.schema, kept.value) or prompt.check(kept.value):
            return None
        return Made(kept.value, kept.source, kept.by, kept=True)

    async def _from(self, place: Place, prompt: Prompt, said: str) -> dict[str, Any] | None:
        """One model's answer; None when it failed, and another may be asked."""
        began = time.monotonic()
        try:
            value = await self._tried(place, prompt, said)
        except AppError as error:
            if not isinstance(error, Refused):  # it would not, or the budget would not
                self.answered(prompt.task, place.plugin, began, ok=False)
            self._failed(place.mark, error)
            return None
        self.answered(prompt.task, place.plugin, began, ok=True)
        self._rests.pop(place.mark, None)
        return value

    async def _tried(self, place: Place, prompt: Prompt, said: str) -> dict[str, Any]:
        """One model's answer, with one turn to mend it. Raises `AppError`."""
        question = TextQuestion(
            place.model.id, (Turn("user", prompt.text),), said, prompt.schema,
            prompt.most_tokens, prompt.temperature,
        )  # fmt: skip
        try:
            async with asyncio.timeout(prompt.patience):
                value, wrong = await self._once(place, question, prompt)
                if value is None and wrong:
                    log.info("An answer of %s did not fit: %s", place.mark, wrong[:200])
                    value, wrong = await self._once(place, _repaired(question, wrong), prompt)
        except TimeoutError as error:
            raise Unavailable("errors.model_slow", model=place.model.name) from error
        if value is None:
            raise Unavailable("errors.model_answer", model=place.model.name)
        return value

    def answered(self, task: Task, plugin: str, began: float, *, ok: bool) -> None:
        """Tell that one was asked at `began` (monotonic) and has answered now, or failed."""
        self.tell(ModelAnswered(task.value, plugin, time.monotonic() - began, ok))

    async def _once(
        self, place: Place, question: TextQuestion, prompt: Prompt
    ) -> tuple[dict[str, Any] | None, str]:
        answer = await self._answer(place, question, prompt.task, prompt.urgency)
        if answer.finish is Finish.REFUSED:
            return None, ""
        value, wrong = read_answer(prompt.schema, answer)
        if value is not None and (wrong := prompt.check(value)):
            return None, wrong
        return value, wrong

    async def _answer(
        self, place: Place, question: TextQuestion, task: Task, urgency: Urgency
    ) -> TextAnswer:
        if place.source is MadeBy.HERE:
            return await self.here.complete(question, urgency=int(urgency))
        text = question.system + "".join(turn.text for turn in question.turns)
        estimate = place.cost(text, question.most_tokens)
        call = PaidCall(PaidKind.TEXT, place.plugin, task.value, estimate, place.model.name)
        async with self.paying(call) as bill:
            answer = await self.services.call(
                place.plugin, Capability.COMPLETES_TEXT, "complete", question
            )
            assert isinstance(answer, TextAnswer)
            counted = answer.input_tokens or answer.output_tokens
            if bill is not None and counted:
                bill.settle(price_of(place.model, answer.input_tokens, answer.output_tokens))
        return answer

    @contextlib.asynccontextmanager
    async def paying(self, call: PaidCall) -> AsyncIterator[Bill | None]:
        """Let a call through the budget; what costs nothing needs none."""
        if call.estimate == 0:
            yield None
            return
        async with self.purse.paying(call) as bill:
            yield bill

    def _failed(self, mark: str, error: AppError) -> None:
        rest = self._rests.setdefault(mark, _Rest())
        pause = min(REST * 2**rest.failures, LONGEST_REST)
        rest.failures += 1
        rest.error = error
        rest.until = self.clock() + pause
        log.info("%s did not answer (%s); it rests for %d s", mark, error, pause)


def read_answer(schema: Mapping[str, Any], answer: TextAnswer) -> tuple[dict[str, Any] | None, str]:
    """What a model wrote as JSON values that fit the schema, or else what is wrong with it."""
    if len(answer.text) > LONGEST_ANSWER:
        return None, "The answer is far too long."
    text = answer.text.strip()
    if text.startswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    try:
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        cut = " It was cut off: be shorter." if answer.finish is Finish.CUT else ""
        return None, f"That was no JSON: {error}.{cut}"
    wrong = problems(schema, value)
    if wrong:
        return None, "; ".join(wrong[:5])
    assert isinstance(value, dict)
    return value, ""


def _no_number(told: str) -> object:
    raise ValueError(told)


def _repaired(question: TextQuestion, wrong: str) -> TextQuestion:
    """The same question with what was wrong with the first answer."""
    turn = Turn("user", f"Your answer did not have the asked form: {wrong[:500]}. Answer again.")
    return TextQuestion(
        question.model, (*question.turns, turn), question.system, question.schema,
        question.most_tokens, question.temperature,
    )  # fmt: skip
