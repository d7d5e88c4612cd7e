"""Posts in a folder: whole, once, whatever happens, and a feed that names all of them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from app.api import AppError, InvalidInput, NotFound, Unavailable
from app.api.publishing import LARGEST_SESSION, PostWanted, Stage, Trace
from plugins.local_folder import client
from plugins.local_folder.parsers import (
    ITUNES,
    MEDIA,
    PODCAST,
    Feed,
    feed_text,
    folder_name,
    is_name,
    parse_sidecar,
    sidecar_of,
    sidecar_text,
)
from tests.fakes.platforms import (
    captions_file,
    picture_file,
    publishing,
    step_by_step,
    until,
    video_file,
    wanted,
    whole,
)


def full(place: Path, **changes: Any) -> PostWanted:
    return replace(
        wanted(place, thumbnail=picture_file(place), captions=captions_file(place)), **changes
    )


def items(folder: Path) -> list[Xml.Element]:
    return Xml.parse(folder / "feed.xml").getroot().findall("channel/item")


async def test_a_post_arrives_whole_with_a_feed(tmp_path: Path) -> None:
    want = full(tmp_path, title="A lighthouse: <fog> & “sea”", tags=("sea", "fog"))
    async with publishing("local_folder", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
        who = await provider.account()
    (post,) = platform.posts
    folder = post["folder"]
    assert folder.name == "A lighthouse fog sea [555555555555]"
    assert sorted(one.name for one in folder.iterdir()) == [
        "captions.srt", "post.json", "poster.jpg", "video.mp4",
    ]  # fmt: skip
    assert want.video is not None
    assert (folder / "video.mp4").read_bytes() == Path(os.fsdecode(want.video.path)).read_bytes()
    assert (steps[-1].stage, steps[-1].remote) == (Stage.DONE, folder.name)
    assert all(len(step.session) <= LARGEST_SESSION for step in steps)
    assert who.id == str(platform.folder)
    (item,) = items(platform.folder)
    assert item.findtext("title") == want.title
    assert item.findtext("guid") == want.key
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib["length"] == str(want.video.size)
    assert enclosure.attrib["type"] == "video/mp4"
    assert enclosure.attrib["url"].startswith("file:///")
    assert enclosure.attrib["url"].endswith(
        "A%20lighthouse%20fog%20sea%20%5B555555555555%5D/video.mp4"
    )
    assert item.findtext(f"{{{ITUNES}}}duration") == "12"
    media = item.find(f"{{{MEDIA}}}content")
    assert media is not None
    assert (media.attrib["width"], media.attrib["height"]) == ("1080", "1920")
    assert media.findtext(f"{{{MEDIA}}}keywords") == "sea, fog"
    assert item.find(f"{{{PODCAST}}}transcript") is not None
    assert not list(platform.folder.glob(".*"))


async def test_large_files_come_in_pieces(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=20_000_000)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)
    assert len({one for one in told if 0 < one < 1}) == 2
    assert len(platform.posts) == 1


async def test_nothing_is_to_be_seen_before_the_commit(tmp_path: Path) -> None:
    want = full(tmp_path)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        assert platform.posts == []
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        assert (await provider.advance(want, ready.session)).stage is Stage.READY
        await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        assert found.trace is Trace.THERE
        assert (await provider.find(want, "")).trace is Trace.THERE
        assert not (platform.folder / "feed.xml").exists()
        last = await provider.advance(want, found.step.session)
    assert last.stage is Stage.DONE
    assert len(items(platform.folder)) == 1


async def test_a_commit_that_is_done_again_changes_nothing(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        first = await provider.commit(want, ready.session)
        again = await provider.commit(replace(want, title="Another"), ready.session)
    assert first.remote == again.remote
    assert len(platform.posts) == 1


@pytest.mark.parametrize(
    "session",
    [
        *("", "x", "[]", '{"role":"video","start":99999999}'),
        *('{"role":"video","start":"1"}', '{"role":"none","start":0}'),
    ],
)
async def test_a_session_that_is_of_no_use_begins_anew(tmp_path: Path, session: str) -> None:
    want = full(tmp_path)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        step = await provider.advance(want, session)
        assert step.fraction == 0
        await whole(provider, want, step.session)
    assert len(platform.posts) == 1


async def test_pieces_somebody_removed_are_copied_again(tmp_path: Path) -> None:
    want = full(tmp_path)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        (platform.folder / f".{want.key}.part/video.mp4").unlink()
        with pytest.raises(Unavailable, match="upload_lost"):
            await provider.commit(want, ready.session)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        await whole(provider, want, ready.session)
    assert len(platform.posts) == 1


async def test_a_feed_is_made_of_what_lies_there(tmp_path: Path) -> None:
    async with publishing("local_folder", tmp_path) as (provider, platform):
        for number in range(3):
            await whole(provider, wanted(tmp_path, key=f"{number}" * 32, title=f"Film {number}"))
        assert [one.findtext("title") for one in items(platform.folder)] == [
            "Film 2", "Film 1", "Film 0",
        ]  # fmt: skip
        (platform.folder / "feed.xml").unlink()
        spoilt = platform.posts[0]["folder"] / "post.json"
        spoilt.write_text("{")
        (platform.folder / "Holiday").mkdir()
        (platform.folder / "not a post.txt").write_text("x")
        await whole(provider, wanted(tmp_path, key="9" * 32, title="Film 9"))
    assert [one.findtext("title") for one in items(platform.folder)] == [
        "Film 9", "Film 2", "Film 1",
    ]  # fmt: skip


async def test_with_a_web_address_the_feed_leads_there(tmp_path: Path) -> None:
    async with publishing(
        "local_folder", tmp_path, address="https://films.example.org/lights/"
    ) as (provider, platform):
        done = await whole(provider, wanted(tmp_path))
    base = "https://films.example.org/lights/A%20lighthouse%20in%20fog%20%5B555555555555%5D"
    assert done.url == f"{base}/video.mp4"
    enclosure = items(platform.folder)[0].find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib["url"] == done.url


async def test_words_of_a_post_can_be_changed(tmp_path: Path) -> None:
    async with publishing("local_folder", tmp_path) as (provider, platform):
        done = await whole(provider, full(tmp_path))
        picture = picture_file(tmp_path, name="other.png")
        new = full(tmp_path, title="Another title", thumbnail=picture)
        await provider.change(done.remote, new)
        await provider.change(done.remote, new)
        (post,) = platform.posts
        assert (post["title"], post["poster"]) == ("Another title", "poster.png")
        assert not (post["folder"] / "poster.jpg").exists()
        assert items(platform.folder)[0].findtext("title") == "Another title"
        for remote in ("gone [aaaaaaaaaaaa]", "../x", "", ".."):
            with pytest.raises(NotFound):
                await provider.change(remote, new)


@pytest.mark.parametrize(
    ("change", "error", "key"),
    [
        ({"video": None}, InvalidInput, "post_needs_video"),
        ({"publish_at": 4e9}, InvalidInput, "post_no_planning"),
        ({"draft": True}, InvalidInput, "post_no_drafts"),
        ({"key": "../../x"}, InvalidInput, "post_choice"),
    ],
)
async def test_what_it_cannot_do_is_told(
    tmp_path: Path, change: dict[str, Any], error: type[AppError], key: str
) -> None:
    async with publishing("local_folder", tmp_path) as (provider, _platform):
        with pytest.raises(error, match=key):
            await provider.advance(wanted(tmp_path, **change), "")


async def test_a_folder_that_is_away_is_not_made_and_nothing_is_said_of_its_posts(
    tmp_path: Path,
) -> None:
    want = wanted(tmp_path)
    away = tmp_path / "disk/films"
    async with publishing("local_folder", tmp_path, folder=str(away)) as (provider, _platform):
        with pytest.raises(Unavailable, match="post_folder"):
            await provider.advance(want, "")
        with pytest.raises(Unavailable, match="post_folder"):
            await provider.find(want, "")
        assert not away.parent.exists()


async def test_without_a_folder_there_is_one_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    async with publishing("local_folder", tmp_path, folder="") as (provider, _platform):
        await whole(provider, wanted(tmp_path))
    assert len(items(tmp_path / "home/Videos/Sokoul")) == 1


async def test_a_full_disk_is_told_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SPARE", 2**60)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        with pytest.raises(Unavailable, match="disk_full"):
            await provider.advance(wanted(tmp_path), "")
        assert not list(platform.folder.iterdir())


async def test_a_video_that_shrinks_meanwhile_is_told(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=9_000_000)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        step = await provider.advance(want, "")
        video_file(tmp_path, 1_000)
        with pytest.raises(NotFound, match="post_file_gone"):
            await provider.advance(want, step.session)
        assert platform.posts == []


async def test_what_never_went_out_is_removed_in_the_end(tmp_path: Path) -> None:
    left, other = wanted(tmp_path, key="a" * 32), wanted(tmp_path, key="b" * 32)
    async with publishing("local_folder", tmp_path) as (provider, platform):
        await until(provider, left, Stage.READY)
        ready = await until(provider, other, Stage.READY)
        folders = [platform.folder / f".{one.key}.part" for one in (left, other)]
        (platform.folder / ".mine.part").mkdir()
        os.utime(folders[0], (1, 1))
        os.utime(platform.folder / ".mine.part", (1, 1))
        await whole(provider, wanted(tmp_path))
        assert [one.exists() for one in folders] == [False, True]
        assert (platform.folder / ".mine.part").exists()
        await whole(provider, other, ready.session)
        await whole(provider, left)
    assert len(platform.posts) == 3


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A lighthouse", "A lighthouse [555555555555]"),
        ("../../etc/passwd", "etc passwd [555555555555]"),
        ("..", "[555555555555]"),
        ('CON: a?*|<>"\n\0b', "CON a b [555555555555]"),
        ("👍👍", "[555555555555]"),
        ("-rf / --", "rf [555555555555]"),
        ("Ça—là", "Ça là [555555555555]"),
        ("火" * 90, "火" * 20 + " [555555555555]"),
    ],
)
def test_hostile_titles_make_harmless_names(tmp_path: Path, title: str, name: str) -> None:
    made = folder_name(wanted(tmp_path, title=title))
    assert made == name
    assert is_name(made)


@pytest.mark.parametrize("bad", ["", "..", "a", "a/b [555555555555]", "[55555555555g]", ".x"])
def test_other_names_are_none_of_ours(bad: str) -> None:
    assert not is_name(bad)


def test_hostile_endings_and_sidecars_lead_nowhere(tmp_path: Path) -> None:
    video = replace(video_file(tmp_path), ending="/../x")
    sidecar = sidecar_of(wanted(tmp_path, video=video), 5.0)
    assert sidecar.video == "video"
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar
    good = sidecar_text(sidecar).decode()
    for bad in ("", "[]", "{}", "[" * 9_000, good.replace('"video"', '"video2"', 1),
                good.replace('"video": "video"', '"video": "../../x"'),
                good.replace('"key": "5', '"key": "/')):  # fmt: skip
        assert parse_sidecar(bad.encode()) is None
    odd = good.replace('"size": 50000', '"size": -1').replace('"tags": [', '"tags": [1, null, ')
    assert parse_sidecar(odd.encode()) is not None


def test_a_feed_of_odd_words_is_still_xml(tmp_path: Path) -> None:
    words = "<script>]]>&amp;\0\x0b\ud800\uffff é 火 👍"
    odd = sidecar_of(wanted(tmp_path, title=words, description=words, tags=(words,)), 5.0)
    text = feed_text(Feed(words, "file:///x/"), [("a [555555555555]", odd)], 10.0)
    root = Xml.fromstring(text)
    assert root.findtext("channel/item/title") == "<script>]]>&amp; é 火 👍"
    assert Xml.fromstring(feed_text(Feed("x", "file:///x/"), [], 10.0)).find("channel/item") is None
    many = [(f"a [{number:012x}]", replace(odd, at=float(number))) for number in range(600)]
    assert (
        len(Xml.fromstring(feed_text(Feed("x", "f:/"), many, 1.0)).findall("channel/item")) == 500
    )
