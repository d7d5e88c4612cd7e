"""A search as rows for programs."""

from __future__ import annotations

import json

import pytest

from app.domain.errors import NotFound
from app.domain.search import SearchId, SearchView, SourcePhase, Wanted
from app.services.search.told import told
from tests.fakes.searching import found, source, torrent, wrong

VIEW = SearchView(
    SearchId(1),
    "film",
    Wanted("the film", "the film"),
    (torrent(1, 90), found(2, score=70, source="pt"), wrong(3)),
    (
        source("archive", SourcePhase.FOUND, found=1, seconds=0.123456),
        source("pt", SourcePhase.FOUND, found=1),
        source("wm", SourcePhase.FAILED, reason="errors.server_offline", args={"host": "a.b"}),
    ),
    seconds=1.2,
    done=True,
)


def test_rows_are_plain_values_the_best_first_and_hidden_ones_only_counted() -> None:
    rows = json.loads(json.dumps(told(VIEW)))
    assert (rows["query"], rows["total"], rows["hidden"]) == ("the film", 2, 1)
    first = rows["results"][0]
    assert (first["score"], first["kind"], first["start"]) == (90, "torrent", "never")
    assert first["resolution"] == "1080p"
    assert first["points"] == {"title": 20}
    assert rows["sources"][0] == {
        "source": "archive", "name": "Archive", "phase": "found", "found": 1, "seconds": 0.123,
    }  # fmt: skip
    assert rows["sources"][2]["reason"] == "errors.server_offline"


def test_one_source_by_key_or_name_and_a_limit() -> None:
    assert [row["source"] for row in told(VIEW, "PT")["results"]] == ["pt"]
    assert [row["source"] for row in told(VIEW, "Archive")["results"]] == ["archive"]
    assert told(VIEW, limit=1)["total"] == 2
    assert len(told(VIEW, limit=1)["results"]) == 1
    with pytest.raises(NotFound) as failed:
        told(VIEW, "nobody")
    assert failed.value.args_map["known"] == "archive, pt, wm"
