"""Asks the token address of a platform, with the proof of the owner's own app."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from app.api.answers import from_place
from app.api.context import Http, HttpAnswer
from app.api.oauth_answers import Tokens, parse_tokens
from app.api.oauth_ways import ClientProof, OAuthWays, Renewal
from app.domain.errors import AuthRequired


class TokenPlace:
    """A platform's token address, asked for one app."""

    def __init__(
        self, ways: OAuthWays, http: Http, client: str, secret: str, clock: Callable[[], float]
    ) -> None:
        self._ways = ways
        self._http = http
        self._id = client
        self._secret = secret
        self._clock = clock

    def check_app(self) -> None:
        """Raise `AuthRequired` (``errors.post_app_missing``) for an app that is none."""
        proper = self._id.isascii() and self._id.isprintable() and " " not in self._id
        wanting = self._ways.proof is ClientProof.BODY and not self._secret
        if not self._id or not proper or wanting:
            raise AuthRequired("errors.post_app_missing", name=self._ways.name)

    async def ask(self, form: Mapping[str, str]) -> Tokens:
        """Return the tokens for a code or a refresh; raises what `parse_tokens` does."""
        return self._tokens_of(await self.post(self._ways.token, form))

    async def exchange(self, access: str) -> Tokens:
        """Return a longer access for one that still holds."""
        asked = {
            "grant_type": "fb_exchange_token",
            self._ways.client_field: self._id,
            "client_secret": self._secret,
            "fb_exchange_token": access,
        }
        return self._tokens_of(await self._http.get(self._ways.token, params=asked))

    async def post(self, address: str, form: Mapping[str, str]) -> HttpAnswer:
        """Send a form with the app's proof."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = dict(form)
        if self._ways.proof is ClientProof.BASIC:
            pair = f"{quote(self._id, safe='')}:{quote(self._secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            body[self._ways.client_field] = self._id
        if self._ways.proof is ClientProof.BODY:
            body["client_secret"] = self._secret
        content = urlencode(body).encode()
        return await self._http.request("POST", address, headers=headers, content=content)

    def _tokens_of(self, answer: HttpAnswer) -> Tokens:
        now, ways = self._clock(), self._ways
        made = parse_tokens(from_place(answer, ways.token), ways.name, now, ways.lifetime)
        if ways.renewal is Renewal.EXCHANGE and made.expires is None and ways.lifetime:
            return replace(made, expires=now + ways.lifetime)
        return made
