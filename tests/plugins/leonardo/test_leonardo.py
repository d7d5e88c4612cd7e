"""How Leonardo.Ai is asked for a picture."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.media_services import place_order, serving
from tests.plugins.leonardo.service import ID, Service


async def test_a_picture_is_asked_for_that_nobody_else_sees(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service)
        await place_order(provider, Service, model="own-model", prompt="word " * 1000)
    assert order.remote == ID
    assert service.orders[0] == {
        "modelId": Service.MODEL,
        "prompt": "A lighthouse in fog",
        "width": 864,
        "height": 1536,
        "num_images": 1,
        "public": False,
        "contrast": 3.5,
    }
    own = service.orders[1]
    assert max(own["width"], own["height"]) <= 1024
    assert own["width"] % 8 == own["height"] % 8 == 0
    assert len(own["prompt"]) <= 1500
