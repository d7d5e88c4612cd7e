"""Local web servers: one that plays recorded answers, and every bad day a server can have."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import gzip
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answer = web.StreamResponse | bytes | str | Handler


@dataclass
class WebServer:
    """Answers by path: recorded bytes, a response, or a handler; keeps what was asked.

    `always` answers everything when it is set; a path without an answer is 404.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[web.Request] = field(default_factory=list)
    always: Handler | None = None
    url: str = ""

    def play(self, path: str, recording: Path | str | bytes, content_type: str = "") -> None:
        """Answer a path with a recording."""
        body = recording.read_bytes() if isinstance(recording, Path) else recording
        data = body.encode() if isinstance(body, str) else body
        kind = content_type or _guess(data)

        async def answer(_request: web.Request) -> web.StreamResponse:
            return web.Response(body=data, headers={"Content-Type": kind})

        self.answers[path] = answer

    def asked(self, path: str = "") -> list[Mapping[str, str]]:
        """The query of each request to a path, in order."""
        return [one.query for one in self.seen if not path or one.path == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        self.seen.append(request)
        answer: Answer | None = self.always or self.answers.get(request.path)
        if answer is None:
            return web.Response(status=404, text="not here")
        if callable(answer):
            return await answer(request)
        if isinstance(answer, bytes | str):
            return web.Response(body=answer)
        return answer


@contextlib.asynccontextmanager
async def web_server(*, certificate: ssl.SSLContext | None = None) -> AsyncIterator[WebServer]:
    """A server on loopback for the length of a test."""
    made = WebServer()
    application = web.Application(client_max_size=1 << 26)
    application.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate).start()
    scheme = "http" if certificate is None else "https"
    made.url = f"{scheme}://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


def _guess(data: bytes) -> str:
    start = data.lstrip()[:1]
    return {b"<": "application/xml", b"{": "application/json", b"[": "application/json"}.get(
        start, "text/plain"
    )


# Bad days.


async def drips(request: web.Request) -> web.StreamResponse:
    """One byte each tenth of a second, for a minute."""
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        for _ in range(600):
            await response.write(b" ")
            await asyncio.sleep(0.1)
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    """A gigabyte of answer."""
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        for _ in range(1024):
            await response.write(b" " * (1 << 20))
    return response


BOMB = gzip.compress(b"\0" * 200_000_000, 9)


async def bomb(_request: web.Request) -> web.StreamResponse:
    """200 kB that unpack to 200 MB."""
    return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})


def says(body: str | bytes, status: int = 200, **headers: str) -> Handler:
    """A handler that always says the same."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=data, status=status, headers=named)

    return answer


async def goes_round(request: web.Request) -> web.StreamResponse:
    """Redirects to itself."""
    raise web.HTTPFound(request.rel_url)


def leads_to(address: str) -> Handler:
    """Redirects somewhere it has no business to send us."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": address})

    return answer


ENTITIES = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&c;&d;</title></item></channel></rss>"""

BAD_DAYS: Mapping[str, Handler] = {
    "drips for a minute": drips,
    "sends a gigabyte": endless,
    "sends a bomb": bomb,
    "broken XML": says("<rss><channel><item>"),
    "broken JSON": says('{"response": {"docs": [', Content_Type="application/json"),
    "XML with entities": says(ENTITIES, Content_Type="application/xml"),
    "nothing": says(""),
    "a web page": says("<!doctype html><html><body>Sign in to the hotel</body></html>"),
    "JSON of another shape": says('["what", {"ever": null}, 5]', Content_Type="application/json"),
    "JSON, a number": says("7", Content_Type="application/json"),
    "deep JSON": says("[" * 100_000, Content_Type="application/json"),
    "500": says("oh no", 500),
    "503": says("", 503),
    "429 with a pause": says("", 429, Retry_After="120"),
    "429 without one": says("", 429),
    "401": says("", 401),
    "404": says("", 404),
    "a redirect loop": goes_round,
    "a redirect home": leads_to("http://127.0.0.2:1/"),
    "a redirect to a private address": leads_to("http://192.168.1.1/"),
    "a redirect to a file": leads_to("file:///etc/passwd"),
    "wrong encoding": says(b"\xff\xfe\x00\xd8garbage\x80\x81", Content_Type="text/xml"),
}
"""Whatever a source does, it ends as one plain error (or an empty answer), soon."""


def expired_certificate(place: Path) -> ssl.SSLContext:
    """A server's side of TLS whose certificate ended yesterday."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=9))
        .not_valid_after(now - datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = place / "expired.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
