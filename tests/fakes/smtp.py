"""A mail server on loopback, as RFC 5321 has it: TLS, log-in, recipients, dots, refusals."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

LARGEST = 25_000_000


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that was taken."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """It, read."""
        found = BytesParser(policy=SMTP).parsebytes(self.content)
        assert isinstance(found, EmailMessage)
        return found


@dataclass(slots=True)
class MailServer:
    """A server. `answers` are said instead of the usual to a command: ``{"RCPT": (550, "no")}``.

    An answer ``(0, "cut")`` hangs up when the command comes, ``(0, "late")`` after it was done.
    ``BODY`` is the first line of a message, ``END`` its last.
    """

    place: Path
    implicit: bool = False
    starttls: bool = True
    user: str = "ann@example.org"
    password: str = "a lighthouse"  # noqa: S105,RUF100 - of this server only
    size: int = LARGEST
    name: str = "127.0.0.1"
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    mails: list[Mail] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    watch: Callable[[str], Awaitable[None]] | None = None
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def authority(self) -> Path:
        """The certificate it is checked by."""
        return self.place / "authority.pem"

    async def open(self) -> None:
        """Begin to listen."""
        context = certificate(self.place, self.name)
        self._server = await asyncio.start_server(
            self._met, "127.0.0.1", 0, ssl=context if self.implicit else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop, with everybody who is still there."""
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await _Talk(self, reader, writer).all()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # whoever spoke is gone
        finally:
            writer.transport.abort()
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()
            self._tasks.discard(task)


class _Talk:
    def __init__(
        self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._safe, self._in = server.implicit, False
        self._sender, self._recipients = "", list[str]()

    async def all(self) -> None:
        await self._say(220, "lights.example.org ESMTP")
        while line := await self._reader.readline():
            words = line.decode("ascii").strip()
            word = words.upper().split(" ")[0]
            self._server.commands.append(words)
            if self._server.watch is not None:
                await self._server.watch(word)
            told = self._server.answers.get(word)
            if told is not None and told != (0, "late"):
                if not told[0]:
                    return
                await self._say(*told)
            elif word == "QUIT":
                await self._say(221, "bye")
                return
            else:
                await self._do(word, words)

    async def _do(self, word: str, words: str) -> None:
        if word in ("EHLO", "HELO"):
            await self._hello()
        elif word == "STARTTLS" and self._server.starttls and not self._safe:
            await self._say(220, "go ahead")
            await self._writer.start_tls(certificate(self._server.place, self._server.name))
            self._safe = True
        elif word == "AUTH":
            await self._auth(words)
        elif word == "MAIL":
            self._sender, self._recipients = _address(words), []
            good = self._in and self._safe
            await self._say(*((250, "ok") if good else (530, "5.7.0 log in first")))
        elif word == "RCPT":
            address = _address(words)
            if address in self._server.unknown:
                await self._say(550, "5.1.1 no such user")
                return
            self._recipients.append(address)
            await self._say(250, "ok")
        elif word == "DATA":
            await self._data()
        else:
            await self._say(250 if word in ("RSET", "NOOP") else 502, "so")

    async def _hello(self) -> None:
        told = ["lights.example.org", f"SIZE {self._server.size}"]
        if self._server.starttls and not self._safe:
            told.append("STARTTLS")
        if self._safe:
            told.append("AUTH PLAIN")
        for line in told[:-1]:
            self._writer.write(f"250-{line}\r\n".encode())
        await self._say(250, told[-1])

    async def _auth(self, words: str) -> None:
        if not self._safe:
            await self._say(538, "encrypt first")
            return
        given = words.split(" ")[2:]
        if not given:
            await self._say(334, "")
            given = [(await self._reader.readline()).decode().strip()]
        _none, user, password = base64.b64decode(given[0]).decode().split("\0")
        self._in = (user, password) == (self._server.user, self._server.password)
        await self._say(*((235, "welcome") if self._in else (535, "5.7.8 bad credentials")))

    async def _data(self) -> None:
        await self._say(354, "go on")
        lines: list[bytes] = []
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            if not lines and self._server.answers.get("BODY") == (0, "cut"):
                return self._writer.transport.abort()
            lines.append(line.removeprefix(b"."))
        told = self._server.answers.get("END", (250, "taken"))
        if self._server.watch is not None:
            await self._server.watch("END")
        if told[0] == 250 or told == (0, "late"):
            self._server.mails.append(Mail(self._sender, tuple(self._recipients), b"".join(lines)))
        if not told[0]:
            self._writer.transport.abort()
            return None
        await self._say(*told)
        return None

    async def _say(self, code: int, words: str) -> None:
        self._writer.write(f"{code} {words}\r\n".encode())
        await self._writer.drain()


def certificate(place: Path, name: str) -> ssl.SSLContext:
    """A server's side of TLS; what it is checked by lies in ``authority.pem`` at that place."""
    file = place / f"server-{name}.pem"
    if not file.exists():
        _make(file, place / "authority.pem", name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _make(file: Path, authority: Path, name: str) -> None:
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lights")])
    now = datetime.datetime.now(datetime.UTC)
    try:
        names: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        names = x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )  # fmt: skip
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))


def _address(words: str) -> str:
    return words.partition("<")[2].partition(">")[0]
