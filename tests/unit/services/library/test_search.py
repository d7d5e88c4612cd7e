"""Search forgives: typos, word order, accents, widths, hostile text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.media import MediaKind
from app.infra.database.engine import Database
from app.services.library.naming import Seed
from app.services.library.search import Search
from app.services.library.seeds import Fresh, put
from app.services.library.walk import Found

TITLES = [
    "Rage Against the Machine: Live", "The Matrix", "Interstellar", "Amélie",
    "Night of the Living Dead", "Dune", "Spider-Man", "東京物語", "千と千尋の神隠し",
    "L'Été meurtrier", "Ex Machina",
    "Æon Flux",
    "Das Boot", "Se7en", "Rocky", "Rocky II", "Rockers", "The Rock",
    "Ｆｕｌｌ　Ｗｉｄｔｈ", "It", "M", "O Brother",
    "Léon", "Eternal Sunshine of the Spotless Mind", "Живой", "100% Wolf", 'The "Quoted" One',
]  # fmt: skip


@pytest.fixture
async def search(tmp_path: Path) -> AsyncIterator[Search]:
    database = Database(tmp_path / "station.db")
    await database.open()
    await fill(database, TITLES)
    yield Search(database)
    await database.close()


async def fill(database: Database, titles: list[str]) -> None:
    """Put films of these titles into the library, numbered from one."""

    def work(raw: object) -> None:
        raw.execute(  # type: ignore[attr-defined]  # the bare connection
            "INSERT OR IGNORE INTO folder (id, path, display, added_at) VALUES (1, x'2f', '/', 0)"
        )
        fresh = [
            Fresh(
                Found(b"%d.mkv" % number, number, 1, 1),
                Seed(MediaKind.FILM, f"film:{number}", title),
            )
            for number, title in enumerate(titles)
        ]
        put(raw, 1, fresh, [])  # type: ignore[arg-type]  # a plain number for the folder

    await database.run_write(work)


async def _found(search: Search, text: str) -> list[str]:
    return [TITLES[one - 1] for one in await search.find(text, (MediaKind.FILM,))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("matrix", "The Matrix"),
        ("MATRIX the", "The Matrix"),
        ("matrx", "The Matrix"),
        ("martix", "The Matrix"),
        ("rage machine", "Rage Against the Machine: Live"),
        ("machine rage agianst", "Rage Against the Machine: Live"),
        ("amelie", "Amélie"),
        ("amélie", "Amélie"),
        ("ete meurtrier", "L'Été meurtrier"),
        ("interstelar", "Interstellar"),
        ("intrestell", "Interstellar"),
        ("dnue", "Dune"),
        ("dume", "Dune"),
        ("spiderman", "Spider-Man"),
        ("spider man", "Spider-Man"),
        ("東京", "東京物語"),
        ("千尋", "千と千尋の神隠し"),
        ("神", "千と千尋の神隠し"),
        ("full width", "Ｆｕｌｌ　Ｗｉｄｔｈ"),
        ("aeon", "Æon Flux"),
        ("rocky", "Rocky"),
        ("rock", "The Rock"),
        ("it", "It"),
        ("m", "M"),
        ("leon", "Léon"),
        ("spotles mind", "Eternal Sunshine of the Spotless Mind"),
        ("живои", "Живой"),
        ("living night", "Night of the Living Dead"),
        ("100%", "100% Wolf"),
        ("quoted", 'The "Quoted" One'),
        ("ni", "Night of the Living Dead"),
    ],
)
async def test_the_wanted_title_comes_first(search: Search, text: str, first: str) -> None:
    found = await _found(search, text)
    assert found, text
    assert found[0] == first


@pytest.mark.parametrize("text", ["zzzzqqq", "xylophone orchestra", "", "   ", "!!!"])
async def test_nothing_is_found_for_nothing(search: Search, text: str) -> None:
    assert await _found(search, text) == []


@pytest.mark.parametrize(
    "text",
    ['"', '""', "'", "*", "a*", "^abc", "abc OR", "NOT", "AND AND", "(", ")", "abc)", "{a b}",
     "a:b",
     "col:abc", "-abc", "abc NEAR/2", "NEAR(a b)", "\0abc", "abc\0", "%", "_", "\\",
     "'; DROP TABLE item",
     "\ud800".encode("utf-8", "replace").decode(), "🦆" * 300, "a" * 10_000, "x y z " * 500],
)  # fmt: skip
async def test_hostile_text_is_only_text(search: Search, text: str) -> None:
    await _found(search, text)
    assert await _found(search, "matrix") == ["The Matrix"]


async def test_only_the_kinds_asked_for(search: Search) -> None:
    assert await search.find("matrix", (MediaKind.SERIES,)) == []
    assert await search.find("matrix", ()) != []
