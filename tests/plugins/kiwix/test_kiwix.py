from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import struct
from pathlib import Path
from typing import Any

import pytest

from app.api import AppError, Credit, Fact, InvalidInput, Unavailable
from plugins.kiwix import reading
from plugins.kiwix.archive import Archive
from plugins.kiwix.finding import names, written
from plugins.kiwix.reading import Patience, opened
from tests.fakes.plugins import manifest_of, provider
from tests.fakes.zim import HEADER, NONE, XZ, ZSTD, Page, packed, zim

ABOUT = {
    "Title": "Wikipedia", "Creator": "Wikipedia contributors", "Language": "eng",
    "Source": "en.wikipedia.org",
}  # fmt: skip
PACKINGS = pytest.mark.parametrize("packing", [NONE, XZ, ZSTD], ids=["none", "xz", "zstd"])


def html(*paragraphs: str, head: str = "") -> bytes:
    told = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body>{told}</body>".encode()


def page(title: str, *paragraphs: str, head: str = "") -> Page:
    return Page(title.replace(" ", "_"), title, html(*paragraphs, head=head))


DILATION = "Time dilation is the difference in elapsed time as measured by two clocks."
PAGES = [
    page("Clock", "A clock is a device that measures and displays time."),
    page("Kitchen", "A kitchen is a room used for cooking.", "It has a stove and a sink in it."),
    page("Speed of light", "The speed of light in vacuum is a universal physical constant."),
    page("Speed skating", "Speed skating is a competitive form of ice skating."),
    page("Time", "Time is the continued progress of existence and events."),
    page("Time dilation", DILATION, "It was confirmed by experiments with atomic clocks."),
    page("Timeline", "A timeline is a list of events in the order of time."),
    page("École", "Une école est un établissement où l'on enseigne."),
    page("Gravitational time dilation", "Time passes slower the lower the potential is."),
    Page("Light_speed", "Light speed", redirect="Speed_of_light"),
    Page("Loop_a", "Loop a", redirect="Loop_b"),
    Page("Loop_b", "Loop b", redirect="Loop_a"),
    Page("Nowhere", "Nowhere", redirect="Missing"),
    Page("Kitchen.png", "Kitchen picture", b"\x89PNG", "image/png"),
    Page("Kitchen_(disambiguation)", "Kitchen (disambiguation)", html(
        "Kitchen is a room for cooking food in. It is also a name.",
        '<span id="disambigbox">More meanings</span>',
    )),
]  # fmt: skip


def put(place: Path, content: bytes, name: str = "wiki.zim") -> Path:
    file = place / name
    file.write_bytes(content)
    return file


async def ask(file: Path, topic: str, language: str = "en") -> list[Fact]:
    async with provider("kiwix", file.parent, folder=str(file)) as made:
        return list(await made.facts(topic, language))


async def titles(file: Path, topic: str, language: str = "en") -> list[str]:
    return [one.title for one in await ask(file, topic, language)]


@PACKINGS
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(("new", "listing"), [(True, True), (True, False), (False, False)])
async def test_an_article_is_found_and_read(
    tmp_path: Path, packing: int, new: bool, listing: bool, wide: bool
) -> None:
    made = zim(PAGES, ABOUT, packing=packing, new=new, listing=listing, wide=wide)
    file = put(tmp_path, made)
    assert await ask(file, "Time dilation") == [
        Fact(
            "Time dilation",
            f"{DILATION}\nIt was confirmed by experiments with atomic clocks.",
            Credit(
                "Time dilation", "Wikipedia contributors", "CC BY-SA", "https://en.wikipedia.org"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("time dilation", ["Time dilation"]),
        ("What is the speed of light?", ["Speed of light"]),
        ("light speed", ["Speed of light"]),
        ("Why is the kitchen warm", ["Kitchen"]),
        ("gravitational potential", ["Gravitational time dilation"]),
        ("Tell me what dilation means", ["Time dilation", "Gravitational time dilation"]),
        ("TIME", ["Time", "Time dilation"]),
        ("Loop a", []),
        ("Nowhere", []),
        ("Zebra", []),
        ('"" !?', []),
    ],
)
async def test_titles_are_found_exactly_then_as_beginnings_then_by_words(
    tmp_path: Path, topic: str, found: list[str]
) -> None:
    assert await titles(put(tmp_path, zim(PAGES, ABOUT)), topic) == found


async def test_accents_and_letters_of_others(tmp_path: Path) -> None:
    pages = [*PAGES, page("水", "水は化合物である。酸素と水素から成る物質である。とても大切だ。")]
    file = put(tmp_path, zim(pages, {"Title": "Mixed"}))
    assert await titles(file, "Comment marche une école ?", "fr") == ["École"]
    assert await titles(file, "水", "ja") == ["水"]


def test_the_names_in_a_topic() -> None:
    assert list(names("What is the speed of light", "en"))[:4] == [
        "What is the speed of light",
        "speed of light",
        "speed",
        "light",
    ]
    assert written("SPEED of light") == [
        "SPEED of light",
        "SPEED Of Light",
        "Speed of light",
    ]


async def test_only_files_of_the_language_are_asked(tmp_path: Path) -> None:
    put(tmp_path, zim(PAGES, ABOUT), "a.zim")
    french = [page("Temps", "Le temps est une notion qui rend compte du changement.")]
    put(tmp_path, zim(french, {"Title": "Wikipédia", "Language": "fra"}), "b.zim")
    both = [page("Time", "Time, told in two languages, passes the same.")]
    put(tmp_path, zim(both, {"Title": "Both", "Language": "fra,eng"}), "c.ZIM")
    (tmp_path / "notes.txt").write_text("none")
    async with provider("kiwix", tmp_path, folder=str(tmp_path)) as made:
        assert [one.credit.author for one in await made.facts("Temps", "fr")] == ["Wikipédia"]
        found = await made.facts("Time", "en-GB")
        assert [one.credit.author for one in found][-1] == "Both"
        assert list(await made.facts("Time", "de")) == []


@pytest.mark.parametrize(
    ("about", "head", "credit"),
    [
        ({**ABOUT, "License": "CC BY 4.0"}, "", ("Wikipedia contributors", "CC BY 4.0",
                                                 "https://en.wikipedia.org")),
        (ABOUT, '<link rel="canonical" href="https://en.wikipedia.org/wiki/Time">',
         ("Wikipedia contributors", "CC BY-SA", "https://en.wikipedia.org/wiki/Time")),
        ({"Title": "Cook book", "Source": "http://cook.example/"}, "",
         ("Cook book", "", "http://cook.example/")),
        ({}, '<link rel="canonical" href="javascript:alert(1)">', ("", "", "")),
    ],
)  # fmt: skip
async def test_the_credit_is_what_the_file_says(
    tmp_path: Path, about: dict[str, str], head: str, credit: tuple[str, str, str]
) -> None:
    file = put(tmp_path, zim([page("Time", "Time is what a clock measures.", head=head)], about))
    (fact,) = await ask(file, "Time")
    assert (fact.credit.author, fact.credit.license, fact.credit.url) == credit


# Files that are not what they should be.


def test_every_cut_of_a_file_ends_plainly(tmp_path: Path) -> None:
    whole = zim(PAGES, ABOUT, packing=XZ)
    for length in [*range(0, 400, 13), *range(400, len(whole) - 16, 97)]:
        file = put(tmp_path, whole[:length])
        with pytest.raises(AppError):
            look(file)


@PACKINGS
@pytest.mark.parametrize("new", [True, False])
def test_files_with_wrong_bytes_end_plainly(tmp_path: Path, packing: int, new: bool) -> None:
    whole = zim(PAGES, ABOUT, packing=packing, new=new)
    chance = random.Random(7)
    for _ in range(150):
        spoiled = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        at = chance.randrange(len(spoiled) - 8)
        spoiled[at : at + 8] = chance.choice((b"\xff" * 8, bytes(8), bytes(spoiled[at : at + 8])))
        with contextlib.suppress(InvalidInput, Unavailable):
            look(put(tmp_path, bytes(spoiled)))


def look(file: Path, topic: str = "time dilation") -> None:
    from plugins.kiwix.client import Client

    client = Client(str(file), logging.getLogger("plugins.kiwix"))
    client.check()
    client.facts(topic, "en")
    with opened(file, Patience(5)) as source:
        archive = Archive(source)
        for at in range(len(PAGES)):
            entry = archive.resolved(archive.entry(at))
            if entry is not None:
                archive.content(entry, 1_000_000)


def changed(content: bytes, name: str, value: int) -> bytes:
    """A file whose header says something else."""
    fields = ("magic", "major", "minor", "uuid", "entries", "clusters", "paths", "titles",
              "cluster_list", "mimes", "main", "layout", "checksum")  # fmt: skip
    told = list(HEADER.unpack(content[: HEADER.size]))
    told[fields.index(name)] = value
    return HEADER.pack(*told) + content[HEADER.size :]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("magic", 1), ("major", 4), ("major", 7), ("entries", 2**32 - 1), ("clusters", 2**32 - 1),
        ("paths", 2**64 - 1), ("paths", 2**63), ("paths", 0), ("cluster_list", 2**64 - 8),
        ("mimes", 2**64 - 1), ("mimes", 0),
    ],
)  # fmt: skip
async def test_what_a_head_may_not_say(tmp_path: Path, name: str, value: int) -> None:
    file = put(tmp_path, changed(zim(PAGES, ABOUT), name, value))
    with pytest.raises(InvalidInput) as told:
        await ask(file, "Time")
    assert told.value.key == "errors.zim_unreadable"
    assert told.value.args_map == {"name": "wiki.zim"}


async def test_a_file_without_any_list_of_titles_has_nothing(tmp_path: Path) -> None:
    made = changed(zim(PAGES, ABOUT, listing=False), "titles", 2**64 - 1)
    assert await ask(put(tmp_path, made), "Time") == []


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(bytes([XZ]) + b"garbage", id="garbage as xz"),
        pytest.param(bytes([ZSTD]) + b"garbage", id="garbage as zstd"),
        pytest.param(bytes([3]) + bytes(99), id="a packing of old"),
        pytest.param(bytes([NONE]) + struct.pack("<4I", 16, *[2**32 - 1] * 3) + bytes(64),
                     id="a blob of 4 GB"),
        pytest.param(bytes([NONE | 16]) + struct.pack("<4Q", 32, *[2**64 - 1] * 3),
                     id="a blob of 16 EB"),
        pytest.param(bytes([NONE]) + struct.pack("<4I", 16, 10, 20, 10) + bytes(99),
                     id="blobs that end before they begin"),
        pytest.param(bytes([NONE]) + struct.pack("<4I", 2**32 - 4, 1, 2, 3), id="a billion blobs"),
        pytest.param(bytes([NONE]) + struct.pack("<4I", 15, 16, 17, 18), id="an odd table"),
        pytest.param(bytes([NONE]) + bytes(64), id="no blob at all"),
    ],
)  # fmt: skip
async def test_clusters_of_ill_will(tmp_path: Path, raw: bytes) -> None:
    file = put(tmp_path, zim([page("Time", "Time is told.")], raw_cluster=raw))
    with pytest.raises(InvalidInput) as told:
        await ask(file, "Time")
    assert told.value.key == "errors.zim_unreadable"


async def test_a_blob_does_not_begin_before_the_first(tmp_path: Path) -> None:
    raw = bytes([NONE]) + struct.pack("<4I", 16, 4, 90, 90) + bytes(99)
    pages = [page("Clock", "A clock is told."), page("Time", "Time is told.")]
    with pytest.raises(InvalidInput):
        await ask(put(tmp_path, zim(pages, raw_cluster=raw)), "Time")


@PACKINGS
async def test_as_much_is_read_as_is_wanted(tmp_path: Path, packing: int) -> None:
    file = put(tmp_path, zim(PAGES, ABOUT, packing=packing))
    with opened(file, Patience(60)) as source:
        archive = Archive(source)
        entry = archive.by_path(b"C", b"Kitchen")
        assert entry is not None
        assert archive.mime(entry) == "text/html"
        whole = archive.content(entry, 1_000_000)
        assert whole == PAGES[1].content
        assert archive.content(entry, 10) == whole[:10]
        assert archive.by_path(b"C", b"Kitche") is None
        assert archive.by_path(b"A", b"Kitchen") is None


@pytest.mark.parametrize("packing", [XZ, ZSTD])
async def test_a_bomb_is_unpacked_no_further_than_needed(tmp_path: Path, packing: int) -> None:
    table = struct.pack("<4I", 16, 70_000_000, 80_000_000, 80_000_000)
    bomb = bytes([packing]) + packed(table + bytes(80_000_000), packing)
    assert len(bomb) < 100_000
    file = put(tmp_path, zim([page("Time", "x"), page("Clock", "x")], raw_cluster=bomb))
    with opened(file, Patience(60)) as source:
        archive = Archive(source)
        entry = archive.by_path(b"C", b"Time")
        assert entry is not None
        with pytest.raises(InvalidInput):
            archive.content(entry, 1_000)


async def test_only_the_beginning_of_a_huge_page_is_read(tmp_path: Path) -> None:
    long = html(*("This sentence is told over and over again." for _ in range(200_000)))
    assert len(long) > 8_000_000
    (fact,) = await ask(put(tmp_path, zim([Page("Time", "Time", long)])), "Time")
    assert 5_900 < len(fact.text) <= 6_000
    assert fact.text.endswith("again.")


def test_no_question_goes_on_for_ever(tmp_path: Path) -> None:
    file = put(tmp_path, zim(PAGES, ABOUT))
    with opened(file, Patience(-1)) as source, pytest.raises(Unavailable) as told:
        Archive(source)
    assert told.value.key == "errors.zim_slow"


async def test_one_bad_file_does_not_hide_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(tmp_path, b"no ZIM at all", "a.zim")
    put(tmp_path, zim(PAGES, ABOUT), "b.zim")
    async with provider("kiwix", tmp_path, folder=str(tmp_path)) as made:
        for _ in range(2):
            assert (await made.facts("Kitchen", "en"))[0].title == "Kitchen"
    assert caplog.text.count("a.zim") == 1


@pytest.mark.parametrize("what", ["nothing", "empty", "folder of others", "pipe", "text", "null"])
async def test_a_place_without_a_file_is_told_before_it_is_kept(tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "pipe":
        os.mkfifo(place)
    elif what == "text":
        place.write_text("hello")
    elif what != "nothing":
        place.mkdir()
    if what == "folder of others":
        (place / "film.mkv").write_bytes(b"")
    with pytest.raises(InvalidInput) as told:
        async with provider("kiwix", tmp_path, folder="" if what == "null" else str(place)):
            pass
    wanted = "errors.zim_unreadable" if what == "text" else "errors.no_zim_here"
    assert told.value.key == wanted


async def test_a_file_may_come_and_go(tmp_path: Path) -> None:
    file = put(tmp_path, zim(PAGES, ABOUT))
    async with provider("kiwix", tmp_path, folder=str(file)) as made:
        assert await made.facts("Kitchen", "en")
        file.unlink()
        with pytest.raises(InvalidInput):
            await made.facts("Kitchen", "en")
        put(tmp_path, zim(PAGES, ABOUT))
        assert await made.facts("Kitchen", "en")
    assert not [one for one in Path("/proc/self/fd").iterdir() if _leads_to(one, file)]


def _leads_to(link: Path, file: Path) -> bool:
    try:
        return link.readlink() == file
    except OSError:
        return False


async def test_the_loop_goes_on_while_a_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path, zim(PAGES, ABOUT))
    async with provider("kiwix", tmp_path, folder=str(file)) as made:
        loop = asyncio.get_running_loop()
        real, went_on = reading.Source.some, asyncio.Event()

        def waits(source: Any, place: int, most: int) -> bytes:
            asyncio.run_coroutine_threadsafe(_set(went_on), loop).result(30)
            return real(source, place, most)

        monkeypatch.setattr(reading.Source, "some", waits)
        assert await made.facts("Kitchen", "en")
    assert went_on.is_set()


async def _set(event: asyncio.Event) -> None:
    event.set()


@pytest.mark.parametrize("language", ["", "english", "e n", "../x"])
async def test_what_is_no_language_is_told(tmp_path: Path, language: str) -> None:
    with pytest.raises(InvalidInput):
        await ask(put(tmp_path, zim(PAGES)), "Time", language)


def test_it_waits_for_the_owner() -> None:
    assert not manifest_of("kiwix").on_by_default
