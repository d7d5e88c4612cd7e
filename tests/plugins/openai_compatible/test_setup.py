"""Choosing a service: its address, its key, its models and their prices."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    AuthRequired,
    Capability,
    Finish,
    InvalidInput,
    Refused,
    TextAnswer,
    TextModel,
    Unavailable,
)
from app.api.model_lists import KnownModel, OwnPrices, offered, own_prices, parse_models
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from plugins.openai_compatible.parsers import parse_listed
from plugins.openai_compatible.services import (
    FILE,
    Service,
    check_open,
    is_home,
    place_of,
    service_named,
)
from tests.fakes.model_services import KEY, asks, says, unleaked
from tests.fakes.plugins import NoBrowser, manifest_of, provider
from tests.fakes.web import web_server
from tests.plugins.openai_compatible.servers import TODAY, chat, error, served

LLAMAS = {
    "object": "list",
    "data": [
        {"id": "qwen2.5:3b", "object": "model", "created": 1, "owned_by": "library"},
        {"id": "nomic-embed-text:latest", "object": "model", "owned_by": "library"},
    ],
}


@pytest.fixture
async def plugins(paths: Paths) -> AsyncIterator[PluginService]:
    bus = EventBus()
    made = PluginService(
        paths,
        bus,
        SettingsService(paths.settings, bus),
        Secrets(paths.vault, paths.vault_key, {}),
        NoBrowser(),
    )
    await made.start()
    yield made
    await made.stop()


async def test_a_server_in_the_house_is_added_without_a_key(
    plugins: PluginService, paths: Paths
) -> None:
    async with web_server() as server:
        server.answers["/v1/models"] = says(LLAMAS)
        server.answers["/v1/chat/completions"] = told = says(chat("Here."))
        made = await plugins.instances.add("openai_compatible", "Mine", {"address": server.url})
        models = await plugins.call(made, Capability.COMPLETES_TEXT, "text_models")
        answer = await plugins.call(made, Capability.COMPLETES_TEXT, "complete", asks("qwen2.5:3b"))
        speech = await plugins.call(made, Capability.TRANSCRIBES, "speech_models")
    assert models == [TextModel("qwen2.5:3b", "qwen2.5:3b", 4096, 50, 0.0, 0.0)]
    assert answer == TextAnswer("Here.", Finish.COMPLETE, 19, 10, "gpt-6-luna-2026-09-22")
    assert speech == []
    assert "Authorization" not in told.headers[-1]
    assert told.bodies[-1]["max_tokens"] == 1024


async def test_a_wrong_key_is_told_and_nothing_is_kept(
    plugins: PluginService, paths: Paths, caplog: pytest.LogCaptureFixture
) -> None:
    async with web_server() as server:
        server.always = says((401, error(f"Incorrect API key provided: {KEY}")))
        values = {"service": "other", "address": server.url, "api_key": KEY}
        with pytest.raises(AuthRequired) as told:
            await plugins.instances.add("openai_compatible", "Mine", values)
    assert told.value.key == "errors.model_key_refused"
    assert not any(one.of == "openai_compatible" for one in await plugins.list())
    unleaked(told.value)
    unleaked(caplog.text)
    kept = [path for path in paths.cache.rglob("*") if path.is_file()]
    assert not any(KEY.encode() in path.read_bytes() for path in kept)


@pytest.mark.parametrize(
    ("values", "secret", "kind", "key"),
    [
        ({"service": "openai"}, "", AuthRequired, "errors.model_key_missing"),
        ({"service": "openai"}, "two words", AuthRequired, "errors.model_key_refused"),
        ({"service": "openai"}, "line\nbreak", AuthRequired, "errors.model_key_refused"),
        ({"address": "http://127.0.0.1:9"}, "", Unavailable, "errors.server_offline"),
        ({"address": "nas:11434"}, "", InvalidInput, "errors.not_a_web_address"),
        ({"input_price": "cheap"}, "", InvalidInput, "errors.budget_amount"),
        ({"output_price": "-1"}, "", InvalidInput, "errors.budget_amount"),
        ({"output_price": "999999"}, "", InvalidInput, "errors.budget_amount"),
        (
            {"service": "other", "address": "http://ai.example.com/v1"},
            KEY,
            Refused,
            "errors.model_key_in_the_open",
        ),
    ],
)
async def test_what_cannot_work_is_told_before_it_is_kept(
    tmp_path: Path, values: dict[str, Any], secret: str, kind: type[AppError], key: str
) -> None:
    with pytest.raises(kind) as told:
        async with provider(
            "openai_compatible", tmp_path, secrets={"api_key": secret} if secret else {}, **values
        ):
            pass
    assert told.value.key == key


@pytest.mark.parametrize(
    ("service", "typed", "place"),
    [
        ("openai", "http://localhost", "https://api.openai.com/v1"),
        ("groq", "http://192.168.1.5", "https://api.groq.com/openai/v1"),
        ("deepseek", "", "https://api.deepseek.com"),
        ("ollama", "http://localhost", "http://localhost:11434/v1"),
        ("ollama", "http://192.168.1.5:8000/", "http://192.168.1.5:8000/v1"),
        ("llama_server", " http://nas.local ", "http://nas.local:8080/v1"),
        ("ollama", "https://ai.example.com", "https://ai.example.com/v1"),
        ("other", "https://a.example.com/api/v3/", "https://a.example.com/api/v3"),
        ("other", "https://a.example.com/v1/chat/completions", "https://a.example.com/v1"),
    ],
)
def test_where_a_service_lies(service: str, typed: str, place: str) -> None:
    assert place_of(service_named(parse_models(FILE.read_text(), TODAY), service), typed) == place


def test_a_key_goes_to_nobody_in_the_open() -> None:
    check_open("http://192.168.1.5:8080/v1", KEY)
    check_open("http://ai.example.com/v1", "")
    check_open("https://ai.example.com/v1", KEY)
    with pytest.raises(Refused):
        check_open("http://8.8.8.8/v1", KEY)


def test_what_lies_in_the_house() -> None:
    for place in ("http://127.0.0.1:1/v1", "http://[fd00::5]/v1", "http://nas.local/v1"):
        assert is_home(place)
    assert not is_home("https://api.openai.com/v1")


def test_every_service_of_the_form_is_in_the_list() -> None:
    models = parse_models(FILE.read_text(), TODAY)
    option = next(one for one in manifest_of("openai_compatible").options if one.name == "service")
    assert [one["id"] for one in models.settings["services"]] == list(option.choices)
    services = [service_named(models, name) for name in option.choices]
    assert all(isinstance(one, Service) and one.limits and one.means for one in services)
    assert all(one.address.startswith("https://") for one in services if one.key)
    named = {one.service for one in models.text} | {one.service for one in models.speech}
    assert named <= set(option.choices)


@pytest.mark.parametrize("name", ["openai_compatible", "anthropic", "gemini"])
def test_the_list_of_models_is_dated_and_right(name: str) -> None:
    file = Path(__file__).resolve().parents[3] / "plugins" / name / "models.toml"
    models = parse_models(file.read_text(), TODAY)
    assert models.checked <= TODAY
    assert models.text
    names = [(one.service, one.model.id) for one in models.text]
    assert len(set(names)) == len(names)
    for one in models.text:
        assert (one.model.input_price is None) == (one.model.output_price is None)
        assert one.model.context >= 4096


def test_a_price_announced_for_a_day_counts_from_it() -> None:
    file = Path(__file__).resolve().parents[3] / "plugins" / "gemini" / "models.toml"
    before = parse_models(file.read_text(), datetime.date(2026, 12, 31))
    after = parse_models(file.read_text(), datetime.date(2027, 1, 1))
    prices = [
        next(one.model.output_price for one in models.text if one.model.id == "gemini-3.8-flash")
        for models in (before, after)
    ]
    assert prices == [3.75, 7.5]


@pytest.mark.parametrize(
    "wrong",
    ['id = "x"', 'id = "x"\nname = "x"\ncontext = 5\nstrength = 101',
     'id = "x"\nname = "x"\ncontext = 5\nstrength = 1\ninput = -1'],
)  # fmt: skip
def test_a_wrong_list_is_no_list(wrong: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        parse_models(f"checked = 2026-11-26\n[[models]]\n{wrong}", TODAY)


async def prices(tmp_path: Path, **options: Any) -> list[tuple[str, float | None, float | None]]:
    async with served(tmp_path, **options) as (made, _, _):
        return [(one.id, one.input_price, one.output_price) for one in await made.text_models()]


async def test_the_usual_models_are_those_the_service_has(tmp_path: Path) -> None:
    # Loopback is the house, where nothing costs anything: prices are asked for below.
    assert [one[0] for one in await prices(tmp_path)] == ["gpt-6-luna", "gpt-6-sol"]
    named = await prices(tmp_path, model="gpt-6-astra")
    assert [one[0] for one in named] == ["gpt-6-astra"]


async def test_a_service_with_other_models_offers_its_own(tmp_path: Path) -> None:
    listed = {"data": [{"id": f"new-{number}"} for number in range(40)] + [{"id": "new-embed"}]}
    found = [one[0] for one in await prices(tmp_path, listed=listed)]
    assert found == [f"new-{number}" for number in range(12)]


@pytest.mark.parametrize(
    "listed", [{"data": "no"}, {"data": [5, {"id": ""}, {"id": ["x"] * 3000}]}, {}]
)
async def test_a_broken_list_offers_the_usual_ones(tmp_path: Path, listed: object) -> None:
    found = [one[0] for one in await prices(tmp_path, listed=listed)]
    assert found in (["gpt-6-luna", "gpt-6-sol"], ["x"])


async def test_a_service_without_a_list_needs_a_model_named(tmp_path: Path) -> None:
    async with web_server() as server:
        server.answers["/v1/chat/completions"] = says(chat("Yes."))
        where: dict[str, Any] = {"service": "other", "address": server.url}
        async with provider("openai_compatible", tmp_path, model="mine", **where) as made:
            assert [one.id for one in await made.text_models()] == ["mine"]
            assert (await made.complete(asks("mine"))).text == "Yes."
        with pytest.raises(AppError) as told:
            async with provider("openai_compatible", tmp_path, **where):
                pass
        server.answers["/v1/models"] = says({"data": []})
        with pytest.raises(Unavailable) as empty:
            async with provider("openai_compatible", tmp_path, **where):
                pass
    assert told.value.key == "errors.server_has_not"
    assert empty.value.key == "errors.model_none_there"


async def test_a_key_is_proved_where_the_list_needs_none(tmp_path: Path) -> None:
    refused = says((401, error("No auth credentials found")))
    with pytest.raises(AuthRequired):
        async with served(tmp_path, service="openrouter", check=refused):
            pass
    assert len(refused.headers) == 1


def known(service: str) -> list[KnownModel]:
    return [one for one in parse_models(FILE.read_text(), TODAY).text if one.service == service]


def test_prices_are_of_the_list_the_owner_or_the_service() -> None:
    luna = known("openai")[0].model
    assert (luna.input_price, luna.output_price) == (0.1, 0.5)
    mine = own_prices("0,2", "")
    assert mine.on(luna).input_price == 0.2
    assert mine.on(luna).output_price == 0.5
    unknown = offered(known("openai"), [], "gpt-99", OwnPrices())[0]
    assert (unknown.id, unknown.input_price, unknown.output_price) == ("gpt-99", None, None)
    owned = offered([], [], "gpt-99", own_prices("1", "2.5"))[0]
    assert (owned.input_price, owned.output_price) == (1.0, 2.5)
    pricing = {"prompt": "0.0000001", "completion": "0.0000005"}
    lies = {"prompt": "-1", "completion": "nan"}
    told = parse_listed(
        {"data": [
            {"id": "openai/gpt-6-luna", "context_length": 400_000, "pricing": pricing},
            {"id": "anthropic/claude-haiku-5.5", "pricing": lies},
        ]},
        8_192,
        (),
    )  # fmt: skip
    found = offered(known("openrouter"), told, "", OwnPrices())
    assert [(one.id, one.input_price, one.output_price) for one in found] == [
        ("openai/gpt-6-luna", 0.1, 0.5),
        ("anthropic/claude-haiku-5.5", None, None),
    ]
    assert found[0].context == 272_000
