"""An OAuth server on loopback which holds to the letter of it, and what a signed-in plugin keeps.

A platform has one beside it: ``OAuthServer`` answers its own routes, `good` says whether the
access of a request is one it gave out.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from aiohttp import web

from app.api.oauth_answers import Tokens, to_text
from app.api.signing_in import SECRET, mark_of

CLIENT, CLIENT_SECRET = "client-of-mine", "not so secret"


def kept(
    client: str = CLIENT,
    access: str = "access-0",
    refresh: str = "refresh-0",
    *,
    expires: float | None = None,
    ends: float | None = None,
    name: str = "",
    who: str = "",
) -> dict[str, str]:
    """What the keyring of a plugin holds when somebody is signed in, for an hour by default."""
    now = time.time()
    tokens = Tokens(
        access, refresh, issued=now, expires=now + 3600 if expires is None else expires,
        ends=ends, since=now, name=name, who=who, client=mark_of(client),
    )  # fmt: skip
    return {SECRET: to_text(tokens)}


@dataclass
class _Code:
    client: str
    redirect: str
    challenge: str
    method: str
    scope: str


@dataclass
class OAuthServer:
    """Who signs in there. `client_field` and `challenge_kind` as the platform has them.

    An old refresh token presented again takes all tokens of its family away, as RFC 9700 asks.
    """

    client: str = CLIENT
    secret: str = CLIENT_SECRET
    client_field: str = "client_id"
    proof: str = "body"  # body, basic, public
    challenge_kind: str = "s256"  # s256, hex, none
    rotates: bool = True
    exchange: bool = False
    life: float | None = 3600.0
    refresh_life: float | None = None
    redirects: tuple[str, ...] = ()  # those registered; none: any of loopback
    tokens: set[str] = field(default_factory=lambda: {"access-0"})
    refreshes: set[str] = field(default_factory=lambda: {"refresh-0"})
    used: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, _Code] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    trouble: list[web.Response | str] = field(default_factory=list)
    gate: asyncio.Event | None = None  # answers wait for it
    arrived: asyncio.Event = field(default_factory=asyncio.Event)  # somebody stands before it
    address: str = ""
    _number: int = 0

    # The browser's side.

    def visit(self, page: str, **changes: str) -> str:
        """Let the owner say yes on a page; returns the address the browser goes back to."""
        query = {**dict(parse_qsl(urlsplit(page).query)), **changes}
        assert query["response_type"] == "code", query
        assert query[self.client_field] == self.client
        redirect = query["redirect_uri"]
        assert not self.redirects or redirect in self.redirects, redirect
        assert urlsplit(redirect).hostname in ("127.0.0.1", "localhost", "::1")
        assert len(query["state"]) >= 22
        code = secrets.token_urlsafe(24)
        self.codes[code] = _Code(
            self.client, redirect, query.get("code_challenge", ""),
            query.get("code_challenge_method", ""), query["scope"],
        )  # fmt: skip
        mark = "&" if "?" in redirect else "?"
        return redirect + mark + urlencode({"code": code, "state": query["state"]})

    @staticmethod
    def refuse(page: str, error: str = "access_denied") -> str:
        """Let the owner say no; returns the address the browser goes back to."""
        query = dict(parse_qsl(urlsplit(page).query))
        told = {"error": error, "error_description": "no", "state": query["state"]}
        return query["redirect_uri"] + "?" + urlencode(told)

    @staticmethod
    def answer_of(back: str) -> dict[str, str]:
        """What the browser brings to an address it goes back to."""
        return dict(parse_qsl(urlsplit(back).query))

    # The program's side.

    def good(self, request: web.Request) -> bool:
        """Whether a request carries an access that was given out and holds."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return kind == "Bearer" and token in self.tokens

    def expire(self) -> None:
        """Let every access end."""
        self.tokens.clear()

    async def token(self, request: web.Request) -> web.Response:
        """The token address."""
        form = {**request.query, **{k: str(v) for k, v in (await request.post()).items()}}
        self.asked.append(form)
        if self.gate is not None:
            self.arrived.set()
            await self.gate.wait()
        if self.trouble:
            return await _bad_day(self.trouble.pop(0), request)
        if not self._proved(request, form):
            return _error("invalid_client", 401)
        grants: Mapping[str, Callable[[Mapping[str, str]], web.Response]] = {
            "authorization_code": self._by_code,
            "refresh_token": self._by_refresh,
            "fb_exchange_token": self._by_exchange,
        }
        grant = grants.get(form.get("grant_type", ""))
        return _error("unsupported_grant_type") if grant is None else grant(form)

    async def revoke(self, request: web.Request) -> web.Response:
        """The address at which a sign-in is ended."""
        form = await request.post()
        self.revoked.append(str(form["token"]))
        self.tokens.clear()
        self.refreshes.clear()
        return web.json_response({})

    def _proved(self, request: web.Request, form: Mapping[str, str]) -> bool:
        if self.proof == "basic":
            pair = f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}"
            pair = base64.b64encode(pair.encode()).decode()
            return request.headers.get("Authorization") == f"Basic {pair}"
        named = form.get(self.client_field) == self.client
        if self.proof == "public":
            return named and "client_secret" not in form
        return named and form.get("client_secret") == self.secret

    def _by_code(self, form: Mapping[str, str]) -> web.Response:
        code = self.codes.pop(form.get("code", ""), None)
        if code is None or form.get("redirect_uri") != code.redirect:
            return _error("invalid_grant")
        if not self._same_program(code, form.get("code_verifier", "")):
            return _error("invalid_grant")
        return self._given(code.scope)

    def _same_program(self, code: _Code, verifier: str) -> bool:
        if self.challenge_kind == "none":
            return not code.challenge and not verifier
        assert 43 <= len(verifier) <= 128
        assert set(verifier) <= set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        digest = hashlib.sha256(verifier.encode())
        wanted = digest.hexdigest()
        if self.challenge_kind == "s256":
            wanted = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
        return code.method == "S256" and code.challenge == wanted

    def _by_refresh(self, form: Mapping[str, str]) -> web.Response:
        told = form.get("refresh_token", "")
        if told in self.used:  # somebody has a copy: nobody keeps anything
            self.tokens.clear()
            self.refreshes.clear()
        if told not in self.refreshes:
            return _error("invalid_grant")
        if self.rotates:
            self.refreshes.discard(told)
            self.used.add(told)
        return self._given("", first=False)

    def _by_exchange(self, form: Mapping[str, str]) -> web.Response:
        if not self.exchange or form.get("fb_exchange_token") not in self.tokens:
            error = {"message": "expired", "type": "OAuthException", "code": 190}
            return web.json_response({"error": error}, status=400)
        return self._given("", first=False)

    def _given(self, scope: str, *, first: bool = True) -> web.Response:
        self._number += 1
        access = f"access-{self._number}"
        self.tokens.add(access)
        told: dict[str, Any] = {"access_token": access, "token_type": "Bearer"}
        if self.life is not None:
            told["expires_in"] = int(self.life)
        if scope:
            told["scope"] = scope
        if not self.exchange and (first or self.rotates):
            refresh = f"refresh-{self._number}"
            self.refreshes.add(refresh)
            told["refresh_token"] = refresh
            if self.refresh_life is not None:
                told["refresh_token_expires_in"] = int(self.refresh_life)
        return web.json_response(told)


@contextlib.asynccontextmanager
async def oauth_server(**how: Any) -> AsyncIterator[OAuthServer]:
    """One on loopback for the length of a test: ``/token`` and ``/revoke``."""
    made = OAuthServer(**how)
    application = web.Application()
    application.router.add_route("*", "/token", made.token)
    application.router.add_post("/revoke", made.revoke)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        if made.gate is not None:
            made.gate.set()
        await runner.cleanup()


def _error(word: str, status: int = 400) -> web.Response:
    return web.json_response({"error": word, "error_description": "no"}, status=status)


async def _bad_day(told: web.Response | str, request: web.Request) -> web.Response:
    if isinstance(told, web.Response):
        return told
    if request.transport is not None:  # "cut"
        request.transport.abort()
    return web.Response()
