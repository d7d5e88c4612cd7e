"""`sokoul devices` and `sokoul cast`, as their owner types them: words, JSON and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main, station
from app.cli.cast import percent, seconds
from app.cli.words_casting import WORDS
from app.domain.errors import InvalidInput, Unsupported

PLAYS = {
    "device": "Kitchen", "title": "Tears of Steel", "stage": "playing", "position": 0.0,
    "duration": 734.0, "method": "audio", "why": "casting.why.sound",
    "why_args": {"codec": "AC3"}, "reason": "", "args": {},
}  # fmt: skip
ROW = {
    "id": "tv", "name": "Living-room TV", "protocol": "dlna", "maker": "Samsung",
    "model": "QE55", "here": True, "since": 0.0, "sound_only": False, "form": None, "plays": None,
}  # fmt: skip


class Line:
    """Stands for the socket: keeps what was asked, answers as one tells it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answer: Any = PLAYS
        self.running = True

    def ask(
        self, command: str, /, *, on_progress: Callable[[Any], None] | None = None,
        timeout: float | None = 60.0, **args: Any,
    ) -> Any:  # fmt: skip
        self.asked.append((command, args))
        if isinstance(self.answer, Exception):
            raise self.answer
        if on_progress is not None:
            on_progress({"stage": "preparing", "device": "Kitchen"})
        return self.answer


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(station, "ask", made.ask)
    monkeypatch.setattr(station, "runs", lambda: made.running)
    return made


def test_cast_tells_how_and_why(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cast", "tears", "of", "steel", "--to", "kitchen", "--at", "1:02:03"]) == 0
    said = capsys.readouterr().out.strip()
    assert said == (
        "Tears of Steel plays on Kitchen: the sound is converted. It does not play AC3 sound."
    )
    (asked,) = line.asked
    assert asked == (
        "cast", {"to": "kitchen", "at": 3723.0, "stay": False, "title": "tears of steel"}
    )  # fmt: skip


def test_a_file_is_named_by_its_whole_path(line: Line, tmp_path: Path) -> None:
    film = tmp_path / "a film.mkv"
    film.touch()
    assert main(["cast", str(film), "--to", "kitchen", "--json"]) == 0
    assert line.asked[0][1]["path"] == str(film)
    assert main(["cast", str(tmp_path / "none.mkv"), "--to", "kitchen"]) == 1
    assert len(line.asked) == 1


def test_json_is_one_object_a_line(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    line.running = False
    assert main(["cast", "x", "--to", "kitchen", "--json"]) == 0
    progress, result = map(json.loads, capsys.readouterr().out.splitlines())
    assert progress["progress"]["stage"] == "preparing"
    assert result["result"]["method"] == "audio"
    assert line.asked[0][1]["stay"] is True


def test_a_failure_ends_with_1_and_a_plain_reason(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    line.answer = Unsupported("errors.cast_no_form", device="Kitchen")
    assert main(["cast", "x", "--to", "kitchen"]) == 1
    assert "no form in which Kitchen" in capsys.readouterr().err


def test_several_titles_end_with_2_and_their_list(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    choices = ["Metropolis (1927)", "Metropolis (2001)"]
    line.answer = InvalidInput("errors.cast_title_ambiguous", title="Metropolis", choices=choices)
    assert main(["cast", "Metropolis", "--to", "kitchen"]) == 2
    said = capsys.readouterr().err
    assert all(choice in said for choice in choices)


@pytest.mark.parametrize(
    ("given", "order", "value"),
    [
        (["--pause"], "pause", None),
        (["--stop", "--to", "kitchen"], "stop", None),
        (["--seek", "1:30"], "seek", 90.0),
        (["--volume", "30"], "volume", 30.0),
    ],
)
def test_orders(line: Line, given: list[str], order: str, value: float | None) -> None:
    line.answer = {"device": "Kitchen", "order": order}
    assert main(["cast", *given]) == 0
    assert (line.asked[0][1]["order"], line.asked[0][1]["value"]) == (order, value)


@pytest.mark.parametrize(
    "wrong",
    [["cast"], ["cast", "x"], ["cast", "x", "--pause"], ["cast", "--volume", "300"],
     ["cast", "x", "--to", "k", "--at", "1:2:3:4"]],
)  # fmt: skip
def test_what_is_not_understood_ends_with_2(line: Line, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert line.asked == []


def test_devices_are_listed(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    line.answer = {"devices": [ROW, {**ROW, "here": False, "name": "Bedroom", "plays": PLAYS}]}
    assert main(["devices"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Living-room TV · Samsung QE55 · DLNA · here",
        "Bedroom · Samsung QE55 · DLNA · away · Tears of Steel (playing)",
    ]
    assert main(["devices", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["devices"][0]["id"] == "tv"
    line.answer = {"devices": []}
    assert main(["devices"]) == 0
    assert "No device was found" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["devices", "cast"])
def test_help_teaches(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "examples:" in capsys.readouterr().out


def test_times_and_parts() -> None:
    assert (seconds("90"), seconds("1:30"), seconds("1:02:03")) == (90.0, 90.0, 3723.0)
    with pytest.raises(ValueError, match="-1"):
        seconds("-1")
    with pytest.raises(ValueError, match="101"):
        percent("101")


def test_both_languages_say_the_same_arguments() -> None:
    import string

    for key, words in WORDS.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in words]
        assert names[0] == names[1], key
