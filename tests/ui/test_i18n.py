"""Every word of the window is there in French, and the compiled files are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from tests.ui.frame import card, theme
from ui import i18n, messages, words

ROOT = Path(__file__).parents[2]
FRENCH = ROOT / "resources/i18n/sokoul_fr.ts"
ENGLISH = ROOT / "resources/i18n/sokoul_en.ts"
HINT = "run packaging/translate.sh and translate what is unfinished"


def entries(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = message
    return found


def finished(message: ElementTree.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") in ("unfinished", "vanished"):
        return False
    forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
    return all(forms)


def test_every_word_of_the_window_is_in_french(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = [str(path) for path in sorted((ROOT / "ui").rglob("*.py")) if path.stat().st_size]
    sources = [path for path in sources if not path.endswith("__init__.py")]
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [str(tool), *sources, "-ts", str(fresh)], check=True, capture_output=True, timeout=50
    )
    known, wanted = entries(FRENCH), set(entries(fresh))
    missing = [source for key in wanted - set(known) for source in key[1:]]
    unfinished = [key[1] for key, message in known.items() if not finished(message)]
    assert not missing, f"{HINT}: {missing[:10]}"
    assert not unfinished, f"{HINT}: {unfinished[:10]}"
    assert all(finished(message) for message in entries(ENGLISH).values()), HINT


def test_translations_keep_the_places_of_arguments() -> None:
    for (_, source), message in entries(FRENCH).items():
        translation = message.find("translation")
        assert translation is not None
        wanted = set(re.findall(r"\{\w*\}", source))
        for form in list(translation.iter("numerusform")) or [translation]:
            assert set(re.findall(r"\{\w*\}", form.text or "")) == wanted, source


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_compiled_words_are_up_to_date(language: str, tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    source = ROOT / f"resources/i18n/sokoul_{language}.ts"
    made = tmp_path / "made.qm"
    subprocess.run([str(tool), "-silent", str(source), "-qm", str(made)], check=True, timeout=30)
    assert made.read_bytes() == source.with_suffix(".qm").read_bytes(), HINT


def test_the_window_speaks_french_and_english_again() -> None:
    theme()
    application = QApplication.instance()
    assert application is not None
    try:
        assert i18n.install(application, "fr")
        assert not i18n.install(application, "fr")
        assert QCoreApplication.translate("Catalogue", "Library") == "Bibliothèque"
        assert words.time_left(card(1, position=3000.0)) == "encore 40 min"
        assert words.size(1_600_000_000_000) == "1,6 To"
        assert "bibliothèque" in messages.told("errors.item_gone")
        assert QCoreApplication.translate("LibraryHeader", "%n film(s)", "", 2) == "2 films"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    finally:
        assert i18n.install(application, "en")
    assert QCoreApplication.translate("Catalogue", "Library") == "Library"
    assert QCoreApplication.translate("LibraryHeader", "%n film(s)", "", 1) == "1 film"
    assert words.size(412_000_000_000) == "412 GB"
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(4, "4 s"), (600, "10 min"), (5880, "98 min"), (7200, "2 h"), (9180, "2 h 33 min")],
)
def test_lengths_as_people_say_them(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (252, "4:12"), (3852, "1:04:12"), (-3, "0:00")]
)
def test_clocks(seconds: float, said: str) -> None:
    assert words.clock(seconds) == said


@pytest.mark.parametrize("path", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_words_with_a_number_have_their_plural(path: Path) -> None:
    """Only an object's own `tr` is read so; elsewhere “day(s)” would stand on the screen."""
    counted = {key: one for key, one in entries(path).items() if "%n" in key[1]}
    assert len(counted) > 20
    assert [key for key, one in counted.items() if one.get("numerus") != "yes"] == []
