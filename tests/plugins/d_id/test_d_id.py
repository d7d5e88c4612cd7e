"""How D-ID is asked for a film of a portrait, or of a presenter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.api import InvalidInput
from tests.fakes.media_services import MP3, place_order, serving
from tests.plugins.d_id.service import ID, Service

AMBER = "v2_public_Amber@0zSz8kflCN"


async def test_a_portrait_speaks_with_a_voice_brought_there(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        models = list(await provider.media_models())
    assert order.remote == f"talks/{ID}"
    assert service.uploads == [{"audio": MP3}]
    assert service.orders == [
        {
            "source_url": "https://pictures.example/me.jpg",
            "script": {"type": "audio", "audio_url": "s3://d-id-audios-prod/a1/voice.wav"},
            "config": {"stitch": True, "result_format": "mp4"},
        }
    ]
    assert [one.id for one in models] == ["portrait", AMBER]


async def test_a_presenter_speaks_with_a_voice_of_theirs(tmp_path: Path) -> None:
    options: dict[str, Any] = {"portrait": "", "voice": "en-US-JennyNeural"}
    async with serving(Service, tmp_path, **options) as (provider, service):
        order = await place_order(provider, Service, model=AMBER, sound=None)
        await provider.follow(order.remote)
        assert service.server.seen[-1].path == f"/clips/{ID}"
        assert [one.id for one in await provider.media_models()] == [AMBER]
        with pytest.raises(InvalidInput) as nowhere:
            await place_order(provider, Service, sound=None)
        with pytest.raises(InvalidInput) as large:
            await place_order(provider, Service, sound=MP3 + bytes(6_000_000))
    assert service.orders == [
        {
            "presenter_id": AMBER,
            "script": {
                "type": "text",
                "input": "Hello there.",
                "provider": {"type": "microsoft", "voice_id": "en-US-JennyNeural"},
            },
        }
    ]
    assert nowhere.value.key == "errors.not_a_web_address"
    assert large.value.key == "errors.media_sound_large"
    async with serving(Service, tmp_path) as (provider, service):
        with pytest.raises(InvalidInput) as mute:
            await place_order(provider, Service, sound=None)
    assert mute.value.key == "errors.media_needs_voice"
