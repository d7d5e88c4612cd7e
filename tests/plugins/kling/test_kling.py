"""How Kling is asked for a clip, with a key or with the two keys of an older account."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import AuthRequired, Unavailable
from plugins.kling.client import token
from tests.fakes.media_services import PNG, place_order, serving
from tests.fakes.model_services import KEY, unleaked
from tests.plugins.kling.service import ID, Service, coded

SECRET = "canary-secret-8c2f"


def opened(told: str, secret: str) -> dict[str, Any]:
    """What is in a token, after its signature was proved as a server does."""

    def unpacked(part: str) -> bytes:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

    head, body, signature = told.split(".")
    assert json.loads(unpacked(head)) == {"alg": "HS256", "typ": "JWT"}
    right = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert unpacked(signature) == right
    assert "=" not in told
    made = json.loads(unpacked(body))
    assert isinstance(made, dict)
    return made


class Signed(Service):
    """The service of an older account."""

    def signed(self, request: web.Request) -> bool:
        kind, told = request.headers["Authorization"].split(" ")
        body = opened(told, SECRET)
        return kind == "Bearer" and body["iss"] == KEY and body["nbf"] < time.time() < body["exp"]


async def test_two_keys_sign_each_request(tmp_path: Path) -> None:
    more = {"secret_key": SECRET}
    async with serving(Signed, tmp_path, more_secrets=more) as (provider, service):
        order = await place_order(provider, Signed)
        service.state = "done"
        assert (await provider.follow(order.remote)).made is not None
        told = repr([[str(one.url), dict(one.headers)] for one in service.server.seen])
    assert SECRET not in told
    unleaked(told)  # the key is in the signed part alone, packed
    assert opened(token("me", "s", 1_000_000.9), "s") == {
        "iss": "me",
        "exp": 1001800,
        "nbf": 999995,
    }


async def test_a_clip_out_of_words_and_out_of_a_picture(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        words = await place_order(provider, Service, seconds=4.5)
        picture = await place_order(provider, Service, model="kling-v3-720p", picture=PNG)
        await provider.follow(picture.remote)
        asked = service.server.seen[-1].path
    assert (words.remote, picture.remote) == (f"text2video/{ID}", f"image2video/{ID}")
    assert asked == f"/v1/videos/image2video/{ID}"
    assert service.orders == [
        {
            "model_name": "kling-v3",
            "prompt": "A lighthouse in fog",
            "duration": "5",
            "mode": "pro",
            "sound": "off",
            "aspect_ratio": "9:16",
        },
        {
            "model_name": "kling-v3",
            "prompt": "A lighthouse in fog",
            "duration": "5",
            "mode": "std",
            "sound": "off",
            "image": base64.b64encode(PNG).decode(),
        },
    ]


async def test_a_code_counts_whatever_the_status(tmp_path: Path) -> None:
    async with serving(Service, tmp_path) as (provider, service):
        service.instead["order"] = (200, coded(1101, "Account in arrears"))
        with pytest.raises(AuthRequired) as raised:
            await place_order(provider, Service)
        assert raised.value.key == "errors.media_no_money"
        service.instead["order"] = (200, coded(9999, "?", task_id=ID))
        with pytest.raises(Unavailable):
            await place_order(provider, Service)
