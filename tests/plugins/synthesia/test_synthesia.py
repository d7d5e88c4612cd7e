"""How Synthesia is asked for a film of an avatar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.api import InvalidInput
from tests.fakes.media_services import MP3, WAV, place_order, serving
from tests.plugins.synthesia.service import Service


async def test_a_voice_is_brought_there_first(tmp_path: Path) -> None:
    async with serving(Service, tmp_path, voice="unused") as (provider, service):
        await place_order(provider, Service)
        with pytest.raises(InvalidInput) as raised:
            await place_order(provider, Service, sound=WAV)
    assert raised.value.key == "errors.media_sound_mp3"
    assert service.uploads == [("audio/mpeg", MP3)]
    assert service.orders == [
        {
            "test": False,
            "title": "Sokoul",
            "visibility": "private",
            "aspectRatio": "9:16",
            "input": [
                {
                    "avatar": "anna_costume1_cameraA",
                    "background": "off_white",
                    "scriptAudio": "user.5f1c",
                    "scriptLanguage": "en-US",
                }
            ],
        }
    ]


async def test_a_test_film_with_a_voice_of_theirs(tmp_path: Path) -> None:
    options: dict[str, Any] = {"voice": "my-voice", "test_film": True}
    async with serving(Service, tmp_path, **options) as (provider, service):
        await place_order(provider, Service, sound=None, width=1920, height=1080)
        with pytest.raises(InvalidInput) as long:
            await place_order(provider, Service, sound=None, text="a" * 5000)
    body = service.orders[0]
    assert (body["test"], body["aspectRatio"]) == (True, "16:9")
    assert body["input"][0] == {
        "avatar": "anna_costume1_cameraA",
        "background": "off_white",
        "scriptText": "Hello there.",
        "avatarSettings": {"voice": "my-voice"},
    }
    assert long.value.key == "errors.media_text_long"
