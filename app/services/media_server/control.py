"""Answers the actions of the three services: who asks, what for, and what is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import AppError
from app.domain.media import FileId, ItemId
from app.services.media_server import criteria, didl, makers, shelving, soap
from app.services.media_server.describing import SERVICES
from app.services.media_server.didl import View
from app.services.media_server.directory import Directory, Eyes, Page
from app.services.media_server.makers import Maker
from app.services.media_server.reader import Reader
from app.services.media_server.soap import Call, Fault
from app.services.media_server.tree import Folders, parse_id

Values = Sequence[str | int | bytes]
_FEATURES: Final = (
    '<Features xmlns="urn:schemas-upnp-org:av:avs"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="urn:schemas-upnp-org:av:avs http://www.upnp.org/schemas/av/avs.xsd">'
    '<Feature name="samsung.com_BASICVIEW" version="1">'
    '<container id="0" type="object.item.videoItem"/></Feature></Features>'
)
_NO_CONNECTION: Final = (-1, -1, "", "", -1, "Output", "OK")


class History(Protocol):
    """Where it is kept how far somebody watched."""

    async def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> None:
        """Remember where somebody is, in seconds."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: what it may see, and how it is spoken to."""

    base: str  # where its films are: "http://10.0.0.2:8200/dlna/token"
    maker: Maker
    folders: Folders
    welcome: bool  # False: the owner has not let it in

    def eyes(self, filter_: str) -> Eyes:
        """Through what it looks at the tree."""
        return Eyes(View(self.base, self.maker, didl.fields_of(filter_)), self.folders)


class Control:
    """All actions. Lives on the service loop."""

    def __init__(
        self,
        directory: Directory,
        reader: Reader,
        history: History,
        count: Callable[[], int],
    ) -> None:
        self._directory = directory
        self._reader = reader
        self._history = history
        self._count = count
        self._actions: Mapping[str, Callable[[Call, Asker], Awaitable[Values]]] = {
            "Browse": self._browse,
            "Search": self._search,
            "X_SetBookmark": self._bookmark,
            "GetCurrentConnectionInfo": self._connection,
        }

    async def answer(self, word: str, body: bytes, action: str, asker: Asker) -> tuple[int, bytes]:
        """The status and the body of the answer; `action` is the header that names it."""
        service = SERVICES[word]
        try:
            call = soap.read(body, action, service)
            values = await self._values(call, asker)
        except Fault as fault:
            return 500, soap.fault(fault.code)
        return 200, soap.answer(service, call.action, service.actions[call.action], values)

    async def _values(self, call: Call, asker: Asker) -> Values:
        act = self._actions.get(call.action)
        if act is not None:
            return await act(call, asker)
        simple: Mapping[str, Values] = {
            "GetSystemUpdateID": (self._count(),),
            "GetSearchCapabilities": (criteria.SEARCHABLE,),
            "GetSortCapabilities": (",".join(criteria.SORTS),),
            "X_GetFeatureList": (_FEATURES,),
            "GetProtocolInfo": (makers.sources(), ""),
            "GetCurrentConnectionIDs": ("0",),
            "IsAuthorized": (int(asker.welcome),),
            "IsValidated": (int(asker.welcome),),
            "RegisterDevice": ("",),
        }
        return simple[call.action]

    async def _browse(self, call: Call, asker: Asker) -> Values:
        return self._told(await self._directory.browse(call, asker.eyes(call.given["Filter"])))

    async def _search(self, call: Call, asker: Asker) -> Values:
        return self._told(await self._directory.search(call, asker.eyes(call.given["Filter"])))

    def _told(self, page: Page) -> Values:
        return page.result, page.returned, page.total, self._count()

    async def _bookmark(self, call: Call, asker: Asker) -> Values:
        """A screen of Samsung's tells where it stopped."""
        node = parse_id(call.given["ObjectID"])
        place = call.number("PosSecond") / (1000 if asker.maker.milliseconds else 1)
        if node is None or node.kind != "item":
            raise Fault(701)
        item, folders = node.number, asker.folders
        row = await self._reader.run(lambda raw: shelving.one(raw, item, folders))
        found = (
            await self._reader.run(lambda raw: shelving.things(raw, [item], folders)) if row else []
        )
        if not found or found[0].file is None:
            raise Fault(701)
        try:
            await self._history.save_position(
                ItemId(item), FileId(found[0].file), place, found[0].duration or 0.0
            )
        except AppError as error:
            raise Fault(501) from error
        return ()

    async def _connection(self, call: Call, _asker: Asker) -> Values:
        if call.given["ConnectionID"].strip() != "0":
            raise Fault(706)
        return _NO_CONNECTION


def stranger(base: str, maker: Maker) -> Asker:
    """Somebody the owner has not let in: it sees an empty root."""
    return Asker(base, maker, (), welcome=False)
