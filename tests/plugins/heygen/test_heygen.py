"""How HeyGen is asked for a film of an avatar."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import InvalidInput
from tests.fakes.media_services import MP3, WAV, place_order, serving
from tests.plugins.heygen.service import ID, Service


async def test_a_voice_is_brought_there_first(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        await place_order(provider, Service, sound=WAV, width=1080, height=1350)
    assert order.remote == ID
    assert service.uploads == [{"file": MP3}, {"file": WAV}]
    assert service.orders[0] == {
        "type": "avatar",
        "avatar_id": "Annie_expressive4_public",
        "resolution": "1080p",
        "aspect_ratio": "9:16",
        "audio_asset_id": "asset_77",
    }
    assert service.orders[1]["aspect_ratio"] == "4:5"


async def test_who_speaks_when_there_is_no_sound(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service, sound=None)
        with pytest.raises(InvalidInput) as mute:
            await place_order(provider, Service, sound=None, model="mute_2")
        with pytest.raises(InvalidInput) as strange:
            await place_order(provider, Service, sound=None, model="../users/me")
        with pytest.raises(InvalidInput) as long:
            await place_order(provider, Service, sound=None, text="a" * 6000)
        with pytest.raises(InvalidInput) as large:
            await place_order(provider, Service, sound=MP3 + bytes(32_000_000))
        with pytest.raises(InvalidInput) as form:
            await place_order(provider, Service, sound=b"OggS" + bytes(40))
    assert service.orders[0]["script"] == "Hello there."
    assert service.orders[0]["voice_id"] == "0b41c487c6da4f5ba5782bbe462958e8"
    assert len(service.orders) == 1
    assert [one.value.key for one in (mute, strange, long, large, form)] == [
        "errors.media_needs_voice",
        "errors.model_unknown",
        "errors.media_text_long",
        "errors.media_sound_large",
        "errors.media_sound_form",
    ]
    async with serving(Service, tmp_path, voice=" my-voice ") as (provider, service):
        await place_order(provider, Service, sound=None, model="mute_2")
    assert service.orders[0]["voice_id"] == "my-voice"


async def test_the_avatars_of_the_account(tmp_path: Path) -> None:
    async with serving(Service, tmp_path, price="0.02") as (provider, _):
        models = list(await provider.media_models())
    assert [(one.id, one.name, one.price) for one in models] == [
        ("Annie_expressive4_public", "Annie", 0.02),
        ("mute_2", "Sketch", 0.02),
    ]
