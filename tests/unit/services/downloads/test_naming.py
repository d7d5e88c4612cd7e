"""Where finished films and episodes go."""

from __future__ import annotations

import pytest

from app.services.downloads.naming import Move, plan

BIG, SMALL = 4 << 30, 20 << 20


def targets(moves: tuple[Move, ...]) -> list[str]:
    return ["/".join((move.shelf.value, *move.target)) for move in moves]


def test_a_film_with_its_subtitles_and_without_its_sample() -> None:
    folder = "Night.of.the.Living.Dead.1968.1080p.BluRay.x264-GRP"
    files = [
        (f"{folder}/notld.mkv", BIG), (f"{folder}/sample.mkv", SMALL),
        (f"{folder}/notld.fr.srt", 9000), (f"{folder}/readme.txt", 100),
        (f"{folder}/cover.jpg", 100),
    ]  # fmt: skip
    assert targets(plan(files, folder)) == [
        "films/Night of the Living Dead (1968)/Night of the Living Dead (1968) [1080p].mkv",
        "films/Night of the Living Dead (1968)/Night of the Living Dead (1968) [1080p].fr.srt",
    ]


def test_a_season_with_subtitles_in_a_folder_of_their_own() -> None:
    files = [(f"Pioneer One/Pioneer.One.S01E0{n}.720p.mkv", BIG) for n in (1, 2)]
    files.append(("Pioneer One/Subs/Pioneer.One.S01E02.720p/English.srt", 100))
    assert targets(plan(files, "Pioneer One S01")) == [
        "series/Pioneer One/Season 01/Pioneer One S01E01 [720p].mkv",
        "series/Pioneer One/Season 01/Pioneer One S01E02 [720p].mkv",
        "series/Pioneer One/Season 01/Pioneer One S01E02 [720p].English.srt",
    ]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Show.2021.S00E03.Making.Of.the.Show.mkv", "series/Show (2021)/Specials/"),
        ("The Daily Talk 2024-03-15 720p.mp4", "series/The Daily Talk"),
        ("[Group] Some Anime - 12 (1080p).mkv", "series/Some Anime/Season 01/Some Anime S01E12"),
        ("Blade.Runner.1982.Final.Cut.2160p.mkv", "films/Blade Runner (1982)/"),
        ("holiday.mp4", "films/holiday/holiday.mp4"),
    ],
)
def test_names_of_many_kinds(name: str, target: str) -> None:
    (found,) = targets(plan([(name, BIG)], name))
    assert found.startswith(target), found


def test_two_files_that_read_alike_both_find_a_place() -> None:
    files = [("Film 1999 1080p/a.1999.1080p.mkv", BIG), ("Film 1999 1080p/x/a.1999.1080p.mkv", BIG)]
    assert len(set(targets(plan(files, "Film 1999 1080p")))) == 2


def test_no_name_leads_out_of_the_folder() -> None:
    for name in ("../../etc/passwd.mkv", "..mkv", "/abs/x.mkv", "a/\x00../b.mkv", ". ./...mkv"):
        for move in plan([(name, BIG)], name):
            for part in move.target:
                assert part not in ("", ".", "..")
                assert "/" not in part
                assert "\0" not in part


def test_what_is_no_film_stays_where_it_is() -> None:
    assert plan([("album/01.flac", BIG), ("album/cover.jpg", 10), ("book.pdf", 10)], "album") == ()
