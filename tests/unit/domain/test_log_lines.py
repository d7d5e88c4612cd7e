"""Which part of the station speaks, and how grave it is."""

from __future__ import annotations

import pytest

from app.domain.log_lines import level_word, part_of


@pytest.mark.parametrize(
    ("logger", "part"),
    [
        ("app.services.search.service", "search"),
        ("app.services.media_server.content", "media server"),
        ("app.services.intelligence.desk", "model"),
        ("app.infra.torrents.engine", "downloads"),
        ("app.infra.database.engine", "database"),
        ("app.infra.something_new", "station"),
        ("app.runtime.jobs.engine", "jobs"),
        ("app.runtime.bus", "station"),
        ("app.main", "station"),
        ("dbos", "jobs"),
        ("ui.focus", "window"),
        ("ui.pages.player.engine", "player"),
        ("plugins.internet_archive", "provider internet_archive"),
        ("plugins.indexers_1.client", "provider indexers_1"),
        ("aiohttp.access", "media server"),
        ("asyncio.uncaught", "station"),
        ("uncaught", "station"),
        ("py.warnings", "station"),
        ("somebody.elses", "somebody"),
        ("", "station"),
        ("root", "root"),
    ],
)
def test_parts_have_names_people_know(logger: str, part: str) -> None:
    assert part_of(logger) == part


def test_levels_have_words() -> None:
    told = [level_word(level) for level in (5, 10, 20, 25, 30, 40, 50)]
    assert told == ["DEBUG", "DEBUG", "INFO", "INFO", "WARN", "ERROR", "ERROR"]
