"""Tells the owner something on the phone, through an ntfy server."""

from __future__ import annotations

from app.api import Notice, ProviderContext
from plugins.ntfy.client import Client
from plugins.ntfy.parsers import message, require_healthy, require_taken, server_of, topic_of


class Ntfy:
    """Implements `Notifies`."""

    def __init__(self, client: Client, topic: str) -> None:
        self._client, self._topic = client, topic

    async def notify(self, notice: Notice) -> None:
        """Deliver the notice, or raise."""
        answer = await self._client.publish(message(notice, self._topic))
        require_taken(answer, self._topic)

    async def close(self) -> None:
        """End cleanly: the station closes the web client itself, nothing else is open."""


async def setup(context: ProviderContext) -> Ntfy:
    """Build the provider; the server must be there and let the token in."""
    server = server_of(str(context.settings["server"]))
    topic = topic_of(str(context.settings["topic"]))
    token = (await context.secrets.get("token") or "").strip()
    client = Client(context.http, server, token)
    require_healthy(await client.health())
    return Ntfy(client, topic)
