"""What all services that make media have in common, on each of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable
from app.api.capabilities import Capability, implements
from tests.fakes.media_services import (
    MP4,
    PNG,
    FakeMedia,
    hangs,
    place_order,
    result,
    serving,
    told,
)
from tests.fakes.model_services import KEY, unleaked
from tests.fakes.plugins import manifest_of
from tests.fakes.plugins import provider as real
from tests.fakes.web import BAD_DAYS, Handler, web_server
from tests.plugins.d_id.service import Service as Did
from tests.plugins.fal.service import Service as Fal
from tests.plugins.flux.service import Service as Flux
from tests.plugins.heygen.service import Service as HeyGen
from tests.plugins.ideogram.service import Service as Ideogram
from tests.plugins.kling.service import Service as Kling
from tests.plugins.leonardo.service import Service as Leonardo
from tests.plugins.luma.service import Service as Luma
from tests.plugins.openai_images.service import Service as OpenAI
from tests.plugins.runway.service import Service as Runway
from tests.plugins.stability.service import Service as Stability
from tests.plugins.synthesia.service import Service as Synthesia

ALL: list[type[FakeMedia]] = [
    *(OpenAI, Stability, Flux, Leonardo, Ideogram, Runway, Luma, Kling, Fal, HeyGen, Did, Synthesia)
]
LATER = [one for one in ALL if not one.AT_ONCE]


def each(fakes: list[type[FakeMedia]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("fake", fakes, ids=lambda fake: fake.PLUGIN)


def busy(fake: type[FakeMedia], pause: str) -> Handler:
    """The service's own refusal for now, with a pause."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        response = told(fake.BUSY)
        response.headers["Retry-After"] = pause
        return response

    return answer


async def fails(work: Awaitable[Any]) -> AppError:
    """The one plain error a piece of work ends with; no key is in it."""
    try:
        answer = await work
    except AppError as error:
        unleaked(error)
        return error
    raise AssertionError(f"it went well: {answer!r}")


@each(ALL)
async def test_from_the_order_to_the_file(
    fake: type[FakeMedia], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(fake, tmp_path) as (provider, service):
        order = await place_order(provider, fake)
        made = order.made
        if not fake.AT_ONCE:
            assert order.remote
            assert made is None
            waiting = await provider.follow(order.remote)
            assert waiting.made is None
            assert waiting.fraction is None or 0 <= waiting.fraction < 1
            service.state = "done"
            made = (await provider.follow(order.remote)).made
        seen = service.server.seen
        unleaked([order, [str(one.url) for one in seen], service.orders, service.uploads])
        downloads = [one for one in seen if one.path.startswith("/files/")]
        unleaked([dict(one.headers) for one in downloads])
        assert all(service.signed(one) for one in seen if one not in downloads)
    assert made is not None
    picture = fake.KIND == "picture"
    assert (made.content, made.ending) == ((PNG, "png") if picture else (MP4, "mp4"))
    assert len(service.orders) == 1
    assert KEY not in caplog.text


@each(ALL)
async def test_what_it_can_is_what_it_says(fake: type[FakeMedia], tmp_path: Path) -> None:
    manifest = manifest_of(fake.PLUGIN)
    assert not manifest.on_by_default
    assert manifest.kinds == ("studio",)
    async with serving(fake, tmp_path) as (provider, _):
        assert all(implements(provider, one) for one in manifest.capabilities)
        models = list(await provider.media_models())
        known = provider.list
    assert models
    assert all(one.kind == fake.KIND and one.name for one in models)
    assert all(one.price is None or 0 < one.price < 1 for one in models)
    assert fake.MODEL in {one.id for one in models}
    assert all(address.startswith("https://") for address in known_addresses(fake))
    assert known.noted.year >= 2026
    named = "avatar" if fake.KIND == "avatar" else "model"
    options: dict[str, Any] = {"price": "0.5", named: "my-own"}
    async with serving(fake, tmp_path, **options) as (provider, _):
        own = list(await provider.media_models())
    assert [(one.id, one.price) for one in own] == [("my-own", 0.5)]
    assert Capability.DRAWS_PICTURES in manifest.capabilities or fake.KIND != "picture"


def known_addresses(fake: type[FakeMedia]) -> list[str]:
    from app.api.media_lists import read_media

    return list(read_media(fake.MODELS).addresses.values())


REFUSALS: list[tuple[str, type[AppError], str]] = [
    ("REFUSED", Refused, "errors.media_refused"),
    ("NO_MONEY", AuthRequired, "errors.media_no_money"),
    ("QUOTA", AuthRequired, "errors.media_quota"),
    ("BAD_KEY", AuthRequired, "errors.model_key_refused"),
    ("GONE", InvalidInput, "errors.model_unknown"),
]


@each(ALL)
async def test_an_order_that_is_not_taken(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        for what, kind, key in REFUSALS:
            service.instead["order"] = answer = getattr(fake, what)
            service.orders.clear()
            if answer is None:
                continue  # this service tells of none
            error = await fails(place_order(provider, fake))
            assert len(service.orders) == 1  # never ordered twice
            if what == "GONE" and error.key == "errors.media_gone":
                continue  # a service with a code of its own for it
            assert (type(error), error.key) == (kind, key)


@each(ALL)
async def test_a_busy_service_says_how_long(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        service.instead["order"] = busy(fake, "7")
        error = await fails(place_order(provider, fake))
    assert (type(error), error.key) == (Unavailable, "errors.server_busy")
    assert error.args_map["retry_after"] == 7.0
    async with serving(fake, tmp_path) as (provider, service):
        service.instead["order"] = (503, {"detail": "overloaded"})
        error = await fails(place_order(provider, fake))
        assert len(service.orders) == 1
    assert isinstance(error, Unavailable)


@each(LATER)
async def test_an_order_that_comes_to_nothing(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        order = await place_order(provider, fake)
        service.state = "failed"
        error = await fails(provider.follow(order.remote))
        assert (type(error), error.key) == (NotFound, "errors.media_failed")
        if fake is not Leonardo:  # it tells of refusals when it is asked, and not later
            service.state = "refused"
            error = await fails(provider.follow(order.remote))
            assert (type(error), error.key) == (Refused, "errors.media_refused")
        service.state = "gone"
        if fake is Fal:
            service.instead["poll"] = fake.GONE
        error = await fails(provider.follow(order.remote))
        assert (type(error), error.key) == (NotFound, "errors.media_gone")


@each([one for one in ALL if one not in (OpenAI, Stability)])
async def test_a_result_that_has_expired(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        service.state = "done"
        for status in (400, 403, 404, 410):
            service.instead["file"] = (status, {"Code": "AccessDenied"})
            error = await fails(result(provider, fake))
            assert (type(error), error.key) == (NotFound, "errors.media_gone")


@each(ALL)
async def test_the_key_is_proved_at_the_beginning(fake: type[FakeMedia], tmp_path: Path) -> None:
    with pytest.raises(AuthRequired) as missing:
        async with real(fake.PLUGIN, tmp_path):
            pass
    assert missing.value.key == "errors.model_key_missing"
    for wrong in ("another-key", "with a blank", "ünlaut"):
        with pytest.raises(AuthRequired) as refused:
            async with serving(fake, tmp_path, key=wrong):
                pass
        assert refused.value.key == "errors.model_key_refused"
        assert wrong not in str(refused.value)


@each(ALL)
async def test_a_page_in_place_of_the_service(fake: type[FakeMedia], tmp_path: Path) -> None:
    page = web.Response(text="<html>Sign in to the hotel</html>", content_type="text/html")
    wrong: list[Any] = [
        page,
        web.Response(text='{"id": "x", ', content_type="application/json"),
        ["what", {"ever": None}],
        7,
        {"id": {"not": "one"}, "data": 5, "video": [], "polling_url": 9, "status_url": None},
        {"id": "../../etc/passwd", "polling_url": "https://elsewhere.example/x", "code": 0,
         "status_url": "https://elsewhere.example/status", "data": {"task_id": "a b"}},
    ]  # fmt: skip
    async with serving(fake, tmp_path) as (provider, service):
        for document in wrong:
            again = document if not isinstance(document, web.Response) else copied(document)
            service.instead["order"] = (200, again)
            error = await fails(place_order(provider, fake))
            assert isinstance(error, Unavailable), document


def copied(response: web.Response) -> web.Response:
    return web.Response(body=response.body, content_type=response.content_type)


@each(LATER)
async def test_states_that_say_nothing(fake: type[FakeMedia], tmp_path: Path) -> None:
    wrong: list[Any] = [[], 7, {}, {"status": "dancing"}, {"data": {"status": 5}}, {"code": 0}]
    async with serving(fake, tmp_path) as (provider, service):
        order = await place_order(provider, fake)
        for document in wrong:
            service.instead["poll"] = (200, document)
            assert isinstance(await fails(provider.follow(order.remote)), Unavailable), document
        service.instead["poll"] = (500, {"error": "oops"})
        assert isinstance(await fails(provider.follow(order.remote)), Unavailable)


@each(ALL)
async def test_files_that_are_none(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        service.state = "done"
        for content in (b"", b"<html></html>", b"GIF89a" + bytes(50), bytes(500)):
            service.content = content
            error = await fails(result(provider, fake))
            assert (type(error), error.key) == (Unavailable, "errors.bad_answer")


@each(ALL)
async def test_a_film_is_no_picture_and_a_page_no_file(
    fake: type[FakeMedia], tmp_path: Path
) -> None:
    async with serving(fake, tmp_path, largest=200_000) as (provider, service):
        service.state = "done"
        service.content = MP4 if fake.KIND == "picture" else PNG
        error = await fails(result(provider, fake))
        assert error.key == "errors.bad_answer"
        service.content = (PNG if fake.KIND == "picture" else MP4) + bytes(300_000)
        error = await fails(result(provider, fake))
        assert (type(error), error.key) == (Unavailable, "errors.answer_too_large")
        if fake in (OpenAI, Stability):
            return
        service.content = PNG if fake.KIND == "picture" else MP4
        body = service.content

        async def named(_request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, content_type="text/html")

        service.instead["file"] = named
        assert (await fails(result(provider, fake))).key == "errors.bad_answer"


@pytest.mark.parametrize("day", sorted(BAD_DAYS))
async def test_bad_days(day: str, tmp_path: Path) -> None:
    """Whatever comes, whenever it comes, ends as one plain error."""

    async def through(fake: type[FakeMedia], when: str) -> None:
        place = tmp_path / fake.PLUGIN / when
        async with serving(fake, place, seconds=4.0) as (provider, service):
            service.state = "done"
            service.instead[when] = BAD_DAYS[day]
            error = await fails(result(provider, fake))
            assert not isinstance(error, InvalidInput) or when == "order"

    works = [through(fake, "order") for fake in ALL]
    works += [through(fake, "poll") for fake in LATER]
    works += [through(fake, "file") for fake in ALL if fake not in (OpenAI, Stability)]
    await asyncio.gather(*works)


async def test_services_that_say_nothing_are_left(tmp_path: Path) -> None:
    async def through(fake: type[FakeMedia], when: str) -> None:
        async with serving(fake, tmp_path / fake.PLUGIN / when, seconds=4.0) as (provider, service):
            service.state = "done"
            service.instead[when] = hangs
            error = await fails(result(provider, fake))
            assert (type(error), error.key) == (Unavailable, "errors.server_slow")

    await asyncio.gather(*[through(fake, "order") for fake in ALL],
                         *[through(fake, "poll") for fake in LATER])  # fmt: skip


@each(ALL)
async def test_nobody_else_is_told_the_key(fake: type[FakeMedia], tmp_path: Path) -> None:
    """Another server answers just as the service would, and is not believed."""
    async with web_server() as other, serving(fake, tmp_path) as (provider, service):
        statuses = [302, 307]

        async def away(request: web.Request) -> web.StreamResponse:
            status = statuses[0] if request.method == "POST" else 302
            return web.Response(status=status, headers={"Location": f"{other.url}/stolen"})

        async def takes(request: web.Request) -> web.StreamResponse:
            placed = fake.AT_ONCE or not service.orders or "order" in service.instead
            return told((200, service.accepted(request) if placed else service.standing()))

        other.always = takes
        service.state = "done"
        while statuses:
            service.instead["order"] = away
            error = await fails(place_order(provider, fake))
            assert isinstance(error, Unavailable | Refused)
            statuses.pop(0)
        if not fake.AT_ONCE:
            del service.instead["order"]
            order = await place_order(provider, fake)
            service.instead["poll"] = away
            assert isinstance(await fails(provider.follow(order.remote)), Unavailable)
        unleaked([dict(one.headers) for one in other.seen])
        assert other.seen
        assert all(one.method == "GET" for one in other.seen)


STRANGE = ["", "..", "../x", "a/../b", "/x", "https://elsewhere.example/v1/x", "http://127.0.0.1:1/x",
           "file:///etc/passwd", "a b", "x" * 700, "id?key=1", "\n", "https://a@queue.fal.run/x",
           "https://queue.fal.run.elsewhere.example/x", "http://api.bfl.ai/x"]  # fmt: skip


@pytest.mark.parametrize("order", STRANGE)
async def test_orders_nobody_has_placed(order: str, tmp_path: Path) -> None:
    for fake in ALL:
        if fake is Ideogram and "://" in order:
            continue  # an order is the address of a file there: its own test
        async with serving(fake, tmp_path / fake.PLUGIN) as (provider, service):
            before = len(service.server.seen)
            assert isinstance(await fails(provider.follow(order)), NotFound)
            await provider.call_off(order)
            assert len(service.server.seen) == before


@each(ALL)
async def test_an_order_is_called_off_while_it_runs(fake: type[FakeMedia], tmp_path: Path) -> None:
    async with serving(fake, tmp_path) as (provider, service):
        order = await place_order(provider, fake)
        for state in ("done", "failed"):
            service.state = state
            await provider.call_off(order.remote)
        if not fake.AT_ONCE:
            service.instead["poll"] = fake.GONE
            await provider.call_off(order.remote)
            del service.instead["poll"]
        assert service.cancelled == []
        service.state = "running"
        await provider.call_off(order.remote)
        assert len(service.cancelled) == (0 if fake.CANCEL is None else 1)


@each([one for one in ALL if one.KIND == "clip"])
async def test_clips_that_cannot_be(fake: type[FakeMedia], tmp_path: Path) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"seconds": 100.0}, "errors.media_too_long"),
        ({"picture": b"GIF89a"}, "errors.media_picture_form"),
        ({"model": ""}, "errors.model_unknown"),
        ({"model": "x\ny"}, "errors.model_unknown"),
    ]
    async with serving(fake, tmp_path) as (provider, service):
        for changes, key in wrong:
            error = await fails(place_order(provider, fake, **changes))
            assert (type(error), error.key) == (InvalidInput, key)
        assert service.orders == []
