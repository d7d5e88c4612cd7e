"""The list of media models a plugin brings along: a dated file with names, prices and shapes."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.api.making import MediaKind, MediaModel
from app.domain.budget import MICROS, parse_amount
from app.domain.errors import InvalidInput

DEAREST = 1_000.0
"""Dollars for a picture or a second, beyond belief."""


@dataclass(frozen=True, slots=True)
class KnownMedia:
    """A model of the list. `shown` ones are offered by themselves, others when they are named.

    `extra` is what the plugin has to know to order from it.
    """

    model: MediaModel
    shown: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MediaList:
    """What such a file holds; `noted` is the day its names and prices were looked up.

    `addresses` are those of the service by the names of its places, the usual one is ``""``;
    `usual` is the `extra` of a model that is not in the list.
    """

    noted: datetime.date
    kind: MediaKind
    addresses: Mapping[str, str]
    models: tuple[KnownMedia, ...]
    usual: Mapping[str, Any]
    settings: Mapping[str, Any]  # what else the plugin keeps in it

    def known(self, model: str) -> KnownMedia:
        """Return a model of the list, or one made up for a name that is not in it."""
        for one in self.models:
            if one.model.id == model:
                return one
        longest = float(self.usual.get("longest", 0.0))
        return KnownMedia(MediaModel(model, model, self.kind, None, longest), False, self.usual)


def parse_media(text: str) -> MediaList:
    """Read a list (JSON); `ValueError` or `KeyError` when it cannot be right."""
    table = json.loads(text)
    kind = MediaKind(table.pop("kind"))
    return MediaList(
        datetime.date.fromisoformat(table.pop("noted")),
        kind,
        table.pop("addresses"),
        tuple(_model(one, kind) for one in table.pop("models")),
        table.pop("usual", {}),
        table,
    )


def read_media(file: Path) -> MediaList:
    """Read the list of a plugin."""
    return parse_media(file.read_text("utf-8"))


def own_price(value: object) -> float | None:
    """Read the option with the owner's own price; empty is None, `InvalidInput` for no amount."""
    amount = parse_amount(str(value))
    if amount is None:
        return None
    if amount > DEAREST * MICROS:
        raise InvalidInput("errors.budget_amount", text=str(value)[:40])
    return amount / MICROS


def offered_media(
    models: Iterable[KnownMedia], wanted: str, own: float | None, unknown: MediaModel
) -> Sequence[MediaModel]:
    """Return the models a plugin offers, the usual one first.

    `wanted` is the one the owner named, and then the only one (`unknown` is what it is when the
    list lacks it); `own` is the owner's own price.
    """
    held = [one.model for one in models if one.shown or one.model.id == wanted]
    if wanted:
        held = [one for one in held if one.id == wanted] or [unknown]
    return [one if own is None else replace(one, price=own) for one in held]


def _model(one: Mapping[str, Any], kind: MediaKind) -> KnownMedia:
    model = MediaModel(
        one["id"], one["name"], kind, _price(one["price"]), float(one.get("longest", 0.0))
    )
    return KnownMedia(model, one.get("shown", True), one.get("extra", {}))


def _price(value: object) -> float | None:
    if value is None:
        return None
    price = float(str(value))
    if not (math.isfinite(price) and 0 <= price <= DEAREST):
        raise ValueError(f"price {value}")
    return price
