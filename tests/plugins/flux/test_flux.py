"""How Black Forest Labs is asked for a picture, and at which address for its state."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import InvalidInput, Unavailable
from tests.fakes.media_services import place_order, serving
from tests.plugins.flux.service import ID, Service


async def test_the_address_an_order_is_given_is_used(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        order = await place_order(provider, Service, seed=7)
        state = await provider.follow(order.remote)
        asked = service.server.seen[-1]
    assert order.remote == f"{service.url}/v1/get_result?id={ID}"
    assert (asked.path, dict(asked.query)) == ("/v1/get_result", {"id": ID})
    assert state.fraction == 0.25
    body = service.orders[0]
    assert body == {
        "prompt": "A lighthouse in fog",
        "width": 1056,
        "height": 1872,
        "output_format": "png",
        "seed": 7,
    }
    assert body["width"] * body["height"] <= 2_000_000  # what the price in the list is for


GOOD = ("https://api.bfl.ai/v1/get_result?id=1", "https://api.us2.bfl.ai/v1/get_result?id=1",
        "https://api.eu.bfl.ai:443/x")  # fmt: skip
BAD = ("http://api.bfl.ai/x", "https://bfl.ai.elsewhere.example/x", "https://abfl.ai/x",
       "https://api.bfl.ai:8443/x", "https://me@api.bfl.ai/x", "ftp://api.bfl.ai/x", "/x", "", None,
       7, "https://api.bfl.ai@elsewhere.example/x")  # fmt: skip


async def test_only_addresses_of_theirs_are_signed(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        assert all(provider.allowed(one) for one in GOOD)
        assert not any(provider.allowed(one) for one in BAD)
        for address in BAD:
            service.instead["order"] = (200, {"id": ID, "polling_url": address})
            with pytest.raises(Unavailable):
                await place_order(provider, Service)


async def test_a_model_is_a_part_of_the_address(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        for model in ("../credits", "flux-2-pro?x=1", "a/b", "flux pro", "FLUX"):
            with pytest.raises(InvalidInput) as raised:
                await place_order(provider, Service, model=model)
            assert raised.value.key == "errors.model_unknown"
        await place_order(provider, Service, model="flux-2-new")
    assert len(service.orders) == 1
    assert service.orders[0]["width"] * service.orders[0]["height"] <= 1_000_000
