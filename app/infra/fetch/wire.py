"""Blocking web requests for threads that load files: guarded like all others, and quick.

`http.client` gives the bytes straight into our own memory and lets other threads run meanwhile;
the connections themselves are made here, so that they lead to exactly the address that was judged.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from app.domain.errors import AppError, Refused, Unavailable
from app.infra.http import USER_AGENT

MOST_REDIRECTS: Final = 6
SAFE_ELSEWHERE: Final = frozenset(("user-agent", "accept", "accept-language"))
"""Headers that go along when a redirect leads to another server; keys and cookies do not."""
OURS: Final = frozenset(("host", "range", "if-range", "connection", "accept-encoding"))
"""Headers that are ours to set."""
_DRAINED: Final = 65_536
_QUIET: Final = "%/:=&?~#+!$,;'@()*[]"
Addresses = Sequence[tuple[int, Any]]
"""Families and socket addresses, in the order the system prefers."""


def look_up(host: str, port: int) -> Addresses:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((int(one[0]), one[4]) for one in found))


class StoppedError(Exception):
    """The line was told to stop; nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, and what is sent with each request for it."""

    url: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        """The name of the server."""
        return urlsplit(self.url).hostname or ""

    def leads_to(self, url: str) -> Place:
        """Where a redirect leads: another server is not told what was meant for this one."""
        if _origin(self.url) == _origin(url):
            return Place(url, self.headers)
        kept = {n: value for n, value in self.headers.items() if n.lower() in SAFE_ELSEWHERE}
        return Place(url, kept)


@dataclass(slots=True)
class Wire:
    """How servers are reached. `own_hosts` alone may lie in the home network."""

    own_hosts: frozenset[str] = frozenset()
    connect_seconds: float = 8.0
    silence_seconds: float = 20.0
    look_up: Callable[[str, int], Addresses] = look_up
    tls: ssl.SSLContext | None = None  # None: the usual roots of trust

    def addresses(self, host: str, port: int, stopped: Callable[[], bool]) -> Addresses:
        """Look a host up, in a thread of its own: the system's way cannot be hurried or stopped."""
        found: queue.SimpleQueue[Addresses | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                found.put(self.look_up(host, port))
            except (OSError, UnicodeError) as error:
                found.put(error)

        threading.Thread(target=ask, name="look up a host", daemon=True).start()
        end = time.monotonic() + self.connect_seconds
        while not stopped():
            with contextlib.suppress(queue.Empty):
                answer = found.get(timeout=0.1)
                if isinstance(answer, Exception):
                    raise answer
                return answer
            if time.monotonic() > end:
                raise TimeoutError
        raise StoppedError

    def connect(
        self, host: str, port: int, addresses: Addresses, register: Callable[[socket.socket], None]
    ) -> None:
        """Connect to the first address that answers, each judged before; `register` gets it."""
        from app.infra.http_guard import public

        failure: OSError = OSError("no address")
        for family, address in addresses:
            if host not in self.own_hosts and not public(str(address[0])):
                raise Refused("errors.address_at_home", host=host)
            made = socket.socket(family, socket.SOCK_STREAM)
            register(made)
            made.settimeout(self.connect_seconds)
            try:
                made.connect(address)
            except OSError as error:
                made.close()
                failure = error
                continue
            made.settimeout(self.silence_seconds)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return
        raise failure

    def secure(self, plain: socket.socket, host: str) -> ssl.SSLSocket:
        """Wrap a connection for TLS; `do_handshake` checks that the server is who it says."""
        import httpx

        if self.tls is None:
            self.tls = httpx.create_ssl_context(trust_env=False)
        return self.tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


class Line:
    """One connection to a server, kept for the next request. Used by one thread; `stop` by any."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._connection: _Connection | None = None
        self._origin: tuple[str, str, int] | None = None
        self._socket: socket.socket | None = None
        self._response: http.client.HTTPResponse | None = None
        self._lock = threading.Lock()
        self.stopped = False

    def get(self, place: Place, extra: Mapping[str, str] | None = None) -> Reply:
        """Ask, and follow redirects. Any status is an answer.

        Raises `Unavailable` when none comes, `Refused` when it would lead into the home network
        or is no web address, `StoppedError` after `stop`.
        """
        for _ in range(MOST_REDIRECTS):
            reply = self._ask(place, extra or {})
            target = reply.headers.get("location", "")
            if reply.status not in (301, 302, 303, 307, 308) or not target:
                return reply
            reply.drain()
            place = place.leads_to(_absolute(place.url, target))
        self.drop()
        raise Unavailable("errors.server_goes_round", host=place.host)

    def stop(self) -> None:
        """End it now, whatever it waits for; it is of no use any more."""
        self.stopped = True
        self.cut()

    def cut(self) -> None:
        """Break the connection it has, from another thread."""
        with self._lock, contextlib.suppress(OSError):
            if self._socket is not None:
                # Not the method of an SSLSocket: that would go on to read what was not unpacked.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def drop(self) -> None:
        """Close the connection, with whatever was not read of it."""
        connection, self._connection = self._connection, None
        response, self._response = self._response, None
        if connection is not None:
            connection.close()
        if response is not None:
            response.close()
        with self._lock:
            made, self._socket = self._socket, None
        if made is not None:
            made.close()

    def _ask(self, place: Place, extra: Mapping[str, str]) -> Reply:
        parts = split(place.url)
        host = parts.hostname or ""
        with self.telling(host):
            for fresh in (False, True):
                connection, used = self._connected(parts, fresh)
                try:
                    connection.request("GET", _target(parts), headers=_sent(place, parts, extra))
                    self._response = connection.getresponse()
                    return Reply(self._response, place, self)
                except (http.client.RemoteDisconnected, ConnectionError, ssl.SSLEOFError):
                    # A kept connection may have ended meanwhile: that says nothing of the server.
                    if not used or self.stopped:
                        raise
        raise AssertionError("unreachable")

    def _connected(self, parts: SplitResult, fresh: bool) -> tuple[_Connection, bool]:
        """The connection to a server, and whether it was used before."""
        origin = _origin(parts.geturl())
        if self._connection is not None and self._origin == origin and not fresh:
            return self._connection, self._connection.sock is not None
        self.drop()
        self._origin = origin
        self._connection = _Connection(origin[1], origin[2], self, parts.scheme == "https")
        return self._connection, False

    def open_socket(self, host: str, port: int, secure: bool) -> socket.socket:
        """Connect through the guard."""
        addresses = self._wire.addresses(host, port, lambda: self.stopped)
        self._wire.connect(host, port, addresses, self._register)
        assert self._socket is not None
        if secure:
            secured = self._wire.secure(self._socket, host)
            self._register(secured)
            secured.do_handshake()
        if self.stopped:
            raise StoppedError
        return self._socket

    def _register(self, made: socket.socket) -> None:
        with self._lock:
            self._socket = made
        if self.stopped:
            made.close()
            raise StoppedError

    @contextlib.contextmanager
    def telling(self, host: str) -> Iterator[None]:
        """Turn every way in which a server can fail to answer into ours."""
        try:
            yield
        except (AppError, StoppedError):
            self.drop()
            raise
        except Exception as error:
            self.drop()
            if self.stopped:
                raise StoppedError from error
            told = failure_of(error, host)
            if told is None:
                raise
            raise told from error


class Reply:
    """An answer whose head is here; its body is read bit by bit."""

    def __init__(self, response: http.client.HTTPResponse, place: Place, line: Line) -> None:
        self._response = response
        self._line = line
        self.place = place
        self.status = response.status
        self.headers: Mapping[str, str] = {
            name.lower(): value for name, value in response.getheaders()
        }
        self.length: int | None = response.length
        """Bytes still to come, where the server says so."""
        self.whole = not response.chunked and response.length is None
        """Whether only the end of the connection tells the end of the body."""

    def read_into(self, view: memoryview) -> int:
        """Read some bytes to the beginning of `view` and return how many; 0 at the end.

        Raises `Unavailable` when the connection breaks, `StoppedError` after `stop`.
        """
        with self._line.telling(self.place.host):
            count = self._read(view)
        if self.length is not None:
            self.length -= count
            self._response.length = self.length
            if self.length == 0:
                self._response.close()  # the connection is free for the next request
            elif count == 0:
                self._line.drop()  # it ended too early
        elif count == 0:
            self._response.close()
        return count

    def read_all(self, most: int) -> bytes:
        """The whole body; `Unavailable` when it is longer than `most` bytes, or ends early."""
        held = bytearray()
        view = memoryview(bytearray(min(most + 1, 262_144)))
        while count := self.read_into(view):
            held += view[:count]
            if len(held) > most:
                self._line.drop()
                raise Unavailable("errors.answer_too_large", host=self.place.host, most=most)
        if self.length:
            self._line.drop()
            raise Unavailable("errors.server_offline", host=self.place.host)
        return bytes(held)

    def drain(self) -> None:
        """Let the body go; the connection is kept when little was left of it."""
        if self.length is None or self.length > _DRAINED:
            self._line.drop()
            return
        with contextlib.suppress(AppError):
            self.read_all(_DRAINED)

    def _read(self, view: memoryview) -> int:
        response = self._response
        if response.isclosed() or self.length == 0:
            return 0
        if response.chunked:
            data = response.read1(len(view))
            view[: len(data)] = data
            return len(data)
        most = len(view) if self.length is None else min(len(view), self.length)
        return int(response.fp.readinto1(view[:most]))


class _Connection(http.client.HTTPConnection):
    """A connection that opens itself only through the guard."""

    def __init__(self, host: str, port: int, line: Line, secure: bool) -> None:
        super().__init__(host, port)
        self._line = line
        self._secure = secure

    def connect(self) -> None:
        self.sock = self._line.open_socket(self.host, self.port, self._secure)


def split(url: str) -> SplitResult:
    """The parts of a web address; `Refused` when it is none."""
    try:
        url.encode()
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except (ValueError, UnicodeError) as error:
        raise Refused("errors.not_a_web_address") from error
    if not good:
        raise Refused("errors.not_a_web_address")
    return parts


def failure_of(error: BaseException, host: str) -> AppError | None:
    """What it means that no answer came, or not all of it; None when it is a bug."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unavailable("errors.server_certificate", host=host)
    if isinstance(error, TimeoutError):
        return Unavailable("errors.server_slow", host=host)
    if isinstance(error, http.client.RemoteDisconnected | http.client.IncompleteRead):
        return Unavailable("errors.server_offline", host=host)
    if isinstance(error, OSError):
        return Unavailable("errors.server_offline", host=host)
    if isinstance(error, http.client.InvalidURL | UnicodeError | OverflowError):
        return Refused("errors.not_a_web_address")
    if isinstance(error, http.client.HTTPException | ValueError):
        return Unavailable("errors.bad_answer", host=host)
    return None


def _origin(url: str) -> tuple[str, str, int]:
    parts = split(url)
    host = (parts.hostname or "").encode("idna").decode()
    return parts.scheme, host, parts.port or (443 if parts.scheme == "https" else 80)


def _absolute(base: str, target: str) -> str:
    try:
        told = target.encode("latin-1").decode("utf-8", "replace")  # as servers really send it
    except UnicodeError:
        told = target
    try:
        whole = urljoin(base, told.strip())
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
    split(whole)
    return whole


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_QUIET)
    return f"{path}?{quote(parts.query, safe=_QUIET)}" if parts.query else path


def _sent(place: Place, parts: SplitResult, extra: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request; those that no header can hold are left out."""
    sent = {"User-Agent": USER_AGENT, "Accept": "*/*"}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        sent["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    for name, value in place.headers.items():
        if name.lower() in OURS or not (name + value).isascii() or not (name + value).isprintable():
            continue
        for known in [one for one in sent if one.lower() == name.lower()]:
            del sent[known]
        sent[name] = value
    return {**sent, **extra}
