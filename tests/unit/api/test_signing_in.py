"""Signing in against a server that holds to the letter of OAuth, on good days and on bad ones."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from app.api import AuthRequired, InvalidInput, Refused, Unavailable
from app.api.oauth_answers import from_text
from app.api.publishing import Account
from app.api.signing_in import (
    SECRET,
    Challenge,
    ClientProof,
    OAuthWays,
    Renewal,
    SignedIn,
    SignIn,
)
from app.infra.http import HttpClient, HttpLimits
from tests.fakes.oauth import CLIENT, CLIENT_SECRET, OAuthServer, kept, oauth_server

BACK = "http://127.0.0.1:4711/back"


class Keyring:
    """The secrets of one plugin; `broken` refuses to write."""

    def __init__(self, **held: str) -> None:
        self.held = dict(held)
        self.broken = False
        self.written: list[str] = []

    async def get(self, name: str) -> str | None:
        await asyncio.sleep(0)
        return self.held.get(name)

    async def set(self, name: str, secret: str) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise AuthRequired("errors.secrets_locked")
        self.held[name] = secret
        self.written.append(secret)

    async def delete(self, name: str) -> None:
        self.held.pop(name, None)


class Clock:
    """The time of a test."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """A server, a keyring, a clock, and sign-ins over them."""

    server: OAuthServer
    http: HttpClient
    keyring: Keyring = field(default_factory=Keyring)
    clock: Clock = field(default_factory=Clock)
    made: list[SignIn] = field(default_factory=list)

    def sign_in(self, **ways: Any) -> SignIn:
        usual = OAuthWays(
            name="Example",
            authorize=f"{self.server.address}/authorize",
            token=f"{self.server.address}/token",
            scopes=("upload", "read"),
            revoke=f"{self.server.address}/revoke",
        )
        secret = "" if ways.get("proof") is ClientProof.PUBLIC else CLIENT_SECRET
        made = SignIn(
            replace(usual, **ways), self.http, self.keyring, CLIENT, secret, clock=self.clock
        )
        self.made.append(made)
        return made

    async def signed_in(self, **ways: Any) -> SignIn:
        made = self.sign_in(**ways)
        page = await made.begin(BACK)
        await made.finish(self.server.answer_of(self.server.visit(page.url)))
        return made


@contextlib.asynccontextmanager
async def world(**how: Any) -> AsyncIterator[World]:
    limits = HttpLimits(
        requests_per_second=50, timeout=5, own_hosts=frozenset({"127.0.0.1"}), longest_wait=0.2
    )
    http = HttpClient(limits)
    try:
        async with oauth_server(tokens=set(), refreshes=set(), **how) as server:
            made = World(server, http)
            yield made
            for one in made.made:
                await one.close()
    finally:
        await http.close()


@pytest.mark.parametrize(
    ("server", "ways"),
    [
        ({}, {}),
        ({"challenge_kind": "hex", "client_field": "client_key"},
         {"challenge": Challenge.HEX, "client_field": "client_key", "separator": ","}),
        ({"challenge_kind": "none", "proof": "basic"},
         {"challenge": Challenge.NONE, "proof": ClientProof.BASIC}),
        ({"proof": "public"}, {"proof": ClientProof.PUBLIC}),
    ],
    ids=["usual", "hex", "basic", "public"],
)  # fmt: skip
async def test_it_signs_in(server: dict[str, Any], ways: dict[str, Any]) -> None:
    async with world(**server) as at:
        made = at.sign_in(**ways)
        assert not (await made.standing()).signed_in
        page = await made.begin(BACK)
        scope = parse_qs(urlsplit(page.url).query)["scope"][0]
        assert scope == ways.get("separator", " ").join(("upload", "read"))
        await made.finish(at.server.answer_of(at.server.visit(page.url)))
        assert await made.token() in at.server.tokens
        standing = await made.standing()
        assert standing.signed_in
        assert standing.renews
        assert standing.ends is None
        assert standing.since == at.clock.now
        assert standing.expires == at.clock.now + 3600
        assert list(at.keyring.held) == [SECRET]
        assert len(at.keyring.written) == 1


async def test_every_sign_in_has_a_state_and_a_verifier_of_its_own() -> None:
    async with world() as at:
        made = at.sign_in()
        first, second = await made.begin(BACK), await made.begin(BACK)
        assert first.state != second.state
        challenges = {parse_qs(urlsplit(one.url).query)["code_challenge"][0]
                      for one in (first, second)}  # fmt: skip
        assert len(challenges) == 2
        old = at.server.answer_of(at.server.visit(first.url))
        with pytest.raises(InvalidInput, match="sign_in_state"):
            await made.finish(old)
        await made.finish(at.server.answer_of(at.server.visit(second.url)))
        assert (await made.standing()).signed_in


@pytest.mark.parametrize("state", ["", "x", "\N{SNOWMAN}", "\ud800", "a" * 100_000])
async def test_a_wrong_state_leaves_the_right_one_waiting(state: str) -> None:
    async with world() as at:
        made = at.sign_in()
        page = await made.begin(BACK)
        right = at.server.answer_of(at.server.visit(page.url))
        with pytest.raises(InvalidInput, match="sign_in_state"):
            await made.finish({**right, "state": state})
        with pytest.raises(InvalidInput, match="sign_in_state"):
            await made.finish({"error": "access_denied", "state": state})
        assert not at.server.asked
        await made.finish(right)
        with pytest.raises(InvalidInput, match="sign_in_not_begun"):
            await made.finish(right)


async def test_who_comes_back_late_begins_anew() -> None:
    async with world() as at:
        made = at.sign_in()
        page = await made.begin(BACK)
        at.clock.now += 301
        with pytest.raises(InvalidInput, match="sign_in_late"):
            await made.finish(at.server.answer_of(at.server.visit(page.url)))
        assert not at.server.asked
        assert not at.keyring.held


async def test_a_no_is_a_no() -> None:
    async with world() as at:
        made = at.sign_in()
        page = await made.begin(BACK)
        with pytest.raises(Refused, match="sign_in_denied"):
            await made.finish(at.server.answer_of(at.server.refuse(page.url)))
        page = await made.begin(BACK)
        with pytest.raises(Refused, match="sign_in_failed"):
            await made.finish(at.server.answer_of(at.server.refuse(page.url, "server_error")))
        page = await made.begin(BACK)
        with pytest.raises(InvalidInput, match="sign_in_failed"):
            await made.finish({"state": page.state, "code": "c" * 5000})
        assert not at.server.asked


async def test_boxes_left_unticked_are_told() -> None:
    async with world() as at:
        made = at.sign_in(needed=("upload",))
        page = await made.begin(BACK)
        with pytest.raises(Refused, match="sign_in_scopes"):
            await made.finish(at.server.answer_of(at.server.visit(page.url, scope="read")))
        assert not at.keyring.held


@pytest.mark.parametrize(
    ("client", "secret"), [("", "s"), ("a b", "s"), ("\N{SNOWMAN}", "s"), ("id", "")]
)
async def test_an_app_that_is_not_set_up_is_told_before_a_page_opens(
    client: str, secret: str
) -> None:
    async with world() as at:
        ways = at.sign_in().ways
        with pytest.raises(AuthRequired, match="post_app_missing"):
            await SignIn(ways, at.http, at.keyring, client, secret).begin(BACK)


async def test_another_redirect_or_a_used_code_is_refused() -> None:
    async with world() as at:
        made = at.sign_in()
        page = await made.begin(BACK)
        answer = at.server.answer_of(at.server.visit(page.url, redirect_uri=BACK + "/other"))
        with pytest.raises(AuthRequired, match="sign_in_failed"):
            await made.finish(answer)
        page = await made.begin(BACK)
        answer = at.server.answer_of(at.server.visit(page.url))
        at.server.codes.clear()
        with pytest.raises(AuthRequired, match="sign_in_failed"):
            await made.finish(answer)
        assert not (await made.standing()).signed_in


async def test_fifty_at_once_renew_once() -> None:
    async with world() as at:
        made = await at.signed_in()
        first = await made.token()
        at.clock.now += 3600
        at.server.gate = asyncio.Event()
        waiting = [asyncio.create_task(made.token()) for _ in range(50)]
        await at.server.arrived.wait()
        at.server.gate.set()
        got = set(await asyncio.gather(*waiting))
        assert len(got) == 1
        assert first not in got
        assert [one["grant_type"] for one in at.server.asked] == [
            "authorization_code", "refresh_token",
        ]  # fmt: skip


async def test_fifty_refused_at_once_renew_once() -> None:
    async with world() as at:
        made = await at.signed_in()
        old = await made.token()
        got = await asyncio.gather(*(made.token(refused=old) for _ in range(50)))
        assert len(set(got)) == 1
        assert old not in got
        assert await made.token(refused=old) == got[0]  # who comes late has it already
        assert len(at.server.asked) == 2
        assert await made.token(fresh=True) != got[0]


async def test_a_renewal_outlives_who_asked_for_it() -> None:
    async with world() as at:
        made = await at.signed_in()
        at.clock.now += 3600
        at.server.gate = asyncio.Event()
        waiting = asyncio.create_task(made.token())
        await at.server.arrived.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        at.server.gate.set()
        await made.close()
        held = from_text(at.keyring.held[SECRET])
        assert held is not None
        assert {held.refresh} == at.server.refreshes
        assert await at.sign_in().token() == held.access


async def test_it_is_renewed_ahead_of_its_end() -> None:
    async with world() as at:
        made = await at.signed_in()
        first = await made.token()
        at.clock.now += 3479
        assert await made.token() == first
        at.clock.now += 1
        second = await made.token()
        assert second != first
        # a rotated refresh is what is kept, and is good for another round and another start
        at.clock.now += 4000
        assert await at.sign_in().token() not in (first, second)
        assert not at.server.used & {from_text(at.keyring.held[SECRET]).refresh}  # type: ignore[union-attr]  # it is kept


async def test_a_refresh_is_never_overwritten_by_nothing() -> None:
    async with world(rotates=False, refresh_life=9000) as at:
        made = await at.signed_in()
        ends = (await made.standing()).ends
        assert ends == at.clock.now + 9000
        for _ in range(3):
            at.clock.now += 3600
            await made.token()
        assert at.server.refreshes == {"refresh-1"}
        held = from_text(at.keyring.held[SECRET])
        assert held is not None
        assert held.refresh == "refresh-1"
        standing = await made.standing()
        assert standing.ends == ends
        assert not standing.signed_in


async def test_an_ended_grant_asks_for_a_sign_in() -> None:
    async with world() as at:
        made = await at.signed_in()
        await made.remember("Lotte")
        at.clock.now += 3600
        at.server.refreshes.clear()
        for _ in range(2):
            with pytest.raises(AuthRequired, match="post_sign_in"):
                await made.token()
        assert len(at.server.asked) == 2  # it is not tried again and again
        standing = await made.standing()
        assert not standing.signed_in
        assert standing.name == "Lotte"
        page = await made.begin(BACK)
        await made.finish(at.server.answer_of(at.server.visit(page.url)))
        assert await made.token() in at.server.tokens


async def test_a_copied_refresh_takes_everything_away() -> None:
    async with world() as at:
        made = await at.signed_in()
        copy = at.keyring.held[SECRET]
        await made.token(fresh=True)
        at.keyring.held[SECRET] = copy
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await at.sign_in().token(fresh=True)
        assert not at.server.tokens


@pytest.mark.parametrize("day", ["cut", 500, 503, 429, "page", "list", "text", "odd type"])
async def test_trouble_loses_nothing(day: str | int) -> None:
    bodies = {
        "page": web.Response(text="<html>Sign in to the hotel</html>"),
        "list": web.json_response([1]),
        "text": web.json_response({"access_token": 7}),
        "odd type": web.json_response({"access_token": "a", "token_type": "mac"}),
    }
    async with world() as at:
        made = await at.signed_in()
        before = at.keyring.held[SECRET]
        at.clock.now += 3600
        at.server.trouble = [
            web.Response(status=day) if isinstance(day, int) else bodies.get(day, "cut")
        ]
        with pytest.raises(Unavailable):
            await made.token()
        assert at.keyring.held[SECRET] == before
        assert (await made.standing()).signed_in
        if day != "page":
            assert await made.token() in at.server.tokens


async def test_trouble_ahead_of_the_end_is_nobodys_trouble() -> None:
    async with world() as at:
        made = await at.signed_in()
        first = await made.token()
        at.clock.now += 3590
        at.server.trouble = ["cut"]
        assert await made.token() == first
        assert await made.token() != first


@pytest.mark.parametrize("word", ["invalid_client", "unauthorized_client"])
async def test_an_app_that_is_refused_loses_nothing(word: str) -> None:
    async with world() as at:
        made = await at.signed_in()
        at.clock.now += 3600
        at.server.trouble = [web.json_response({"error": word}, status=400)]
        with pytest.raises(AuthRequired, match="post_app_refused"):
            await made.token()
        assert await made.token() in at.server.tokens


async def test_an_error_with_a_good_status_is_one() -> None:
    async with world() as at:
        made = await at.signed_in()
        at.clock.now += 3600
        at.server.trouble = [web.json_response({"error": "invalid_grant", "log_id": "2"})]
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await made.token()


async def test_what_cannot_be_stored_now_is_stored_before_it_is_used() -> None:
    async with world() as at:
        made = await at.signed_in()
        at.clock.now += 3600
        at.keyring.broken = True
        for _ in range(2):
            with pytest.raises(AuthRequired, match="secrets_locked"):
                await made.token()
        at.keyring.broken = False
        token = await made.token()
        assert token in at.server.tokens
        assert token in at.keyring.held[SECRET]
        assert len(at.server.asked) == 2


async def test_an_access_without_an_end_holds_until_it_is_refused() -> None:
    async with world(life=None) as at:
        made = await at.signed_in()
        first = await made.token()
        at.clock.now += 10**8
        assert await made.token() == first
        assert await made.token(refused=first) != first
        assert (await made.standing()).expires is None


async def test_meta_exchanges_its_access_for_a_longer_one() -> None:
    async with world(exchange=True, challenge_kind="none", life=None) as at:
        made = await at.signed_in(
            renewal=Renewal.EXCHANGE, challenge=Challenge.NONE, lifetime=60 * 86_400.0
        )
        assert [one["grant_type"] for one in at.server.asked] == [
            "authorization_code", "fb_exchange_token",
        ]  # fmt: skip
        first = await made.token()
        standing = await made.standing()
        assert standing.ends == standing.expires == at.clock.now + 60 * 86_400
        at.clock.now += 29 * 86_400
        assert await made.token() == first
        at.clock.now += 2 * 86_400
        assert await made.token() != first
        at.server.expire()
        at.clock.now += 61 * 86_400
        assert not (await made.standing()).signed_in
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await made.token()


async def test_meta_in_a_bad_mood_loses_nothing() -> None:
    async with world(exchange=True, challenge_kind="none", life=None) as at:
        made = await at.signed_in(
            renewal=Renewal.EXCHANGE, challenge=Challenge.NONE, lifetime=60 * 86_400.0
        )
        first = await made.token()
        at.clock.now += 31 * 86_400
        for code, status in ((1, 400), (2, 500), (4, 400)):
            error = {"message": "later", "type": "OAuthException", "code": code}
            at.server.trouble = [web.json_response({"error": error}, status=status)]
            assert await made.token() == first
        assert await made.token() != first


async def test_without_renewal_the_end_is_the_end() -> None:
    async with world(exchange=True) as at:
        made = await at.signed_in(renewal=Renewal.NONE)
        standing = await made.standing()
        assert standing.ends == at.clock.now + 3600
        assert not standing.renews
        at.clock.now += 3599
        await made.token()
        at.clock.now += 1
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await made.token()
        assert len(at.server.asked) == 1


async def test_signing_out_forgets_and_tells() -> None:
    async with world() as at:
        made = await at.signed_in()
        await made.sign_out()
        assert at.server.revoked == ["refresh-1"]
        assert not at.keyring.held
        assert not (await made.standing()).signed_in
        with pytest.raises(AuthRequired):
            await made.token()
        await made.sign_out()
        assert len(at.server.revoked) == 1


async def test_tokens_of_another_app_are_of_no_use() -> None:
    async with world() as at:
        at.keyring.held = kept("another app")
        assert not (await at.sign_in().standing()).signed_in
        at.keyring.held = kept(CLIENT)
        assert (await at.sign_in().standing()).name == ""
        for odd in ("", "nonsense", "[]", '{"access": 5}', "[" * 5000):
            at.keyring.held = {SECRET: odd}
            assert not (await at.sign_in().standing()).signed_in


class Provider(SignedIn):
    """A plugin that asks who it is; `says` stands in for the answer."""

    def __init__(self, sign_in: SignIn, address: str = "") -> None:
        self.sign_in = sign_in
        self.address = address
        self.says: Account | Exception | None = None

    async def account(self) -> Account:
        if isinstance(self.says, Exception):
            raise self.says
        if self.says is not None:
            return self.says
        answer = await self.send("GET", f"{self.address}/me")
        document = answer.require().json()
        return Account(document["id"], document["name"])


@contextlib.asynccontextmanager
async def platform(server: OAuthServer, seen: list[str]) -> AsyncIterator[str]:
    async def me(request: web.Request) -> web.Response:
        seen.append(request.headers["Authorization"])
        if not server.good(request):
            return web.Response(status=401)
        return web.json_response({"id": "1", "name": "Lotte"})

    application = web.Application()
    application.router.add_get("/me", me)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_a_provider_signs_in_and_sends_with_what_is_good() -> None:
    seen: list[str] = []
    async with world() as at, platform(at.server, seen) as address:
        provider = Provider(at.sign_in(), address)
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await provider.account()
        page = await provider.begin_sign_in(BACK)
        who = await provider.finish_sign_in(at.server.answer_of(at.server.visit(page.url)))
        assert who == Account("1", "Lotte")
        assert (await provider.standing()).name == "Lotte"
        assert json.loads(at.keyring.held[SECRET])["name"] == "Lotte"
        at.server.tokens -= {"access-1"}
        assert (await provider.account()).name == "Lotte"  # renewed after the 401
        assert seen[-2:] == ["Bearer access-1", "Bearer access-2"]
        assert (await provider.standing()).name == "Lotte"
        at.server.refreshes.clear()
        at.server.expire()
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await provider.account()


async def test_a_second_401_is_the_last() -> None:
    seen: list[str] = []
    async with world() as at, platform(OAuthServer(tokens=set()), seen) as address:
        provider = Provider(await at.signed_in(), address)
        with pytest.raises(AuthRequired, match="post_sign_in"):
            await provider.account()
        assert len(seen) == 2


async def signs_in(at: World, provider: Provider) -> Account:
    page = await provider.begin_sign_in(BACK)
    return await provider.finish_sign_in(at.server.answer_of(at.server.visit(page.url)))


async def test_a_sign_in_of_no_use_there_is_forgotten() -> None:
    async with world() as at:
        provider = Provider(at.sign_in())
        provider.says = Refused("errors.sign_in_denied", name="Example")
        with pytest.raises(Refused, match="sign_in_denied"):
            await signs_in(at, provider)
        assert not at.keyring.held
        assert not (await provider.standing()).signed_in
        provider.says = Unavailable("errors.server_offline", host="example")
        assert await signs_in(at, provider) == Account("", "")
        assert (await provider.standing()).signed_in


async def test_somebody_else_does_not_take_the_place_of_who_was_there() -> None:
    async with world() as at:
        provider = Provider(at.sign_in())
        provider.says = lotte = Account("1", "Lotte")
        assert await signs_in(at, provider) == lotte
        first = await provider.sign_in.token()
        provider.says = Account("2", "Otto")
        with pytest.raises(Refused, match="sign_in_other") as caught:
            await signs_in(at, provider)
        assert caught.value.args_map == {"name": "Otto", "before": "Lotte"}
        assert await provider.sign_in.token() == first
        assert (await provider.standing()).name == "Lotte"
        held = from_text(at.keyring.held[SECRET])
        assert held is not None
        assert (held.access, held.who) == (first, "1")
        provider.says = lotte  # she may sign in again, and after renewals too
        assert await signs_in(at, provider) == lotte
        await provider.sign_in.token(fresh=True)
        provider.says = Account("2", "Otto")
        with pytest.raises(Refused, match="sign_in_other"):
            await signs_in(at, provider)
        await provider.sign_out()  # and who signed out leaves the place to others
        assert (await signs_in(at, provider)).name == "Otto"
