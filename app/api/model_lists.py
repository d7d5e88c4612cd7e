"""The list of models a plugin brings along: a dated file with names, strengths and prices."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.api.thinking import SpeechModel, TextModel
from app.domain.budget import MICROS, parse_amount
from app.domain.errors import InvalidInput

DEAREST = 10_000.0
"""Dollars for a million tokens, or for a minute, beyond belief."""
MOST_OFFERED = 12
"""Models offered of a service whose own choice is not in the list: each may be asked in turn."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of the list: what is told of it, and how it wants to be asked.

    `service` tells apart the services of one plugin. `shown` ones are offered by themselves, the
    others only when the owner names them. `means` are the plugin's names of the ways to bind an
    answer to a schema, best first; `extra` goes along in each question.
    """

    model: TextModel
    service: str = ""
    shown: bool = True
    means: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    temperature: bool = True


@dataclass(frozen=True, slots=True)
class KnownSpeech:
    """A model that hears; `form` is the plugin's name of the kind of answer it gives."""

    model: SpeechModel
    service: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class ModelList:
    """What such a file holds; `checked` is the day its prices were looked up."""

    checked: datetime.date
    text: tuple[KnownModel, ...]
    speech: tuple[KnownSpeech, ...]
    settings: Mapping[str, Any]  # what else the plugin keeps in it


@dataclass(frozen=True, slots=True)
class OwnPrices:
    """What the owner says a million tokens cost; None: what the list says counts."""

    input: float | None = None
    output: float | None = None

    def on(self, model: TextModel) -> TextModel:
        """Return the model with these prices."""
        given = self.input if self.input is not None else model.input_price
        written = self.output if self.output is not None else model.output_price
        return replace(model, input_price=given, output_price=written)


def parse_models(text: str, today: datetime.date) -> ModelList:
    """Read a list (TOML) as it counts on a day; `ValueError` when it cannot be right."""
    import tomllib

    table = tomllib.loads(text)
    checked = datetime.date.fromisoformat(str(table.pop("checked")))
    return ModelList(
        checked,
        tuple(_model(one, today) for one in table.pop("models", [])),
        tuple(_speech(one) for one in table.pop("speech", [])),
        table,
    )


def read_models(file: Path) -> ModelList:
    """Read a list as it counts today."""
    return parse_models(file.read_text("utf-8"), datetime.datetime.now(datetime.UTC).date())


def own_prices(given: object, written: object) -> OwnPrices:
    """Read the two options of a plugin; empty ones are None, `InvalidInput` for no amount."""
    return OwnPrices(_amount(given), _amount(written))


def offered(
    known: Iterable[KnownModel], listed: Sequence[TextModel], wanted: str, prices: OwnPrices
) -> list[TextModel]:
    """Return the models a plugin offers, the usual one first.

    `wanted` is the one the owner named, and then the only one. Else it is those of the list the
    service has (`listed`, as it tells; empty: it does not), and where it has none of them the
    first of its own.
    """
    held = {one.model.id: one.model for one in known}
    told = {one.id: one for one in listed}
    if wanted:
        found = [held.get(wanted) or told.get(wanted) or TextModel(wanted, wanted)]
    else:
        shown = [one.model for one in known if one.shown]
        found = [one for one in shown if not told or one.id in told]
        found = found or list(told.values())[:MOST_OFFERED]
    return [prices.on(_completed(one, told.get(one.id))) for one in found]


def _completed(model: TextModel, told: TextModel | None) -> TextModel:
    """What the list leaves open, as the service itself tells it."""
    if told is None or model.input_price is not None:
        return model
    return replace(model, input_price=told.input_price, output_price=told.output_price)


def _model(one: Mapping[str, Any], today: datetime.date) -> KnownModel:
    prices = one
    later = one.get("later")
    if later is not None and today >= later["from"]:
        prices = later
    return KnownModel(
        TextModel(
            id=one["id"],
            name=one["name"],
            context=int(one["context"]),
            strength=_strength(one["strength"]),
            input_price=_price(prices.get("input")),
            output_price=_price(prices.get("output")),
        ),
        service=one.get("service", ""),
        shown=one.get("shown", True),
        means=tuple(one.get("means", ())),
        extra=one.get("extra", {}),
        temperature=one.get("temperature", True),
    )


def _speech(one: Mapping[str, Any]) -> KnownSpeech:
    model = SpeechModel(one["id"], one["name"], _price(one.get("price")), one.get("words", False))
    return KnownSpeech(model, one.get("service", ""), one.get("form", ""))


def _strength(value: int) -> int:
    if not 0 <= value <= 100:
        raise ValueError(f"strength {value}")
    return value


def _price(value: object) -> float | None:
    if value is None:
        return None
    price = float(str(value))
    if not (math.isfinite(price) and 0 <= price <= DEAREST):
        raise ValueError(f"price {value}")
    return price


def _amount(value: object) -> float | None:
    amount = parse_amount(str(value))
    if amount is None:
        return None
    if amount > DEAREST * MICROS:
        raise InvalidInput("errors.budget_amount", text=str(value)[:40])
    return amount / MICROS
