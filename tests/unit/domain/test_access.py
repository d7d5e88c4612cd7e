"""The rules of access links."""

from __future__ import annotations

import pytest

from app.domain.access import LinkWish, Shared, SharedKind, named, payment, public_host, tidied
from app.domain.errors import InvalidInput

FILE = Shared(SharedKind.FILE, path=b"/a.mp4")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("https://films.example.org", ("https", "films.example.org")),
        (" HTTPS://Films.Example.org/ ", ("https", "films.example.org")),
        ("http://10.0.0.9:8443", ("http", "10.0.0.9:8443")),
        ("https://films.example.org/below", ("", "")),
        ("https://user@films.example.org", ("", "")),
        ("https://films.example.org?x", ("", "")),
        ("https://films.example.org\nX-Other: 1", ("", "")),
        ("ftp://films.example.org", ("", "")),
        ("films.example.org", ("", "")),
        ("https://", ("", "")),
        ("https://évil.example", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_public_address(told: str, read: tuple[str, str]) -> None:
    assert public_host(told) == read


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Ann <ann@example.org>", ("Ann", "ann@example.org")),
        ("<ann@example.org>", ("ann@example.org", "ann@example.org")),
        ("ann@example.org", ("ann@example.org", "ann@example.org")),
        ("Ann", ("Ann", "")),
        ("Ann <ann", ("Ann <ann", "")),
    ],
)
def test_a_recipient(told: str, read: tuple[str, str]) -> None:
    assert named(told) == read


@pytest.mark.parametrize("told", ["https://pay.example/x?a=1", "http://pay.example", ""])
def test_a_payment_link(told: str) -> None:
    assert payment(f" {told} ") == told


@pytest.mark.parametrize(
    "told",
    ["javascript:alert(1)", "data:text/html,x", "https://", "pay", "https://pay.example/a b",
     "https://[", "https://pay.example/" + "x" * 500, "https://pay.example/\u202e"],
)  # fmt: skip
def test_what_is_no_payment_link(told: str) -> None:
    with pytest.raises(InvalidInput, match="link_pay"):
        payment(told)


def test_words_become_tidy() -> None:
    wish = tidied(
        LinkWish(what=FILE, name=" A\u202e \n film ", recipients=("Ann", " Ann ", "", "Ben"))
    )
    assert wish.name == "A\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER} film"
    assert wish.recipients == ("Ann", "Ben")
