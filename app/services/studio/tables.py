"""The tables of the Studio, and how their rows are written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Float, Integer, RowMapping, Table, Text

from app.domain.project import Asset, AssetId, AssetKind, Brief, Credit, Details, Script, Step
from app.domain.project import StepState as State
from app.domain.studio import LogLine, StepView
from app.domain.timeline import Timeline
from app.infra.database.metadata import metadata

project = Table(
    "studio_project",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("title", "state", "brief")),
    Column("script", Text),
    Column("details", Text),
    Column("takes", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("job", Text, nullable=False),
    Column("archived", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("updated", Float, nullable=False),
    extend_existing=True,
)

step = Table(
    "studio_step",
    metadata,
    Column("project", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("message", "args", "by")),
    Column("price", Integer, nullable=False),
    extend_existing=True,
)

asset = Table(
    "studio_asset",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("kind", "ending")),
    *(Column(name, Integer, nullable=False) for name in ("size", "width", "height")),
    Column("seconds", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("source", "prompt")),
    Column("credit", Text),
    Column("created", Float, nullable=False),
    extend_existing=True,
)

use = Table(
    "studio_use",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("project", "scene", "role", "asset")),
    Column("work", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("chosen", "score")),
    *(Column(name, Text, nullable=False) for name in ("reason", "more")),
    Column("at", Float, nullable=False),
    extend_existing=True,
)

work = Table(
    "studio_work",
    metadata,
    Column("mark", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("plugin", "remote", "asset", "more")),
    Column("price", Integer, nullable=False),
    Column("at", Float, nullable=False),
    extend_existing=True,
)

line = Table(
    "studio_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", Text, nullable=False),
    Column("at", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("step", "scene", "message", "args")),
    Column("price", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    extend_existing=True,
)

timeline = Table(
    "studio_timeline",
    metadata,
    Column("project", Text, primary_key=True),
    Column("data", Text, nullable=False),
    Column("at", Float, nullable=False),
    extend_existing=True,
)

_BRIEF: Final = msgspec.json.Decoder(Brief)
_SCRIPT: Final = msgspec.json.Decoder(Script)
_DETAILS: Final = msgspec.json.Decoder(Details)
_TIMELINE: Final = msgspec.json.Decoder(Timeline)
_CREDIT: Final = msgspec.json.Decoder(Credit)


def written(value: Brief | Script | Details | Credit | Timeline | None) -> str | None:
    """A value as its column holds it."""
    return None if value is None else msgspec.json.encode(value).decode()


def brief_of(text: str) -> Brief:
    """What the owner asked for."""
    return _BRIEF.decode(text)


def script_of(text: str | None) -> Script | None:
    """What is said."""
    return None if text is None else _SCRIPT.decode(text)


def details_of(text: str | None) -> Details | None:
    """What is told of it."""
    return None if text is None else _DETAILS.decode(text)


def timeline_of(text: str) -> Timeline:
    """What a video was cut by."""
    return _TIMELINE.decode(text)


def step_values(view: StepView) -> dict[str, Any]:
    """A step as its row holds it, without its project."""
    return {
        "step": view.step.value, "state": view.state.value, "done": view.done,
        "total": view.total, "seconds": view.seconds, "message": view.message,
        "args": json.dumps(dict(view.message_args)), "by": view.by, "price": view.price,
    }  # fmt: skip


def step_of(row: RowMapping) -> StepView:
    """A row as the window has it."""
    return StepView(
        Step(row["step"]), State(row["state"]), row["done"], row["total"], row["seconds"],
        row["message"], json.loads(row["args"]), row["by"], row["price"],
    )  # fmt: skip


def asset_values(one: Asset) -> dict[str, Any]:
    """An asset as its row holds it."""
    return {**asdict(one), "kind": one.kind.value, "credit": written(one.credit)}


def asset_of(row: Mapping[str, Any] | RowMapping) -> Asset:
    """A row as an asset."""
    return Asset(
        AssetId(row["id"]), AssetKind(row["kind"]), row["ending"], row["size"], row["width"],
        row["height"], row["seconds"], row["source"], row["prompt"],
        None if row["credit"] is None else _CREDIT.decode(row["credit"]), row["created"],
    )  # fmt: skip


def line_of(row: RowMapping) -> LogLine:
    """A row as a line of the project's log."""
    return LogLine(
        row["at"], Step(row["step"]), row["scene"], row["message"], json.loads(row["args"]),
        row["price"], row["seconds"],
    )  # fmt: skip
