"""What is shipped for Prometheus, Grafana and Loki speaks of what the station really tells."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.infra.logs import JsonFormatter
from app.services.monitoring.meters import Gauges
from tests.unit.services.monitoring.test_meters import NAMES, World, fill, samples

SHIPPED = Path(__file__).resolve().parents[4] / "packaging" / "monitoring"
SERIES = re.compile(r"\bsokoul_[a-z_]+")
SELECTED = re.compile(r"\b(sokoul_[a-z_]+)\{([^}]*)\}")
LABEL = re.compile(r"(\w+)\s*=~?\s*\"")
SPAN = re.compile(r"\[\d+[smhd]\]")


@pytest.fixture
async def told() -> dict[str, set[str]]:
    """The labels of every series the station tells, by its name."""
    world = World()
    await world.meters.start()
    fill(world)
    world.meters.add_gauges(Gauges(browser=lambda: (1, 0, 2)))
    found: dict[str, set[str]] = {}
    for name, labels in samples(world.meters.text()):
        found.setdefault(name, set()).update(label for label, _value in labels)
    for name in NAMES:
        found.setdefault(name, set())
    return found


def dashboard() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((SHIPPED / "sokoul-dashboard.json").read_text())
    return made


def panels() -> list[dict[str, Any]]:
    return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def asked(panel: dict[str, Any]) -> Iterator[str]:
    for target in panel["targets"]:
        yield target["expr"]


def check(expression: str, told: dict[str, set[str]]) -> None:
    """Each series of an expression is told, with the labels it is chosen and summed by."""
    names = set(SERIES.findall(expression))
    assert names, expression
    assert names <= told.keys(), expression
    known = set.union(*(told[name] for name in names)) | {"job", "instance"}
    for name, selector in SELECTED.findall(expression):
        assert set(LABEL.findall(selector)) <= told[name] | {"job", "instance"}, expression
    for summed in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {label.strip() for label in summed.split(",")} <= known, expression
    if any(name.endswith(("_bucket", "_count", "_sum", "_total")) for name in names):
        assert SPAN.search(expression), f"{expression}: a counter is looked at as a rate"


def test_each_panel_asks_for_what_there_is(told: dict[str, set[str]]) -> None:
    for panel in panels():
        for expression in asked(panel):
            check(expression.replace("$job", "sokoul"), told)


def test_the_dashboard_shows_every_figure_and_fits_the_page() -> None:
    shown = {
        name.removesuffix("_bucket")
        for panel in panels()
        for expression in asked(panel)
        for name in SERIES.findall(expression)
    }
    assert shown == set(NAMES)
    made = dashboard()
    assert made["schemaVersion"] >= 39
    taken: set[tuple[int, int]] = set()
    for panel in made["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])
        }
        assert not cells & taken, panel["title"]
        taken |= cells
    numbers = [panel["id"] for panel in made["panels"]]
    assert len(set(numbers)) == len(numbers)


def test_legends_name_labels_that_are_left(told: dict[str, set[str]]) -> None:
    for panel in panels():
        for target in panel["targets"]:
            named = set(re.findall(r"\{\{\s*(\w+)\s*\}\}", target["legendFormat"]))
            left = set.union(*(told[name] for name in SERIES.findall(target["expr"])))
            for summed in re.findall(r"\bby \(([^)]*)\)", target["expr"]):
                left &= {label.strip() for label in summed.split(",")}
            assert named <= left, (panel["title"], target["legendFormat"])


def test_each_rule_asks_for_what_there_is(told: dict[str, set[str]]) -> None:
    text = (SHIPPED / "sokoul-rules.yml").read_text()
    asked_for = re.findall(r"expr: (?:>\n((?:\s{10}.*\n)+)|(.*)\n)", text)
    assert len(asked_for) == text.count("- alert:")
    for folded, plain in asked_for:
        expression = " ".join((folded or plain).split())
        if not expression.startswith("up{"):
            check(expression, told)


def stages() -> list[tuple[str, str]]:
    """The stages of the log's way to Loki, in their order, with what stands in each."""
    text = re.sub(r"^\s*//.*$", "", (SHIPPED / "sokoul.alloy").read_text(), flags=re.M)
    assert text.count("{") == text.count("}")
    return re.findall(r"stage\.(\w+) \{\n(.*?)\n  \}", text, flags=re.S)


def pairs(block: str) -> dict[str, str]:
    return dict(re.findall(r'"(\w+)"\s*=\s*"(\w*)"', block))


def through(line: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the stages read out of a line, and the labels they make of it."""
    read: dict[str, str] = {}
    labels: dict[str, str] = {}
    for stage, block in stages():
        if stage == "json":
            known = json.loads(line)
            read |= {name: known[path] for name, path in pairs(block).items()}
        elif stage == "regex":
            source, expression = re.findall(r'source\s*=\s*"(\w+)"', block), block.split("`")[1]
            found = re.search(expression, read[source[0]])
            read |= found.groupdict() if found else {}
        elif stage == "labels":
            labels |= {name: read[path or name] for name, path in pairs(block).items()}
        else:
            assert stage == "timestamp"
            assert re.findall(r'"(.*?)"', block) == ["time", "2006-01-02T15:04:05.000Z"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", read["time"])
    return read, labels


@pytest.mark.parametrize(
    ("logger", "part"),
    [
        ("app.services.search.run", "search"), ("app.infra.lan.gate", "lan"),
        ("app.runtime.jobs.runs", "jobs"), ("plugins.internet_archive", "internet_archive"),
        ("ui.pages.player.page", "player"), ("ui.bridge", "ui"), ("app.main", "app"),
        ("asyncio.uncaught", "asyncio"), ("root", "root"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING, logging.CRITICAL])
def test_our_log_lines_get_their_labels(logger: str, part: str, level: int) -> None:
    record = logging.LogRecord(logger, level, "run.py", 7, 'Found "%s" {x}', ("a\nb",), None)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    read, labels = through(line)
    assert labels == {"level": logging.getLevelName(level).lower(), "part": part}
    assert read["logger"] == logger


def test_the_way_to_loki_is_whole() -> None:
    assert [stage for stage, _block in stages()] == ["json", "regex", "timestamp", "labels"]
    text = (SHIPPED / "sokoul.alloy").read_text()
    made = set(re.findall(r'^([\w.]+) "(\w+)" \{', text, flags=re.M))
    for kind, name in re.findall(r"\b(loki\.\w+|local\.\w+)\.(\w+)\.(?:receiver|targets)", text):
        assert (kind, name) in made


def test_the_guide_names_every_file() -> None:
    guide = (SHIPPED / "README.md").read_text()
    for file in SHIPPED.iterdir():
        assert file.name == "README.md" or f"`{file.name}`" in guide, file.name
