"""Writes small ZIM files after the published format, whole ones and broken ones."""

from __future__ import annotations

import hashlib
import lzma
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import zstandard

HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
NONE, XZ, ZSTD = 1, 4, 5
MIMES = ("text/html", "text/plain", "image/png", "application/octet-stream+zimlisting")
NOBODY = 0xFFFFFFFF


@dataclass(frozen=True)
class Page:
    """An article, or a redirect to the path of another one."""

    path: str
    title: str = ""
    content: bytes = b""
    mime: str = "text/html"
    redirect: str | None = None


@dataclass
class _Item:
    space: str
    page: Page
    cluster: int = 0
    blob: int = 0

    @property
    def key(self) -> tuple[bytes, bytes]:
        return self.space.encode(), self.page.path.encode()

    @property
    def by_title(self) -> tuple[bytes, bytes]:
        return self.space.encode(), (self.page.title or self.page.path).encode()


def cluster(blobs: Sequence[bytes], packing: int, *, wide: bool = False) -> bytes:
    """A cluster: how it is packed, where each blob begins, and the blobs."""
    width = 8 if wide else 4
    at = width * (len(blobs) + 1)
    places = [at]
    for blob in blobs:
        at += len(blob)
        places.append(at)
    table = b"".join(place.to_bytes(width, "little") for place in places)
    return bytes([packing | (0x10 if wide else 0)]) + packed(table + b"".join(blobs), packing)


def packed(content: bytes, packing: int) -> bytes:
    """Content as a cluster of this kind holds it."""
    if packing == XZ:
        return lzma.compress(content, lzma.FORMAT_XZ)
    if packing == ZSTD:
        return zstandard.ZstdCompressor().compress(content)
    return content


def zim(
    pages: Sequence[Page],
    about: Mapping[str, str] | None = None,
    *,
    packing: int = ZSTD,
    new: bool = True,
    listing: bool = True,
    wide: bool = False,
    per_cluster: int = 3,
    raw_cluster: bytes | None = None,
) -> bytes:
    """A ZIM file in the new layout of namespaces, or in the old one.

    `listing`: it lists its articles by title; without, the old list of all entries serves.
    `raw_cluster` takes the place of the first cluster.
    """
    articles = "C" if new else "A"
    items = [_Item(articles, page) for page in pages]
    for name, value in (about or {}).items():
        items.append(_Item("M", Page(name, "", value.encode(), "text/plain")))
    lister = _Item("X", Page("listing/titleOrdered/v1", "", b"", MIMES[3]))
    if new and listing:
        items.append(lister)
    items.sort(key=lambda item: item.key)
    numbers = {item.key: at for at, item in enumerate(items)}
    blobs: list[list[bytes]] = [[]]
    for item in items:
        if item.page.redirect is not None or item is lister:
            continue
        if len(blobs[-1]) == per_cluster:
            blobs.append([])
        item.cluster, item.blob = len(blobs) - 1, len(blobs[-1])
        blobs[-1].append(item.page.content)
    clusters = [cluster(one, packing, wide=wide) for one in blobs]
    if raw_cluster is not None:
        clusters[0] = raw_cluster
    titled = sorted((item for item in items if item.space == articles), key=lambda x: x.by_title)
    titled = [item for item in titled if item.page.mime == "text/html"]
    lister.cluster = len(clusters)
    clusters.append(
        cluster([struct.pack(f"<{len(titled)}I", *(numbers[one.key] for one in titled))], NONE)
    )
    everything = sorted(items, key=lambda item: item.by_title)
    by_title = struct.pack(f"<{len(items)}I", *(numbers[one.key] for one in everything))
    return _laid_out(
        [_directory_entry(item, numbers, articles) for item in items], by_title, clusters, new=new
    )


def _directory_entry(item: _Item, numbers: Mapping[tuple[bytes, bytes], int], space: str) -> bytes:
    page = item.page
    names = page.path.encode() + b"\0" + page.title.encode() + b"\0"
    if page.redirect is not None:
        target = numbers.get((space.encode(), page.redirect.encode()), NOBODY)
        return struct.pack("<HBcII", 0xFFFF, 0, item.space.encode(), 0, target) + names
    kind = MIMES.index(page.mime)
    head = struct.pack("<HBcIII", kind, 0, item.space.encode(), 0, item.cluster, item.blob)
    return head + names


def _laid_out(
    entries: Sequence[bytes], by_title: bytes, clusters: Sequence[bytes], *, new: bool
) -> bytes:
    mimes = b"".join(one.encode() + b"\0" for one in MIMES) + b"\0"
    paths = HEADER.size + len(mimes)
    titles = paths + 8 * len(entries)
    at = titles + len(by_title)
    entry_places, cluster_places = [], []
    for entry in entries:
        entry_places.append(at)
        at += len(entry)
    cluster_list = at
    at += 8 * len(clusters)
    for one in clusters:
        cluster_places.append(at)
        at += len(one)
    head = HEADER.pack(
        0x44D495A, 6 if new else 5, 1 if new else 0, bytes(16), len(entries), len(clusters),
        paths, titles, cluster_list, HEADER.size, NOBODY, NOBODY, at,
    )  # fmt: skip
    body = b"".join(
        [
            head, mimes, struct.pack(f"<{len(entries)}Q", *entry_places), by_title, *entries,
            struct.pack(f"<{len(clusters)}Q", *cluster_places), *clusters,
        ]
    )  # fmt: skip
    return body + hashlib.md5(body, usedforsecurity=False).digest()
