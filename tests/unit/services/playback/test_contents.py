"""Only films reach mpv."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.errors import Unavailable, Unsupported
from app.services.playback.contents import demuxer_for


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [(b"\x1a\x45\xdf\xa3\x01", "mkv"), (b"\0\0\0\x20ftypisom", "lavf"), (b"RIFFxxxxAVI ", "lavf")],
)
def test_films_name_their_demuxer(tmp_path: Path, head: bytes, demuxer: str) -> None:
    path = tmp_path / "film"
    path.write_bytes(head)
    assert demuxer_for(os.fsencode(path), "Film") == demuxer


@pytest.mark.parametrize(
    "head",
    [
        b"#EXTM3U\n/etc/passwd",
        b"\xef\xbb\xbf#EXTM3U\n",
        b"\n\n  [playlist]\nFile1=x",
        b"# mpv EDL v0\nother.mkv",
        b"ffconcat version 1.0\nfile x",
        b"<?xml version='1.0'?><playlist>",
        b'FILE "x.wav" WAVE',
        b"#!/bin/sh\n",
        b"https://example.org/live",
        b"",
    ],
)
def test_lists_and_nothing_are_refused(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(head)
    with pytest.raises(Unsupported):
        demuxer_for(os.fsencode(path), "Film")


def test_no_regular_file_is_refused(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.mkv"
    os.mkfifo(fifo)
    for path in (fifo, tmp_path):
        with pytest.raises(Unsupported):
            demuxer_for(os.fsencode(path), "Film")
    with pytest.raises(Unavailable):
        demuxer_for(os.fsencode(tmp_path / "gone"), "Film")
