"""What is told of a film, and of what only looks like one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.casting import MediaFacts
from app.domain.errors import NotFound, ToolFailed, Unsupported
from app.infra.ffmpeg.facts import facts, parse
from app.infra.ffmpeg.heads import head_of
from app.infra.growing import Whole
from app.infra.loopback import LoopbackServer
from app.services.downloads.serving import serving
from tests.fakes import films


async def look(path: Path) -> MediaFacts:
    return await facts(os.fsencode(path))


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    made = LoopbackServer()
    yield made
    await made.stop()


async def test_everything_that_decides_is_told(tmp_path: Path) -> None:
    found = await look(films.make(films.RICH))
    assert (found.container, found.video, found.width, found.height) == (
        "matroska", "h264", 320, 180,
    )  # fmt: skip
    assert (found.bits, found.chroma, found.frames) == (8, "420", 12.0)
    assert [one.language for one in found.sounds] == ["eng", "fre"]
    assert [(one.number, one.codec) for one in found.subtitles] == [(0, "subrip"), (1, "subrip")]
    assert found.duration == pytest.approx(3.0, abs=0.2)
    assert found.size == films.make(films.RICH).stat().st_size


@pytest.mark.parametrize(
    ("container", "word"),
    [("mkv", "matroska"), ("mp4", "mp4"), ("ts", "mpegts"), ("avi", "avi"), ("webm", "webm")],
)
async def test_the_container_is_one_word(container: str, word: str) -> None:
    found = await look(films.pair(*films.pairs(container)[-1], container))
    assert found.container == word


async def test_deep_colours_fields_and_a_turned_phone(tmp_path: Path) -> None:
    deep, fields, turned = tmp_path / "a.mkv", tmp_path / "b.ts", tmp_path / "c.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=1"]
    films.run([*source, "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params",
               "log-level=none:transfer=smpte2084:colorprim=bt2020:colormatrix=bt2020nc",
               str(deep)])  # fmt: skip
    films.run([*source, "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-top", "1", str(fields)])
    films.run(["-i", str(films.pair("h264", "aac", "mp4")), "-c", "copy", "-metadata:s:v",
               "rotate=90", str(turned)])  # fmt: skip
    found = await look(deep)
    assert (found.video, found.profile, found.bits, found.hdr) == ("hevc", "Main 10", 10, "HDR10")
    assert (await look(fields)).interlaced
    assert (await look(turned)).rotated


async def test_where_the_index_stands(tmp_path: Path) -> None:
    early = tmp_path / "early.mp4"
    late = films.pair("h264", "aac", "mp4")
    films.run(["-i", str(late), "-c", "copy", "-movflags", "+faststart", str(early)])
    assert not (await look(late)).fast_start
    assert (await look(early)).fast_start


async def test_a_film_that_loads_is_looked_at_over_our_own_server(server: LoopbackServer) -> None:
    path = films.pair("h264", "aac", "mp4")
    address = await server.offer(serving(lambda: Whole(path)), path.name)
    found, same = await facts(address), await look(path)
    assert found == same
    assert not (await head_of(address)).fast_start


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
async def test_what_is_no_film_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)
    with pytest.raises(Unsupported) as told:
        await look(path)
    assert told.value.key == "errors.cast_not_media"


async def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "gone"):
        with pytest.raises(NotFound):
            await look(tmp_path / name)


async def test_no_other_address_is_asked() -> None:
    with pytest.raises(ValueError, match="not an address"):
        await facts("http://127.0.0.1.evil.example/film.mp4")


async def test_a_film_that_does_not_come_is_given_up(server: LoopbackServer) -> None:
    import asyncio

    from aiohttp import web

    async def never(_request: web.Request, _rest: str) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response(status=404)

    address = await server.offer(never, "film.mp4")
    with pytest.raises(ToolFailed) as told:
        await facts(address, seconds=0.3)
    assert told.value.key == "errors.tool_timeout"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["streams", "format", "codec_type", "tags", "duration", "level", "width",
                         "side_data_list", "disposition", "avg_frame_rate", "pix_fmt"]),
        inner, max_size=6),
    max_leaves=30,
)  # fmt: skip


@given(JSON)
def test_whatever_ffprobe_says_is_read(document: object) -> None:
    found = parse(document)
    assert found is None or found.video or found.sounds
