"""Posts as e-mail, handed in at a real server."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Notice,
    NoticeKind,
    Refused,
    Unavailable,
    Unsupported,
)
from app.api.publishing import Stage, Trace
from plugins.email import client, parsers
from plugins.email.client import Server
from plugins.email.parsers import (
    Letter,
    address_of,
    fits,
    is_sent,
    message_of,
    proper_host,
    recipients_of,
    unsubscribe_of,
)
from tests.fakes.platforms import (
    captions_file,
    picture_file,
    publishing,
    step_by_step,
    until,
    video_file,
    wanted,
    whole,
)
from tests.fakes.smtp import MailServer

MANY = "ben@example.org, Cleo <cleo@example.org>; dan@example.org"


def parts(message: EmailMessage) -> dict[str, EmailMessage]:
    return {one.get_content_type(): one for one in message.walk()}


async def test_a_message_arrives_with_everything(tmp_path: Path) -> None:
    want = wanted(
        tmp_path, title="A lighthouse — à côté", description="One <b>.\n.\n\n.two",
        thumbnail=picture_file(tmp_path), link="https://films.example.org/a?b=1&c=2",
    )  # fmt: skip
    async with publishing("email", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
    (mail,) = platform.server.mails
    message = mail.message
    assert (mail.sender, mail.recipients) == ("ann@example.org", ("ben@example.org",))
    assert message["Subject"] == want.title
    assert message["From"] == "Ann Keeper <ann@example.org>"
    assert message["To"] == "ben@example.org"
    assert message["Message-ID"] == f"<{want.key}@example.org>"
    assert message["List-Unsubscribe"] is None
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime is not None
    found = parts(message)
    assert message.get_content_type() == "multipart/mixed"
    assert {"multipart/alternative", "multipart/related", "text/plain", "text/html",
            "image/jpeg", "video/mp4"} <= set(found)  # fmt: skip
    assert found["text/plain"].get_content().splitlines() == [
        want.title, "", "One <b>.", ".", "", ".two", "", want.link,
    ]  # fmt: skip
    page = found["text/html"].get_content()
    assert "One &lt;b&gt;.<br>." in page
    assert "https://films.example.org/a?b=1&amp;c=2" in page
    assert "cid:poster" in page
    assert "http" not in page.replace("https://films.example.org/", "")
    assert found["image/jpeg"]["Content-ID"] == "<poster>"
    assert want.video is not None
    video = found["video/mp4"].get_content()
    assert hashlib.sha256(video).hexdigest() == want.video.digest
    assert steps[-1].stage is Stage.DONE
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= 998
    assert b"\n" not in mail.content.replace(b"\r\n", b"")


async def test_the_same_over_tls_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = MailServer(tmp_path, implicit=True)
    await server.open()
    monkeypatch.setattr(client, "TLS_PORT", server.port)
    async with publishing("email", tmp_path, port=server.port, authority=str(server.authority)) as (
        provider,
        _platform,
    ):
        await whole(provider, wanted(tmp_path))
        assert (await provider.account()).name == "Ann Keeper"
    await server.close()
    assert len(server.mails) == 1
    assert "STARTTLS" not in server.commands


async def test_several_do_not_see_each_other_and_can_leave(tmp_path: Path) -> None:
    async with publishing(
        "email", tmp_path, recipients=MANY, unsubscribe="https://example.org/leave?id=1"
    ) as (provider, platform):
        platform.server.unknown = {"dan@example.org"}
        await whole(provider, wanted(tmp_path))
    (mail,) = platform.server.mails
    assert mail.recipients == ("ben@example.org", "cleo@example.org")
    assert str(mail.message["To"]) == "undisclosed-recipients:;"
    assert b"cleo@" not in mail.content
    assert mail.message["List-Unsubscribe"] == "<https://example.org/leave?id=1>"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://example.org/leave?id=1" in parts(mail.message)["text/plain"].get_content()


async def test_a_post_may_choose_who_gets_it(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        await whole(provider, wanted(tmp_path, choices={"to": "eve@example.org"}))
        with pytest.raises(InvalidInput, match="mail_address"):
            await provider.advance(wanted(tmp_path, choices={"to": "nobody"}), "")
    assert platform.server.mails[0].recipients == ("eve@example.org",)


async def test_a_large_video_is_told_of_by_its_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsers, "LARGEST", 1_000_000)
    large = wanted(tmp_path, size=700_000)
    async with publishing("email", tmp_path) as (provider, platform):
        with pytest.raises(InvalidInput, match="mail_nothing"):
            await provider.advance(large, "")
        await whole(provider, replace(large, choices={"link": "https://films.example.org/x"}))
        await whole(provider, wanted(tmp_path, key="6" * 32, size=650_000))
    first, second = platform.server.mails
    assert len(first.content) < 10_000
    assert b"https://films.example.org/x" in first.content
    assert "video/mp4" not in parts(first.message)
    assert 890_000 < len(second.content) <= 1_000_000


@pytest.mark.parametrize("moment", ["EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY"])
async def test_a_connection_lost_before_the_end_means_that_it_was_not_sent(
    tmp_path: Path, moment: str
) -> None:
    # More than lies between the two: else its last line may be on its way before the cut is seen.
    want = wanted(tmp_path, size=14_000_000 if moment == "BODY" else 200_000)
    async with publishing("email", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        platform.server.answers = {moment: (0, "cut")}
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        platform.server.answers = {}
        await whole(provider, want, ready.session)
    assert len(platform.server.mails) == 1


@pytest.mark.parametrize(("told", "count"), [("late", 1), ("cut", 0)])
async def test_an_answer_to_the_end_that_is_lost_leaves_it_unknown(
    tmp_path: Path, told: str, count: int
) -> None:
    want = wanted(tmp_path)
    async with publishing("email", tmp_path) as (provider, platform):
        platform.server.answers = {"END": (0, told)}
        with pytest.raises(Unavailable):
            await provider.commit(want, "")
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN
        assert (await provider.advance(want, "")).stage is Stage.READY
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN
    assert len(platform.server.mails) == count
    async with publishing("email", tmp_path) as (provider, platform):
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN  # after a new start too


@pytest.mark.parametrize(
    ("moment", "answer", "error", "key"),
    [
        ("EHLO", (421, "later"), Unavailable, "post_busy_there"),
        ("STARTTLS", (454, "not now"), Unavailable, "post_busy_there"),
        ("AUTH", (535, "no"), AuthRequired, "mail_login"),
        ("AUTH", (454, "later"), Unavailable, "post_busy_there"),
        ("MAIL", (530, "log in"), AuthRequired, "mail_login"),
        ("MAIL", (550, "not you"), Refused, "mail_refused"),
        ("MAIL", (452, "full"), Unavailable, "post_busy_there"),
        ("RCPT", (550, "nobody"), Refused, "mail_refused"),
        ("RCPT", (450, "grey"), Unavailable, "post_busy_there"),
        ("DATA", (554, "no"), Refused, "mail_refused"),
        ("END", (554, "spam"), Refused, "mail_refused"),
        ("END", (451, "later"), Unavailable, "post_busy_there"),
    ],
)
async def test_a_refusal_is_told_and_means_that_it_was_not_sent(
    tmp_path: Path, moment: str, answer: tuple[int, str], error: type[AppError], key: str
) -> None:
    want = wanted(tmp_path)
    async with publishing("email", tmp_path) as (provider, platform):
        platform.server.answers = {moment: answer}
        with pytest.raises(error, match=key):
            await provider.commit(want, "")
        assert (await provider.find(want, "")).trace is Trace.ABSENT
    assert platform.server.mails == []


async def test_a_server_that_takes_less_is_believed(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        platform.server.size = 1_000
        with pytest.raises(InvalidInput, match="mail_refused"):
            await provider.commit(wanted(tmp_path), "")
        assert "DATA" not in platform.server.commands


async def test_nothing_goes_out_unencrypted(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        platform.server.starttls = False
        with pytest.raises(Refused, match="mail_insecure"):
            await provider.commit(wanted(tmp_path), "")
        assert not [one for one in platform.server.commands if not one.startswith("ehlo")]


async def test_a_certificate_of_somebody_else_ends_it(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    changes: tuple[dict[str, Any], ...] = ({"authority": ""}, {"host": "localhost"})
    for change in changes:
        async with publishing("email", tmp_path, **change) as (provider, platform):
            with pytest.raises(Unavailable, match="server_certificate"):
                await provider.commit(want, "")
            assert not [one for one in platform.server.commands if one.startswith("AUTH")]
            assert (await provider.find(want, "")).trace is Trace.ABSENT


async def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        await platform.server.close()
        with pytest.raises(Unavailable, match="server_offline"):
            await provider.account()
        await platform.server.open()


async def test_the_password_is_asked_for_and_never_told(tmp_path: Path) -> None:
    async with publishing("email", tmp_path, secrets={"password": "wrong one"}) as (provider, _p):
        with pytest.raises(AuthRequired, match="mail_login") as caught:
            await provider.account()
    assert "wrong one" not in f"{caught.value} {caught.value.__cause__!r}"
    assert "wrong one" not in repr(Server("a", 1, "u", "wrong one"))
    async with publishing("email", tmp_path) as (provider, platform):
        who = await provider.account()
    assert (who.id, who.name) == ("ann@example.org", "Ann Keeper")
    assert platform.server.mails == []


@pytest.mark.parametrize(
    ("change", "error", "key"),
    [
        ({"sender": ""}, AuthRequired, "mail_address"),
        ({"recipients": ""}, InvalidInput, "mail_recipients"),
    ],
)
async def test_what_is_not_set_is_asked_for(
    tmp_path: Path, change: dict[str, Any], error: type[AppError], key: str
) -> None:
    async with publishing("email", tmp_path, **change) as (provider, _platform):
        with pytest.raises(error, match=key):
            await provider.advance(wanted(tmp_path), "")


@pytest.mark.parametrize(
    "change",
    [{"host": "a b"}, {"host": ""}, {"sender": "Ann"}, {"recipients": "a@b"},
     {"unsubscribe": "javascript:x"}, {"recipients": "a@example.org," * 60 + "x"}],
)  # fmt: skip
async def test_options_that_are_wrong_are_told_at_once(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        async with publishing("email", tmp_path, **change) as _:
            pass


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"publish_at": 4e9}, "post_no_planning"),
        ({"draft": True}, "post_no_drafts"),
        ({"video": None, "description": " "}, "mail_nothing"),
    ],
)
async def test_what_it_cannot_do_is_told(tmp_path: Path, change: dict[str, Any], key: str) -> None:
    async with publishing("email", tmp_path) as (provider, _platform):
        with pytest.raises(InvalidInput, match=key):
            await provider.advance(wanted(tmp_path, **change), "")


async def test_a_video_that_is_gone_is_told(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    (tmp_path / "film.mp4").unlink()
    async with publishing("email", tmp_path) as (provider, _platform):
        with pytest.raises(NotFound, match="post_file_gone"):
            await provider.commit(want, "")


async def test_a_cancel_in_the_middle_sends_nothing(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("email", tmp_path) as (provider, platform):
        there = asyncio.Event()

        async def watch(word: str) -> None:
            if word == "DATA":
                there.set()

        platform.server.watch = watch
        sending = asyncio.ensure_future(provider.commit(want, ""))
        await there.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert (await provider.find(want, "")).trace is Trace.ABSENT
    assert platform.server.mails == []


def test_hostile_words_break_no_header(tmp_path: Path) -> None:
    want = wanted(
        tmp_path, title="A\r\nBcc: eve@example.org\r\n\r\nx\0\ud800\u2028",
        description="\0<script>",
        language="en\r\nX: y", link="javascript:alert(1)",
        video=replace(video_file(tmp_path), ending="mp4"), captions=captions_file(tmp_path),
    )  # fmt: skip
    letter = Letter("ann@example.org", "Ann\r\nX: y, \"<>", ("a@example.org",) * 2,
                    unsubscribe_of("", "ann@example.org"))  # fmt: skip
    message = message_of(want, letter, b"\x89PNG", b"", 1e9)
    content = message.as_bytes()
    head = content.partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc:" not in head
    assert b"\r\nX:" not in head
    assert message["Content-Language"] is None
    page = parts(message)["text/html"].get_content()
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page + parts(message)["text/plain"].get_content()
    assert b"unsubscribe" in head


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("ann@example.org", ("", "ann@example.org")),
        ("Ann K. <Ann@EXAMPLE.org>", ("Ann K.", "Ann@example.org")),
        ("ann@bücher.example", ("", "ann@xn--bcher-kva.example")),
    ],
)
def test_addresses_are_read(told: str, found: tuple[str, str]) -> None:
    assert address_of(told) == found


@pytest.mark.parametrize(
    "told",
    ["", "ann", "@example.org", "ann@", "a b@example.org", "ann@exa mple.org", "é@example.org",
     "ann@example.org\r\nBcc: x@example.org", "x" * 65 + "@example.org", ".a@example.org",
     "ann@" + "a" * 250 + ".org", "ann@-x.org"],
)  # fmt: skip
def test_what_is_no_address_is_told(told: str) -> None:
    with pytest.raises(InvalidInput, match="mail_address"):
        address_of(told)


def test_recipients_are_each_there_once_and_not_too_many() -> None:
    assert recipients_of(MANY + ", ben@example.org\n") == (
        "ben@example.org", "cleo@example.org", "dan@example.org",
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="mail_recipients"):
        recipients_of(",".join(f"a{one}@example.org" for one in range(51)))
    with pytest.raises(InvalidInput, match="mail_recipients"):
        recipients_of("a" * 9_000)


def test_small_things() -> None:
    assert proper_host(" SMTP.example.org ") == "smtp.example.org"
    assert fits(0, 14_000_000)
    assert not fits(0, 15_000_000)
    assert [is_sent(one) for one in ("", "x", "[]", "{}", '{"sent":1}', '{"sent":true}')] == [
        False, False, False, False, False, True,
    ]  # fmt: skip


async def test_a_notice_goes_to_the_owner_and_to_nobody_else(tmp_path: Path) -> None:
    async with publishing(
        "email", tmp_path, recipients=MANY, notices_to="Ann <ann@example.org>"
    ) as (provider, platform):
        told = Notice("The disk / is\nalmost full — à côté", "93 % is taken.\n.\n", NoticeKind.BAD)
        await provider.notify(told)
        await provider.notify(Notice("Only a title"))
    first, second = platform.server.mails
    assert (first.sender, first.recipients) == ("ann@example.org", ("ann@example.org",))
    assert first.message["Subject"] == "The disk / is almost full — à côté"
    assert first.message["To"] == "ann@example.org"
    assert first.message["Auto-Submitted"] == "auto-generated"
    assert first.message.get_content().splitlines() == ["93 % is taken.", "."]
    assert b"ben@" not in first.content
    assert second.message.get_content().strip() == "Only a title"
    assert first.message["Message-ID"] != second.message["Message-ID"]


async def test_without_an_address_for_notices_it_is_no_target(tmp_path: Path) -> None:
    async with publishing("email", tmp_path) as (provider, platform):
        with pytest.raises(Unsupported, match="notices_no_address"):
            await provider.notify(Notice("x"))
    assert platform.server.commands == []
    async with publishing("email", tmp_path, notices_to="a@example.org", sender="") as (
        provider,
        _platform,
    ):
        with pytest.raises(AuthRequired):
            await provider.notify(Notice("x"))
    with pytest.raises(InvalidInput, match="mail_address"):
        async with publishing("email", tmp_path, notices_to="nobody"):
            pass


@pytest.mark.parametrize(
    ("moment", "answer", "error"),
    [
        ("AUTH", (535, "no"), AuthRequired),
        ("RCPT", (450, "grey"), Unavailable),
        ("END", (451, "later"), Unavailable),
        ("END", (0, "cut"), Unavailable),
        ("END", (554, "spam"), Refused),
    ],
)
async def test_a_notice_that_is_not_taken_is_told(
    tmp_path: Path, moment: str, answer: tuple[int, str], error: type[AppError]
) -> None:
    async with publishing("email", tmp_path, notices_to="ann@example.org") as (
        provider,
        platform,
    ):
        platform.server.answers = {moment: answer}
        with pytest.raises(error):
            await provider.notify(Notice("x"))
        platform.server.answers = {}
        await provider.notify(Notice("x"))
    assert len(platform.server.mails) == 1
