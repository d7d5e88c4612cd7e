"""A plugin on a bench: its real code, the real web client, an address on loopback."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.api import PageSeen, PageVisit, Unavailable
from app.api.manifest import Manifest, parse_manifest
from app.services.plugins.borders import GivenSecrets
from app.services.plugins.context import build_context, option_values

ROOT = Path(__file__).resolve().parents[2]


class NoBrowser:
    """There is no browser here."""

    async def visit(self, wanted: PageVisit, own_hosts: frozenset[str] = frozenset()) -> PageSeen:
        raise Unavailable("errors.browser_missing")


def manifest_of(name: str) -> Manifest:
    """The manifest of a plugin of the station."""
    text = (ROOT / "plugins" / name / "manifest.toml").read_text()
    return parse_manifest(text, name)


@contextlib.asynccontextmanager
async def provider(
    name: str,
    place: Path,
    *,
    seconds: float = 2.0,
    largest: int | None = None,
    secrets: Mapping[str, str] | None = None,
    browser: Any = None,
    **options: Any,
) -> AsyncIterator[Any]:
    """Set a plugin up with these options; requests end after `seconds`, at a quick pace."""
    manifest = manifest_of(name)
    limits = replace(
        manifest.limits,
        timeout=seconds,
        requests_per_second=50,
        largest_answer=largest or manifest.limits.largest_answer,
    )
    manifest = replace(manifest, limits=limits)
    context, client = build_context(
        manifest,
        option_values(manifest, options),
        GivenSecrets(secrets or {}),
        place,
        browser or NoBrowser(),
    )
    made: Any = None
    try:
        made = await importlib.import_module(f"plugins.{name}.provider").setup(context)
        yield made
    finally:
        if hasattr(made, "close"):
            await made.close()
        await client.close()
