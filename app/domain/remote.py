"""The remote on a phone: who may command, and how somebody new is let in. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may command. `id` is the chat service's number of him, never his name."""

    id: int
    name: str
    since: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code shown on the screen: who sends it in time is let in. `address` opens the chat."""

    code: str
    until: float
    address: str = ""


@dataclass(frozen=True, slots=True)
class RemoteState:
    """How the remote is: `problem` is a message key when it cannot listen, with arguments."""

    plugin: str = ""  # the chat service that is on; "" when there is none
    bot: str = ""  # what it is called there
    listening: bool = False
    people: tuple[Person, ...] = ()
    pairing: Pairing | None = None
    problem: str = ""
    problem_args: tuple[tuple[str, object], ...] = ()
