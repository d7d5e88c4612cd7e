"""A phone is let in by a code on the screen, and nobody else is."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.errors import AuthRequired, Refused, Unavailable
from app.domain.events import NoticeRaised
from app.services.remote.pairing import (
    LASTS,
    LENGTH,
    LETTERS,
    MOST_WRONG,
    MOST_WRONG_IN_ALL,
    Codes,
    code_of,
)
from tests.plugins.telegram_bot.bot_api import ANNA, BEN, STRANGER, TOKEN, BotApi
from tests.unit.services.remote.house import PLUGIN, House


class Time:
    """A clock a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_code_is_short_plain_and_another_each_time() -> None:
    codes = Codes()
    seen = [codes.show("https://t.me/lights_bot") for _ in range(200)]
    assert len({one.code for one in seen}) == 200
    assert all(len(one.code) == LENGTH and set(one.code) <= set(LETTERS) for one in seen)
    assert not set(LETTERS) & set("0O1IL5S2Z")
    assert len(Counter("".join(one.code for one in seen))) == len(LETTERS)
    assert seen[-1].address == f"https://t.me/lights_bot?start={seen[-1].code}"
    assert not codes.tried(1, seen[0].code)  # an older one counts no more
    assert codes.tried(1, seen[-1].code)


@pytest.mark.parametrize("form", ["{}", "/start {}", " /START@lights_bot  {} ", "{l}", "{spaced}"])
def test_a_code_may_be_sent_in_any_form(form: str) -> None:
    codes = Codes()
    code = codes.show("").code
    text = form.format(code, l=code.lower(), spaced=f"{code[:3]} {code[3:]}")
    assert codes.tried(7, text)
    assert codes.shown is None
    assert not codes.tried(8, code)  # it lets one in


@pytest.mark.parametrize("text", ["hello there", "", "/start", "/help ABCDEF", "x" * 5000, "é" * 6])
def test_chatter_is_no_code(text: str) -> None:
    assert code_of(text) == ""


def test_a_code_ends_in_time() -> None:
    steady = Time()
    codes = Codes(lambda: 5.0, steady)
    pairing = codes.show("")
    assert pairing.until == 5.0 + LASTS
    seen = []
    for _ in range(2):
        steady.now += LASTS / 2 - 0.01
        seen.append(codes.shown)
    steady.now += 0.02
    assert [*seen, codes.shown] == [pairing, pairing, None]
    assert not codes.tried(1, pairing.code)


def test_who_guesses_is_not_listened_to() -> None:
    codes = Codes()
    code = codes.show("").code
    wrong = "A" * LENGTH if code != "A" * LENGTH else "B" * LENGTH
    for _ in range(MOST_WRONG):
        assert not codes.tried(1, wrong)
    assert not codes.tried(1, code)
    assert codes.tried(2, code)  # others are


def test_a_code_that_is_guessed_at_from_everywhere_is_void() -> None:
    codes = Codes()
    code = codes.show("").code
    wrong = "A" * LENGTH if code != "A" * LENGTH else "B" * LENGTH
    for number in range(MOST_WRONG_IN_ALL):
        assert codes.shown is not None
        assert not codes.tried(number + 1, wrong)
    assert codes.shown is None
    assert not codes.tried(99, code)


async def test_a_phone_is_let_in(house: House, api: BotApi) -> None:
    assert api.polls == 0  # nobody may speak: nothing is asked
    pairing = await house.remote.pair()
    assert pairing.address == f"https://t.me/lights_bot?start={pairing.code}"
    assert house.remote.state().pairing == pairing
    api.write(f"/start {pairing.code}", ANNA)
    await api.until(lambda: len(api.said(ANNA)) == 2)
    welcome, help_ = api.said(ANNA)
    assert f"Person {ANNA}" in welcome.text
    assert "/help" in help_.text
    (person,) = house.remote.state().people
    assert (person.id, person.name) == (ANNA, f"Person {ANNA}")
    assert house.remote.state().pairing is None
    assert (await house.plugins.options(PLUGIN))["people"] == str(ANNA)
    assert [one.key for one in house.notices] == ["notices.remote_paired"]
    assert house.states[-1].people == (person,)
    await api.listened()
    api.write("night of the living dead")
    await api.until(lambda: len(house.texts()) == 3)
    assert house.search.asked == ["night of the living dead"]
    await api.until(lambda: api.menus)
    assert {"search", "help", "cancel"} <= {one["command"] for one in api.menus[""]}


async def test_people_stay_after_a_start(paired: House, api: BotApi) -> None:
    await paired.again()
    await api.listened()
    assert [one.id for one in paired.remote.state().people] == [ANNA]
    api.write("/search x", date=int(paired.clock()) + 1)
    await api.until(lambda: paired.texts() == ["found x"])


async def test_strangers_get_nothing_while_a_code_is_shown(house: House, api: BotApi) -> None:
    pairing = await house.remote.pair()
    for text in ("hello", "/search x", "/start", "AAAAAA", "/cancel"):
        api.write(text, STRANGER)
    api.write(f"/start {pairing.code}", BEN)
    await api.until(lambda: len(api.said(BEN)) == 2)
    assert api.said(STRANGER) == []
    assert house.search.asked == []
    assert [one.id for one in house.remote.state().people] == [BEN]


async def test_a_code_counts_in_private_only(house: House, api: BotApi) -> None:
    pairing = await house.remote.pair()
    text = f"/start {pairing.code}"
    api.write(text, BEN, chat={"id": -100, "type": "supergroup"})
    api.write(text, BEN, forward_origin={"type": "user"})
    api.write(text, BEN, date=1_700_000_000)
    api.write(text, BEN, edit_date=1)
    last = api.write("the end", STRANGER)
    await api.until(lambda: api.updates == [] or api.updates[0]["update_id"] > last)
    assert house.remote.state().people == ()
    assert house.remote.state().pairing == pairing


async def test_who_is_removed_commands_no_more(paired: House, api: BotApi) -> None:
    await paired.let_in(BEN)
    assert (await paired.plugins.options(PLUGIN))["people"] == f"{ANNA}, {BEN}"
    api.write("/slow", ANNA)
    await api.until(lambda: paired.slow.began)
    await paired.remote.remove(ANNA)
    await api.until(lambda: paired.slow.ended)
    assert (await paired.plugins.options(PLUGIN))["people"] == str(BEN)
    api.write("/search secret", ANNA)
    api.write("/search open", BEN)
    await api.until(lambda: paired.texts(BEN))
    assert paired.search.asked == ["open"]
    await paired.again()
    assert [one.id for one in paired.remote.state().people] == [BEN]


async def test_a_code_that_is_taken_back_lets_nobody_in(house: House, api: BotApi) -> None:
    pairing = await house.remote.pair()
    await api.listened()
    await house.remote.unpair_code()
    assert house.remote.state().pairing is None
    asked = api.polls
    api.write(f"/start {pairing.code}", BEN)
    second = await house.remote.pair()
    await api.until(lambda: api.polls > asked)
    api.write(f"/start {second.code}", ANNA)
    await api.until(lambda: len(api.said(ANNA)) == 2)
    assert [one.id for one in house.remote.state().people] == [ANNA]


async def test_why_a_phone_cannot_be_paired(house: House, api: BotApi) -> None:
    await house.plugins.set_option(PLUGIN, "token", "")
    with pytest.raises(AuthRequired):
        await house.remote.pair()
    await house.plugins.set_option(PLUGIN, "token", TOKEN)
    await house.settings.set("remote", "enabled", False)
    with pytest.raises(Refused) as told:
        await house.remote.pair()
    assert told.value.key == "errors.remote_not_wanted"
    await house.plugins.disable(PLUGIN)
    with pytest.raises(Unavailable) as off:
        await house.remote.pair()
    assert off.value.key == "errors.remote_off"
    assert house.remote.state().plugin == ""
    assert not any(isinstance(one, NoticeRaised) for one in house.notices)
