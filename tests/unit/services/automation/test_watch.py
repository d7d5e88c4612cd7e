"""Files dropped into a folder: whole ones, halves, copies, links, thousands; killed anywhere."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.domain.errors import InvalidInput, NotFound, ToolFailed, Unavailable
from app.domain.post import AccountId, PostState
from app.domain.results import WatchedState
from app.domain.settings_sections import Publishing
from app.services.automation import reading
from app.services.automation.service import folders_of, wishes_of
from app.services.automation.settling import LOOKS
from app.services.automation.watching import Rhythm
from tests.unit.services.automation.house import House, Snapper

WAITING, SENT, HELD = WatchedState.WAITING, WatchedState.SENT, WatchedState.HELD
BROKEN, GONE = WatchedState.BROKEN, WatchedState.GONE


async def test_a_new_film_is_described_pictured_and_waits_for_one_press(
    house: House, clip: bytes
) -> None:
    house.real_pictures()
    await house.start()
    place = house.inbox / "My garden in spring.mp4"
    place.write_bytes(clip)
    place.with_suffix(".srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nLook\n")
    (found,) = await house.until_states(WAITING)
    assert found.title == "My garden in spring"
    posts = [await house.posts.post(one) for one in found.posts]
    assert [one.account for one in posts] == ["youtube1", "tiktok1"]
    assert {one.state for one in posts} == {PostState.DRAFT}
    assert {one.source for one in posts} == {"watch"}
    attached = posts[0].attached
    assert attached.video == bytes(place)
    assert attached.captions == bytes(place.with_suffix(".srt"))
    with Image.open(attached.thumbnail.decode()) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1280, 720)
    assert [one.key for one in house.notices] == ["notices.watch_ready"]
    assert house.posts.sent == []


async def test_it_is_sent_when_the_owner_wants_that(house: House, clip: bytes) -> None:
    house.wishes = replace(house.wishes, go=True)
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    (found,) = await house.until_states(SENT)
    assert house.posts.sent == list(found.posts)


async def test_what_does_not_fit_somewhere_waits(house: House, clip: bytes) -> None:
    async def refuse(_posts: object) -> None:
        raise InvalidInput("errors.post_does_not_fit")

    house.wishes = replace(house.wishes, go=True)
    house.posts.send = refuse  # type: ignore[method-assign, assignment]  # as Publishing refuses
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    (found,) = await house.until_states(WAITING)
    assert found.reason == "errors.post_does_not_fit"


async def test_what_lay_there_before_is_left_alone(house: House, clip: bytes) -> None:
    (house.inbox / "old").mkdir()
    (house.inbox / "old" / "old.mp4").write_bytes(clip)
    await house.start()
    (house.inbox / "old" / "old.mp4").rename(house.inbox / "renamed.mp4")
    await house.rest()
    assert await house.store.files() == ()


async def test_what_came_while_the_station_was_off_is_taken(house: House, clip: bytes) -> None:
    await house.start()
    await house.service.stop()
    (house.inbox / "a.mp4").write_bytes(clip)
    house.renew()
    await house.start()
    await house.until_states(WAITING)


async def test_the_same_content_again_is_not_done_twice(house: House, clip: bytes) -> None:
    await house.start()
    place = house.inbox / "a.mp4"
    place.write_bytes(clip)
    await house.until_states(WAITING)
    (house.inbox / "copy.mp4").write_bytes(clip)
    place.rename(house.inbox / "renamed.mp4")
    os.utime(house.inbox / "renamed.mp4", (5, 5))
    await house.rest()

    async def known() -> bool:
        return len(await house.store.seen(bytes(house.inbox))) == 3

    await house.until(known)
    await house.rest()
    assert house.posts.composed == 1
    assert len(house.narrator.asked) == 1


async def test_a_file_that_grows_is_taken_when_it_is_whole(house: House, clip: bytes) -> None:
    house.rhythm = Rhythm(scan=3_600.0, look=3_600.0)
    house.renew()
    await house.start()
    place = house.inbox / "a.mp4"
    part = len(clip) // 4 + 1
    with place.open("wb") as file:
        for start in range(0, len(clip), part):
            file.write(clip[start : start + part])
            file.flush()
            await house.watch.scan()
            for _ in range(LOOKS):  # the first of them sees that it has grown
                await house.watch.look()
            assert house.watch.busy == 1
    assert await house.store.files() == ()
    await house.watch.look()
    (found,) = await house.until_states(WAITING)
    assert found.size == len(clip)


async def test_a_name_of_an_unfinished_copy_is_passed_over(house: House, clip: bytes) -> None:
    await house.start()
    part = house.inbox / "a.mp4.part"
    part.write_bytes(clip)
    (house.inbox / ".hidden.mp4").write_bytes(clip)
    (house.inbox / "notes.txt").write_bytes(b"no film")
    await house.rest()
    assert await house.store.files() == ()
    part.rename(house.inbox / "a.mp4")
    await house.until_states(WAITING)


async def test_links_lead_nowhere(house: House, clip: bytes, tmp_path: Path) -> None:
    await house.start()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.mp4").write_bytes(clip)
    (house.inbox / "link.mp4").symlink_to(outside / "secret.mp4")
    (house.inbox / "folder").symlink_to(outside)
    os.mkfifo(house.inbox / "pipe.mp4")
    await house.rest()
    assert await house.store.files() == ()


def test_a_file_behind_a_link_is_not_read(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    for folder in (inbox / "real", outside):
        folder.mkdir(parents=True)
        (folder / "a.mp4").write_bytes(b"content")
    path = bytes(inbox / "real" / "a.mp4")
    found = reading.look(path)
    assert found is not None
    assert len(reading.digest_of(bytes(inbox), path, found)) == 64
    swapped = bytes(inbox / "way" / "a.mp4")
    (inbox / "way").symlink_to(outside)  # the folder is exchanged for a link after the look
    there = reading.look(swapped)
    assert there is not None
    with pytest.raises(NotFound):
        reading.digest_of(bytes(inbox), swapped, there)
    (inbox / "real" / "b.mp4").symlink_to(inbox / "real" / "a.mp4")
    with pytest.raises(NotFound):
        reading.digest_of(bytes(inbox), bytes(inbox / "real" / "b.mp4"), found)
    with pytest.raises(NotFound):
        reading.digest_of(bytes(inbox), path, replace(found, size=3))


NAMES = (
    b"-i evil;rm -rf $HOME `id` \"'.mp4", b"\xff\xfe\xf0.mp4", "\u202egpj.x\n<b>.mp4".encode(),
    b"%d%s%n..mp4", b"concat:a|b.mp4", b"a" * 250 + b".mp4",
)  # fmt: skip


async def test_hostile_names_are_only_names(house: House, clip: bytes) -> None:
    house.real_pictures()
    await house.start()
    for number, name in enumerate(NAMES):
        with open(bytes(house.inbox) + b"/" + name, "wb") as file:  # noqa: PTH123 - bytes
            file.write(clip + bytes(number))
    found = await house.until_states(*[WAITING] * len(NAMES))
    assert {one.path for one in found} == {bytes(house.inbox) + b"/" + name for name in NAMES}
    for one in found:
        post = await house.posts.post(one.posts[0])
        assert post.words.title.encode()  # what goes out is text
        assert post.attached.thumbnail


async def test_a_broken_film_is_told_once(house: House, clip: bytes) -> None:
    await house.start()
    (house.inbox / "half.mp4").write_bytes(clip[: len(clip) // 3])
    (found,) = await house.until_states(BROKEN)
    assert found.reason
    for _ in range(2):
        await house.rest()
    await house.service.stop()
    house.renew()
    await house.start()
    await house.rest()
    assert [one.key for one in house.notices] == ["notices.watch_broken"]
    assert house.posts.composed == 0
    (house.inbox / "half.mp4").write_bytes(clip)  # copied once more, now whole
    await house.until_states(BROKEN, WAITING)


async def test_a_sound_is_no_film(house: House) -> None:
    from tests.fakes.films import run

    await house.start()
    run(["-f", "lavfi", "-i", "sine=duration=1", "-f", "mp4", str(house.inbox / "song.mp4")])
    (found,) = await house.until_states(BROKEN)
    assert found.reason == "errors.watch_no_film"


async def test_a_file_that_vanishes_is_gone_and_taken_up_when_it_comes_back(
    house: House, clip: bytes
) -> None:
    place = house.inbox / "a.mp4"
    place.write_bytes(clip)
    found = reading.look(bytes(place))
    assert found is not None
    digest = await asyncio.to_thread(reading.digest_of, bytes(house.inbox), bytes(place), found)
    assert await house.store.take(bytes(place), found, digest)
    place.unlink()
    assert await house.curator.step()
    assert (await house.store.get(digest)).view.state is GONE
    assert not await house.curator.step()
    assert house.notices == []
    place.write_bytes(clip)
    back = reading.look(bytes(place))
    assert back is not None
    assert await house.store.take(bytes(place), back, digest)
    assert await house.curator.step()
    assert (await house.store.get(digest)).view.state is WAITING


class KilledError(BaseException):
    """As by SIGKILL: nothing of ours runs after it."""


@pytest.mark.parametrize("moment", ["describe", "picture", "compose", "composed", "kept", "sent"])
async def test_killed_anywhere_it_goes_out_once(house: House, clip: bytes, moment: str) -> None:
    house.wishes = replace(house.wishes, go=True)
    place = house.inbox / "a.mp4"
    place.write_bytes(clip)
    found = reading.look(bytes(place))
    assert found is not None
    await house.store.take(bytes(place), found, "f" * 64)
    _kill(house, moment)
    with pytest.raises(KilledError):
        await house.curator.step()
    house.renew()
    while await house.curator.step():
        pass
    ended = (await house.store.get("f" * 64)).view
    assert ended.state is SENT
    assert len(house.posts.kept) == 2
    assert sorted(house.posts.sent) == sorted(ended.posts)
    assert house.posts.composed == 1


def _kill(house: House, moment: str) -> None:
    """End at a moment, once."""
    compose, send, change = house.posts.compose, house.posts.send, house.store.change

    if moment == "describe":
        house.narrator.error = KilledError()

    async def no_picture(video: bytes, out: Path) -> bool:
        house.picturer = Snapper()
        raise KilledError

    async def composing(*args: object, **more: object) -> object:
        house.posts.compose = compose  # type: ignore[method-assign]  # as it was
        if moment == "composed":
            await compose(*args, **more)  # type: ignore[arg-type]  # passed on as they came
        raise KilledError

    async def sending(posts: object) -> None:
        house.posts.send = send  # type: ignore[method-assign]  # as it was
        await send(posts)  # type: ignore[arg-type]  # passed on as they came
        raise KilledError

    async def changing(digest: str, **changes: object) -> None:
        if "posts" in changes:
            house.store.change = change  # type: ignore[method-assign]  # as it was
            raise KilledError
        await change(digest, **changes)

    if moment == "picture":
        house.picturer.picture = no_picture  # type: ignore[method-assign]  # once
    elif moment in ("compose", "composed"):
        house.posts.compose = composing  # type: ignore[method-assign, assignment]  # once
    elif moment == "sent":
        house.posts.send = sending  # type: ignore[method-assign]  # once
    elif moment == "kept":
        house.store.change = changing  # type: ignore[method-assign]  # once


async def test_what_cannot_be_done_now_is_held_and_done_later(house: House, clip: bytes) -> None:
    house.narrator.error = Unavailable("errors.away")
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    (found,) = await house.until_states(HELD)
    assert found.reason == "errors.away"
    assert not await house.curator.step()
    house.now += 61.0
    await house.curator.nudge()
    await house.until_states(WAITING)


async def test_a_full_disk_is_waited_for(house: House, clip: bytes) -> None:
    place = house.inbox / "a.mp4"
    place.write_bytes(clip)
    found = reading.look(bytes(place))
    assert found is not None
    await house.store.take(bytes(place), found, "f" * 64)
    house.narrator.error = OSError(28, "No space left on device")
    assert await house.curator.step()
    held = (await house.store.get("f" * 64)).view
    assert (held.state, held.reason) == (HELD, "errors.studio_disk")
    house.now += 61.0
    assert await house.curator.step()
    assert (await house.store.get("f" * 64)).view.state is WAITING


async def test_a_tool_that_fails_each_time_makes_it_broken(house: House, clip: bytes) -> None:
    place = house.inbox / "a.mp4"
    place.write_bytes(clip)
    found = reading.look(bytes(place))
    assert found is not None
    await house.store.take(bytes(place), found, "f" * 64)
    for expected in (HELD, HELD, BROKEN):
        house.narrator.error = ToolFailed("errors.tool_failed", tool="ffmpeg")
        assert await house.curator.step()
        assert (await house.store.get("f" * 64)).view.state is expected
        house.now += 10_000.0
    await house.service.again("f" * 64)
    assert await house.curator.step()
    with pytest.raises(InvalidInput):
        await house.service.again("f" * 64)
    with pytest.raises(NotFound):
        await house.service.again("e" * 64)


async def test_without_accounts_it_waits_until_some_are_chosen(house: House, clip: bytes) -> None:
    wishes, house.wishes = house.wishes, replace(house.wishes, accounts=())
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    (found,) = await house.until_states(HELD)
    assert found.reason == "errors.watch_no_accounts"
    house.wishes = replace(wishes, accounts=(AccountId("tiktok1"),))
    house.settings_changed()
    await house.until_states(WAITING)
    assert len(house.narrator.asked) == 1  # what was found out is kept


async def test_folders_come_and_go_with_the_settings(
    house: House, clip: bytes, tmp_path: Path
) -> None:
    await house.start()
    other = tmp_path / "other"
    house.folders = (bytes(other),)
    house.settings_changed()
    other.mkdir()  # it comes later, as a disk does
    await house.until(lambda: house._known(bytes(other)))
    (other / "a.mp4").write_bytes(clip)
    await house.until_states(WAITING)
    (house.inbox / "b.mp4").write_bytes(clip + b"\0")
    await house.rest()
    assert len(await house.store.files()) == 1


async def test_the_place_of_a_disk_is_not_the_disk(house: House, clip: bytes) -> None:
    """What is on a disk that was away when its folder was first seen did not come just now."""
    await house.store.begin(bytes(house.inbox), 1, ())  # empty, and on another device
    (house.inbox / "archive.mp4").write_bytes(clip)
    await house.service.start()
    await house.rest()
    kept = await house.store.folder(bytes(house.inbox))
    assert kept is not None
    assert not kept.empty
    assert await house.store.files() == ()
    (house.inbox / "new.mp4").write_bytes(clip + b"\0")
    await house.until_states(WAITING)


async def test_scans_find_what_the_kernel_does_not_tell(house: House, clip: bytes) -> None:
    async def deaf(_folder: object, _path: bytes) -> bool:
        return False

    house.watch._watcher.watch = deaf  # type: ignore[method-assign, assignment]  # as on the network
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    await house.until_states(WAITING)


async def test_the_kernel_tells_before_a_scan_does(house: House, clip: bytes) -> None:
    house.rhythm = Rhythm(scan=3_600.0, look=0.01)
    house.renew()
    await house.start()
    (house.inbox / "a.mp4").write_bytes(clip)
    await house.until_states(WAITING)


async def test_ten_thousand_files_at_once(house: House) -> None:
    """They are taken in turns: never more than so many are held in mind, and none is lost."""
    house.rhythm = Rhythm(scan=3.0, look=0.01)
    house.renew()
    await house.start()
    await asyncio.to_thread(_drop, house.inbox, 10_000)
    most = 0

    async def all_there() -> bool:
        nonlocal most
        most = max(most, house.watch.busy)
        return len(await house.store.seen(bytes(house.inbox))) == 10_000

    await house.until(all_there)
    assert 0 < most <= 2_000
    assert len(await house.store.files()) == 1  # all have the same content


def _drop(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number}.mp4").write_bytes(b"no film at all")


def test_settings_name_folders_and_accounts() -> None:
    more = '["/a", "b", 7, "/c\\u0000", "/a b"]'
    assert folders_of(Publishing(watch_folder="/one ", watch_folders=more)) == (
        b"/one", b"/a", b"/a b",
    )  # fmt: skip
    for bad in ("", "{", '{"a": 1}', "[" * 100_000):
        assert folders_of(Publishing(watch_folder="no", watch_folders=bad)) == ()
    many = json.dumps([f"/{number}" for number in range(99)])
    assert len(folders_of(Publishing(watch_folders=many))) == 20
    wishes = wishes_of(Publishing(watch_accounts="youtube1, ,tiktok1,youtube1"), "fr")
    assert (wishes.accounts, wishes.go, wishes.language) == (("youtube1", "tiktok1"), False, "fr")
    assert wishes_of(Publishing(watch_publish="go"), "en").go
