"""What a search must look like, how often it may be asked, and the announcing over loopback."""

from __future__ import annotations

import asyncio
import socket
import struct

import pytest

from app.infra.lan import ssdp
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.ssdp import Advert, Announcer, Patience, Search, read_search

LO = Interface(name="lo", address="127.0.0.1", prefix=8, kind=Kind.LOOPBACK)
ADVERT = Advert("uuid:1", ("urn:a:device:B:1", "urn:a:service:C:1"), "Server/1", boot=7)


def search(st: str = "ssdp:all", mx: str = "1", man: str = '"ssdp:discover"') -> bytes:
    return (
        f"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: {man}\r\nMX: {mx}\r\n"
        f"ST: {st}\r\n\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (search(), Search("ssdp:all", 1.0)),
        (search("uuid:1", "3"), Search("uuid:1", 3.0)),
        (search(mx="120"), Search("ssdp:all", ssdp.LONGEST_WAIT)),
        (search(mx="0"), None),
        (search(mx="-1"), None),
        (search(mx="9999999999"), None),
        (search(mx="x"), None),
        (search(mx=""), None),
        (search(man="ssdp:discover"), None),
        (search(st=""), None),
        (b"NOTIFY * HTTP/1.1\r\n\r\n", None),
        (b"\xff" * 100, None),
        (search() + b"x" * 3000, None),
        (b"", None),
    ],
)
def test_what_a_search_is(data: bytes, read: Search | None) -> None:
    assert read_search(data) == read


def test_nobody_asks_too_often() -> None:
    now = 0.0
    patience = Patience(lambda: now)
    assert sum(patience.may("a") for _ in range(100)) == ssdp.QUESTIONS
    assert patience.may("b")
    now += ssdp.EACH
    assert [patience.may("a"), patience.may("a")] == [True, False]
    for number in range(2000):
        patience.may(str(number))
    assert len(patience._askers) == ssdp.MOST_ASKERS


class Ear(asyncio.DatagramProtocol):
    """Hears the group on loopback."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.append(data.decode())


async def _ear(port: int) -> tuple[asyncio.DatagramTransport, Ear]:
    pipe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    pipe.setblocking(False)
    pipe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own = socket.inet_aton(LO.address)
    pipe.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, own)
    member = struct.pack("4s4s", socket.inet_aton(ssdp.GROUP), own)
    pipe.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    pipe.bind((ssdp.GROUP, port))
    return await asyncio.get_running_loop().create_datagram_endpoint(Ear, sock=pipe)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as pipe:
        pipe.bind(("127.0.0.1", 0))
        return int(pipe.getsockname()[1])


async def _until(ear: Ear, count: int) -> None:
    async with asyncio.timeout(10):
        while len(ear.heard) < count:  # noqa: ASYNC110 - what is waited for comes by a socket
            await asyncio.sleep(0.01)


async def test_it_comes_answers_and_goes() -> None:
    port = _free_port()
    transport, ear = await _ear(port)
    made = Announcer(ADVERT, lambda own: f"http://{own}:1/d.xml", port=port, burst=(0.0, 0.05))
    await made.change([LO])
    assert made.interfaces == (LO,)
    names = {"upnp:rootdevice", "uuid:1", *ADVERT.kinds}
    await _until(ear, 2 * len(names))
    alive = ear.heard[: 2 * len(names)]
    assert {_header(one, "NT") for one in alive} == names
    for one in alive:
        assert _header(one, "NTS") == "ssdp:alive"
        assert _header(one, "LOCATION") == "http://127.0.0.1:1/d.xml"
        assert _header(one, "BOOTID.UPNP.ORG") == "7"
        assert _header(one, "CONFIGID.UPNP.ORG") == "1"
    asker, answers = await asyncio.get_running_loop().create_datagram_endpoint(
        Ear, local_addr=("127.0.0.1", 0)
    )
    asker.get_extra_info("socket").setsockopt(
        socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(LO.address)
    )
    for data in (search("urn:other"), b"x", search(man="x")):
        asker.sendto(data, (ssdp.GROUP, port))
    asker.sendto(search("ssdp:all"), (ssdp.GROUP, port))
    await _until(answers, len(names))
    assert {_header(one, "ST") for one in answers.heard} == names
    assert all(one.startswith("HTTP/1.1 200 OK\r\n") for one in answers.heard)
    ear.heard.clear()
    await made.stop()
    await _until(ear, 2 * len(names))
    assert {_header(one, "NTS") for one in ear.heard if one.startswith("NOTIFY")} == {"ssdp:byebye"}
    asker.sendto(search(), (ssdp.GROUP, port))
    await asyncio.sleep(1.0)
    assert len(answers.heard) == len(names)
    asker.close()
    transport.close()
    await asyncio.sleep(0)


async def test_an_interface_that_cannot_be_used_is_left_out() -> None:
    gone = Interface(name="gone", address="192.0.2.1", prefix=24)
    made = Announcer(ADVERT, lambda own: own, port=_free_port())
    await made.change([gone])
    assert made.interfaces == ()
    await made.stop()


def _header(message: str, name: str) -> str:
    for line in message.split("\r\n"):
        if line.startswith(f"{name}: "):
            return line.partition(": ")[2]
    return ""
