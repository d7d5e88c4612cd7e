"""What the plugins of services that make media share: an order is placed, then asked for.

A plugin says in data how its service speaks (`Ways`) and how it is asked for a picture, a clip or
a person who speaks; all else is here. Nobody waits here: `follow` asks once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from app.api.answers import from_place, proper_key
from app.api.context import Http, HttpAnswer, ProviderContext
from app.api.making import MadeMedia, MediaModel, Order, OrderState
from app.api.media_answers import Standing, Troubles, file_of
from app.api.media_calls import Call, Path, form_body, inside_of
from app.api.media_lists import KnownMedia, MediaList, offered_media, own_price
from app.api.reading import Fields, text, web_address
from app.domain.errors import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable

_ORDER = re.compile(
    r"[A-Za-z0-9_-][A-Za-z0-9._~=-]{0,199}(?:/[A-Za-z0-9_-][A-Za-z0-9._~=-]{0,199})*"
)

T = TypeVar("T", bound="SubmitPoll")


@dataclass(frozen=True, slots=True)
class Ways:
    """How a service takes orders and is asked for them.

    `sign` makes the headers of a request from the owner's secrets; `check` is what only a good
    key gets and costs nothing. An order's name lies in the answer to it at `order`, and is asked
    for at the path `poll`, where it takes the place of ``{order}``; without `poll` it is a whole
    address of one of the `hosts`, or of a host below them. The states are in small letters.
    `cancel` is the method and the path that end an order, asked only while it runs.
    """

    troubles: Troubles
    sign: Callable[[Mapping[str, str]], Mapping[str, str]]
    check: Call
    files: Collection[str]
    order: Path = ()
    poll: str = ""
    hosts: tuple[str, ...] = ()
    state: Path = ()
    states: Mapping[str, Standing] = field(default_factory=dict)
    progress: Path = ()
    whole: float = 1.0
    result: Path = ()
    cancel: tuple[str, str] | None = None
    secrets: tuple[str, ...] = ("api_key",)
    needless: tuple[str, ...] = ()  # secrets it may do without
    largest_document: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Mine:
    """What the owner chose: the secrets, a model's name or nothing, an own price, all options."""

    secrets: Mapping[str, str] = field(repr=False)
    model: str
    price: float | None
    options: Mapping[str, Any]


class SubmitPoll:
    """`media_models`, `follow` and `call_off` for a service; a plugin adds what it makes."""

    ways: Ways
    patience = 30.0
    """Seconds a question may take; an order, and a file, may take what the manifest says."""

    def __init__(self, http: Http, models: MediaList, mine: Mine) -> None:
        self._http = http
        self.list = models
        self.mine = mine

    async def media_models(self) -> Sequence[MediaModel]:
        """Return the model the owner named, or the usual ones."""
        named = self.mine.model
        return offered_media(self.list.models, named, self.mine.price, self.list.known(named).model)

    async def follow(self, order: str) -> OrderState:
        """Ask once how an order is; its result is fetched when it is there.

        One that ended without a result is `Refused` (the same would end so again) or `NotFound`;
        after anything else it may be asked for again.
        """
        document, standing = await self._stands(order)
        if standing is Standing.RUNNING:
            return OrderState(self._fraction(document))
        if standing is not Standing.DONE:
            raise self._ended(standing, document)
        found = await self.outcome(document)
        return OrderState(1.0, await self.fetch(inside_of(found, self.ways.result)))

    async def call_off(self, order: str) -> None:
        """End an order that still runs."""
        if self.ways.cancel is None:
            return
        try:
            _, standing = await self._stands(order)
        except (NotFound, Refused):
            return
        if standing is not Standing.RUNNING:
            return
        answer = await self.send(self.cancelling(order), patience=self.patience)
        trouble = self.trouble(answer, order=False)
        if isinstance(trouble, AuthRequired | Unavailable):
            raise trouble

    def cancelling(self, order: str) -> Call:
        """Return the request that ends an order."""
        assert self.ways.cancel is not None
        method, path = self.ways.cancel
        return Call(self._order_path(order, path), method)

    async def prove(self) -> None:
        """Ask what only a good key gets; raises what keeps it from being of use."""
        answer = await self.send(self.ways.check, patience=self.patience)
        trouble = self.trouble(answer, order=False)
        if trouble is None:
            self.document(answer)
        elif not isinstance(trouble, InvalidInput | NotFound | Refused):
            raise trouble

    def known(self, model: str) -> KnownMedia:
        """Return what the list says of a model; `InvalidInput` for what is no model's name."""
        if not model or len(model) > 200 or not model.isprintable():
            raise InvalidInput("errors.model_unknown", model=model[:60], name=self.name)
        return self.list.known(model)

    @property
    def name(self) -> str:
        """The service's name, for people."""
        return self.ways.troubles.name

    async def order(self, call: Call, model: str = "", before: str = "") -> Order:
        """Place an order; `before` is set before its name there."""
        answer = await self.send(call)
        document = self.document(answer, model, order=True)
        told = inside_of(document, self.ways.order)
        remote = before + str(told) if isinstance(told, str | int) else ""
        if not self._is_order(remote):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return Order(remote)

    async def outcome(self, document: Fields) -> Fields:
        """Return the document that says where the result of a finished order is."""
        return document

    async def ask(self, call: Call, model: str = "") -> Fields:
        """Send a request that is no order yet, and return the document it is answered with."""
        return self.document(await self.send(call), model)

    async def send(self, call: Call, *, patience: float | None = None) -> HttpAnswer:
        """Send a signed request; any status is an answer, from where it was sent to."""
        url = self._address(call)
        headers = {"Accept": "application/json", **call.headers}
        content = call.raw
        if call.form:
            content, headers["Content-Type"] = form_body(call.form)
        elif call.raw is not None:
            headers["Content-Type"] = call.kind
        headers.update(self.ways.sign(self.mine.secrets))
        answer = await self._http.request(
            call.method, url, params=call.params or None, headers=headers, json=call.body,
            content=content, lane="orders", patience=patience,
        )  # fmt: skip
        return from_place(answer, url)

    def trouble(self, answer: HttpAnswer, model: str = "", *, order: bool) -> AppError | None:
        """Return what an answer that is no success means; None: it is one."""
        return self.ways.troubles.of_answer(answer, model, order=order)

    def document(self, answer: HttpAnswer, model: str = "", *, order: bool = False) -> Fields:
        """Return the document of an answer; raises what its status or its code means."""
        trouble = self.trouble(answer, model, order=order)
        if trouble is not None:
            raise trouble
        if len(answer.content) > self.ways.largest_document:
            most = self.ways.largest_document
            raise Unavailable("errors.answer_too_large", host=answer.host, most=most)
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def fetch(self, address: object) -> MadeMedia:
        """Return a file the service made, from where it says; the key does not go there."""
        url = web_address(address)
        if not url or not (url.startswith("https://") or _origin(url) == _origin(self._place())):
            raise Unavailable("errors.bad_answer", host=urlsplit(self._place()).hostname)
        answer = await self._http.get(url, lane="files")
        return file_of(answer, self.ways.files, self.ways.troubles)

    def allowed(self, address: object) -> str:
        """Return an address of the service's own that may be signed; nothing for any other."""
        url = web_address(address)
        if url and _origin(url) == _origin(self._place()):
            return url
        parts = urlsplit(url)
        host = parts.hostname or ""
        ours = any(host == one or host.endswith(f".{one}") for one in self.ways.hosts)
        return url if ours and parts.scheme == "https" and parts.port in (None, 443) else ""

    async def _stands(self, order: str) -> tuple[Fields, Standing]:
        if not self._is_order(order):
            raise self.ways.troubles.gone()
        answer = await self.send(
            Call(self._order_path(order, self.ways.poll)), patience=self.patience
        )
        document = self.document(answer)
        told = text(inside_of(document, self.ways.state), 60).lower()
        if told in self.ways.states:
            return document, self.ways.states[told]
        trouble = self.ways.troubles.of_code(document, answer)
        raise trouble or Unavailable("errors.bad_answer", host=answer.host)

    def _ended(self, standing: Standing, document: Fields) -> AppError:
        if standing is Standing.REFUSED:
            return self.ways.troubles.refused()
        if standing is Standing.GONE:
            return self.ways.troubles.gone()
        return self.ways.troubles.of_failure(document)

    def _fraction(self, document: Fields) -> float | None:
        told = inside_of(document, self.ways.progress) if self.ways.progress else None
        if isinstance(told, bool) or not isinstance(told, int | float):
            return None
        return min(max(told / self.ways.whole, 0.0), 1.0) if told == told else None

    def _is_order(self, order: str) -> bool:
        if not self.ways.poll:
            return bool(self.allowed(order))
        return bool(_ORDER.fullmatch(order)) and len(order) <= 600

    def _order_path(self, order: str, path: str) -> str:
        return path.replace("{order}", order) if path else order

    def _place(self, place: str = "") -> str:
        return self.list.addresses[place]

    def _address(self, call: Call) -> str:
        if "://" not in call.path:
            return self._place(call.place) + call.path
        url = self.allowed(call.path)
        if not url:  # what is signed goes to nobody else
            raise Unavailable("errors.bad_answer", host=urlsplit(call.path).hostname)
        return url


async def begin(kind: type[T], context: ProviderContext, models: MediaList) -> T:
    """Build the provider of a plugin and prove its key.

    The secrets of its `Ways` and the options ``model`` (or ``avatar``) and ``price`` are read;
    `AuthRequired` without a key, or for one that is refused.
    """
    ways = kind.ways
    secrets = {}
    for name in ways.secrets:
        secrets[name] = proper_key(await context.secrets.get(name), ways.troubles.name)
        if not secrets[name] and name not in ways.needless:
            raise AuthRequired("errors.model_key_missing", name=ways.troubles.name)
    options = context.settings
    wanted = str(options.get("model", options.get("avatar", ""))).strip()
    mine = Mine(secrets, wanted, own_price(options.get("price", "")), options)
    made = kind(context.http, models, mine)
    await made.prove()
    return made


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
