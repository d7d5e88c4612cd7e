"""Loads pieces of a stream to the disk, unlocked: keys, heads, segments. May block."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from app.domain.errors import AppError, Refused, Unavailable, Unsupported
from app.infra.fetch.answers import require, span_of
from app.infra.fetch.part import Reserve, disk_failure
from app.infra.fetch.playlist import LARGEST, Key, Master, Media, Piece, parse
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.wire import Line, Place, Reply, StoppedError, Wire
from app.infra.fetch.worker import FatalError

EVERYWHERE: Final = frozenset(("referer", "origin", "user-agent", "accept", "accept-language"))
"""Headers of a stream that its parts on other hosts are told too; cookies and keys are not."""
BUFFER: Final = 262_144
MOST_KEYS: Final = 256
STEP: Final = 16 << 20
_BOXES: Final = frozenset(
    (b"ftyp", b"styp", b"moof", b"moov", b"sidx", b"emsg", b"prft", b"mdat", b"free", b"skip",
     b"uuid", b"wide")
)  # fmt: skip


def looks_playable(start: bytes) -> bool:
    """Whether a segment begins like one: transport stream, MP4 or bare sound.

    Whatever else there is, a playlist in place of a segment for one, never reaches ffmpeg.
    """
    if start[4:8] in _BOXES or start.startswith((b"ID3", b"\x0b\x77")):
        return True
    if start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE0 == 0xE0:
        return True
    return start[:1] == b"\x47" and (len(start) < 189 or start[188:189] == b"\x47")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a piece has to be: how it begins, and how many bytes it may have."""

    begins: Callable[[bytes], bool]
    most: int | None = None


FILM: Final = Kind(looks_playable)


class Pieces:
    """Where the pieces of one stream come from. Used by several threads."""

    def __init__(self, wire: Wire, url: str, headers: Mapping[str, str], limiter: Throttle) -> None:
        self.wire = wire
        self._host = urlsplit(url).hostname
        self._headers = dict(headers)
        self._limiter = limiter
        self._keys: dict[str, bytes] = {}
        self._lock = threading.Lock()

    @property
    def limited(self) -> bool:
        """Whether a limit of ours makes it slow."""
        return self._limiter.rate > 0

    def place(self, url: str) -> Place:
        """An address with what is sent there: everything to the stream's own host, less else."""
        same = urlsplit(url).hostname == self._host
        headers = {n: v for n, v in self._headers.items() if same or n.lower() in EVERYWHERE}
        return Place(url, headers)

    def playlist(self, line: Line, url: str) -> tuple[Master | Media, str]:
        """A playlist and where it really is. Raises what is wrong with it."""
        reply = line.get(self.place(url))
        require(reply)
        text = reply.read_all(LARGEST).decode("utf-8", "replace")
        return parse(text, reply.place.url), reply.place.url

    def load(
        self,
        line: Line,
        piece: Piece,
        to: Path,
        reserve: Reserve | None,
        watch: Watch,
        kind: Kind = FILM,
    ) -> int:
        """Load a piece into a file that then has its name at once; returns its size.

        A full disk and the like is a `FatalError`.
        """
        unlock = None if piece.key is None else self._unlocking(line, piece.key)
        reply = self._open(line, piece)
        size, start = 0, bytearray()
        with _new_file(to) as file:
            for block in self._plain(self._blocks(line, reply, piece, watch), unlock, piece):
                if reserve is not None and size // STEP != (size + len(block)) // STEP:
                    _ask(reserve, to.parent)
                if len(start) < 189:
                    start += block[:189]
                file.write(block)
                size += len(block)
                if kind.most is not None and size > kind.most:
                    line.drop()
                    host = reply.place.host
                    raise Unsupported("errors.answer_too_large", host=host, most=kind.most)
            if not kind.begins(bytes(start[:189])):
                raise Unavailable("errors.bad_answer", host=reply.place.host)
        return size

    def _open(self, line: Line, piece: Piece) -> Reply:
        span = piece.span
        headers = {} if span is None else {"Range": f"bytes={span.start}-{span.end - 1}"}
        reply = line.get(self.place(piece.url), headers)
        require(reply)
        if reply.status == 206:
            found = span_of(reply.headers)
            if span is None or found is None or found[0] != span.start:
                line.drop()
                raise Unavailable("errors.bad_answer", host=reply.place.host)
        return reply

    def _blocks(self, line: Line, reply: Reply, piece: Piece, watch: Watch) -> Iterator[memoryview]:
        """The bytes of a piece as they come, no more and no less than there must be."""
        view = memoryview(bytearray(BUFFER))
        skip = piece.span.start if piece.span is not None and reply.status == 200 else 0
        left = None if piece.span is None else piece.span.end - piece.span.start
        count = -1
        while left is None or left > 0:
            most = len(view) if left is None else min(len(view), skip or left)
            want = self._limiter.take(most, watch.stopped)
            if want == 0:
                raise StoppedError
            count = reply.read_into(view[:want])
            self._limiter.give_back(want - count)
            if count == 0:
                break
            if skip:
                skip -= count
                continue
            watch.grew(count)
            left = None if left is None else left - count
            yield view[:count]
        if left or reply.length:
            short = count == 0
            line.drop()
            if short:
                raise Unavailable("errors.server_offline", host=reply.place.host)

    def _plain(
        self, blocks: Iterator[memoryview], unlock: _Unlock | None, piece: Piece
    ) -> Iterator[bytes | memoryview]:
        if unlock is None:
            yield from blocks
            return
        for block in blocks:
            yield unlock.update(block)
        try:
            yield unlock.end()
        except ValueError as error:  # not of this key, or cut off
            host = urlsplit(piece.url).hostname or ""
            raise Unavailable("errors.bad_answer", host=host) from error

    def _unlocking(self, line: Line, key: Key) -> _Unlock:
        with self._lock:
            held = self._keys.get(key.url)
        if held is None:
            reply = line.get(self.place(key.url))
            if reply.status in (401, 403):
                reply.drain()
                raise Refused("errors.stream_refused", host=reply.place.host)
            require(reply)
            held = reply.read_all(4096)
            if len(held) != 16:
                raise Unavailable("errors.bad_answer", host=reply.place.host)
            with self._lock:
                while len(self._keys) >= MOST_KEYS:
                    del self._keys[next(iter(self._keys))]
                self._keys[key.url] = held
        return _Unlock(held, key.iv)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches a load: whether it is still wanted, and how it goes."""

    stopped: Callable[[], bool]
    grew: Callable[[int], None]


class _Unlock:
    """AES-128 in CBC with padding, bit by bit."""

    def __init__(self, key: bytes, iv: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.padding import PKCS7

        self._cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        self._padding = PKCS7(128).unpadder()

    def update(self, block: memoryview) -> bytes:
        return self._padding.update(self._cipher.update(block))

    def end(self) -> bytes:
        rest = self._padding.update(self._cipher.finalize())
        return rest + self._padding.finalize()


@contextlib.contextmanager
def _new_file(to: Path) -> Iterator[BinaryIO]:
    """A file that has its name once all of it is on the disk, and never before."""
    temporary = to.with_name(f"{to.name}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
            yield file
            file.flush()
            os.fdatasync(file.fileno())
        temporary.replace(to)
    except OSError as error:
        raise FatalError(disk_failure(error, to.parent.parent)) from error


def _ask(reserve: Reserve, folder: Path) -> None:
    try:
        reserve(folder, STEP)
    except AppError as error:
        raise FatalError(error) from error
