"""A mail server on loopback, as the platform it is for e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.platforms import FakePlatform
from tests.fakes.smtp import MailServer


class Platform(FakePlatform):
    """Posts are the messages it took; `server` is told what to do wrong."""

    PLUGIN = "email"
    TELLS = False
    SECRETS = {"password": "a lighthouse"}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.server = MailServer(place)

    @property
    def posts(self) -> list[dict[str, Any]]:
        """The messages."""
        return [{"mail": one, "key": one.message["Message-ID"]} for one in self.server.mails]

    @posts.setter
    def posts(self, _value: object) -> None:
        """Nothing: see above."""

    def options(self) -> dict[str, Any]:
        """The account of the owner's at this server."""
        return {
            "host": "127.0.0.1", "port": self.server.port, "user": self.server.user,
            "sender": "Ann Keeper <ann@example.org>", "recipients": "ben@example.org",
            "authority": str(self.server.authority),
        }  # fmt: skip

    async def open(self) -> None:
        await super().open()
        await self.server.open()

    async def close(self) -> None:
        await self.server.close()
        await super().close()
