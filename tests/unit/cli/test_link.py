"""`sokoul link` over a real station's links: made, told, drawn, taken back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main, station
from app.cli.words_sharing import WORDS
from app.infra.paths import Paths
from app.services.control_sharing import link as answer
from tests.fakes import codes
from tests.unit.services.sharing.workshop import KEYRING, video, world_of


@pytest.fixture
def run(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command; returns status, what it printed, and what it complained of."""
    monkeypatch.setattr(*KEYRING)
    monkeypatch.setenv("LC_ALL", "C")

    async def asked(args: dict[str, Any]) -> Any:
        async with world_of(paths) as world:
            return await answer(world.sharing, world.library, json.loads(json.dumps(args)))

    def ask(command: str, /, **args: object) -> Any:
        assert command == "link"
        return asyncio.run(asked(args))

    monkeypatch.setattr(station, "ask", ask)
    monkeypatch.setattr(station, "runs", lambda: False)

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["link", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_link_is_made_listed_and_taken_back(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    film = video(tmp_path / "Holiday at sea.mp4")
    status, said, _ = run(
        str(film), "--uses", "3", "--to", "Ann <ann@example.org>", "Ben", "--json"
    )
    made = json.loads(said)
    assert status == 0
    assert (made["title"], made["uses"], made["state"]) == ("Holiday at sea", 3, "open")
    assert [one["name"] for one in made["recipients"]] == ["Ann", "Ben"]
    first, second = (one["address"].rpartition("/w/")[2] for one in made["recipients"])
    assert len(first) == len(second) == 36
    assert first != second
    _, told, _ = run("--list")
    assert told.startswith("Holiday at sea: open\n  Ann: http://127.0.0.1:")
    assert "(used 0/3, played 0)" in told
    _, told, _ = run("--revoke", made["id"])
    assert told == "Holiday at sea: taken back.\n"
    assert json.loads(run("--list", "--json")[1])["links"][0]["state"] == "revoked"


def test_new_keys_and_a_trusted_clock(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    run(str(video(tmp_path / "a.mp4")))
    assert run("--new-keys")[1].startswith("New keys are made")
    assert json.loads(run("--list", "--json")[1])["links"][0]["state"] == "revoked"
    assert json.loads(run("--trust-clock", "--json")[1]) == {"held": False}


def test_people_are_told_when_it_opens(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    status, said, complained = run(str(video(tmp_path / "a.mp4")), "--until", "2999-01-02 18:00")
    assert status == 0
    assert said.startswith("a: open, until 2999-01-02 18:00\n  http://127.0.0.1:")
    assert "It opens while Sokoul runs" in complained


def test_codes_and_cards_are_written(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    film, code, card = video(tmp_path / "a.mp4"), tmp_path / "code.png", tmp_path / "card.svg"
    status, said, _ = run(
        str(film), "--to", "Ann", "Ben", "--qr", str(code), "--card", str(card), "--json"
    )
    assert status == 0
    addresses = [one["address"] for one in json.loads(said)["recipients"]]
    for address, path in zip(addresses, (code, tmp_path / "code-2.png"), strict=True):
        assert codes.read(path.read_bytes()) == address
    assert b"<svg" in card.read_bytes()
    assert b"<svg" in (tmp_path / "card-2.svg").read_bytes()


def test_a_folder_is_shared_as_one(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    video(tmp_path / "films" / "a.mp4")
    made = json.loads(run(str(tmp_path / "films"), "--give", "both", "--json")[1])
    assert (made["kind"], made["giving"], made["name"]) == ("folder", "both", "films")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none/such.mp4",), "none/such.mp4 is not where it was"),
        (("nothing", "of", "that", "title"), "nothing of that title"),
        (("--revoke", "0123"), "not in the list any more"),
    ],
)
def test_what_is_not_there_is_told(
    run: Callable[..., tuple[int, str, str]], words: tuple[str, ...], said: str
) -> None:
    status, _, complained = run(*words)
    assert (status, said in complained) == (1, True)


def test_what_cannot_be_is_told(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    status, _, complained = run(str(video(tmp_path / "notes.txt")))
    assert (status, "notes.txt is no film or video" in complained) == (1, True)
    status, _, complained = run(str(video(tmp_path / "a.mp4")), "--pay", "javascript:1")
    assert (status, "is no web address" in complained) == (1, True)


def test_a_place_that_cannot_be_written_to(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    status, _, complained = run(
        str(video(tmp_path / "a.mp4")), "--qr", str(tmp_path / "file" / "code.png")
    )
    assert status == 1
    assert "The link is made: see --list" in complained


def test_nothing_named_is_not_understood(run: Callable[..., tuple[int, str, str]]) -> None:
    for words in ((), ("--list", "film.mp4"), ("film.mp4", "--until", "some day")):
        with pytest.raises(SystemExit) as ended:
            run(*words)
        assert ended.value.code == 2


def test_every_state_has_its_words() -> None:
    from app.domain.access import LinkState

    assert {f"link.{state.value}" for state in LinkState} <= set(WORDS)
