"""Tells the owner something by posting it to a web address."""

from __future__ import annotations

from app.api import InvalidInput, Notice, ProviderContext
from plugins._template.client import Client


class WebAddress:
    """Implements `Notifies`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def notify(self, notice: Notice) -> None:
        """Deliver the notice, or raise."""
        await self._client.post(notice)

    async def close(self) -> None:
        """End cleanly: the station closes the web client itself, nothing else is open."""


async def setup(context: ProviderContext) -> WebAddress:
    """Build the provider; called before its first use and after an option changed."""
    address = str(context.settings["address"])
    if not address.startswith(("http://", "https://")):
        raise InvalidInput("errors.not_a_web_address")
    client = Client(context.http, address, await context.secrets.get("token"))
    await client.check()
    return WebAddress(client)
