"""How playing is judged, and what is written for renderers; no device is needed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from app.api import CastMedia, CastState, CastSubtitle
from plugins.dlna.didl import metadata, protocol_info
from plugins.dlna.parsers import only_sound, read_clock, read_sinks, write_clock
from plugins.dlna.playback import Playback, Reading

FILM = CastMedia(url="http://a/f.mp4", content_type="video/mp4", title="F", duration=60.0)


def reading(at: float, transport: str, position: float | None = None, **more: object) -> Reading:
    return Reading(at, transport, url=FILM.url, position=position, **more)  # type: ignore[arg-type]  # by name


def loaded() -> Playback:
    made = Playback()
    made.loads(FILM, 100.0)
    return made


def state(made: Playback) -> CastState:
    return made.state


def test_playing_is_what_moves() -> None:
    made = loaded()
    made.read(reading(100.1, "PLAYING", 0.0, duration=60.0))
    assert state(made) is CastState.LOADING
    made.read(reading(101.1, "PLAYING", 1.0, duration=60.0))
    assert state(made) is CastState.PLAYING
    assert made.position(101.6) == pytest.approx(1.5)
    made.read(reading(102.0, "PLAYING", 1.0, duration=60.0))
    made.read(reading(110.0, "PLAYING", 1.0, duration=60.0))
    made.read(reading(111.0, "PLAYING", 1.0, duration=60.0))
    assert state(made) is CastState.LOADING  # it stands still, whatever it says


def test_one_that_says_it_plays_and_does_nothing_has_failed() -> None:
    made = loaded()
    for second in range(10):
        made.read(reading(100.0 + second, "PLAYING", 0.0))
    assert state(made) is CastState.FAILED
    assert made.reason == "errors.cast_did_not_play"
    made.read(reading(111.0, "PLAYING", 1.0))
    made.read(reading(112.0, "PLAYING", 2.0))
    assert state(made) is CastState.PLAYING  # it did after all


def test_the_length_of_the_film_before_is_no_sign_of_this_one() -> None:
    made = Playback()
    made.loads(CastMedia(url="http://a/s.mp4", content_type="a/b", title="S", duration=3.0), 0.0)
    made.read(Reading(1.0, "PLAYING", url="http://a/s.mp4", position=2.0, duration=3.0))
    made.loads(FILM, 100.0)
    for second in range(10):
        made.read(reading(100.0 + second, "PLAYING", 0.0, duration=3.0))
    assert state(made) is CastState.FAILED


@pytest.mark.parametrize("says", ["PLAYING", "TRANSITIONING"])
def test_one_that_stands_at_the_end_and_never_stops_has_ended(says: str) -> None:
    made = loaded()
    made.read(reading(100.1, "PLAYING", 58.0, duration=60.0))
    made.read(reading(101.1, "PLAYING", 59.0, duration=60.0))
    made.read(reading(103.0, says, 59.0, duration=60.0))
    assert state(made) is not CastState.ENDED
    made.read(reading(104.5, says, 59.0, duration=60.0))
    assert state(made) is CastState.ENDED
    made.read(reading(105.0, "PLAYING", 0.0, duration=60.0))  # somebody plays it again
    made.read(reading(106.0, "PLAYING", 1.0, duration=60.0))
    assert state(made) is CastState.PLAYING


def test_one_that_stands_elsewhere_has_not_ended() -> None:
    made = loaded()
    for second in range(20):
        made.read(reading(100.0 + second, "PLAYING", 30.0, duration=60.0))
    assert state(made) is CastState.LOADING


def test_one_that_opened_the_film_is_given_time() -> None:
    made = loaded()
    for second in range(20):
        made.read(reading(100.0 + second, "PLAYING", 0.0, duration=60.0))
    assert state(made) is CastState.LOADING


def test_one_that_never_says_where_it_is_is_believed() -> None:
    made = loaded()
    made.read(reading(101.0, "PLAYING"))
    assert state(made) is CastState.LOADING
    made.read(reading(105.0, "PLAYING"))
    assert state(made) is CastState.PLAYING


@pytest.mark.parametrize(("last", "wanted"), [(59.0, CastState.ENDED), (30.0, CastState.STOPPED)])
def test_the_end_is_no_stop(last: float, wanted: CastState) -> None:
    made = loaded()
    made.read(reading(100.1, "PLAYING", last - 1, duration=60.0))
    made.read(reading(101.1, "PLAYING", last, duration=60.0))
    made.read(Reading(101.6, "NO_MEDIA_PRESENT"))
    assert state(made) is wanted
    made.read(Reading(102.6, "STOPPED"))
    assert state(made) is wanted


def test_a_stop_near_the_end_is_a_stop() -> None:
    made = loaded()
    made.read(reading(100.1, "PLAYING", 58.0, duration=60.0))
    made.read(reading(101.1, "PLAYING", 59.0, duration=60.0))
    made.stops()
    made.read(reading(101.2, "STOPPED", 59.0))
    assert state(made) is CastState.STOPPED


def test_trouble_is_a_failure() -> None:
    made = loaded()
    made.read(reading(100.1, "TRANSITIONING", 0.0))
    made.read(reading(100.2, "STOPPED", 0.0, trouble=True))
    assert state(made) is CastState.FAILED


def test_what_was_on_before_is_not_ours() -> None:
    made = loaded()
    made.read(Reading(100.1, "STOPPED", url="http://b/old.mp4"))
    assert (made.url, made.state) == (FILM.url, CastState.LOADING)
    made.read(reading(100.2, "PLAYING", 0.0))
    made.read(Reading(103.0, "PLAYING", url="http://b/other.mp4", position=5.0))
    assert made.url == "http://b/other.mp4"  # somebody else has sent it something


def test_metadata_is_whole_xml() -> None:
    words = CastSubtitle("http://a/s.srt?x=1&y=2", "application/x-subrip", "en", "English")
    media = CastMedia(
        url="http://a/f.mp4?a=1&b=<2>",
        content_type="video/mp4",
        title='A & "B" <c>\x00\x1b',
        caption="it's",
        duration=3661.5,
        size=123,
        features="DLNA.ORG_OP=01;DLNA.ORG_CI=0",
        picture="http://a/p.jpg",
        subtitles=(words,),
        subtitle=0,
    )
    root = ElementTree.fromstring(metadata(media))
    texts = {one.tag.rpartition("}")[2]: one.text for one in root.iter()}
    assert texts["title"] == 'A & "B" <c>'
    assert texts["albumArtURI"] == "http://a/p.jpg"
    assert texts["CaptionInfoEx"] == words.url
    first, second = (one for one in root.iter() if one.tag.endswith("}res"))
    assert (first.text, second.text) == (media.url, words.url)
    assert first.get("protocolInfo") == protocol_info(media)
    assert protocol_info(media) == "http-get:*:video/mp4:DLNA.ORG_OP=01;DLNA.ORG_CI=0"
    assert (first.get("duration"), first.get("size")) == ("1:01:01.000", "123")
    assert first.get("{http://www.pv.com/pvns/}subtitleFileUri") == words.url
    assert "CaptionInfo" not in metadata(FILM)


def test_times_and_sinks() -> None:
    assert [read_clock(told) for told in ("0:01:02", "1:00:00.500", "0:00:01.1/2")] == [
        62,
        3600.5,
        1.5,
    ]
    for told in ("NOT_IMPLEMENTED", "", None, "abc", "1:2"):
        assert read_clock(told) is None
    assert [write_clock(one) for one in (0, 61.9, 36_000, -5)] == [
        "0:00:00",
        "0:01:01",
        "10:00:00",
        "0:00:00",
    ]
    sinks = read_sinks("http-get:*:audio/mpeg:DLNA.ORG_PN=MP3,http-get:*:audio/L16:*,rubbish,")
    assert sinks == ("http-get:*:audio/mpeg:DLNA.ORG_PN=MP3", "http-get:*:audio/L16:*")
    assert only_sound(sinks)
    assert not only_sound(())
    assert not only_sound((*sinks, "http-get:*:video/mp4:*"))
