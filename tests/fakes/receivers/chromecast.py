"""Starts the Chromecast of the tests in a room of a home."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.receivers.home import Room

HERE = Path(__file__).resolve().parent
MODULES = HERE.parents[2] / ".venv" / "node" / "node_modules"
"""Where packaging/setup.sh puts them."""

needs_node = pytest.mark.skipif(
    not (MODULES / "castv2").is_dir(), reason="packaging/setup.sh test has not fetched castv2"
)


@dataclass
class Chromecast:
    """A Chromecast that fetches and plays with mpv."""

    room: Room
    folder: Path
    name: str = "Bedroom"
    number: int = 1
    port: int = 8009
    model: str = "Chromecast"
    abilities: int = 201_221
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        return f"c0ffee00-0000-4000-8000-{self.number:012}"

    @property
    def log(self) -> Path:
        return self.folder / f"chromecast{self.number}.log"

    def start(self) -> None:
        certificate, key = _certificate(self.folder)
        self.process = self.room.start(
            *("node", str(HERE / "chromecast.js"), self.room.address, str(self.port), self.name),
            *(self.id.replace("-", ""), str(certificate), str(key), str(self.folder)),
            *(self.model, str(self.abilities)),
            log=self.log,
            env={"NODE_PATH": str(MODULES)},
        )

    def kill(self) -> None:
        """Without a word."""
        assert self.process is not None
        self.room.end(self.process)

    def events(self, event: str) -> list[dict[str, Any]]:
        """What it wrote down of a kind."""
        told = []
        for line in self.log.read_text().splitlines() if self.log.exists() else ():
            if line.startswith("{"):
                one = json.loads(line)
                if one["event"] == event:
                    told.append(one)
        return told


def _certificate(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    certificate, key = folder / "cast.pem", folder / "cast.key"
    if key.exists():
        return certificate, key
    made = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "chromecast")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .sign(made, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    certificate.write_bytes(signed.public_bytes(encoding))
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(made.private_bytes(encoding, form, serialization.NoEncryption()))
    return certificate, key
