"""What runs inside the network namespaces of the server's tests: the server, and who asks it."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from dataclasses import asdict

from aiohttp import web

from app.infra.lan import interfaces
from app.infra.lan.routes import Route
from app.infra.lan.server import LanServer


async def fine(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"fine")


async def serve(port: int, names: list[str]) -> None:
    """Serve on what is chosen, and tell each change, until killed."""
    server = LanServer()
    server.add([Route("GET", "/plain", fine)])
    await server.start([], port)
    async for ways in interfaces.watch(lambda: names, every=0.1):
        await server.change([way.address for way in ways])
        told = {
            "ways": [asdict(way) for way in ways],
            "all": [asdict(way) for way in interfaces.present()],
            "addresses": server.addresses,
            "port": server.port,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def ask(source: str, address: str, port: int) -> None:
    """Ask once, from an address, and say what was answered."""
    said = b"nobody there"
    with socket.socket() as pipe:
        pipe.settimeout(5)
        pipe.bind((source, 0))
        try:
            pipe.connect((address, port))
            host = f"Host: {address}:{port}\r\nConnection: close\r\n\r\n"
            pipe.sendall(f"GET /plain HTTP/1.1\r\n{host}".encode())
            said = b""
            while piece := pipe.recv(65_536):
                said += piece
        except ConnectionResetError:
            said = b"hung up"
        except OSError:
            pass
    sys.stdout.write(said.decode())


if __name__ == "__main__":
    part, *given = sys.argv[1:]
    if part == "serve":
        asyncio.run(serve(int(given[0]), given[1:]))
    else:
        ask(given[0], given[1], int(given[2]))
