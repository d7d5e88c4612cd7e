"""What links ask of others: where they are reached, who carries them, who writes down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.access import public_host
from app.domain.settings_sections import Links
from app.infra.lan.routes import Outside


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner set for all links."""

    public: str = ""  # the address the world knows this station by: https://films.example.org
    proxy: str = ""  # the address of the owner's own reverse proxy
    contact: str = ""  # how people ask for another link
    keep_days: int = 90  # so long a link that is over stays in the list

    @property
    def base(self) -> str:
        """The public address, as addresses begin with it; empty when there is none."""
        scheme, host = public_host(self.public)
        return f"{scheme}://{host}" if host else ""

    @property
    def outside(self) -> Outside:
        """By which name and which proxy the world may come in."""
        return Outside(public_host(self.public)[1], self.proxy.strip())


def wishes_of(links: Links) -> Wishes:
    """What the settings say."""
    return Wishes(links.public_address, links.proxy, links.contact.strip(), links.keep_days)


@dataclass(frozen=True, slots=True)
class Letter:
    """A link as it is sent to somebody; `code` is its QR code as PNG."""

    to: str
    subject: str
    text: str
    code: bytes = b""


class Sends(Protocol):
    """Carries a link to a recipient: by e-mail, by Telegram."""

    async def send(self, way: str, letter: Letter) -> None:
        """Send it by that way. Raises an `AppError` when it did not go out."""
        ...


class Notes(Protocol):
    """Writes down what was allowed and what went out."""

    async def note(self, kind: str, about: str, **facts: object) -> object:
        """Write down a fact: ``link.made`` of a link, with what belongs to it."""
        ...
