"""A folder on this machine, as the platform it is."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.platforms import FakePlatform


class Platform(FakePlatform):
    """Nobody serves it: what lies in the folder is what is out."""

    PLUGIN = "local_folder"

    @property
    def folder(self) -> Any:
        """The folder."""
        return self.place / "folder"

    @property
    def posts(self) -> list[dict[str, Any]]:
        """What is out, by the sidecars."""
        found = self.folder.glob("[!.]*/post.json")
        told = [(one.parent, json.loads(one.read_text())) for one in found]
        return [{**one, "folder": place} for place, one in sorted(told)]

    @posts.setter
    def posts(self, _value: object) -> None:
        """Nothing: see above."""

    def options(self) -> dict[str, Any]:
        """The folder the owner named."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return {"folder": str(self.folder), "title": "Lights", "address": ""}
