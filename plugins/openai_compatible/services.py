"""The services it knows, and where one lies; they are data in ``models.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.api import InvalidInput, Refused, at_home, service_address
from app.api.model_lists import ModelList

FILE = Path(__file__).with_name("models.toml")
_PASTED = ("/chat/completions", "/audio/transcriptions", "/models")


@dataclass(frozen=True, slots=True)
class Service:
    """A service, as the file tells it. `address` is empty where the owner says where it lies."""

    id: str
    limits: tuple[str, ...]
    means: tuple[str, ...]
    address: str = ""
    port: int = 0
    check: str = ""
    hears: tuple[str, ...] = ()
    seed: str = "seed"
    context: int = 8_192
    free: bool = False  # it runs on a machine of the owner's
    key: bool = True  # it answers nobody without one


def service_named(models: ModelList, name: str) -> Service:
    """Return a service of the list."""
    table = next(one for one in models.settings["services"] if one["id"] == name)
    return _service(table)


def place_of(service: Service, typed: str) -> str:
    """Return the address questions go to, without a slash at its end.

    A service of the list is where the list says; others are where the owner typed.
    `InvalidInput` when that is no web address.
    """
    if service.address:
        return service.address
    address = service_address(typed.strip())
    for ending in _PASTED:
        address = address.removesuffix(ending)
    parts = urlsplit(address)
    if service.port and parts.port is None and parts.scheme == "http":
        parts = parts._replace(netloc=f"{parts.netloc}:{service.port}")
    if parts.query or parts.fragment:
        raise InvalidInput("errors.not_a_web_address")
    return parts._replace(path=parts.path.rstrip("/") or "/v1").geturl()


def is_home(place: str) -> bool:
    """Whether an address lies in the owner's own network: what answers there costs nothing."""
    return at_home(urlsplit(place).hostname or "")


def check_open(place: str, key: str) -> None:
    """Raise `Refused` when a key would go over the internet for everybody to read."""
    parts = urlsplit(place)
    if key and parts.scheme == "http" and not is_home(place):
        raise Refused("errors.model_key_in_the_open", name=parts.hostname or "")


def _service(table: Mapping[str, Any]) -> Service:
    lists = {name: tuple(table.get(name, ())) for name in ("limits", "means", "hears")}
    return Service(**{**table, **lists})
