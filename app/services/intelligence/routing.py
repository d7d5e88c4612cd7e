"""In which order models are asked; pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.api.thinking import TextModel
from app.domain.intelligence import MadeBy, Policy, Task
from app.domain.routes import named, read_routes

LOCAL: Final = "here"
"""What stands for the local model where a plugin's id stands for a service."""
PER_TOKEN: Final = 2.0
"""Bytes of text that make a token, at the least, in what people write: an upper bound of cost."""
FRAME: Final = 200
"""Tokens a service puts around a question."""


@dataclass(frozen=True, slots=True)
class Place:
    """A model that may be asked, here or at a service (`plugin`)."""

    plugin: str
    model: TextModel
    name: str = ""  # of the service, for people

    @property
    def source(self) -> MadeBy:
        """Whether it is here or elsewhere."""
        return MadeBy.HERE if self.plugin == LOCAL else MadeBy.SERVICE

    @property
    def mark(self) -> str:
        """What it is known by."""
        return f"{self.plugin}:{self.model.id}"

    def fits(self, text: str, most_tokens: int) -> bool:
        """Whether a question and its answer surely go into its context."""
        return tokens_of(text) + most_tokens <= self.model.context

    def cost(self, text: str, most_tokens: int) -> int | None:
        """The most it should cost in millionths of a dollar; None when no price is known."""
        return price_of(self.model, tokens_of(text), most_tokens)


def tokens_of(text: str) -> int:
    """How many tokens a text has, at the most."""
    return math.ceil(len(text.encode()) / PER_TOKEN) + FRAME


def price_of(model: TextModel, given: int, written: int) -> int | None:
    """What so many tokens cost, in millionths of a dollar, rounded up; None: nobody knows.

    Dollars for a million tokens are millionths of a dollar for one.
    """
    if model.input_price is None or model.output_price is None:
        return None
    return math.ceil(given * model.input_price + written * model.output_price)


def in_order(
    policy: Policy, places: Sequence[Place], text: str, most_tokens: int, first: str = ""
) -> list[Place]:
    """The models a policy asks, one after the other until one answers.

    Those of the plugin `first` come before all others, whatever the policy says of the rest.
    """
    fitting = [place for place in places if place.fits(text, most_tokens)]
    wished = [place for place in fitting if place.plugin == first]
    rest = [place for place in fitting if place.plugin != first]
    return wished + _by_policy(policy, rest, text, most_tokens)


def _by_policy(
    policy: Policy, fitting: Sequence[Place], text: str, most_tokens: int
) -> list[Place]:
    if policy is Policy.RULES:
        return []
    here = [place for place in fitting if place.source is MadeBy.HERE]
    away = [place for place in fitting if place.source is MadeBy.SERVICE]

    def cost(place: Place) -> float:
        told = place.cost(text, most_tokens)
        return math.inf if told is None else told

    if policy is Policy.ONLY_HERE:
        return here
    if policy is Policy.BEST:
        return sorted(fitting, key=lambda place: (-place.model.strength, cost(place)))
    if policy is Policy.CHEAPEST:
        return sorted(fitting, key=lambda place: (cost(place), -place.model.strength))
    return here + sorted(away, key=lambda place: (cost(place), -place.model.strength))


def policy_of(task: Task, usual: str, routes: str) -> Policy:
    """The owner's policy for a task: `routes` holds his wishes, as in `app.domain.routes`."""
    wish = read_routes(routes).get(task, usual)
    try:
        return Policy(usual if named(wish) else wish)
    except ValueError:
        return Policy.HERE_FIRST


def named_for(task: Task, routes: str) -> str:
    """The plugin the owner wants to be asked before all others; empty: none."""
    return named(read_routes(routes).get(task, ""))
