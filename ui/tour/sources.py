"""Stand-in sources for the tour: a plugin of the owner's that answers without any network."""

from __future__ import annotations

from pathlib import Path

NAME = "tour_sources"
ONLINE = ("internet_archive", "librivox", "nasa", "peertube", "podcasts", "wikimedia")
"""What is switched off meanwhile: the tour asks nobody outside."""
WISH = "night of the living dead 1968"
_MANIFEST = """\
id = "tour_sources"
name = "Sources of the tour"
version = "1.0"
api = 1
kinds = ["search"]
capabilities = ["searches", "resolves_stream"]
owner = "The Sokoul project"
docs = "docs/adding-a-plugin.md"
terms = "Nothing leaves this machine."

[limits]
longest_wait = 90.0
"""
_PROVIDER = '''\
"""Answers of a film in the public domain, as sources would give them."""

import asyncio

from app.api import Unavailable
from app.api.searching import Hit, HitKind, SearchSource, Work

GIGABYTE = 1_000_000_000
SOURCES = {
    "archive": ("Internet Archive", 0.9, 8.0),
    "indexers": ("My indexers", 1.2, 8.0),
    "commons": ("Wikimedia Commons", 0.4, 8.0),
    "tube": ("PeerTube", 1.4, 8.0),
    "sites": ("My sites", 2.5, 60.0),
}
ABOUT = (
    "A group of strangers barricade themselves in a farmhouse. "
    "Public domain in the United States."
)
FILM = "Night of the Living Dead"


def magnet(number):
    return f"magnet:?xt=urn:btih:{number:040x}"


def torrent(name, number, size, seeders):
    return Hit(name, HitKind.TORRENT, magnet(number), size=int(size * GIGABYTE), seeders=seeders)


def direct(name, size, height, **more):
    return Hit(
        name, HitKind.ITEM, reference=name, year=1968, size=int(size * GIGABYTE), height=height,
        duration=96 * 60, **more,
    )


FOUND = {
    "archive": [
        direct(f"{FILM} \\u2014 full film", 2.1, 1080, description=ABOUT,
               creator="George A. Romero", work=Work.FILM),
        direct(f"{FILM} (colorized)", 0.7, 480),
        torrent("Night.of.the.Living.Dead.1968.1080p.BluRay.x264.AAC", 1, 4.2, 150),
    ],
    "indexers": [
        torrent(f"{FILM} (1968) 4K restoration 2160p HEVC HDR10 FLAC", 2, 18.2, 412),
        *(
            torrent(f"Night.of.the.Living.Dead.1990.{size}.BluRay.x264-G{number}", number, 6, 20)
            for size in ("1080p", "720p", "2160p")
            for number in (10, 11, 12)
        ),
        torrent("Night.of.the.Living.Dead.1968.HDCAM.x264-X", 3, 1.4, 4),
        torrent("Night.of.the.Living.Dead.1968.2160p.REMUX-Y", 4, 0.2, 4),
    ],
    "commons": [direct(f"{FILM} 1968 720p.webm", 1.3, 720)],
    "tube": [],
}


class Sources:
    async def sources(self):
        return [
            SearchSource(key, name, patience=patience)
            for key, (name, _after, patience) in SOURCES.items()
        ]

    async def search(self, source, question):
        await asyncio.sleep(SOURCES[source][1])
        if source == "sites":
            raise Unavailable("errors.server_slow", host="films.example")
        return FOUND[source] if "living dead" in question.text else []

    async def resolve(self, reference):
        raise Unavailable("errors.server_offline", host="films.example")


async def setup(context):
    return Sources()
'''


def make_sources(plugins: Path) -> None:
    """Put the plugin among the owner's own, before the station looks for them."""
    folder = plugins / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.toml").write_text(_MANIFEST, "utf-8")
    (folder / "provider.py").write_text(_PROVIDER, "utf-8")
