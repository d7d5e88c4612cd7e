"""How OpenAI is asked for a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import AuthRequired
from tests.fakes.media_services import place_order, serving
from tests.plugins.openai_images.service import Service, error


async def test_a_picture_is_asked_for_and_its_price_is_told(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        await place_order(provider, Service, width=1920, height=1080)
        await place_order(provider, Service, width=1080, height=1350, model="gpt-image-next")
    assert order.remote == ""
    assert order.made is not None
    assert order.made.price == pytest.approx((50 * 5 + 1000 * 30) / 1e6)
    assert service.orders[0] == {
        "model": "gpt-image-2.6-flare",
        "prompt": "A lighthouse in fog",
        "size": "864x1536",
        "n": 1,
        "quality": "medium",
        "output_format": "png",
    }
    assert [one["size"] for one in service.orders[1:]] == ["1536x864", "1024x1536"]
    for size in provider.list.known("gpt-image-2.6-flare").extra["sizes"]:
        across, up = map(int, size.split("x"))
        assert across % 16 == up % 16 == 0
        assert 655_360 <= across * up <= 8_294_400


async def test_a_long_wish_is_cut_and_no_money_is_no_pause(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service, prompt="word " * 10_000)
        assert len(service.orders[0]["prompt"]) <= 32_000
        service.instead["order"] = (429, error("insufficient_quota", "You exceeded your quota."))
        with pytest.raises(AuthRequired) as raised:
            await place_order(provider, Service)
    assert raised.value.key == "errors.media_no_money"
