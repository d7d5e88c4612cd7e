"""What runs inside the network namespaces of the VPN test: a client, a giver, and a witness."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import socket
import struct
import sys
import threading
from functools import partial
from pathlib import Path

FOUND = "10.92.0.2"
"""Where the giver is found, by either way."""
TRACKER = 6969
WEB = 8080
DOOR = 7777
ALL_PROTOCOLS = 0x0003
ARP, IPV4, IPV6 = 0x0806, 0x0800, 0x86DD
OUTGOING = 4
# What the system itself says on a new line: neighbours, routers, groups it listens to.
NEIGHBOURS = frozenset((130, 131, 132, 133, 134, 135, 136, 137, 143))


def give(torrent: Path, folder: Path, limit: int) -> None:
    """Seed, be its tracker and its web server, until killed."""
    from tests.fakes.swarm import seeding

    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("0.0.0.0", WEB), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with seeding(torrent.read_bytes(), folder, limit) as seed:
        asyncio.run(_open_door(seed.peer))


async def _open_door(peer: tuple[str, int]) -> None:
    """Let in whoever comes by any line: libtorrent itself listens on one."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection(*peer)
        await asyncio.gather(pass_on(reader, outer), pass_on(inner, writer))

    server = await asyncio.start_server(meet, "0.0.0.0", DOOR)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await server.serve_forever()


def witness(interface: str, log: Path) -> None:
    """Write down every packet that comes in by an interface, until killed."""
    seen = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    seen.bind((interface, 0))
    with log.open("a", buffering=1) as file:
        file.write("# ready\n")
        while True:
            packet, (_, protocol, kind, *_rest) = seen.recvfrom(65_536)
            told = None if kind == OUTGOING else _told(packet[14:], protocol)
            if told:
                file.write(told + "\n")


def _told(packet: bytes, protocol: int) -> str | None:
    if protocol == ARP:
        return None
    if protocol == IPV4 and len(packet) >= 20:
        start = (packet[0] & 15) * 4
        port = struct.unpack("!H", packet[start + 2 : start + 4])[0] if len(packet) > start else 0
        return f"{socket.inet_ntop(socket.AF_INET, packet[16:20])} {packet[9]} {port}"
    if protocol == IPV6 and len(packet) >= 41:
        following, start = packet[6], 40
        if following == 0:  # a header more
            following, start = packet[40], 48
        if following == socket.IPPROTO_ICMPV6 and packet[start] in NEIGHBOURS:
            return None
        return f"{socket.inet_ntop(socket.AF_INET6, packet[24:40])} {following} 0"
    return f"protocol {protocol:#x}"


async def take(torrent: Path, folder: Path, interface: str) -> None:
    """Fetch, as the station would, and tell how it stands five times a second, until killed."""
    from app.infra.torrents.engine import TorrentEngine
    from app.infra.torrents.settings import EngineSettings

    settings = EngineSettings(interface=interface, port_mapping=True)
    engine = TorrentEngine(folder / "kept", settings)
    await engine.start()
    taken = await engine.add(torrent.read_bytes(), folder / "save", "one")
    while True:
        taken.add_peers([(FOUND, DOOR)])
        told = taken.status()
        shown = {"vpn": engine.vpn.state, "done": told.done, "reason": told.reason}
        sys.stdout.write(json.dumps(shown) + "\n")
        sys.stdout.flush()
        await asyncio.sleep(0.2)


async def ask(magnet: str, interface: str) -> None:
    """Ask peers what a magnet link holds, as Search would, again and again, until killed."""
    from app.domain.errors import Unavailable
    from app.infra.torrent_lists import TorrentLists

    lists = TorrentLists(lambda: interface)
    found = 0
    while True:
        reason = ""
        try:
            await lists.of_magnet(magnet, 3.0, peers=[(FOUND, DOOR)])
            found += 1
        except Unavailable as error:
            reason = error.key
        sys.stdout.write(json.dumps({"done": found, "reason": reason}) + "\n")
        sys.stdout.flush()
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    part, *words = sys.argv[1:]
    if part == "give":
        give(Path(words[0]), Path(words[1]), int(words[2]))
    elif part == "witness":
        witness(words[0], Path(words[1]))
    elif part == "ask":
        asyncio.run(ask(words[0], words[1]))
    else:
        asyncio.run(take(Path(words[0]), Path(words[1]), words[2]))
