"""What the window waits for: nothing heavy is imported before it paints."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.contracts.sources import ROOT

HEAVY = {
    *("sqlalchemy", "dbos", "httpx", "mpv", "numpy", "PIL", "aiohttp", "PTT", "av", "alembic"),
    *("keyring", "cryptography", "aiosqlite", "dbus_fast", "hypothesis", "anyio", "regex"),
    *("libtorrent", "playwright", "defusedxml", "msgspec", "rapidfuzz"),
}
OURS = {"app.domain.release", "app.domain.search", "app.domain.score", "app.services.search"}
"""Of our own, what takes long to put together."""
PATHS = {
    "the composition root": "import app.main",
    "the settings, read": """
from pathlib import Path
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
place = Path(sys.argv[1]) / "settings.toml"
place.write_text("version = 1")
SettingsService(place, EventBus()).load()
""",
    "the window": "import ui.shell, ui.window, ui.rail, ui.page_stack",
    "the parser of the commands": "import app.__main__",
}


def _loaded(code: str, place: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", script, place],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(json.loads(ended.stdout))


@pytest.mark.parametrize("case", PATHS)
def test_nothing_heavy_is_imported(case: str, tmp_path: object) -> None:
    loaded = _loaded(PATHS[case], str(tmp_path))
    assert {name.split(".")[0] for name in loaded} & HEAVY == set()
    assert loaded & OURS == set()


def test_what_makes_videos_and_hears_is_not_loaded_with_the_station(tmp_path: object) -> None:
    loaded = _loaded("import app.making, app.thinking, app.home", str(tmp_path))
    heavy = {"av", "cv2", "numpy", "PIL", "onnxruntime", "_pywhispercpp", "llama_cpp"}
    assert {name.split(".")[0] for name in loaded} & heavy == set()


def test_pages_are_not_imported_with_the_window(tmp_path: object) -> None:
    loaded = _loaded(PATHS["the window"], str(tmp_path))
    assert not {name for name in loaded if name.startswith("ui.pages.")}


def test_services_do_not_need_qt(tmp_path: object) -> None:
    code = "import app.services.plugins.service, app.services.settings.service, app.main"
    loaded = _loaded(code, str(tmp_path))
    assert not {name for name in loaded if name.startswith("PySide6")}
