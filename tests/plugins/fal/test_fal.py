"""How fal is asked for a clip, and at which addresses for its state and its result."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from app.api import InvalidInput, Unavailable
from tests.fakes.media_services import PNG, place_order, serving
from tests.plugins.fal.service import APP, ID, Service


async def test_a_clip_out_of_words_and_out_of_a_picture(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        await place_order(provider, Service, picture=PNG, seconds=7.0)
        paths = [one.path for one in service.server.seen if one.method == "POST"]
    assert order.remote == f"{service.url}{APP}/{ID}/status"
    assert paths == ["/fal-ai/pika/v2.2/text-to-video", "/fal-ai/pika/v2.2/image-to-video"]
    assert service.orders == [
        {
            "prompt": "A lighthouse in fog",
            "resolution": "720p",
            "duration": "5",
            "aspect_ratio": "9:16",
        },
        {
            "prompt": "A lighthouse in fog",
            "resolution": "720p",
            "duration": "10",
            "image_url": f"data:image/png;base64,{base64.b64encode(PNG).decode()}",
        },
    ]


async def test_models_the_owner_names(tmp_path: Path) -> None:
    class Any(Service):
        ORDER = "/[a-z0-9-]+/[a-zA-Z0-9./-]+"

    async with serving(Any, tmp_path) as (provider, service):
        await place_order(provider, Any, model="bytedance/seedance-2.0/text-to-video", seconds=90.0)
        await place_order(provider, Any, model="fal-ai/veo3.1/fast", seconds=5.0)
        for model in ("pika", "../admin/x", "fal-ai/../x", "a/b?c=1", "https://x/y", "a//b"):
            with pytest.raises(InvalidInput):
                await place_order(provider, Any, model=model)
    assert service.orders[0] == {"prompt": "A lighthouse in fog"}
    assert service.orders[1]["duration"] == "6s"
    assert len(service.orders) == 2


async def test_a_result_lies_at_an_address_of_theirs(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        for address in ("https://elsewhere.example/requests/1", "http://queue.fal.run/x", None, 7):
            service.instead["poll"] = (200, {"status": "COMPLETED", "response_url": address})
            before = len(service.server.seen)
            with pytest.raises(Unavailable):
                await provider.follow(order.remote)
            assert len(service.server.seen) == before + 1
