"""How Runway is asked for a clip."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from app.api import InvalidInput, Refused
from tests.fakes.media_services import PNG, place_order, serving
from tests.plugins.runway.service import Service


async def test_a_clip_out_of_words_and_out_of_a_picture(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service, seconds=4.3, prompt="wörd \N{GRINNING FACE} " * 300)
        await place_order(provider, Service, picture=PNG, width=1080, height=1080)
        paths = [one.path for one in service.server.seen if one.method == "POST"]
    first, second = service.orders
    assert paths == ["/v1/text_to_video", "/v1/image_to_video"]
    assert (first["model"], first["ratio"], first["duration"]) == ("gen4.5", "720:1280", 5)
    assert len(first["promptText"].encode("utf-16-le")) <= 2000
    assert second["ratio"] == "960:960"
    assert second["promptImage"] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


async def test_what_a_model_does_not_take(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        with pytest.raises(InvalidInput) as no_picture:
            await place_order(provider, Service, model="gen4_turbo")
        with pytest.raises(InvalidInput) as large:
            await place_order(provider, Service, picture=PNG + bytes(5_000_000))
        assert service.orders == []
        await place_order(provider, Service, model="gen4_turbo", picture=PNG)
    assert no_picture.value.key == "errors.media_needs_picture"
    assert large.value.key == "errors.media_picture_large"


async def test_what_cannot_be_made_is_told_apart(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        for code, key in (
            ("ASSET.INVALID", "errors.media_not_taken"),
            ("INPUT_PREPROCESSING.SAFETY.TEXT", "errors.media_refused"),
        ):
            service.instead["poll"] = (200, {"status": "FAILED", "failureCode": code})
            with pytest.raises(Refused) as raised:
                await provider.follow(order.remote)
            assert raised.value.key == key
