"""Sends a link to somebody through an account that publishes: e-mail, Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Protocol

from app.api.capabilities import Capability
from app.api.publishing import PostFile, PostStep, PostWanted
from app.services.sharing.ports import Letter


class Plugins(Protocol):
    """Those who send; the plugin service."""

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        """Call a method of an account's plugin."""


class LinkSender:
    """Sends letters; `folder` holds the QR code while it goes out."""

    def __init__(self, plugins: Plugins, folder: Path) -> None:
        self._plugins = plugins
        self._folder = folder

    async def send(self, way: str, letter: Letter) -> None:
        """Send it by an account, once: nothing is tried again by itself.

        Raises what the account's plugin does. After an `Unavailable` it may have arrived.
        """
        file = await asyncio.to_thread(_written, self._folder, letter.code)
        try:
            wanted = PostWanted(
                secrets.token_hex(16), letter.subject, letter.text, thumbnail=file,
                choices={"to": letter.to, "chat": letter.to},
            )  # fmt: skip
            step = await self._ask(way, "advance", wanted, "")
            await self._ask(way, "commit", wanted, step.session)
        finally:
            if file is not None:
                await asyncio.shield(asyncio.to_thread(_remove, file.path))

    async def _ask(self, way: str, method: str, wanted: PostWanted, session: str) -> PostStep:
        step = await self._plugins.call(way, Capability.PUBLISHES, method, wanted, session)
        assert isinstance(step, PostStep)
        return step


def _written(folder: Path, code: bytes) -> PostFile | None:
    if not code:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix="code.", suffix=".png", dir=folder)
    with os.fdopen(number, "wb") as file:
        file.write(code)
    return PostFile(os.fsencode(name), len(code), "png")


def _remove(path: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108 - bytes
