"""Readers for the bench of the server for the home, in a process of their own: they throw all away.

Words: ``whole URL``, ``ranges URL SIZE RANGE COUNT`` or ``forever URL READERS``. Says the seconds
it took; ``forever`` says that it began, reads until killed.
"""

from __future__ import annotations

import random
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

BUFFER = 1 << 20
READERS = 20


def read(url: str, spans: list[tuple[int, int] | None]) -> int:
    """Fetch these parts one after the other over one connection; returns the bytes that came."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    buffer = memoryview(bytearray(BUFFER))
    came = 0
    with socket.create_connection((parts.hostname, parts.port)) as pipe:
        for span in spans:
            wanted = f"Range: bytes={span[0]}-{span[1]}\r\n" if span else ""
            head = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{wanted}\r\n"
            pipe.sendall(head.encode())
            heard = b""
            while b"\r\n\r\n" not in heard:
                heard += pipe.recv(65_536)
            told, _, begun = heard.partition(b"\r\n\r\n")
            length = int(told.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            left = length - len(begun)
            while left:
                got = pipe.recv_into(buffer, min(BUFFER, left))
                if not got:
                    raise ConnectionError(left)
                left -= got
            came += length
    return came


def whole(url: str) -> None:
    """One reader."""
    began = time.perf_counter()
    read(url, [None])
    say(time.perf_counter() - began)


def ranges(url: str, size: int, each: int, count: int) -> None:
    """Twenty readers at once, each of `count` ranges of `each` bytes in different places."""
    chance = random.Random(4)
    plans: list[list[tuple[int, int] | None]] = []
    for _ in range(READERS):
        firsts = [chance.randrange(size - each) for _ in range(count)]
        plans.append([(first, first + each - 1) for first in firsts])
    threads = [threading.Thread(target=read, args=(url, plan)) for plan in plans]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    say(time.perf_counter() - began)


def forever(url: str, readers: int) -> None:
    """So many readers at full speed, until killed."""

    def again() -> None:
        while True:
            read(url, [None])

    for _ in range(readers):
        threading.Thread(target=again, daemon=True).start()
    say(0.0)
    time.sleep(600)


def say(seconds: float) -> None:
    """Tell the bench."""
    sys.stdout.write(f"{seconds}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    what, address, *number = sys.argv[1:]
    if what == "whole":
        whole(address)
    elif what == "ranges":
        ranges(address, *map(int, number))
    else:
        forever(address, int(number[0]))
