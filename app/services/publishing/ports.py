"""What publishing asks of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.api.capabilities import Capability
from app.domain.post import AccountId, Misfit, Part, Post, Words
from app.domain.settings import Settings
from app.services.plugins.model import PluginInfo


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a video file; 0 where nothing is."""

    seconds: float = 0.0
    width: int = 0
    height: int = 0


class Plugins(Protocol):
    """Those who post; the plugin service."""

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        """Call a method of an account's plugin."""

    async def list(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is, accounts among them."""


class Rules(Protocol):
    """What a platform takes."""

    async def check(self, post: Post) -> tuple[Misfit, ...]:
        """Say what of a post does not fit."""

    async def fitted(self, platform: str, words: Words) -> Words:
        """Cut words to what a platform takes."""

    async def mend(self, post: Post) -> Post:
        """Return the post with words and files that fit, as far as that can be done."""

    async def cut(self, post: Post, part: Part) -> Post:
        """Return the post with one part of its words cut to what its platform takes."""

    async def shorten(self, post: Post) -> Post:
        """Return the post with as much of its video's beginning as its platform takes."""


class Eyes(Protocol):
    """Looks into video files."""

    async def facts(self, path: bytes) -> Facts:
        """Say how long and how large; nothing is known of a file that cannot be read."""


class Audit(Protocol):
    """Writes down what was done in the owner's name."""

    async def note(self, kind: str, about: str, **facts: object) -> object:
        """Write a line that stays."""


class History(Protocol):
    """How the owner's own posts did."""

    async def history(self, account: AccountId) -> Sequence[tuple[float, int]]:
        """When posts of an account (empty: of all) went out, and their views in 7 days."""


class HasSettings(Protocol):
    """The settings of the station."""

    @property
    def current(self) -> Settings:
        """The settings now."""
