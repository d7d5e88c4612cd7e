"""What platforms take: the data, the words cut to it, and what is said of what does not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.api.captions import hashtag
from app.api.shortening import shortened
from app.domain.casting import MediaFacts, SoundTrack
from app.domain.post import AccountId, BundleId, Manner, Misfit, Post, PostId, Words
from app.services.publishing.checking import PictureFacts, Seen, check, check_words
from app.services.publishing.rules import FILE, Counted, Way, platforms, rules_of
from app.services.publishing.wording import clock, cut, fit, joined
from tests.contracts.sources import ROOT
from ui.messages import told

FILM = MediaFacts(
    container="mp4", video="h264", profile="High", width=1080, height=1920, frames=30.0,
    sounds=(SoundTrack(number=0, codec="aac"),), duration=42.0, rate=1_700_000, size=9_000_000,
)  # fmt: skip
PICTURE = PictureFacts("jpg", 90_000, 320, 180)
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
FLAG, THUMB = "\U0001f1eb\U0001f1f7", "\U0001f44d\U0001f3fd"
PARTS = st.sampled_from(
    ["lighthouse ", "#sea ", "@ann ", "https://example.org/a?b=c ", "example.com ", "é", "火",
     "<b>", FAMILY, FLAG, THUMB, "\n\n", "e\u0301", "\u200d", "\r\n", "\0", "#", "…", "a" * 90,
     "\ud800"]
)  # fmt: skip
TEXT = st.lists(PARTS | st.text(max_size=12), max_size=120).map("".join)


def post(platform: str, words: Words | None = None, **manner: Any) -> Post:
    """A post that fits."""
    choices = {"subreddit": "lighthouses"} if platform == "reddit" else {}
    return Post(
        PostId("5" * 32), BundleId("b"), AccountId(platform), platform,
        words or Words("A lighthouse", "How it was built.", ("sea",)),
        manner=replace(Manner(choices=choices), **manner),
    )  # fmt: skip


def keys(found: tuple[Misfit, ...]) -> set[str]:
    return {one.key.removeprefix("post.misfit.") for one in found}


def seen(platform: str, **changes: Any) -> Seen:
    room = rules_of(platform).thumbnail
    picture = replace(PICTURE, width=1_280, height=720) if room and not room.box else PICTURE
    return Seen(replace(FILM, **changes), picture if room else None)


@pytest.mark.parametrize("platform", platforms())
def test_what_is_usual_fits_everywhere(platform: str) -> None:
    assert not check(post(platform), seen(platform), rules_of(platform))


def test_there_are_rules_for_every_platform_there_is_a_plugin_for() -> None:
    found = {
        file.parent.name
        for file in (ROOT / "plugins").glob("*/manifest.toml")
        if '"publishing"' in file.read_text()
    }
    assert found <= set(platforms())
    assert all(table["name"] for table in json.loads(FILE.read_text()).values())


def test_the_rules_are_no_wider_than_what_the_plugins_take() -> None:
    """A plugin holds to limits of its own: what fits by the rules must fit there."""
    for platform in platforms():
        places = ROOT / "plugins" / platform / "places.json"
        limits = json.loads(places.read_text()).get("limits", {}) if places.is_file() else {}
        rules = rules_of(platform)
        texts = {"text": rules.text or rules.description, "title": rules.title}
        for name, room in texts.items():
            assert room is None or room.most <= limits.get(name, room.most), (platform, name)
        assert rules.video.largest <= limits.get("largest", rules.video.largest), platform
        assert rules.video.longest <= limits.get("longest", rules.video.longest), platform
        thumbnail = rules.thumbnail
        assert thumbnail is None or thumbnail.largest <= limits.get("thumbnail", thumbnail.largest)
    assert rules_of("telegram", {"server": "x"}).video.largest <= 2_000_000_000


def test_a_platform_without_rules_takes_what_there_is() -> None:
    assert not check(post("mine"), Seen(), rules_of("mine"))
    assert rules_of("mine").name == "mine"


def test_an_account_may_be_allowed_more() -> None:
    large = seen("telegram", size=60_000_000)
    assert keys(check(post("telegram"), large, rules_of("telegram"))) == {"video_large"}
    own = rules_of("telegram", {"server": "http://nas.lan:8081", "chat": "@lights"})
    assert not check(post("telegram"), large, own)
    assert rules_of("telegram", {"server": ""}) == rules_of("telegram")
    long = post("x_com", Words("word " * 90))
    assert keys(check(long, seen("x_com"), rules_of("x_com"))) == {"text_long"}
    assert not check(long, seen("x_com"), rules_of("x_com", {"long_posts": True}))
    nowhere = replace(post("reddit"), manner=Manner())
    assert keys(check(nowhere, seen("reddit"), rules_of("reddit"))) == {"choice"}
    assert not check(nowhere, seen("reddit"), rules_of("reddit", {"subreddit": "lighthouses"}))


@pytest.mark.parametrize(
    ("platform", "words", "found"),
    [
        ("youtube", Words("é" * 100, "x"), set()),
        ("youtube", Words("é" * 101, "x"), {"title_long"}),
        ("youtube", Words("x", "é" * 2_500), set()),
        ("youtube", Words("x", "é" * 2_501), {"description_long"}),
        ("youtube", Words(" ", "a <b>"), {"title_missing", "description_signs"}),
        ("youtube", Words("x", tags=("t" * 20,) * 22), set()),
        ("youtube", Words("x", tags=("t" * 20,) * 23), {"tags"}),
        ("youtube", Words("x", tags=("a,b",)), {"tag_signs"}),
        ("tiktok", Words("🌊" * 1_100), set()),
        ("tiktok", Words("🌊" * 1_101), {"text_long"}),
        ("instagram", Words("x", "#a " * 31), {"hashtags"}),
        ("instagram", Words("x", "@ann " * 21), {"mentions"}),
        ("x_com", Words("", "https://example.org/" + "a" * 300 + " " + "b" * 256), set()),
        ("x_com", Words("", "火" * 141), {"text_long"}),
        ("telegram", Words("a" * 500, "b" * 522), set()),
        ("telegram", Words("a" * 500, "b" * 523), {"text_long"}),
        ("reddit", Words("a" * 301), {"title_long"}),
        ("email", Words("", "text"), {"title_missing"}),
    ],
)  # fmt: skip
def test_words_are_counted_as_each_platform_counts(
    platform: str, words: Words, found: set[str]
) -> None:
    assert keys(check_words(words, rules_of(platform))) == found


@pytest.mark.parametrize(
    ("platform", "changes", "found"),
    [
        ("youtube", {"duration": 43_201.0}, {"video_long"}),
        ("youtube", {"container": ""}, {"video_unreadable"}),
        ("youtube", {"video": "", "width": 0}, {"video_no_picture"}),
        ("tiktok", {"duration": 2.0}, {"video_short"}),
        ("tiktok", {"frames": 12.0}, {"video_frames"}),
        ("tiktok", {"frames": 120.0, "video": "av1"}, {"video_frames", "video_codec"}),
        ("tiktok", {"width": 320, "height": 180}, {"video_narrow"}),
        ("tiktok", {"width": 7_680, "height": 4_320}, {"video_wide"}),
        ("tiktok", {"container": "matroska"}, {"video_container"}),
        ("instagram", {"size": 300_000_001, "rate": 57_000_000}, {"video_large", "video_bits"}),
        ("instagram", {"fast_start": False}, {"video_start"}),
        ("instagram", {"sounds": (SoundTrack(number=0, codec="opus", rate=96_000),)},
         {"video_sound", "video_samples"}),
        ("instagram", {"bits": 10}, {"video_colours"}),
        ("instagram", {"hdr": "HDR10"}, {"video_colours"}),
        ("linkedin", {"size": 74_000}, {"video_small"}),
        ("x_com", {"width": 1_920, "height": 480}, {"video_shape"}),
        ("x_com", {"width": 1_920, "height": 1_440}, {"video_wide"}),
        ("x_com", {"duration": 141.0}, {"video_long"}),
        ("local_folder", {"video": "av1", "size": 9 * 10**11}, set()),
    ],
)  # fmt: skip
def test_a_video_that_does_not_fit_is_told(
    platform: str, changes: dict[str, Any], found: set[str]
) -> None:
    assert keys(check(post(platform), seen(platform, **changes), rules_of(platform))) == found


def test_pictures_captions_and_manners_are_held_against_the_rules() -> None:
    def of(platform: str, one: Seen, **manner: Any) -> set[str]:
        return keys(check(post(platform, **manner), one, rules_of(platform)))

    youtube = rules_of("youtube")
    assert youtube.thumbnail is not None
    assert of("youtube", Seen(FILM, PictureFacts("jpg", 2_000_001, 1280, 720))) == {"picture_large"}
    assert of("youtube", Seen(FILM, PictureFacts("webp", 9))) == {"picture_form"}
    assert of("youtube", Seen(FILM, PictureFacts())) == {"picture_unreadable"}
    assert of("telegram", Seen(FILM, PictureFacts("jpg", 9, 321, 100))) == {"picture_wide"}
    assert of("x_com", Seen(FILM, PICTURE)) == {"picture_unused"}
    assert of("reddit", Seen(FILM)) == {"picture_missing"}
    assert of("youtube", Seen(None)) == {"video_missing"}
    assert of("youtube", Seen(FILM, captions="ass")) == {"captions_form"}
    assert of("tiktok", Seen(FILM, captions="srt")) == {"captions_unused"}
    assert of("tiktok", Seen(FILM), privacy="unlisted") == {"privacy"}
    assert of("linkedin", Seen(FILM), draft=True) == {"drafts"}
    assert of("linkedin", Seen(FILM, ending="m4v")) == {"video_container"}
    assert of("tiktok", Seen(FILM), draft=True, synthetic=True) == set()
    assert of("x_com", Seen(FILM), synthetic=True, for_children=True) == {"synthetic", "children"}


def test_what_is_only_worth_knowing_does_not_block() -> None:
    found = check(post("x_com", synthetic=True), Seen(FILM, PICTURE, "srt"), rules_of("x_com"))
    assert len(found) == 3
    assert not any(one.blocks or one.mends for one in found)
    (large,) = check(post("email"), seen("email", size=10**9), rules_of("email"))
    assert (large.blocks, large.mends) == (False, True)  # it goes out with a link


@pytest.mark.parametrize("platform", platforms())
@given(title=TEXT, description=TEXT, tags=st.lists(TEXT, max_size=12))
@example(title="a" * 400, description="b" * 6_000, tags=["#"])
@example(title="", description="#a" * 4_000, tags=["1", "👍"])
def test_words_that_were_fitted_fit(
    platform: str, title: str, description: str, tags: list[str]
) -> None:
    rules = rules_of(platform)
    made = fit(Words(title, description, tuple(tags)), rules)
    assert keys(check_words(made, rules)) <= {"title_missing"}
    assert fit(made, rules) == made


def test_what_fits_is_left_alone() -> None:
    words = Words("A lighthouse", "One.\n\nTwo.", ("sea", "fog signal"))
    for platform in platforms():
        rules = rules_of(platform)
        kept = words if rules.tags.way is not Way.NONE else replace(words, tags=())
        assert fit(words, rules) == kept


def test_words_and_signs_stay_whole() -> None:
    assert shortened("one two three four", 12, len) == "one two…"
    assert shortened("x" * 20, 5, len) == "xxxx…"
    for size in range(1, 40):
        for text, sign in ((FAMILY * 3, FAMILY), (FLAG * 6, FLAG), (THUMB * 6, THUMB)):
            made = shortened(text, size, Counted.UTF16.size)
            assert made == text or made.removesuffix("…").replace(sign, "") == ""
    assert len(shortened("é" * 10, 9, Counted.BYTES.size).encode()) <= 9


def test_one_text_keeps_room_for_some_hashtags() -> None:
    words = Words("A lighthouse", "word " * 400, ("sea", "fog"))
    made = fit(words, rules_of("x_com"))
    whole = f"{joined(made)}\n\n{hashtag('sea')} {hashtag('fog')}"
    assert 250 < Counted.X.size(whole) <= 280
    assert made.description.endswith("word…")


def test_a_cut_title_has_no_line_breaks() -> None:
    room = rules_of("youtube").title
    assert room is not None
    assert fit(Words("a\nb"), rules_of("youtube")).title == "a b"
    assert cut("<b>bold</b>", room) == "bbold/b"


def test_lengths_are_told_as_clocks() -> None:
    assert [clock(value) for value in (59.9, 140, 3_723)] == ["0:59", "2:20", "1:02:03"]


EVERY = Seen(
    replace(
        FILM, container="avi", video="av1", bits=10, width=7_680, height=200, frames=240.0,
        duration=50_000.0, size=10**13, rate=10**9,
        sounds=(SoundTrack(number=0, codec="dts", rate=96_000),),
    ),
    PictureFacts("gif", 10**9, 9_000, 9_000), "sub",
)  # fmt: skip


@pytest.mark.parametrize("platform", platforms())
def test_every_misfit_has_words(platform: str) -> None:
    rules = rules_of(platform)
    long = Words("<" * 9_000, "# @x #y <" * 9_000, ('a,"',) * 900)
    bad = replace(
        post(platform, long), manner=Manner("secret", for_children=True, synthetic=True, draft=True)
    )
    shapes = (
        EVERY, Seen(), Seen(FILM, PictureFacts()), Seen(FILM, PictureFacts("png", 10**9, 9, 9)),
        Seen(FILM, PictureFacts("jpg", 9, 9_000, 9_000)), Seen(FILM, PictureFacts("jpg", 9, 9, 9)),
        Seen(replace(FILM, container="")), Seen(replace(FILM, video="")),
        Seen(replace(FILM, size=9, duration=0.1, frames=1.0, width=100, height=100)),
        Seen(replace(FILM, fast_start=False)),
    )  # fmt: skip
    for shape in shapes:
        for one in check(bad, shape, rules) + check(post(platform, Words("")), shape, rules):
            sentence = told(one.key, one.args)
            assert one.key not in sentence
            assert "{" not in sentence
