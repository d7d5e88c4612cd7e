"""The accounts a setting names: what is meant, and one more or less of them."""

from __future__ import annotations

from app.domain.post import AccountId
from app.domain.targets import meant, read_targets, switched, without

ONE, TWO, TUBE = (AccountId(name) for name in ("telegram_1", "telegram_2", "youtube_1"))
KNOWN = {ONE: ("telegram", "Kitchen"), TWO: ("telegram", "News"), TUBE: ("youtube", "Kitchen")}


def test_an_account_is_meant_by_id_name_or_platform() -> None:
    assert meant(ONE, KNOWN) == [ONE]
    assert meant("TELEGRAM", KNOWN) == [ONE, TWO]
    assert meant("kitchen", KNOWN) == [ONE, TUBE]
    assert meant("nobody", KNOWN) == []


def test_names_are_read_with_commas_between_each_once() -> None:
    assert read_targets(" a, ,b c,a,") == ("a", "b c")
    assert read_targets("") == ()


def test_one_more_is_added_by_its_id_unless_it_is_meant_already() -> None:
    assert switched("", TUBE, KNOWN, on=True) == "youtube_1"
    assert switched("News, gone", TUBE, KNOWN, on=True) == "News, gone, youtube_1"
    assert switched("telegram", ONE, KNOWN, on=True) == "telegram"


def test_one_less_leaves_the_others_its_name_meant() -> None:
    assert switched("telegram, gone", ONE, KNOWN, on=False) == "telegram_2, gone"
    assert switched("Kitchen, telegram", ONE, KNOWN, on=False) == "youtube_1, telegram_2"
    assert switched("telegram, telegram_2", ONE, KNOWN, on=False) == "telegram_2"
    assert switched("telegram_1", ONE, KNOWN, on=False) == ""
    assert switched("News", ONE, KNOWN, on=False) == "News"


def test_a_name_is_taken_out() -> None:
    assert without("telegram_1, gone,x", "gone") == "telegram_1, x"
