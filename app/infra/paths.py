"""Where the station keeps its own things: the XDG folders of its user."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The station's folders and files; nothing here is created until `make()`."""

    config: Path
    data: Path
    cache: Path
    state: Path
    runtime: Path
    home: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Paths:
        """Read the XDG variables (https://specifications.freedesktop.org/basedir-spec/)."""
        env = os.environ if environ is None else environ
        home = Path(env.get("HOME") or Path.home())
        state = Path(env.get("XDG_STATE_HOME") or home / ".local/state") / "sokoul"
        runtime = env.get("XDG_RUNTIME_DIR")
        return cls(
            config=Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "sokoul",
            data=Path(env.get("XDG_DATA_HOME") or home / ".local/share") / "sokoul",
            cache=Path(env.get("XDG_CACHE_HOME") or home / ".cache") / "sokoul",
            state=state,
            runtime=Path(runtime) / "sokoul" if runtime else state / "run",
            home=home,
        )

    @property
    def database(self) -> Path:
        """`station.db`, everything the station knows."""
        return self.data / "station.db"

    @property
    def jobs(self) -> Path:
        """`jobs.db`, the durable job engine's own file."""
        return self.data / "jobs.db"

    @property
    def settings(self) -> Path:
        """`settings.toml`, without secrets."""
        return self.config / "settings.toml"

    @property
    def vault(self) -> Path:
        """The encrypted file that stands in for a keyring."""
        return self.data / "secrets.vault"

    @property
    def vault_key(self) -> Path:
        """The machine key of the vault, readable by its owner only."""
        return self.config / "vault.key"

    @property
    def downloads(self) -> Path:
        """Where downloads go when the owner named no other place."""
        return self.home / "Downloads/Sokoul"

    @property
    def torrents(self) -> Path:
        """How far each torrent is."""
        return self.data / "torrents"

    @property
    def pictures(self) -> Path:
        """Thumbnails and posters made from the owner's files."""
        return self.cache / "pictures"

    @property
    def plugins(self) -> Path:
        """The owner's own plugins."""
        return self.data / "plugins"

    @property
    def socket(self) -> Path:
        """The socket on which commands reach the running station."""
        return self.runtime / "station.sock"

    @property
    def lock(self) -> Path:
        """Held while a station runs for this user."""
        return self.runtime / "station.lock"

    @property
    def log(self) -> Path:
        """The structured log."""
        return self.state / "station.log"

    def make(self) -> None:
        """Create the folders, for their owner only."""
        for folder in (self.config, self.data, self.cache, self.state, self.runtime):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
