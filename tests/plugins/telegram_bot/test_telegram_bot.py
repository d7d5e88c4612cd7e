"""The Telegram remote, against a server that follows the Bot API."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web

from app.api import AuthRequired, InvalidInput, NotFound, Notice, Refused, Unavailable
from app.api.chatting import ChatButton, ChatIdentity, Outgoing
from plugins.telegram_bot.parsers import OTHER_PAUSE, kind_of, parse_updates, people_of, text_of
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, web_server
from tests.plugins.telegram_bot.bot_api import ANNA, BEN, TOKEN, BotApi, bot_api

PRESS = ChatButton("Play", press="token-1")
ROWS = ((PRESS, ChatButton("More", url="https://example.org/more")),)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as made:
        yield made


@pytest.fixture
async def bot(api: BotApi, tmp_path: Path) -> AsyncIterator[Any]:
    people = f"{ANNA}, {BEN}"
    async with provider(
        "telegram_bot", tmp_path, seconds=5, secrets={"token": TOKEN}, server=api.address,
        people=people,
    ) as made:  # fmt: skip
        yield made


async def test_it_says_who_it_is(bot: Any) -> None:
    assert await bot.identity() == ChatIdentity("@lights_bot", "https://t.me/lights_bot")


async def test_a_question_stays_open_until_somebody_writes(bot: Any, api: BotApi) -> None:
    asking = asyncio.create_task(bot.incoming(0, 30))
    await api.listened()
    number = api.write("/search night of the living dead")
    (came,) = await asking
    assert (came.number, came.chat, came.sender) == (number, str(ANNA), ANNA)
    assert came.text == "/search night of the living dead"
    assert came.private
    assert (came.edited, came.forwarded, came.from_bot, came.press) == (False, False, False, "")
    assert abs(came.sent - time.time()) < 60
    asked = api.calls("getUpdates")[0]
    assert asked["allowed_updates"] == ["message", "callback_query"]
    assert asked["timeout"] == 30
    assert "offset" not in asked


async def test_what_was_told_is_not_told_again(bot: Any, api: BotApi) -> None:
    first, second = api.write("one"), api.write("two")
    assert [one.number for one in await bot.incoming(0, 0)] == [first, second]
    assert [one.text for one in await bot.incoming(first, 0)] == ["two"]
    assert await bot.incoming(second, 0) == []
    assert api.updates == []


async def test_words_and_buttons_are_sent_and_changed(bot: Any, api: BotApi) -> None:
    sent = await bot.say(str(ANNA), Outgoing("Found <b>3</b> films", ROWS, silent=True))
    (message,) = api.messages
    assert sent == str(message.id)
    assert message.text == "Found <b>3</b> films"
    assert "parse_mode" not in message.fields
    assert message.fields["disable_notification"] is True
    assert message.buttons == [
        {"text": "Play", "callback_data": "token-1"},
        {"text": "More", "url": "https://example.org/more"},
    ]
    await bot.rewrite(str(ANNA), sent, Outgoing("Found 4 films"))
    assert message.text == "Found 4 films"
    assert message.buttons == []
    await bot.rewrite(str(ANNA), sent, Outgoing("Found 4 films"))  # the same is no error
    assert len(message.texts) == 2
    with pytest.raises(NotFound) as gone:
        await bot.rewrite(str(ANNA), "99999", Outgoing("x"))
    assert gone.value.key == "errors.chat_message_gone"


async def test_a_long_text_is_cut_as_telegram_counts(bot: Any, api: BotApi) -> None:
    await bot.say(str(ANNA), Outgoing("🎬 film " * 1000))
    (message,) = api.messages
    assert message.text.endswith("…")
    assert 3900 < len(message.text.encode("utf-16-le")) // 2 <= 4096
    with pytest.raises(InvalidInput):
        await bot.say(str(ANNA), Outgoing("x", ((ChatButton("x", press="p" * 65),),)))
    assert text_of("  ", 10) == "…"


@pytest.mark.parametrize(
    ("name", "field"), [("poster.jpg", "photo"), ("film.mp4", "video"), ("log.txt", "document")]
)
async def test_a_file_goes_along(
    bot: Any, api: BotApi, tmp_path: Path, name: str, field: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"\xff\xd8content" * 9000)
    sent = await bot.say(str(ANNA), Outgoing("A picture", ROWS, str(file)))
    (message,) = api.messages
    assert message.file == file.read_bytes()
    assert field in message.fields
    assert (message.text, message.buttons[0]["callback_data"]) == ("A picture", "token-1")
    await bot.rewrite(str(ANNA), sent, Outgoing("Another caption"))
    assert message.text == "Another caption"


async def test_files_that_cannot_go(bot: Any, tmp_path: Path, api: BotApi) -> None:
    with pytest.raises(NotFound):
        await bot.say(str(ANNA), Outgoing("x", file=str(tmp_path / "none.jpg")))
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(2_000_000_001)  # the limit of a server of one's own
    with pytest.raises(InvalidInput) as told:
        await bot.say(str(ANNA), Outgoing("x", file=str(large)))
    assert told.value.key == "errors.chat_file_large"
    assert api.messages == []
    assert kind_of("a.jpg", 10_000_001, 10_000_000) == "document"


async def test_a_press_comes_and_is_answered(bot: Any, api: BotApi) -> None:
    await bot.say(str(ANNA), Outgoing("Which?", ROWS))
    query = api.press(api.messages[0], "Play")
    (came,) = await bot.incoming(0, 0)
    assert (came.press, came.reply, came.message) == ("token-1", query, str(api.messages[0].id))
    assert came.private
    assert came.sender == ANNA
    await bot.answer(came.reply, "It plays")
    assert api.answers == [(query, "It plays")]
    with pytest.raises(NotFound) as told:
        await bot.answer(came.reply, "")
    assert told.value.key == "errors.chat_press_old"
    with pytest.raises(InvalidInput):
        await bot.answer("../x", "")


async def test_another_program_that_listens_is_told_apart(bot: Any, api: BotApi) -> None:
    asking = asyncio.create_task(bot.incoming(0, 30))
    await api.listened()
    async with httpx.AsyncClient() as other:
        await other.post(f"{api.address}/bot{TOKEN}/getUpdates", json={"timeout": 0})
    with pytest.raises(Unavailable) as told:
        await asking
    assert told.value.key == "errors.chat_other_listener"
    assert told.value.args_map["retry_after"] == OTHER_PAUSE


async def test_a_webhook_is_taken_away(bot: Any, api: BotApi) -> None:
    api.webhook = "https://example.org/hook"
    api.write("hello")
    assert [one.text for one in await bot.incoming(0, 0)] == ["hello"]
    assert api.calls("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_a_pause_is_kept_or_told(bot: Any, api: BotApi) -> None:
    api.busy["sendMessage"] = [1]
    began = time.monotonic()
    await bot.say(str(ANNA), Outgoing("patient"))
    assert time.monotonic() - began >= 1.0
    api.busy["sendMessage"] = [40]
    with pytest.raises(Unavailable) as told:
        await bot.say(str(BEN), Outgoing("later"))
    assert told.value.args_map["retry_after"] == 40.0
    await bot.say(str(ANNA), Outgoing("the other chat has no pause"))
    assert [one.text for one in api.messages] == ["patient", "the other chat has no pause"]


async def test_the_menu_is_offered(bot: Any, api: BotApi) -> None:
    await bot.offer([("search", "Find a film"), ("Not a command", "x")], "fr")
    await bot.offer([("help", "")], "")
    assert api.menus == {
        "fr": [{"command": "search", "description": "Find a film"}],
        "": [{"command": "help", "description": "help"}],
    }


async def test_a_notice_reaches_everybody_who_can_be(bot: Any, api: BotApi) -> None:
    api.blocked = {ANNA}
    await bot.notify(Notice("Disk full", "4 GB are left"))
    assert [(one.chat, one.text) for one in api.messages] == [(BEN, "Disk full\n\n4 GB are left")]
    api.blocked = {ANNA, BEN}
    with pytest.raises(Refused) as told:
        await bot.notify(Notice("Disk full"))
    assert told.value.key == "errors.chat_closed"


async def test_notices_are_a_second_apart_for_each_chat(bot: Any, api: BotApi) -> None:
    await asyncio.gather(bot.notify(Notice("one")), bot.notify(Notice("two")))
    times = [one.times[0] for one in api.said(ANNA)]
    assert times[1] - times[0] >= 1.0
    assert len(api.said(BEN)) == 2


async def test_nobody_to_tell(api: BotApi, tmp_path: Path) -> None:
    async with provider(
        "telegram_bot", tmp_path, secrets={"token": TOKEN}, server=api.address, people="me, @you"
    ) as bot:
        with pytest.raises(AuthRequired) as told:
            await bot.notify(Notice("x"))
    assert told.value.key == "errors.remote_nobody"
    assert people_of(" 5 ,5, -7,abc,6") == ("5", "6")


@pytest.mark.parametrize("token", [None, "", "no token", "4242:../../x" + "y" * 30])
async def test_a_token_that_is_none_never_goes_into_an_address(
    api: BotApi, tmp_path: Path, token: str | None
) -> None:
    secrets = {"token": token} if token else {}
    async with provider("telegram_bot", tmp_path, secrets=secrets, server=api.address) as bot:
        with pytest.raises(AuthRequired) as told:
            await bot.identity()
    assert told.value.key == "errors.post_bot_token"
    assert api.asked == []


async def test_the_token_is_in_no_error_and_no_log(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "plugins")
    wrong = TOKEN[:-1] + "-"
    async with provider(
        "telegram_bot", tmp_path, secrets={"token": wrong}, server=api.address
    ) as bot:
        with pytest.raises(AuthRequired) as told:
            await bot.identity()
        await api.close()
        with pytest.raises(Unavailable) as offline:
            await bot.identity()
    for error in (told.value, offline.value):
        assert wrong not in f"{error} {error.args_map} {error.__cause__!r}"
    assert wrong not in "".join(
        one.getMessage() for one in caplog.records if "httpx" not in one.name
    )


def message(**other: Any) -> dict[str, Any]:
    """A good update, with other fields."""
    return {"update_id": 5, "message": {
        "message_id": 1, "date": 1_700_000_000, "text": "hi",
        "from": {"id": ANNA, "is_bot": False, "first_name": "Anna"},
        "chat": {"id": ANNA, "type": "private"}, **other,
    }}  # fmt: skip


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 5},
        {"update_id": 5, "message": None},
        {"update_id": 5, "message": []},
        {"update_id": 5, "message": {"text": "hi"}},
        {"update_id": 5, "callback_query": {}},
        {"update_id": 5, "callback_query": {"id": 7, "from": {"id": 1}, "data": "x"}},
        {"update_id": 5, "poll": {"id": "1"}},
        message(**{"from": {"id": "4711", "is_bot": False}}),
        message(**{"from": {"id": True, "is_bot": False}}),
        message(**{"from": {"id": 1e99, "is_bot": False}}),
        message(**{"from": None}),
        message(text=7),
        message(text=None, photo=[{"file_id": "x"}]),
        message(date="yesterday"),
        message(date=-1),
    ],
)
def test_what_is_no_message_is_only_a_number(update: dict[str, Any]) -> None:
    (came,) = parse_updates([update], 4096)
    assert (came.number, came.sender, came.text, came.private) == (5, 0, "", False)


@pytest.mark.parametrize(
    ("other", "fact"),
    [
        ({"chat": {"id": -100, "type": "supergroup"}}, "private"),
        ({"chat": {"id": BEN, "type": "private"}}, "private"),
        ({"chat": "x" * 100_000}, "private"),
        ({"edit_date": 1_700_000_001}, "edited"),
        ({"forward_origin": {"type": "hidden_user"}}, "forwarded"),
        ({"forward_date": 1_700_000_001}, "forwarded"),
        ({"from": {"id": ANNA, "is_bot": True}}, "from_bot"),
        ({"from": {"id": ANNA}}, "from_bot"),
        ({"via_bot": {"id": 8, "is_bot": True}}, "from_bot"),
        ({"sender_chat": {"id": -100}}, "from_bot"),
    ],
)
def test_what_is_no_plain_own_message_says_so(other: dict[str, Any], fact: str) -> None:
    (came,) = parse_updates([message(**other)], 4096)
    assert getattr(came, fact) is (fact != "private")
    (edited,) = parse_updates([{"update_id": 6, "edited_message": message()["message"]}], 4096)
    assert edited.edited


def test_hostile_words_become_harmless() -> None:
    wild = "a\x00b\u202ec\ud800d\r\ne" + "x" * 100_000
    (came,) = parse_updates(
        [
            message(
                text=wild,
                **{
                    "from": {
                        "id": ANNA,
                        "is_bot": False,
                        "first_name": "\u202eAnna\n\n" * 1000,
                        "last_name": 5,
                    }
                },
            )
        ],
        4096,
    )
    assert came.text.startswith("abcd\nexxx")
    assert len(came.text) <= 4096
    assert 0 < len(came.name) <= 64
    assert came.name.isprintable()
    assert parse_updates([None, 7, {"update_id": "9"}, {"update_id": True}, [], "x"], 9) == []
    assert parse_updates({"no": "list"}, 9) == []


@pytest.mark.parametrize("bad", [b"{" * 10, b"[" * 100_000, b" " * 9_000_000])
async def test_what_cannot_be_read_is_let_go(bot: Any, api: BotApi, bad: bytes) -> None:
    spoilt, good = api.write("spoilt"), api.write("good")
    api.broken["getUpdates"] = [web.Response(body=bad), web.Response(body=bad)]
    assert await bot.incoming(spoilt - 1, 5) == []
    assert [one.number for one in await bot.incoming(spoilt - 1, 5)] == [good]


@pytest.mark.parametrize("name", sorted(set(BAD_DAYS) - {"drips for a minute"}))
async def test_bad_days_end_in_one_plain_error(name: str, tmp_path: Path) -> None:
    async with web_server() as server:
        server.always = BAD_DAYS[name]
        async with provider(
            "telegram_bot", tmp_path, secrets={"token": TOKEN}, server=server.url, largest=100_000
        ) as bot:
            with pytest.raises((Unavailable, AuthRequired, Refused)):
                await bot.say(str(ANNA), Outgoing("x"))
            with pytest.raises((Unavailable, AuthRequired, Refused)):
                await bot.incoming(7, 0.1)
