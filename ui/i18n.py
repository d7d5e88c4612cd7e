"""The language of the window: finds it, and loads its words and Qt's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
SHIPPED = ("en", "fr")
"""English is in the source; every other language has resources/i18n/sokoul_<language>.qm."""


def resolve(wanted: str) -> str:
    """The language to speak for a setting: itself, or for ``auto`` that of the desktop."""
    if wanted in SHIPPED:
        return wanted
    for name in QLocale.system().uiLanguages():
        if name.split("-")[0] in SHIPPED:
            return name.split("-")[0]
    return "en"


def install(application: QCoreApplication, wanted: str) -> bool:
    """Speak a language from now on; False when it was spoken already.

    What is on the screen keeps its words: build it anew.
    """
    language = resolve(wanted)
    before = application.property("language") or "en"
    if before == language:
        return False
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    application.setProperty("language", language)
    QLocale.setDefault(QLocale(language) if wanted != "auto" else QLocale.system())
    if language != "en":
        _load(application, FOLDER / f"sokoul_{language}.qm")
        own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _load(application, Path(own) / f"qtbase_{language}.qm")
    return True


def language_of(application: QObject) -> str:
    """The language spoken now."""
    return str(application.property("language") or "en")


def _load(application: QCoreApplication, path: Path) -> None:
    translator = QTranslator(application)
    if translator.load(str(path)):
        application.installTranslator(translator)
