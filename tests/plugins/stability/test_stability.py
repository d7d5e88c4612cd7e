"""How Stability AI is asked for a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web

from app.api import Refused
from tests.fakes.media_services import PNG, place_order, serving
from tests.plugins.stability.service import Service


async def test_a_picture_is_asked_for_in_a_form(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        await place_order(provider, Service, seed=-1)
        await place_order(provider, Service, model="sd3.5-large", width=1080, height=1350)
        paths = [one.path for one in service.server.seen if one.method == "POST"]
    assert service.orders == [
        {
            "prompt": "A lighthouse in fog",
            "aspect_ratio": "9:16",
            "output_format": "png",
            "seed": "4294967293",
        },
        {
            "prompt": "A lighthouse in fog",
            "aspect_ratio": "4:5",
            "output_format": "png",
            "model": "sd3.5-large",
        },
    ]
    assert [path.rsplit("/", 1)[1] for path in paths] == ["core", "sd3"]


async def test_a_blurred_picture_is_a_refusal(tmp_path: Path) -> None:
    async def blurred(_request: web.Request) -> web.StreamResponse:
        head = {"Content-Type": "image/png", "finish-reason": "CONTENT_FILTERED"}
        return web.Response(body=PNG, headers=head)

    async with serving(Service, tmp_path) as (provider, service):
        service.instead["order"] = blurred
        with pytest.raises(Refused) as raised:
            await place_order(provider, Service)
    assert raised.value.key == "errors.media_refused"
