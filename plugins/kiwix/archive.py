"""Reads a ZIM file: its entries by path and by title, and what they hold.

After the published description of the format, in its old layout of namespaces (articles in ``A``)
and its new one (``C``). Nothing in a file is believed before it is seen to lie within bounds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.kiwix.reading import Source, unpacked

MAGIC = 0x44D495A
HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
VERSIONS = (5, 6)
NEW_LAYOUT = 1
"""The minor version since which articles are in ``C``."""
REDIRECT = 0xFFFF
FIRST_ODD = 0xFFFD
"""MIME numbers from here on are no articles: deleted entries, links, redirects."""
MOST_ENTRIES = 200_000_000
MOST_CLUSTERS = 100_000_000
MOST_BLOBS = 1_000_000
MOST_TURNS = 8
SHORT_ENTRY, LONG_ENTRY = 512, 8_192
LONGEST_MIMES = 65_536
EXTENDED = 0x10
TITLES = b"listing/titleOrdered/v1"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the directory: content in a blob of a cluster, or a redirect to another."""

    kind: int  # a number of the MIME list, or `REDIRECT`
    space: bytes
    path: bytes
    title: bytes
    cluster: int = 0
    blob: int = 0
    target: int = 0


@dataclass(frozen=True, slots=True)
class Titles:
    """Entries in the order of their titles: where their numbers lie, as wide as four bytes."""

    place: int
    count: int
    space: bytes


class Archive:
    """One ZIM file. Blocking; whatever is wrong with it is `InvalidInput`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        head = HEADER.unpack(source.read(0, HEADER.size))
        (magic, major, minor, _, self._entries, self._clusters) = head[:6]
        (self._paths, self._by_title, self._cluster_list, mimes) = head[6:10]
        if magic != MAGIC or major not in VERSIONS:
            raise source.broken()
        self._inside(self._paths, self._entries * 8)
        self._inside(self._cluster_list, self._clusters * 8)
        if self._entries > MOST_ENTRIES or self._clusters > MOST_CLUSTERS:
            raise source.broken()
        self._new = minor >= NEW_LAYOUT
        self.articles = b"C" if self._new else b"A"
        self._mimes = self._mime_list(mimes)

    def metadata(self, name: str, most: int = 4_000) -> str:
        """Return what the file says of itself (``Title``, ``Language``…), if it does."""
        entry = self.by_path(b"M", name.encode())
        entry = None if entry is None else self.resolved(entry)
        if entry is None:
            return ""
        return self.content(entry, most).decode("utf-8", "replace").strip()

    def by_path(self, space: bytes, path: bytes) -> Entry | None:
        """Return the entry with this path."""
        wanted, low, high = (space, path), 0, self._entries
        while low < high:
            middle = (low + high) // 2
            entry = self.entry(middle)
            if (entry.space, entry.path) == wanted:
                return entry
            if (entry.space, entry.path) < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def titles(self) -> Titles | None:
        """Return the list of titles: of articles alone where there is one; None without any."""
        listing = self.by_path(b"X", TITLES) if self._new else None
        if listing is not None and listing.kind < FIRST_ODD:
            place, length = self._plain_blob(listing)
            if place:
                return Titles(place, length // 4, self.articles)
        if self._by_title > 0 and self._by_title + self._entries * 4 <= self._source.size:
            return Titles(self._by_title, self._entries, self.articles)
        return None

    def titled(self, titles: Titles, beginning: bytes, most: int) -> Iterator[Entry]:
        """Yield the articles whose title begins so, in the order of titles."""
        wanted, low, high = (titles.space, beginning), 0, titles.count
        while low < high:
            middle = (low + high) // 2
            entry = self._listed(titles, middle)
            if (entry.space, entry.title) < wanted:
                low = middle + 1
            else:
                high = middle
        for at in range(low, min(titles.count, low + most)):
            entry = self._listed(titles, at)
            if entry.space != titles.space or not entry.title.startswith(beginning):
                return
            yield entry

    def all_titled(self, titles: Titles) -> Iterator[Entry]:
        """Yield every article there is, as far as half of the time goes; for small files."""
        for at in range(titles.count):
            if self._source.patience.waning:
                return
            entry = self._listed(titles, at)
            if entry.space == titles.space:
                yield entry

    def entry(self, at: int) -> Entry:
        """Return an entry by its number in the order of paths."""
        if not 0 <= at < self._entries:
            raise self._source.broken()
        place = self._source.whole(self._paths + 8 * at, 8)
        for length in (SHORT_ENTRY, LONG_ENTRY):
            found = _entry(self._source.some(place, length))
            if found is not None:
                return found
        raise self._source.broken()

    def resolved(self, entry: Entry) -> Entry | None:
        """Return where redirects end; None when they end nowhere, or it has no content."""
        for _ in range(MOST_TURNS):
            if entry.kind != REDIRECT:
                return entry if entry.kind < FIRST_ODD else None
            if entry.target >= self._entries:
                return None
            entry = self.entry(entry.target)
        return None

    def mime(self, entry: Entry) -> str:
        """Return what kind of content an entry has."""
        return self._mimes[entry.kind] if entry.kind < len(self._mimes) else ""

    def content(self, entry: Entry, most: int) -> bytes:
        """Return the content of an entry, its first `most` bytes at most."""
        place, kind, width = self._cluster(entry.cluster)
        reader = unpacked(self._source, place, kind)
        first = int.from_bytes(reader.take(width), "little")
        blobs = first // width - 1
        if first % width or not 0 <= entry.blob < blobs <= MOST_BLOBS:
            raise self._source.broken()
        if entry.blob:
            reader.skip((entry.blob - 1) * width)
            start = int.from_bytes(reader.take(width), "little")
        else:
            start = first
        end = int.from_bytes(reader.take(width), "little")
        read = width * (entry.blob + 2)
        if not read <= start <= end:
            raise self._source.broken()
        reader.skip(start - read)
        return reader.take(min(end - start, most))

    def _plain_blob(self, entry: Entry) -> tuple[int, int]:
        """Return where a blob lies that is not packed, and its length; 0 for one that is."""
        place, kind, width = self._cluster(entry.cluster)
        if kind > 1:
            return 0, 0
        first = self._source.whole(place, width)
        if first % width or not 0 <= entry.blob < first // width - 1:
            raise self._source.broken()
        start = self._source.whole(place + width * entry.blob, width)
        end = self._source.whole(place + width * (entry.blob + 1), width)
        if start > end:
            raise self._source.broken()
        self._inside(place + start, end - start)
        return place + start, end - start

    def _cluster(self, at: int) -> tuple[int, int, int]:
        """Return where a cluster's content begins, how it is packed, how wide its numbers are."""
        if not 0 <= at < self._clusters:
            raise self._source.broken()
        place = self._source.whole(self._cluster_list + 8 * at, 8)
        self._inside(place, 1)
        head = self._source.whole(place, 1)
        return place + 1, head & 0x0F, 8 if head & EXTENDED else 4

    def _listed(self, titles: Titles, at: int) -> Entry:
        return self.entry(self._source.whole(titles.place + 4 * at, 4))

    def _inside(self, place: int, length: int) -> None:
        if place < HEADER.size or place + length > self._source.size:
            raise self._source.broken()

    def _mime_list(self, place: int) -> list[str]:
        self._inside(place, 1)
        told = self._source.some(place, LONGEST_MIMES).split(b"\0\0", 1)[0]
        return [one.decode("utf-8", "replace").lower() for one in told.split(b"\0")]


def _entry(told: bytes) -> Entry | None:
    """Read an entry; None when it does not end in these bytes."""
    if len(told) < 12:
        return None
    kind, _, space = struct.unpack_from("<HBc", told)
    at = 12 if kind == REDIRECT else 8 if kind >= FIRST_ODD else 16
    path_end = told.find(b"\0", at)
    title_end = told.find(b"\0", path_end + 1) if path_end >= 0 else -1
    if title_end < 0:
        return None
    path = told[at:path_end]
    title = told[path_end + 1 : title_end] or path
    if kind == REDIRECT:
        return Entry(kind, space, path, title, target=int.from_bytes(told[8:12], "little"))
    if kind >= FIRST_ODD:
        return Entry(kind, space, path, title)
    cluster, blob = struct.unpack_from("<II", told, 8)
    return Entry(kind, space, path, title, cluster, blob)
