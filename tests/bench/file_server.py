"""A web server that gives one file by `sendfile`: quick enough not to be what is measured."""

from __future__ import annotations

import re
import socket
import sys
import threading
from pathlib import Path


def main() -> None:
    """Serve the file named on the command line; says its port on a line of its own."""
    path = Path(sys.argv[1])
    size = path.stat().st_size
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        client, _address = listening.accept()
        threading.Thread(target=_serve, args=(client, path, size), daemon=True).start()


def _serve(client: socket.socket, path: Path, size: int) -> None:
    with client, path.open("rb") as file, client.makefile("rb") as asked:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while head := _head(asked.readline):
                found = re.search(r"(?im)^range: bytes=(\d+)-(\d*)", head)
                first, last = 0, size - 1
                if found is not None:
                    first = int(found[1])
                    last = min(int(found[2] or last), last)
                lines = [
                    "HTTP/1.1 206 Partial Content" if found else "HTTP/1.1 200 OK",
                    "Content-Type: video/mp4",
                    'ETag: "bench"',
                    "Accept-Ranges: bytes",
                    f"Content-Length: {last - first + 1}",
                ]
                if found is not None:
                    lines.append(f"Content-Range: bytes {first}-{last}/{size}")
                client.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
                if not head.startswith("HEAD"):
                    client.sendfile(file, first, last - first + 1)
        except OSError:
            pass  # it has gone elsewhere


def _head(line: object) -> str:
    assert callable(line)
    lines = []
    while (one := line()) not in (b"\r\n", b""):
        lines.append(one.decode("latin-1"))
    return "".join(lines)


if __name__ == "__main__":
    main()
