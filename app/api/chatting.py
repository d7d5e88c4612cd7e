"""What a plugin that chats is asked, and what it answers: the remote on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ChatButton:
    """A button below a message. `press` comes back with `Incoming.press`; 64 bytes at most."""

    text: str
    press: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message: plain text without any markup, rows of buttons, and a file when there is one."""

    text: str
    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    file: str = ""  # path of a picture or film on this machine
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something somebody sent. What is not a plain, new, own message in private says so.

    `number` grows; `sent` is seconds since 1970 by the service's clock. `press` is set when a
    button was pressed: `message` is then the message below which it is, `reply` what `answer`
    wants.
    """

    number: int
    chat: str
    sender: int  # 0: nobody that can be told
    name: str
    text: str
    sent: float
    private: bool
    edited: bool = False
    forwarded: bool = False
    from_bot: bool = False
    press: str = ""
    message: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class ChatIdentity:
    """Who the station is there: what it is called, and an address that opens the chat."""

    name: str
    address: str


class Chats(Protocol):
    """Lets people talk to the station from elsewhere, and the station to them."""

    async def identity(self) -> ChatIdentity:
        """Return who the station is there."""

    async def incoming(self, after: int, wait: float) -> Sequence[Incoming]:
        """Return what came after that number, oldest first; stays up to `wait` seconds for it.

        Asking with a number says that everything up to it need not be told again.
        """

    async def say(self, chat: str, message: Outgoing) -> str:
        """Send a message; returns its id."""

    async def rewrite(self, chat: str, sent: str, message: Outgoing) -> None:
        """Give a message other words and buttons. `NotFound` when it is gone."""

    async def answer(self, reply: str, text: str) -> None:
        """Say that a press was heard, with a few words or none."""

    async def offer(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """Tell the service which commands there are, each with its words, in a language."""
