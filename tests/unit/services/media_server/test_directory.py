"""The tree as screens walk it: every place, pages, order, filters, and what is told of a film."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from app.domain.events import SettingsChanged
from app.domain.media import FileId, FolderId, ItemId
from app.domain.media_server import Shelves
from app.domain.settings import option
from app.home import SHELVES
from tests.unit.services.media_server.conftest import Scene
from tests.unit.services.media_server.house import NAMES, Answer

UPNP = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"
RES = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}res"


async def test_the_root_holds_what_there_is(scene: Scene) -> None:
    answer = await scene.browse()
    names = Shelves()
    shown = [names.films, names.series, names.videos, names.recent, names.years, names.folders]
    assert answer.titles == shown
    assert answer.values["NumberReturned"] == answer.values["TotalMatches"] == "6"
    assert {each.get("parentID") for each in answer.didl} == {"0"}
    counts = {each.get("id"): each.get("childCount") for each in answer.didl}
    assert counts == {"films": "2", "series": "1", "videos": "1", "recent": "8", "years": "2",
                      "folders": "2"}  # fmt: skip


async def test_the_tree_speaks_the_language_of_the_station_and_says_when_it_is_another(
    scene: Scene,
) -> None:
    assert "Recently added" in (await scene.browse()).titles
    assert (await scene.browse("series-4")).titles[0] == "Season 1"
    before = (await scene.browse()).values["UpdateID"]
    scene.house.shelves = SHELVES["fr"]
    scene.house.bus.publish(SettingsChanged("look"))
    await scene.until(lambda: scene.house.service._changes.count > int(before))
    answer = await scene.browse()
    assert answer.titles == ["Films", "Séries", "Mes vidéos", "Ajouts récents", "Par année",
                             "Dossiers"]  # fmt: skip
    assert answer.values["UpdateID"] != before
    assert (await scene.browse("series-4")).titles == [
        "Saison 1", "Saison 2", "Épisodes spéciaux", "Autres épisodes",
    ]  # fmt: skip
    own = await scene.browse("videos", flag="BrowseMetadata")
    assert own.titles == ["Mes vidéos"]


def test_every_name_of_the_tree_is_said_in_every_language() -> None:
    spoken = option("look", "language").choices
    assert {"auto", *SHELVES} == set(spoken)
    for shelves in SHELVES.values():
        told = dataclasses.asdict(shelves)
        assert all(told.values())
        assert len(set(told.values())) == len(told)
        assert "{number}" in shelves.season


@pytest.mark.parametrize(
    ("place", "titles"),
    [
        ("films", ["Élan of Carnival", "Night of the Living Dead"]),
        ("videos", ["Birthday <3>"]),
        ("series", ["Tides"]),
        ("years", ["1968", "1962"]),
        ("year-1968", ["Night of the Living Dead"]),
        ("folders", ["big", "kids"]),
        ("folder-1", ["Élan of Carnival", "Night of the Living Dead"]),
        ("series-4", ["Season 1", "Season 2", "Specials", "Other episodes"]),
        ("season-4-1", ["S1 E1 · Part 1-1", "S1 E2 · Part 1-2"]),
        ("season-4-0", ["S0 E1 · Part 0-1"]),
        ("season-4-x", ["Part None-None"]),
    ],
)
async def test_places(scene: Scene, place: str, titles: list[str]) -> None:
    answer = await scene.browse(place)
    assert answer.titles == titles
    assert int(answer.values["TotalMatches"]) == len(titles)


async def test_newest_first_and_again_by_reference(scene: Scene) -> None:
    answer = await scene.browse("recent")
    assert answer.titles[0] == "Birthday <3>"
    assert "Tides · S1 E2 · Part 1-2" in answer.titles
    first = answer.didl[0]
    assert first.get("id") == f"recent~item-{scene.library.clip}"
    assert first.get("refID") == f"item-{scene.library.clip}"
    assert first.get("parentID") == "recent"


async def test_every_id_that_is_told_can_be_asked_for(scene: Scene) -> None:
    scene.house.genres[scene.library.night] = ("Horror",)
    scene.house.genres[scene.library.series] = ("Horror", "Sea & salt")
    scene.house.service._genres.changed([scene.library.night, scene.library.series])
    await scene.until(lambda: scene.house.service._changes.count > 3)
    waiting, seen = ["0"], set()
    while waiting:
        here = waiting.pop()
        seen.add(here)
        own = await scene.browse(here, flag="BrowseMetadata")
        assert own.status == 200, here
        assert own.ids == [here]
        assert (own.values["NumberReturned"], own.values["TotalMatches"]) == ("1", "1")
        if own.didl[0].tag.endswith("}item"):
            assert (await scene.browse(here)).fault == 701
            continue
        inner = await scene.browse(here)
        told = own.didl[0].get("childCount")
        assert told == inner.values["TotalMatches"] == str(len(inner.ids)), here
        assert len(set(inner.ids)) == len(inner.ids)
        waiting += inner.ids
    assert len(seen) > 30
    assert any(each.startswith("genre-") for each in seen)


async def test_genres_are_asked_for_once_and_shown(scene: Scene) -> None:
    scene.house.genres[scene.library.night] = ("Horror", "Horror", " ", "Drama")
    scene.house.service._genres.changed([scene.library.night])
    while "By genre" not in (await scene.browse()).titles:
        pass
    answer = await scene.browse("genres")
    assert answer.titles == ["Drama", "Horror"]
    inside = await scene.browse(answer.ids[1])
    assert inside.titles == ["Night of the Living Dead"]
    told = await scene.browse(inside.ids[0], flag="BrowseMetadata")
    assert [each.text for each in told.didl[0].findall("upnp:genre", NAMES)] == ["Drama", "Horror"]
    assert (await scene.search('upnp:genre = "drama"')).titles == ["Night of the Living Dead"]


@pytest.mark.parametrize("place", ["films", "folder-2", "years", "0", "recent"])
@pytest.mark.parametrize("count", [1, 2, 3, 100])
async def test_pages_join_to_the_whole(scene: Scene, place: str, count: int) -> None:
    whole = (await scene.browse(place)).ids
    joined: list[str] = []
    while True:
        page = await scene.browse(place, start=len(joined), count=count)
        assert page.values["TotalMatches"] == str(len(whole))
        assert page.values["NumberReturned"] == str(len(page.ids))
        if not page.ids:
            break
        joined += page.ids
    assert joined == whole
    beyond = await scene.browse(place, start=1000, count=count)
    assert (beyond.ids, beyond.values["TotalMatches"]) == ([], str(len(whole)))


async def test_order(scene: Scene) -> None:
    falling = await scene.browse("films", sort="-dc:title")
    assert falling.titles == ["Night of the Living Dead", "Élan of Carnival"]
    by_date = await scene.browse("films", sort="+dc:date,-dc:title")
    assert by_date.titles == ["Élan of Carnival", "Night of the Living Dead"]
    kinds = await scene.browse("folder-2", sort="+upnp:class,+upnp:episodeNumber")
    assert kinds.status == 200
    assert (await scene.browse("0", sort="-dc:title")).titles[0] == "Series"
    caps = await scene.ask(lambda screen: screen.call("GetSortCapabilities"))
    for each in caps.values["SortCaps"].split(","):
        assert (await scene.browse("films", sort=f"-{each}")).status == 200
    for wrong in ("+upnp:artist", "dc:title; DROP TABLE item", "+", "++", "+dc:title," * 20):
        assert (await scene.browse("films", sort=wrong)).fault in (709,), wrong


async def test_a_film_is_told_whole(scene: Scene) -> None:
    (item,) = (await scene.browse(f"item-{scene.library.night}", flag="BrowseMetadata")).didl
    assert item.findtext("upnp:class", "", NAMES) == "object.item.videoItem.movie"
    assert item.findtext("dc:date", "", NAMES) == "1968-01-01"
    assert item.findtext("dc:description", "", NAMES) == "The dead <walk> & eat"
    (res,) = item.findall(RES)
    assert res.get("protocolInfo") == (
        "http-get:*:video/x-matroska:DLNA.ORG_OP=01;DLNA.ORG_CI=0;"
        "DLNA.ORG_FLAGS=01700000000000000000000000000000"
    )
    assert (res.get("duration"), res.get("size")) == ("1:36:00.000", "5000")
    assert (res.get("resolution"), res.get("nrAudioChannels")) == ("1920x1080", "2")
    assert res.get("bitrate") == "1000000"
    base = f"http://127.0.0.1:{scene.house.lan.port}/dlna/"
    own = re.escape(f"/film/{scene.library.night_file}/{scene.library.night}.mkv")
    assert re.fullmatch(re.escape(base) + r"[\w-]{24}" + own, res.text or "")
    pictures = item.findall(f"{UPNP}albumArtURI")
    profile = "{urn:schemas-dlna-org:metadata-1-0/}profileID"
    assert [each.get(profile) for each in pictures] == ["JPEG_TN", "JPEG_SM"]


async def test_an_episode_is_told_with_its_number(scene: Scene) -> None:
    episode = scene.library.episodes[1]
    (item,) = (await scene.browse(f"item-{episode}", flag="BrowseMetadata")).didl
    assert item.get("parentID") == f"season-{scene.library.series}-1"
    assert item.findtext("upnp:seriesTitle", "", NAMES) == "Tides"
    assert item.findtext("upnp:episodeNumber", "", NAMES) == "2"


async def test_only_what_the_filter_names_is_told(scene: Scene) -> None:
    def told(answer: Answer) -> set[str]:
        (item,) = answer.didl
        res = item.find(RES)
        attributes = set() if res is None else set(res.attrib)
        return {each.tag.rpartition("}")[2] for each in item} | attributes

    own = f"item-{scene.library.night}"
    least = await scene.browse(own, flag="BrowseMetadata", filter_="")
    assert told(least) == {"title", "class"}
    some = await scene.browse(own, flag="BrowseMetadata", filter_="dc:date,res@size,bogus")
    assert told(some) == {"title", "class", "date", "res", "protocolInfo", "size"}
    everything = await scene.browse(own, flag="BrowseMetadata", filter_="dc:date,*")
    assert {"description", "albumArtURI", "duration", "resolution"} <= told(everything)
    assert (await scene.browse("0", filter_="dc:title")).didl[0].get("childCount") is None


async def test_how_far_somebody_watched(scene: Scene) -> None:
    own = f"item-{scene.library.night}"
    before = await scene.browse(own, flag="BrowseMetadata")
    assert before.didl[0].find("upnp:lastPlaybackPosition", NAMES) is None
    await scene.house.playback.save_position(
        ItemId(scene.library.night), FileId(scene.library.night_file), 754.5, 5760.0
    )
    await scene.until(lambda: scene.house.service._directory._turn > 1)
    after = await scene.browse(own, flag="BrowseMetadata")
    assert after.didl[0].findtext("upnp:lastPlaybackPosition", "", NAMES) == "0:12:34.500"


async def test_changes_are_seen(scene: Scene) -> None:
    assert len((await scene.browse("films")).ids) == 2
    number = (await scene.browse("films")).values["UpdateID"]
    await scene.changed("UPDATE item SET title = 'New name' WHERE id = ?", scene.library.night)
    answer = await scene.browse("films")
    assert "New name" in answer.titles
    assert int(answer.values["UpdateID"]) > int(number)
    said = await scene.ask(lambda screen: screen.call("GetSystemUpdateID"))
    assert said.values["Id"] == answer.values["UpdateID"]
    await scene.changed("UPDATE item SET offline = 1 WHERE id = ?", scene.library.night)
    assert (await scene.browse("films")).titles == ["Élan of Carnival"]
    assert (await scene.browse("year-1968")).fault == 701


async def test_a_guest_of_one_folder_sees_that_one(stranger: Scene) -> None:
    await stranger.browse()
    await stranger.house.let_in((FolderId(stranger.library.kids),))
    assert (await stranger.browse()).ids == ["series", "videos", "recent"]
    assert (await stranger.browse("films")).ids == []
    assert (await stranger.browse("folder-1")).fault == 701
    assert (await stranger.browse("year-1968")).fault == 701
    own = f"item-{stranger.library.night}"
    assert (await stranger.browse(own, flag="BrowseMetadata")).fault == 701
    assert (await stranger.browse(f"recent~{own}", flag="BrowseMetadata")).fault == 701
    found = (await stranger.search("*")).titles
    assert sorted(found) == [
        *["Birthday <3>", "Tides", "Tides · Part None-None", "Tides · S0 E1 · Part 0-1"],
        *["Tides · S1 E1 · Part 1-1", "Tides · S1 E2 · Part 1-2", "Tides · S2 E1 · Part 2-1"],
    ]
    assert (await stranger.search('dc:title contains "night"')).ids == []


async def test_of_several_files_the_best_one_that_may_be_seen(scene: Scene, tmp_path: Path) -> None:
    await scene.changed(
        "INSERT INTO file (folder_id, item_id, path, inode, size, mtime_ns, added_at, probed,"
        " resolution, container) VALUES (?, ?, ?, 0, 9999, 0, 0, 1, '2160p', 'mov')",
        scene.library.kids, scene.library.night, b"better.mp4",
    )  # fmt: skip
    own = f"item-{scene.library.night}"
    (item,) = (await scene.browse(own, flag="BrowseMetadata")).didl
    assert item.find(RES).get("size") == "9999"
    (guest,) = scene.house.service.guests()
    await scene.house.service.allow(guest.id, True, (FolderId(scene.library.films),))
    (item,) = (await scene.browse(own, flag="BrowseMetadata")).didl
    assert item.find(RES).get("size") == "5000"


@pytest.mark.parametrize(
    "wrong",
    [
        "", "1", "-1", "nothing", "item-999", "item-", "item-1x", "year-1", "season-4-9",
        "genre-zz", "genre-41", "recent~films", "films~item-1", "recent~recent~item-1",
        "series-1", "item-4",
        "folder-9", "item-1' OR '1'='1", "../../etc/passwd", "item-٣", "series-999",
        "item-99999999999999999999",
    ],
)  # fmt: skip
async def test_ids_that_name_nothing(scene: Scene, wrong: str) -> None:
    assert (await scene.browse(wrong)).fault == 701
    assert (await scene.browse(wrong, flag="BrowseMetadata")).fault == 701


async def test_texts_that_are_no_xml_are_told_as_marks(scene: Scene) -> None:
    await scene.changed(
        "UPDATE item SET title = ? WHERE id = ?", "a\x00b\ufffe]]>&<c\u202e", scene.library.night
    )
    assert "a�b�]]>&<c�" in (await scene.browse("films")).titles
