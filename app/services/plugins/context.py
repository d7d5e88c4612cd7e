"""Builds the narrow context a plugin is given."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from app.api.context import PluginSecrets, ProviderContext
from app.api.manifest import Manifest
from app.domain.errors import InvalidInput
from app.domain.options import Value
from app.infra.file_cache import FileCache
from app.infra.http import HttpClient, HttpLimits
from app.services.plugins.borders import BorderBrowser, BorderSecrets, SharedBrowser


def option_values(manifest: Manifest, chosen: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return every option that is no secret: what was chosen where it is good, else the default."""
    result: dict[str, Value] = {}
    for option in manifest.options:
        if option.secret:
            continue
        try:
            result[option.name] = option.check(chosen.get(option.name, option.default))
        except InvalidInput:
            result[option.name] = option.default
    return MappingProxyType(result)


def build_context(
    manifest: Manifest,
    values: Mapping[str, Value],
    secrets: PluginSecrets,
    cache: Path,
    browser: SharedBrowser,
    kind: str = "",
) -> tuple[ProviderContext, HttpClient]:
    """Return the context and the web client in it, which its maker closes.

    `kind` is the folder it is made from, where the owner may have several of it. Call it on the
    loop the secrets live on.
    """
    limits = HttpLimits(
        manifest.limits.requests_per_second,
        manifest.limits.timeout,
        manifest.limits.largest_answer,
        frozenset(own_hosts(manifest, values)),
        manifest.limits.longest_wait,
    )
    client = HttpClient(limits, name=f"plugins.{manifest.id}")
    context = ProviderContext(
        plugin=manifest.id,
        http=client,
        browser=BorderBrowser(browser, limits.own_hosts, asyncio.get_running_loop()),
        cache=FileCache(cache / "plugins" / manifest.id),
        log=logging.getLogger(f"plugins.{manifest.id}"),
        settings=values,
        secrets=BorderSecrets(secrets, asyncio.get_running_loop()),
        shared=FileCache(cache / "plugins" / (kind or manifest.id)),
    )
    return context, client


def own_hosts(manifest: Manifest, values: Mapping[str, Value]) -> set[str]:
    """Return the hosts the owner typed in options named by ``hosts_from``: these may be at home."""
    result: set[str] = set()
    for name in manifest.hosts_from:
        try:
            host = urlsplit(str(values.get(name, ""))).hostname
        except ValueError:
            continue
        if host:
            result.add(host)
    return result
