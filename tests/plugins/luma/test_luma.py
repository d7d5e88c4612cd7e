"""How Luma is asked for a clip."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from app.api import InvalidInput, Refused
from tests.fakes.media_services import PNG, place_order, serving
from tests.plugins.luma.service import Service


async def test_a_clip_out_of_words_and_out_of_a_picture(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service, seconds=6.0)
        await place_order(provider, Service, picture=PNG, seconds=4.0)
        with pytest.raises(InvalidInput) as raised:
            await place_order(provider, Service, picture=PNG, seconds=6.0)
    assert raised.value.key == "errors.media_too_long"
    assert service.orders == [
        {
            "model": "ray-3.2",
            "type": "video",
            "prompt": "A lighthouse in fog",
            "aspect_ratio": "9:16",
            "video": {"resolution": "720p", "duration": "10s"},
        },
        {
            "model": "ray-3.2",
            "type": "video",
            "prompt": "A lighthouse in fog",
            "aspect_ratio": "9:16",
            "video": {
                "resolution": "720p",
                "duration": "5s",
                "start_frame": {
                    "data": base64.b64encode(PNG).decode(),
                    "media_type": "image/png",
                },
            },
        },
    ]


async def test_a_budget_that_ends_an_order(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        ended = {"id": "x", "state": "failed", "failure_code": "budget_exhausted"}
        service.instead["poll"] = (200, ended)
        with pytest.raises(Refused) as raised:
            await provider.follow(order.remote)
    assert raised.value.key == "errors.media_quota"
