"""A slow web server on this machine, so that the tour has something to download."""

from __future__ import annotations

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

RATE: Final = 60_000
"""Bytes a second for each connection."""
BEAT: Final = 0.1
MOST: Final = 5


class SlowServer:
    """Serves the largest films of a folder by their names, ranges too, and takes its time."""

    def __init__(self, folder: Path) -> None:
        films = sorted(folder.rglob("*.mkv"), key=lambda one: -one.stat().st_size)
        self._files = {file.name: file for file in films[:MOST]}
        known = self._files

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """Send a file, or the part of it that is asked for."""
                file = known.get(unquote(self.path.lstrip("/")))
                if file is None:
                    self.send_error(404)
                    return
                _send(self, file.read_bytes())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def addresses(self) -> list[str]:
        """Where each file is."""
        port = self._server.server_address[1]
        return [f"http://127.0.0.1:{port}/{quote(name)}" for name in self._files]

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(2)


def _send(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", ""))
    first = min(int(wanted[1]), len(body) - 1) if wanted else 0
    last = min(int(wanted[2]), len(body) - 1) if wanted and wanted[2] else len(body) - 1
    handler.send_response(206 if wanted else 200)
    if wanted:
        handler.send_header("Content-Range", f"bytes {first}-{last}/{len(body)}")
    handler.send_header("Accept-Ranges", "bytes")
    handler.send_header("Content-Type", "video/x-matroska")
    handler.send_header("Content-Length", str(last - first + 1))
    handler.end_headers()
    step = round(RATE * BEAT)
    try:
        for at in range(first, last + 1, step):
            handler.wfile.write(body[at : min(at + step, last + 1)])
            time.sleep(BEAT)
    except OSError:
        handler.close_connection = True  # whoever asked went away
