"""Signs the owner in on a platform with an app of his own: OAuth 2 with PKCE, tokens renewed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import secrets as chance
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from app.api.answers import from_place
from app.api.context import Http, HttpAnswer, PluginSecrets
from app.api.oauth_answers import GrantEndedError, Tokens, from_text, to_text
from app.api.oauth_calls import TokenPlace
from app.api.oauth_ways import Challenge, ClientProof, OAuthWays, Renewal, challenge_of
from app.api.publishing import Account, Doorway, SignInPage, SignInStanding
from app.domain.errors import AppError, AuthRequired, InvalidInput, Refused, Unavailable

__all__ = [
    "SECRET",
    "Challenge",
    "ClientProof",
    "OAuthWays",
    "Renewal",
    "SignIn",
    "SignedIn",
    "mark_of",
]

SECRET = "sign_in"
"""The name under which a plugin's tokens are kept, all in one: they change together."""
PATIENCE = 300.0
"""Seconds the owner has to come back from the browser."""
MARGIN = 120.0
"""Seconds ahead of its end at which an access is renewed, half its life at most."""
LONGEST_CODE = 4_096
_DENIED = frozenset(
    {"access_denied", "user_denied", "user_cancelled_login", "user_cancelled_authorize"}
)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A sign-in that waits for the browser."""

    state: str
    verifier: str
    redirect: str
    until: float


class SignIn:
    """One account's sign-in. It lives on its plugin's loop; `close` waits for what is under way."""

    def __init__(
        self,
        ways: OAuthWays,
        http: Http,
        secrets: PluginSecrets,
        client_id: str,
        client_secret: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.ways = ways
        self.http = http
        self._secrets = secrets
        self._id = client_id.strip()
        self._place = TokenPlace(ways, http, self._id, client_secret.strip(), clock)
        self._clock = clock
        self._begun: _Begun | None = None
        self._kept: Tokens | None = None
        self._former: Tokens | None = None  # before the last sign-in
        self._read = False
        self._saved = True
        self._turn = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._renewing: asyncio.Task[Tokens] | None = None

    async def begin(self, redirect: str) -> SignInPage:
        """Return the page to open; one that was begun before is over.

        `AuthRequired` (``errors.post_app_missing``) when the owner's app is not set up.
        """
        self._place.check_app()
        state, verifier = chance.token_urlsafe(32), chance.token_urlsafe(64)
        self._begun = _Begun(state, verifier, redirect, self._clock() + PATIENCE)
        asked = {
            "response_type": "code",
            self.ways.client_field: self._id,
            "redirect_uri": redirect,
            "scope": self.ways.separator.join(self.ways.scopes),
            "state": state,
            **challenge_of(self.ways.challenge, verifier),
            **self.ways.extra,
        }
        mark = "&" if "?" in self.ways.authorize else "?"
        return SignInPage(self.ways.authorize + mark + urlencode(asked, quote_via=quote), state)

    async def finish(self, answer: Mapping[str, str]) -> None:
        """Take what the browser brought back, and keep the tokens it leads to.

        `InvalidInput` for an answer nobody waits for (any more), `Refused` when the owner said
        no, `AuthRequired` when the platform knows the app or the code not.
        """
        begun = self._expected(answer)
        self._begun = None  # a code is good once
        if told := answer.get("error", ""):
            key = "errors.sign_in_denied" if told in _DENIED else "errors.sign_in_failed"
            raise Refused(key, name=self.ways.name)
        code = answer.get("code", "")
        if not 0 < len(code) <= LONGEST_CODE:
            raise InvalidInput("errors.sign_in_failed", name=self.ways.name)
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": begun.redirect}
        if self.ways.challenge is not Challenge.NONE:
            form["code_verifier"] = begun.verifier
        try:
            tokens = await self._place.ask(form)
        except GrantEndedError as error:
            raise AuthRequired("errors.sign_in_failed", name=self.ways.name) from error
        if tokens.scopes and not set(self.ways.needed) <= set(tokens.scopes):
            raise Refused("errors.sign_in_scopes", name=self.ways.name)
        async with self._turn:
            self._former = await self._tokens()
            await self._keep(tokens)
        if self.ways.renewal is Renewal.EXCHANGE:
            with contextlib.suppress(Unavailable):  # the short one is good for the next try
                await self.token(fresh=True)

    async def token(self, *, fresh: bool = False, refused: str = "") -> str:
        """Return an access that is good, renewed when it has to be.

        `fresh` asks for a new one, `refused` is one the platform would not take: who comes after
        it was renewed gets the new one. `AuthRequired` when only the owner can sign in.
        """
        kept = await self._tokens()
        if kept is None or not kept.access:
            raise self._signed_out()
        if refused:
            fresh = kept.access == refused
        if not fresh and not self._due(kept):
            return kept.access
        if not self._renews(kept):
            if fresh or _over(kept.expires, self._clock()):
                raise self._signed_out()
            return kept.access
        try:
            return (await self._renewed(kept.access)).access
        except Unavailable:
            if fresh or _over(kept.expires, self._clock()):
                raise
            return kept.access  # renewed ahead of time: this one still holds

    async def standing(self) -> SignInStanding:
        """Say how it stands, without asking the platform."""
        kept = await self._tokens()
        if kept is None:
            return SignInStanding(signed_in=False)
        now, renews = self._clock(), self._renews(kept)
        refreshes = self.ways.renewal is Renewal.REFRESH and renews
        ends = kept.ends if refreshes else kept.expires
        return SignInStanding(
            signed_in=bool(kept.access) and not _over(ends, now),
            name=kept.name,
            since=kept.since or None,
            expires=kept.expires,
            ends=ends,
            renews=renews,
        )

    async def remember(self, name: str) -> None:
        """Keep what the owner is called there."""
        async with self._turn:
            kept = await self._tokens()
            if kept is not None and kept.name != name[:200]:
                await self._keep(replace(kept, name=name[:200]))

    async def belongs_to(self, who: Account) -> None:
        """Keep who signed in; `Refused` when it is another one than before, who then stays.

        Posts that wait would go out under a name they were not written for.
        """
        former = self._former
        if former is not None and former.who not in ("", who.id):
            raise Refused("errors.sign_in_other", name=who.name, before=former.name)
        async with self._turn:
            kept = await self._tokens()
            if kept is not None:
                await self._keep(replace(kept, who=who.id[:200], name=who.name[:200]))

    async def undo(self) -> None:
        """Take the last sign-in back: the one before it holds again, when there was one."""
        async with self._turn:
            former, self._former = self._former, None
            await (self._keep(former) if former is not None else self._forget())

    async def sign_out(self) -> None:
        """Forget everything; the platform is told when it can be."""
        self._begun = None
        async with self._turn:
            kept = await self._tokens()
            await self._forget()
            self._former = None
        token = "" if kept is None else kept.refresh or kept.access
        if token and self.ways.revoke:
            with contextlib.suppress(AppError):
                await self._place.post(self.ways.revoke, {"token": token})

    async def close(self) -> None:
        """Wait for a renewal under way: what it brings is the only key that is left."""
        if self._renewing is not None:
            with contextlib.suppress(AppError):
                await asyncio.shield(self._renewing)

    def _expected(self, answer: Mapping[str, str]) -> _Begun:
        """The sign-in an answer belongs to; one that is not ours leaves it waiting."""
        begun = self._begun
        if begun is None:
            raise InvalidInput("errors.sign_in_not_begun", name=self.ways.name)
        if self._clock() > begun.until:
            self._begun = None
            raise InvalidInput("errors.sign_in_late", name=self.ways.name)
        told = answer.get("state", "").encode("utf-8", "replace")
        if not hmac.compare_digest(told, begun.state.encode()):
            raise InvalidInput("errors.sign_in_state", name=self.ways.name)
        return begun

    def _renews(self, kept: Tokens) -> bool:
        """Whether new tokens may be had without the owner."""
        if self.ways.renewal is Renewal.REFRESH:
            return bool(kept.refresh)
        return self.ways.renewal is Renewal.EXCHANGE

    def _due(self, kept: Tokens) -> bool:
        """Whether it is time for a new access: an exchanged one at half its life."""
        if kept.expires is None:
            return False
        half = max(0.0, kept.expires - kept.issued) / 2
        margin = half if self.ways.renewal is Renewal.EXCHANGE else min(MARGIN, half)
        return _over(kept.expires - margin, self._clock())

    async def _renewed(self, old: str) -> Tokens:
        """Renew once for all who wait; who is cancelled does not cancel it."""
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.get_running_loop().create_task(self._renew(old))
            self._renewing.add_done_callback(_looked_at)
        return await asyncio.shield(self._renewing)

    async def _renew(self, old: str) -> Tokens:
        async with self._turn:
            kept = await self._tokens()
            if kept is None or not kept.access:
                raise self._signed_out()
            if kept.access != old:
                return kept  # the owner signed in meanwhile
            try:
                newer = await self._exchanged(kept)
            except GrantEndedError as error:
                if not error.certain and self.ways.renewal is Renewal.EXCHANGE:
                    raise Unavailable("errors.post_busy_there", name=self.ways.name) from error
                await self._keep(replace(kept, access="", refresh=""))
                raise self._signed_out() from error
            made = kept.renewed(newer)
            await self._keep(made)  # before anybody uses it: the old refresh may be gone
            return made

    async def _exchanged(self, kept: Tokens) -> Tokens:
        if self.ways.renewal is Renewal.EXCHANGE:
            return await self._place.exchange(kept.access)
        return await self._place.ask({"grant_type": "refresh_token", "refresh_token": kept.refresh})

    async def _tokens(self) -> Tokens | None:
        """What is kept, of this app; read once, and written again when that had failed."""
        if not self._read:
            kept = from_text(await self._secrets.get(SECRET))
            mine = kept is not None and kept.client == mark_of(self._id)
            if not self._read:  # nobody was quicker
                self._kept, self._read = kept if mine else None, True
        await self._save()
        return self._kept

    async def _keep(self, tokens: Tokens) -> None:
        """Remember and store; what cannot be stored now is stored before it is next used."""
        self._kept = replace(tokens, client=mark_of(self._id))
        self._read, self._saved = True, False
        await self._save()

    async def _forget(self) -> None:
        async with self._writing:
            await self._secrets.delete(SECRET)
            self._kept, self._saved = None, True

    async def _save(self) -> None:
        """Store the newest, one write after the other: an older one never comes last."""
        async with self._writing:
            while not self._saved and self._kept is not None:
                kept = self._kept
                await self._secrets.set(SECRET, to_text(kept))
                self._saved = self._kept is kept

    def _signed_out(self) -> AuthRequired:
        return AuthRequired("errors.post_sign_in", name=self.ways.name)


class SignedIn(ABC):
    """`SignsIn` of a provider that has a `sign_in` and an `account()`, and its signed requests."""

    sign_in: SignIn

    @abstractmethod
    async def account(self) -> Account:
        """Return who posts; each platform asks in its own way."""

    async def doorway(self) -> Doorway:
        """Say where the browser is to come back to."""
        return self.sign_in.ways.doorway

    async def begin_sign_in(self, redirect: str) -> SignInPage:
        """Return the page to open; see `SignIn.begin`."""
        return await self.sign_in.begin(redirect)

    async def finish_sign_in(self, answer: Mapping[str, str]) -> Account:
        """Take the browser's answer; who signed in is asked, and remembered.

        One that is of no use there, or somebody else's, is taken back: it raises what `account`
        does, or `Refused`.
        """
        await self.sign_in.finish(answer)
        try:
            who = await self.account()
            await self.sign_in.belongs_to(who)
        except Unavailable:
            return Account("", "")  # signed in all the same: the name comes with the next look
        except AppError:
            await self.sign_in.undo()
            raise
        return who

    async def standing(self) -> SignInStanding:
        """Say how it stands, without asking the platform."""
        return await self.sign_in.standing()

    async def sign_out(self) -> None:
        """Forget the sign-in."""
        await self.sign_in.sign_out()

    async def close(self) -> None:
        """Wait for a renewal under way."""
        await self.sign_in.close()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        **sent: Any,  # noqa: ANN401 - what `Http.request` takes
    ) -> HttpAnswer:
        """Send a request with the owner's access; any status but 401 is an answer.

        After a 401 it is sent once more with a renewed access, then `AuthRequired`. The answer
        comes from the place that was asked.
        """
        token = await self.sign_in.token()
        for last in (False, True):
            signed = {**(headers or {}), "Authorization": f"Bearer {token}"}
            told = await self.sign_in.http.request(method, url, headers=signed, **sent)
            answer = from_place(told, url)
            if answer.status != 401:
                return answer
            if not last:
                token = await self.sign_in.token(refused=token)
        raise self.unauthorized(answer)

    def unauthorized(self, answer: HttpAnswer) -> AppError:
        """Return what a second 401 means; some platforms say more with it than “sign in”."""
        return AuthRequired("errors.post_sign_in", name=self.sign_in.ways.name)


def mark_of(client: str) -> str:
    """Return what stands for an app beside the tokens it was given."""
    return hashlib.sha256(client.encode()).hexdigest()[:16]


def _over(moment: float | None, now: float) -> bool:
    return moment is not None and now >= moment


def _looked_at(task: asyncio.Task[Tokens]) -> None:
    """Whoever waited may have gone: how it ended is then nobody's surprise."""
    if not task.cancelled():
        task.exception()
