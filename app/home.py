"""Builds what the other devices of the home meet: the server, casting, the shared library.

A part of the composition root, for `app.main` alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.media_server import Shelves
from app.domain.sharing import network_names, sharing_of
from app.infra.ffmpeg.conversion import Converter
from app.infra.ffmpeg.facts import facts
from app.infra.lan.server import LanServer
from app.services.casting.choice import Chooser
from app.services.casting.devices import DeviceBook
from app.services.casting.encoding import Encoding
from app.services.casting.opening import Opener
from app.services.casting.presenting import Presenter
from app.services.casting.service import CastingService
from app.services.casting.show import Hands
from app.services.casting.store import SCOPE, CastStore
from app.services.casting.subtitles import Letters
from app.services.lan.service import LanService
from app.services.media_server.genres import GenresOf
from app.services.media_server.service import MediaServerService

if TYPE_CHECKING:
    from app.domain.media import ItemId
    from app.domain.settings_sections import Casting as CastingWishes
    from app.infra.database.engine import Database
    from app.infra.loopback import LoopbackServer
    from app.infra.paths import Paths
    from app.infra.secrets import Secrets
    from app.runtime.bus import EventBus
    from app.services.downloads.service import DownloadsService
    from app.services.library.service import LibraryService
    from app.services.playback.service import PlaybackService
    from app.services.plugins.service import PluginService
    from app.services.search.service import SearchService
    from app.services.settings.service import SettingsService


SHELVES: Final = {
    "en": Shelves(),
    "fr": Shelves(
        films="Films",
        series="Séries",
        videos="Mes vidéos",
        recent="Ajouts récents",
        genres="Par genre",
        years="Par année",
        folders="Dossiers",
        season="Saison {number}",
        specials="Épisodes spéciaux",
        other_episodes="Autres épisodes",
    ),
}
"""What other devices read above the library, by the language the station speaks."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the home meets of the station, and what only that needs."""

    lan: LanService
    casting: CastingService
    media_server: MediaServerService
    converter: Converter
    encoding: Encoding
    server: LanServer
    letters: Letters

    async def start(self) -> None:
        """Start it; the home is looked at a moment later, so that the window comes first."""
        await self.converter.start()
        await self.media_server.start()
        await self.encoding.start(lambda: bool(self.converter.processes))
        await self.casting.start()
        await self.lan.start()

    def leaving(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        """What is stopped, in that order, by name."""
        return (
            ("casting", self.casting.stop),
            ("media server", self.media_server.stop),
            ("home network", self.lan.stop),
            ("conversions", self.converter.stop),
            ("encoders", self.encoding.stop),
        )


def build_home(
    database: Database,
    bus: EventBus,
    settings: SettingsService,
    plugins: PluginService,
    library: LibraryService,
    playback: PlaybackService,
    downloads: DownloadsService,
    search: SearchService,
    keys: Secrets,
    loopback: LoopbackServer,
    paths: Paths,
    language: Callable[[], str],
) -> Home:
    """Build it; nothing starts yet. `language` is the owner's, ISO 639-1."""
    server, lan = _build_lan(bus, settings)
    encoding = Encoding(paths.cache / "encoders.json")
    converter = Converter(paths.cache / "conversions", encoding)
    store = CastStore(database, keys.scoped(SCOPE))
    book = DeviceBook(plugins, store, bus)
    letters = Letters(paths.cache / "cast-subtitles")
    presenter = Presenter(server, lambda: lan.interfaces, book, converter, letters)
    hands = Hands(
        Opener(playback, library, loopback, downloads, search),
        Chooser(book, store, facts, encoding, lambda: settings.current.playback),
        presenter,
        store,
        lambda: settings.current.playback.autoplay_next,
    )
    casting = CastingService(bus, plugins, store, hands, book)
    media_server = MediaServerService(
        database, bus, server, playback, lambda: sharing_of(settings.current.media_server),
        library.picture, genres=_genres_of(library), shelves=_shelves_in(language),
    )  # fmt: skip
    lan.follow(casting.use)
    lan.follow(media_server.listening)
    return Home(lan, casting, media_server, converter, encoding, server, letters)


def _build_lan(bus: EventBus, settings: SettingsService) -> tuple[LanServer, LanService]:
    def casts() -> CastingWishes:
        return settings.current.casting

    server = LanServer()
    return server, LanService(bus, server, lambda: network_names(casts()), lambda: casts().port)


def _shelves_in(language: Callable[[], str]) -> Callable[[], Shelves]:
    return lambda: SHELVES.get(language(), SHELVES["en"])


def _genres_of(library: LibraryService) -> GenresOf:
    async def genres_of(item: ItemId) -> Sequence[str]:
        return (await library.details(item)).genres

    return genres_of
