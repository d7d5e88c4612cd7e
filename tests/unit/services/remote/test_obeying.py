"""Who is obeyed, and what is not: old, edited, foreign, forwarded, too much, pressed by others."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.api.chatting import Incoming
from app.domain.errors import AppError, NotFound, Refused, Unavailable
from app.services.remote.rules import BURST, EACH, Flood, is_new, is_own, order_of
from tests.plugins.telegram_bot.bot_api import ANNA, BEN, STRANGER, BotApi
from tests.unit.services.remote.house import House

CHANNEL = {"id": -100123, "type": "channel"}


def reached(found: list[Any], number: int) -> bool:
    """Whether there are more than so many."""
    return len(found) > number


async def test_a_command_is_obeyed_once(paired: House, api: BotApi) -> None:
    api.write("/search@lights_bot  Tears of Steel ")
    await api.until(lambda: paired.texts() == ["found Tears of Steel"])
    assert paired.search.asked == ["Tears of Steel"]


async def test_these_are_not_obeyed_and_get_no_answer(paired: House, api: BotApi) -> None:
    now = int(time.time())
    others: tuple[dict[str, Any], ...] = (
        {"sender": STRANGER},
        {"date": now - 3600},
        {"edit_date": now},
        {"forward_origin": {"type": "user"}},
        {"forward_date": now},
        {"from": {"id": ANNA, "is_bot": True, "first_name": "Anna"}},
        {"via_bot": {"id": 5, "is_bot": True}},
        {"sender_chat": {"id": -100123}},
        {"chat": {"id": -4, "type": "group"}},
        {"chat": CHANNEL},
        {"chat": {"id": BEN, "type": "private"}},
    )
    for number, other in enumerate(others):
        api.write(f"/search secret {number}", **other)
        api.write(f"/search open {number}")
        await api.until(partial(reached, paired.search.asked, number))
    wanted = [f"open {number}" for number in range(len(others))]
    assert paired.search.asked == wanted
    await api.until(lambda: len(api.messages) >= len(others))
    assert [(one.chat, one.text) for one in api.messages] == [
        (ANNA, f"found {words}") for words in wanted
    ]


async def test_an_edit_and_a_channel_are_not_obeyed(paired: House, api: BotApi) -> None:
    number = api.write("/search secret")
    message = api.updates[-1]["message"]
    await api.until(lambda: paired.search.asked == ["secret"])
    api.update(edited_message={**message, "text": "/search other", "edit_date": message["date"]})
    api.update(channel_post={**message, "chat": CHANNEL})
    api.update(my_chat_member={})
    api.raw({"update_id": "wild"})
    api.raw(["wild"])
    api.write("/search last")
    await api.until(lambda: len(paired.search.asked) == 2)
    assert paired.search.asked == ["secret", "last"]
    assert number


async def test_what_was_sent_before_the_start_is_not_obeyed(paired: House, api: BotApi) -> None:
    await paired.stop()
    api.write("/search before", date=int(time.time()) - 2)
    await paired.start()
    api.write("/search after", date=int(time.time()) + 1)
    await api.until(lambda: paired.search.asked)
    assert paired.search.asked == ["after"]


async def test_a_clock_that_was_set_back_makes_nothing_old(paired: House, api: BotApi) -> None:
    earlier = time.time() - 7200
    paired.clock = lambda: earlier
    api.write("/search x", date=int(earlier))
    await api.until(lambda: paired.texts() == ["found x"])


def incoming(**other: Any) -> Incoming:
    told: dict[str, Any] = {
        "number": 1, "chat": "7", "sender": 7, "name": "x", "text": "y", "sent": 1000.0,
        "private": True,
    }  # fmt: skip
    return Incoming(**{**told, **other})


def test_what_is_new() -> None:
    assert is_new(incoming(sent=1000.0), 1060.0, 900.0)
    assert not is_new(incoming(sent=1000.0), 1060.1, 900.0)
    assert is_new(incoming(sent=1000.0), 1000.9, 1000.9)  # whole seconds
    assert not is_new(incoming(sent=1000.0), 1002.0, 1001.0)
    assert is_new(incoming(sent=1500.0), 1000.0, 900.0)  # their clock is ahead
    assert is_own(incoming())
    for other in ({"sender": 0}, {"chat": "8"}, {"private": False}, {"edited": True},
                  {"forwarded": True}, {"from_bot": True}):  # fmt: skip
        assert not is_own(incoming(**other))
    assert order_of("/Search\nA film ") == ("search", "A film")
    assert order_of(" a / b") == ("", "a / b")
    assert order_of("/") == ("", "")


def test_a_flood_is_heard_in_part() -> None:
    flood = Flood()
    assert [flood.takes(1, 0.0) for _ in range(BURST + 3)].count(True) == BURST
    assert flood.takes(2, 0.0)  # others are heard
    assert not flood.takes(1, EACH * 0.9)
    assert flood.takes(1, EACH * 1.1)
    assert [flood.tells(1, now) for now in (0.0, 30.0, 61.0)] == [True, False, True]


async def test_a_flood_is_told_once(paired: House, api: BotApi) -> None:
    for number in range(BURST + 10):
        api.write(f"/search {number}")
    await api.until(lambda: any("a lot at once" in text for text in paired.texts()))
    await api.listened()
    assert len(paired.search.asked) <= BURST
    assert sum("a lot at once" in text for text in paired.texts()) == 1


async def test_a_command_ends_the_one_before(paired: House, api: BotApi) -> None:
    api.write("/slow")
    await api.until(lambda: paired.slow.began == 1)
    api.write("/search x")
    await api.until(lambda: paired.texts() == ["found x"])
    assert paired.slow.ended == 1


async def test_cancel_ends_what_goes_on(paired: House, api: BotApi) -> None:
    api.write("/cancel")
    await api.until(lambda: paired.texts() == ["Nothing goes on here."])
    api.write("/slow")
    await api.until(lambda: paired.slow.began == 1)
    api.write("/cancel")
    await api.until(lambda: paired.texts()[1:] == ["Ended."])
    assert paired.slow.ended == 1


async def test_one_person_does_not_hold_up_another(paired: House, api: BotApi) -> None:
    await paired.let_in(BEN)
    api.write("/slow", ANNA)
    await api.until(lambda: paired.slow.began == 1)
    api.write("/search x", BEN)
    await api.until(lambda: paired.texts(BEN) == ["found x"])
    assert paired.slow.ended == 0


async def test_unknown_commands_get_help(paired: House, api: BotApi) -> None:
    api.write("/wild")
    await api.until(paired.texts)
    (text,) = paired.texts()
    assert text.startswith("The station does not know this command.")
    assert "/cancel – " in text
    assert "/search" in text
    paired.language = "fr"
    api.write("/start")
    await api.until(lambda: len(paired.texts()) == 2)
    assert "Ce que la station fait pour vous" in paired.texts()[1]


async def test_what_fails_is_told_in_words(paired: House, api: BotApi) -> None:
    failures: tuple[tuple[AppError, str], ...] = (
        (Unavailable("errors.server_offline", host="a.example"), "a.example does not answer."),
        (Unavailable("errors.wild"), "Try again in a while."),
        (NotFound("errors.wild"), "not there any more"),
        (Refused("errors.wild"), "a rule is against it"),
    )
    for number, (error, told) in enumerate(failures):
        paired.failing.error = error
        api.write("/fail")
        await api.until(partial(reached, api.messages, number))
        assert told in paired.texts()[-1]


async def test_a_bug_is_told_and_the_remote_goes_on(
    paired: House, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    paired.failing.error = ZeroDivisionError("wild")
    api.write("/fail")
    await api.until(paired.texts)
    assert "Something went wrong in the station" in paired.texts()[0]
    api.write("/search x")
    await api.until(lambda: paired.texts()[1:] == ["found x"])
    errors = [one for one in caplog.records if one.levelname == "ERROR"]
    assert [one.getMessage() for one in errors] == ["remote: command failed"]
    caplog.clear()


async def test_a_press_does_its_work(paired: House, api: BotApi) -> None:
    api.write("/menu")
    await api.until(paired.texts)
    message = api.said()[-1]
    assert message.buttons[1] == {"text": "Web", "url": "https://example.org"}
    query = api.press(message, "Play")
    await api.until(lambda: message.text == "it plays")
    assert paired.menu.pressed == [f"play by {ANNA}"]
    assert api.answers == [(query, "")]
    api.press(message, "Stop")
    await api.until(lambda: paired.menu.pressed[1:] == ["stop"])
    assert paired.slow.began == 0


async def test_presses_that_do_nothing_are_answered(paired: House, api: BotApi) -> None:
    await paired.let_in(BEN)
    api.write("/search x", ANNA)
    await api.until(lambda: paired.texts(ANNA))
    api.write("/menu", ANNA)
    api.write("/menu", BEN)
    await api.until(lambda: len(paired.texts(ANNA)) == 2 and paired.texts(BEN))
    hers, his = api.said(ANNA)[-1], api.said(BEN)[-1]
    stolen = hers.buttons[0]["callback_data"]
    over = "This is over. Ask again."
    asked = {
        api.press_data(his, stolen): over,  # another's button
        api.press_data(replace(hers, chat=BEN), stolen): over,  # the same number in his chat
        api.press_data(api.said(ANNA)[0], stolen): over,  # of another message
        api.press_data(hers, "wild"): over,
        api.press(hers, "Play", STRANGER): "",  # he learns nothing
    }
    await api.until(lambda: len(api.answers) == len(asked))
    assert dict(api.answers) == asked
    assert paired.menu.pressed == []


async def test_a_press_of_long_ago_is_not_meant_any_more(paired: House, api: BotApi) -> None:
    api.write("/menu")
    await api.until(paired.texts)
    message = api.said()[-1]
    api.press(message, "Play", old=True)
    await api.until(lambda: api.calls("answerCallbackQuery"))
    await asyncio.sleep(0.2)
    assert paired.menu.pressed == []
    api.press(message, "Play")
    await api.until(lambda: message.text == "it plays")
    assert len(paired.menu.pressed) == 1


async def test_after_a_start_buttons_are_over(paired: House, api: BotApi) -> None:
    api.write("/menu")
    await api.until(paired.texts)
    message = api.said()[-1]
    await paired.again()
    await api.listened()
    query = api.press(message, "Play")
    await api.until(lambda: api.answers)
    assert api.answers == [(query, "This is over. Ask again.")]
    assert paired.menu.pressed == []


async def test_many_presses_wait_for_each_other(paired: House, api: BotApi) -> None:
    paired.menu.hold.clear()
    api.write("/menu")
    await api.until(paired.texts)
    message = api.said()[-1]
    for _ in range(12):
        api.press(message, "Play")
    await api.until(lambda: len(api.answers) == 12)
    told = [text for _query, text in api.answers]
    assert told.count("") == len(paired.menu.pressed) == 8
    api.write("/cancel")
    await api.until(lambda: "Ended." in paired.texts())
    paired.menu.hold.set()
    await asyncio.sleep(0)
    assert message.text == "which?"
