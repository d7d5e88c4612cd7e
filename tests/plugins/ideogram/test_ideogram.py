"""How Ideogram is asked for a picture, which lies elsewhere for a while."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import InvalidInput, NotFound, Refused, Unavailable
from tests.fakes.media_services import PNG, place_order, serving
from tests.plugins.ideogram.service import Service


async def test_a_picture_is_asked_for_in_a_form(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service)
        await place_order(provider, Service, model="ideogram-v3", seed=5, width=1920, height=1080)
        with pytest.raises(InvalidInput):
            await place_order(provider, Service, model="ideogram-v9")
    assert service.orders == [
        {
            "text_prompt": "A lighthouse in fog",
            "rendering_speed": "DEFAULT",
            "resolution": "1440x2560",
        },
        {
            "prompt": "A lighthouse in fog",
            "rendering_speed": "DEFAULT",
            "num_images": "1",
            "aspect_ratio": "16x9",
            "seed": "5",
        },
    ]


async def test_a_picture_that_was_paid_is_tried_for_again(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        service.instead["file"] = (503, {})
        order = await place_order(provider, Service)
        assert order.made is None
        with pytest.raises(Unavailable):
            await provider.follow(order.remote)
        del service.instead["file"]
        made = (await provider.follow(order.remote)).made
        assert len(service.orders) == 1
        for strange in ("http://127.0.0.1:1/x", "http://elsewhere.example/x"):
            with pytest.raises(Unavailable, match="bad_answer"):
                await provider.follow(strange)  # nobody is asked
        with pytest.raises(NotFound):
            await provider.follow("file:///etc/passwd")
    assert made is not None
    assert made.content == PNG


async def test_a_picture_that_is_held_back_is_a_refusal(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        unsafe = {"url": None, "is_image_safe": False, "seed": 1, "resolution": "1440x2560"}
        service.instead["order"] = (200, {"data": [unsafe]})
        with pytest.raises(Refused) as raised:
            await place_order(provider, Service)
    assert raised.value.key == "errors.media_refused"
