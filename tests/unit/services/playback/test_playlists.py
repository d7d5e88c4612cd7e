"""Playlists are rewritten whole, and nothing in them reaches past the station."""

from __future__ import annotations

import pytest

from app.domain.errors import Refused, Unsupported
from app.services.playback.parts import is_name
from app.services.playback.playlists import MOST_LINES, check_open, ending_of, is_playlist, rewrite

MASTER = """#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="audio/en.m3u8?t=1",LANGUAGE="en"
#EXT-X-STREAM-INF:BANDWIDTH=1280000,RESOLUTION=1280x720,AUDIO="a"
720/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=86000,URI="https://cdn.example/iframe.m3u8"
"""
MEDIA = """#EXTM3U
#EXT-X-TARGETDURATION:4
#EXT-X-KEY:METHOD=AES-128,URI="../film.key",IV=0x00000000000000000000000000000001
#EXT-X-MAP:URI="init.mp4",BYTERANGE="720@0"
#EXTINF:4.0,
//cdn.example/part0.m4s
#EXTINF:4.0,
part 1.ts?sig=a,b
#EXT-X-ENDLIST
"""


class Through:
    def __init__(self) -> None:
        self.seen: list[str] = []
        self.places: list[str] = []

    def __call__(self, address: str, place: str) -> str:
        self.seen.append(address)
        self.places.append(place)
        return f"{len(self.seen)}.{ending_of(address)}"


def test_every_address_is_replaced_and_every_other_word_kept() -> None:
    through = Through()
    told = rewrite(MASTER, "https://films.example/a/master.m3u8", through)
    assert through.seen == [
        "https://films.example/a/audio/en.m3u8?t=1",
        "https://films.example/a/720/index.m3u8",
        "https://cdn.example/iframe.m3u8",
    ]
    assert through.places == ["1", "2", "3"]
    assert 'NAME="English",URI="1.m3u8",LANGUAGE="en"' in told
    assert "\n2.m3u8\n" in told
    assert "films.example" not in told
    assert "cdn.example" not in told


def test_keys_maps_and_parts_go_through_too() -> None:
    through = Through()
    told = rewrite(MEDIA, "https://films.example/a/b/low.m3u8", through)
    assert through.seen == [
        "https://films.example/a/film.key",
        "https://films.example/a/b/init.mp4",
        "https://cdn.example/part0.m4s",
        "https://films.example/a/b/part 1.ts?sig=a,b",
    ]
    assert through.places == ["1x1", "1x2", "1", "2"]
    assert 'URI="1.key",IV=0x' in told
    assert 'URI="2.mp4",BYTERANGE="720@0"' in told


def _places(first: str, numbers: range) -> dict[str, str]:
    through = Through()
    parts = "".join(f"#EXTINF:4,\n{number}.ts\n" for number in numbers)
    key = '#EXT-X-KEY:METHOD=AES-128,URI="a.key"\n'
    rewrite(f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:{first}\n{key}{parts}", "https://a/b", through)
    return dict(zip(through.seen, through.places, strict=True))


def test_a_part_of_a_live_one_keeps_its_place_as_the_list_moves_on() -> None:
    before, after = _places("7", range(7, 10)), _places("8", range(8, 11))
    assert (before["https://a/9.ts"], before["https://a/a.key"]) == ("10", "8x1")
    assert [after[f"https://a/{number}.ts"] for number in (8, 9, 10)] == ["9", "10", "11"]
    for absurd in ("-1", "9" * 40, "x"):
        assert all(map(is_name, _places(absurd, range(3)).values()))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "concat:/etc/passwd|a",
        "data:text/plain,hello",
        "ftp://a/b",
        "http://[bad",
    ],
)
def test_a_line_that_leads_elsewhere_is_dropped(address: str) -> None:
    text = f'#EXTM3U\n#EXTINF:4,\n{address}\n#EXT-X-KEY:METHOD=AES-128,URI="{address}"\n'
    through = Through()
    told = rewrite(text, "https://films.example/a.m3u8", through)
    assert through.seen == []
    assert address not in told


DRM = (
    '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"',
    '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:x",'
    'KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"',
    '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://y"',
    '#EXT-X-KEY:METHOD=AES-128,URI="x",KEYFORMAT="com.microsoft.playready"',
    "#EXT-X-KEY:URI=nothing",
)


@pytest.mark.parametrize("line", DRM)
def test_streams_under_drm_are_refused(line: str) -> None:
    with pytest.raises(Refused) as told:
        check_open(f"#EXTM3U\n{line}\n")
    assert told.value.key == "errors.stream_protected"


def test_plain_encryption_and_none_are_open() -> None:
    check_open('#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n')
    check_open('#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="identity"\n')


def test_absurd_playlists_are_refused() -> None:
    with pytest.raises(Unsupported):
        rewrite("#EXTM3U\n" + "a.ts\n" * (MOST_LINES + 1), "https://films.example/", Through())


@pytest.mark.parametrize(
    ("start", "is_one"),
    [
        (b"#EXTM3U\n", True),
        (b"\xef\xbb\xbf#EXTM3U", True),
        (b"\n #EXTM3U", True),
        (b"G@\x00", False),
        (b"", False),
    ],
)
def test_playlists_are_known_by_their_content(start: bytes, is_one: bool) -> None:
    assert is_playlist(start) is is_one


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        ("https://a.example/b.m3u8?x=1", "m3u8"),
        ("https://a.example/b.TS", "ts"),
        ("https://a.example/b.php?f=.mp4", "ts"),
        ("https://a.example/b", "ts"),
        ("https://a.example/b.../etc", "ts"),
    ],
)
def test_endings(address: str, ending: str) -> None:
    assert ending_of(address) == ending
