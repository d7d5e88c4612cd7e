"""Links go to people by e-mail and Telegram, through the real plugins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.api.capabilities import Capability
from app.domain.errors import AppError, InvalidInput, Refused
from app.services.sharing.ports import Letter
from app.services.sharing.sending import LinkSender
from tests.fakes.platforms import publishing

TEXT = "Look at “Holidays”:\nhttps://films.example.org/w/AbCd\n\nGood until Friday."
CODE = b"\x89PNG\r\n\x1a\n" + b"code" * 50


@dataclass
class One:
    """A plugin service with one account."""

    provider: Any

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        assert (plugin, capability) == ("mine", Capability.PUBLISHES)
        return await getattr(self.provider, method)(*args)


async def test_by_e_mail(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        sender = LinkSender(One(provider), tmp_path / "codes")
        await sender.send("mine", Letter("cleo@example.org", "Holidays", TEXT, CODE))
        await sender.send("mine", Letter("dan@example.org", "Holidays", TEXT))
        with pytest.raises(InvalidInput, match="mail_address"):
            await sender.send("mine", Letter("nobody", "Holidays", TEXT, CODE))
    first, second = platform.server.mails
    assert first.recipients == ("cleo@example.org",)
    assert first.message["Subject"] == "Holidays"
    parts = {one.get_content_type(): one for one in first.message.walk()}
    assert "https://films.example.org/w/AbCd" in parts["text/plain"].get_content()
    assert parts["image/png"].get_content() == CODE
    assert second.recipients == ("dan@example.org",)
    assert not list((tmp_path / "codes").iterdir())


async def test_by_telegram(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path) as (provider, platform):
        sender = LinkSender(One(provider), tmp_path / "codes")
        await sender.send("mine", Letter("@lights", "Holidays", TEXT, CODE))
        await sender.send("mine", Letter("@lights", "Holidays", TEXT))
        platform.trouble = [(400, {"ok": False, "description": "Bad Request: PHOTO_INVALID"})]
        with pytest.raises(Refused):
            await sender.send("mine", Letter("@lights", "Holidays", TEXT, CODE))
        with pytest.raises(AppError):
            await sender.send("mine", Letter("+33 6 12", "Holidays", TEXT, CODE))
    assert [one.get("caption", one.get("text")) for one in platform.posts] == [
        f"Holidays\n\n{TEXT}", f"Holidays\n\n{TEXT}",
    ]  # fmt: skip
    assert not list((tmp_path / "codes").iterdir())
