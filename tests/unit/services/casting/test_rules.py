"""In which form a device gets a film, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.casting import CastDevice
from app.domain.casting import (
    LADDER,
    MediaFacts,
    Method,
    Plan,
    Protocol,
    SoundTrack,
    SubtitleTrack,
)
from app.domain.errors import Unsupported
from app.infra.ffmpeg.encoders import Encoders
from app.services.casting.abilities import Sinks, plain_type
from app.services.casting.features import features, profile_of
from app.services.casting.models import abilities_of
from app.services.casting.rules import ladder, next_plan, plan
from tests.fakes.converting import device

CAST, DLNA = Protocol.CHROMECAST, Protocol.DLNA
ENCODERS = Encoders()
CHROMECAST = device("Google Inc.", "Chromecast")
ULTRA = device("Google Inc.", "Chromecast Ultra")
SAMSUNG = device("Samsung Electronics", "UE40D7000",
                 ("video/mp4", "video/x-mkv", "video/vnd.dlna.mpeg-tts",
                  "video/x-msvideo"))  # fmt: skip
PLAIN = device("A Maker", "A Set", ("video/mp4",))
SILENT = device("A Maker", "A Set That Says Nothing")
LETTERS = SubtitleTrack(number=0)
PICTURES = SubtitleTrack(number=1, codec="hdmv_pgs_subtitle")


def film(container: str, video: str, *sounds: str, **more: object) -> MediaFacts:
    told: dict[str, object] = {
        "container": container, "video": video, "width": 1920, "height": 1080, "level": 40,
        "frames": 24.0, "duration": 100.0, "subtitles": (LETTERS, PICTURES),
        "sounds": tuple(SoundTrack(number=n, codec=one) for n, one in enumerate(sounds)),
        **more,
    }  # fmt: skip
    return MediaFacts(**told)  # type: ignore[arg-type]  # fields by name


def told(target: CastDevice, protocol: Protocol, facts: MediaFacts, **more: object) -> Plan:
    return plan(target, protocol, facts, encoders=ENCODERS, **more)  # type: ignore[arg-type]  # keywords of plan


@pytest.mark.parametrize(
    ("target", "protocol", "facts", "form", "reason"),
    [
        (CHROMECAST, CAST, film("mp4", "h264", "aac"), "direct as it is copy copy", "direct"),
        (CHROMECAST, CAST, film("matroska", "h264", "aac"), "remux mp4 copy copy", "container"),
        (CHROMECAST, CAST, film("matroska", "h264", "dts"), "audio mp4 copy aac", "sound"),
        (CHROMECAST, CAST, film("matroska", "hevc", "aac"), "full hls h264 aac", "picture"),
        (CHROMECAST, CAST, film("mp4", "h264", "aac", level=51), "full hls h264 aac", "level"),
        (CHROMECAST, CAST, film("mp4", "h264", "aac", bits=10), "full hls h264 aac", "depth"),
        (CHROMECAST, CAST, film("ts", "h264", "aac", interlaced=True), "full hls h264 aac",
         "interlaced"),
        (CHROMECAST, CAST, film("mp4", "h264", "aac", rotated=True), "full hls h264 aac",
         "rotated"),
        (ULTRA, CAST, film("mp4", "hevc", "aac", bits=10, height=2160, width=3840),
         "direct as it is copy copy", "direct"),
        (ULTRA, CAST, film("matroska", "hevc", "ac3", bits=10), "audio mp4 copy aac", "sound"),
        (CHROMECAST, CAST, film("webm", "vp8", "vorbis"), "direct as it is copy copy", "direct"),
        (SAMSUNG, DLNA, film("matroska", "h264", "ac3"), "direct as it is copy copy", "direct"),
        (SAMSUNG, DLNA, film("matroska", "h264", "dts"), "audio mpegts copy ac3", "sound"),
        (SAMSUNG, DLNA, film("mpegts", "mpeg2video", "mp2", interlaced=True),
         "direct as it is copy copy", "direct"),
        (PLAIN, DLNA, film("matroska", "h264", "aac"), "remux mp4 copy copy", "container"),
        (PLAIN, DLNA, film("mp4", "h264", "aac", height=2160, width=3840), "full mp4 h264 aac",
         "too_large"),
        (SILENT, DLNA, film("mp4", "h264", "aac"), "direct as it is copy copy", "direct"),
        (SILENT, DLNA, film("mp4", "h264", "aac", fast_start=False), "remux mp4 copy copy",
         "index_at_end"),
        (SILENT, DLNA, film("avi", "mpeg4", "mp3"), "full mp4 h264 aac", "picture"),
    ],
)  # fmt: skip
def test_the_cheapest_form_that_plays(
    target: CastDevice, protocol: Protocol, facts: MediaFacts, form: str, reason: str
) -> None:
    found = told(target, protocol, facts)
    assert f"{found.method} {found.container} {found.video} {found.audio}" == form
    assert found.reason == f"casting.why.{reason}"


def test_the_owner_and_what_was_learnt_come_first() -> None:
    facts = film("matroska", "hevc", "dts")
    assert told(CHROMECAST, CAST, facts, form=Method.DIRECT).method is Method.DIRECT
    forced = told(CHROMECAST, CAST, facts, form=Method.AUDIO)
    assert (forced.method, forced.video, forced.audio) == (Method.AUDIO, "copy", "aac")
    assert forced.reason == "casting.why.owner"
    good = film("mp4", "h264", "aac")
    refused = told(CHROMECAST, CAST, good, known={Method.DIRECT: False})
    assert (refused.method, refused.reason) == (Method.FULL, "casting.why.refused_before")
    played = told(CHROMECAST, CAST, facts, known={Method.DIRECT: True})
    assert played.method is Method.DIRECT
    every = dict.fromkeys(Method, False)
    assert told(CHROMECAST, CAST, good, known=every).method is Method.FULL


def test_another_sound_track_is_sent_alone() -> None:
    found = told(CHROMECAST, CAST, film("mp4", "h264", "aac", "aac"), sound=1)
    assert (found.method, found.sound) == (Method.REMUX, 1)
    assert found.reason == "casting.why.other_sound"


def test_subtitles_are_burnt_in_only_when_nothing_else_works() -> None:
    facts = film("mp4", "h264", "aac")
    assert told(CHROMECAST, CAST, facts, subtitle=LETTERS).burn is None
    assert told(SAMSUNG, DLNA, facts, subtitle=LETTERS).burn is None
    pictures = told(CHROMECAST, CAST, facts, subtitle=PICTURES)
    assert (pictures.method, pictures.burn) == (Method.FULL, 1)
    without = told(PLAIN, DLNA, facts, subtitle=LETTERS)
    assert (without.method, without.burn, without.reason) == (Method.FULL, 0, "casting.why.burnt")
    reads = device("A Maker", "A Set", ("video/mp4", "text/srt"))
    assert told(reads, DLNA, facts, subtitle=LETTERS).method is Method.DIRECT


def test_sound_is_all_a_loudspeaker_gets() -> None:
    loud = device("Google Inc.", "Google Home Mini", sound_only=True)
    found = told(loud, CAST, film("matroska", "hevc", "dts"))
    assert (found.container, found.video, found.audio) == ("mp3", "", "mp3")
    song = MediaFacts(container="flac", sounds=(SoundTrack(number=0, codec="flac"),))
    assert told(loud, CAST, song).method is Method.DIRECT


def test_a_slow_machine_and_a_smooth_film_become_smaller() -> None:
    slow = Encoders("libx264", "ultrafast", 480)
    found = plan(CHROMECAST, CAST, film("avi", "mpeg4", "mp3"), encoders=slow)
    assert found.height == 480
    assert told(CHROMECAST, CAST, film("avi", "mpeg4", "mp3", frames=60.0)).height == 720


def test_without_an_encoder_what_must_be_converted_cannot_be_sent() -> None:
    with pytest.raises(Unsupported) as error:
        plan(CHROMECAST, CAST, film("avi", "mpeg4", "mp3"), encoders=Encoders("", "", 0))
    assert error.value.key == "errors.cast_no_form"


def test_the_type_is_written_as_the_device_writes_it() -> None:
    assert told(SAMSUNG, DLNA, film("matroska", "h264", "aac")).content_type == "video/x-mkv"
    assert told(SAMSUNG, DLNA, film("avi", "mpeg4", "mp3")).content_type == "video/x-msvideo"
    assert plain_type("Video/X-Matroska; codecs=x") == plain_type("video/matroska")
    assert Sinks(["nonsense", "http-get:*", "rtsp-rtp-udp:*:video/mp4:*"]).film_type("mp4") == ""


def test_what_a_list_says_of_codings_widens_what_is_sent() -> None:
    knows = device(
        "A Maker", "B", ("http-get:*:video/mp4:DLNA.ORG_PN=HEVC_MP4_MP_AAC", "audio/x-ac3")
    )
    found = told(knows, DLNA, film("mp4", "hevc", "ac3", bits=10))
    assert found.method is Method.DIRECT


def test_the_features_of_files_and_of_conversions() -> None:
    flags = "DLNA.ORG_FLAGS=01700000" + "0" * 24
    assert features(converted=False) == f"DLNA.ORG_OP=01;DLNA.ORG_CI=0;{flags}"
    assert features(converted=True) == f"DLNA.ORG_CI=1;{flags}"
    assert profile_of("mp3", "mp3", 2, picture=False) == "MP3"
    assert profile_of("mp4", "aac", 2, picture=True) == ""
    assert features(converted=False, profile="MP3").startswith("DLNA.ORG_PN=MP3;")


CODECS = ["h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "mpeg2video", "wmv3", "theora", ""]
SOUNDS = ["aac", "ac3", "eac3", "dts", "mp3", "opus", "vorbis", "flac", "truehd", "pcm_s16le"]
CONTAINERS = ["mp4", "mov", "matroska", "webm", "mpegts", "mpeg", "avi", "asf", "flv", "ogg",
              "mp3", "flac", "rm"]  # fmt: skip
TYPES = ["video/mp4", "video/x-matroska", "video/x-mkv", "video/vnd.dlna.mpeg-tts", "video/mp2t",
         "video/mpeg", "video/avi", "video/webm", "audio/mpeg", "audio/flac", "text/srt",
         "video/x-h265", "audio/x-ac3", "*"]  # fmt: skip
films = st.builds(
    MediaFacts,
    container=st.sampled_from(CONTAINERS), video=st.sampled_from(CODECS),
    level=st.sampled_from([0, 31, 41, 42, 51]), bits=st.sampled_from([8, 10]),
    chroma=st.sampled_from(["420", "422"]), width=st.sampled_from([640, 1920, 3840]),
    height=st.sampled_from([360, 800, 1080, 2160]), frames=st.sampled_from([24.0, 60.0]),
    interlaced=st.booleans(), rotated=st.booleans(), hdr=st.sampled_from(["", "HDR10", "DV"]),
    sounds=st.lists(st.sampled_from(SOUNDS), max_size=3).map(
        lambda names: tuple(SoundTrack(number=n, codec=one) for n, one in enumerate(names))),
    subtitles=st.just((LETTERS, PICTURES)), duration=st.sampled_from([None, 100.0]),
    fast_start=st.booleans(),
)  # fmt: skip
devices = st.one_of(
    st.tuples(st.sampled_from(["Chromecast", "Chromecast Ultra", "Google TV Streamer", "Nest Hub",
                               "Something new"]).map(lambda name: device("Google", name)),
              st.just(CAST)),
    st.tuples(st.builds(device, st.sampled_from(["Samsung", "LG Electronics", "Sony", "?"]),
                        st.sampled_from(["BRAVIA", "gmediarender", "Rygel", "Kodi", "TV"]),
                        st.lists(st.sampled_from(TYPES), max_size=8).map(tuple)), st.just(DLNA)),
)  # fmt: skip
subtitles = st.sampled_from([None, LETTERS, PICTURES])


@given(films, devices, subtitles, st.integers(0, 2))
def test_nothing_is_sent_that_a_device_is_not_said_to_play(
    facts: MediaFacts, target: tuple[CastDevice, Protocol], subtitle: SubtitleTrack | None,
    sound: int,
) -> None:  # fmt: skip
    able = abilities_of(*target)
    types = {plain_type(one.split(":")[2]) for one in target[0].sinks}
    rungs = ladder(*target, facts, sound=sound, subtitle=subtitle, encoders=ENCODERS)
    for rung in rungs:
        direct = rung.method is Method.DIRECT
        container = facts.container if direct else rung.container
        line = able.line(container, picture=bool(rung.video))
        assert line is not None
        assert line.content_type == rung.content_type
        # What a renderer lists is what it enforces.
        assert not types or "*" in types or plain_type(rung.content_type) in types
        video = facts.video if rung.video == "copy" else rung.video
        if video:
            limit = line.picture(video)
            assert limit is not None
            assert rung.video != "copy" or facts.bits <= limit.bits
            assert rung.video != "copy" or not limit.level or facts.level <= limit.level
        if rung.audio:
            tracks = {one.number: one.codec for one in facts.sounds}
            codec = tracks.get(rung.sound, "") if rung.audio == "copy" else rung.audio
            assert codec in line.sounds
        if rung.burn is not None:
            assert rung.method is Method.FULL
            assert subtitle is not None
            assert not subtitle.text or not able.letters
    assert [LADDER.index(one.method) for one in rungs] == sorted(
        LADDER.index(one.method) for one in rungs
    )


@given(films, devices, subtitles, st.dictionaries(st.sampled_from(list(Method)), st.booleans()),
       st.none() | st.sampled_from(list(Method)))  # fmt: skip
def test_the_ladder_always_ends(
    facts: MediaFacts, target: tuple[CastDevice, Protocol], subtitle: SubtitleTrack | None,
    known: Mapping[Method, bool], form: Method | None,
) -> None:  # fmt: skip
    try:
        now: Plan | None = plan(*target, facts, form=form, known=known, subtitle=subtitle,
                                encoders=ENCODERS)  # fmt: skip
    except Unsupported:
        return
    seen: list[tuple[Method, str]] = []
    while now is not None:
        assert (now.method, now.container) not in seen
        seen.append((now.method, now.container))
        now = next_plan(*target, facts, now, known=known, subtitle=subtitle, encoders=ENCODERS)
    assert len(seen) <= 3 * len(Method) + 1
