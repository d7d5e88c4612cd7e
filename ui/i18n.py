"""The language of the window: finds it, and loads its words and Qt's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
SHIPPED = ("en", "fr")
"""English is in the source; its sokoul_en.qm holds plural forms only."""


def resolve(wanted: str) -> str:
    """The language to speak for a setting: itself, or for ``auto`` that of the desktop."""
    if wanted in SHIPPED:
        return wanted
    for name in QLocale.system().uiLanguages():
        if name.split("-")[0] in SHIPPED:
            return name.split("-")[0]
    return "en"


def install(application: QCoreApplication, wanted: str) -> bool:
    """Speak a language from now on; True when it is another than before.

    What is on the screen keeps its words then: build it anew. English needs this too, for its
    plural forms.
    """
    language = resolve(wanted)
    before = application.property("language")
    if before == language:
        return False
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    application.setProperty("language", language)
    QLocale.setDefault(QLocale(language) if wanted != "auto" else QLocale.system())
    _load(application, FOLDER / f"sokoul_{language}.qm")
    if language != "en":
        own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _load(application, Path(own) / f"qtbase_{language}.qm")
    return language != (before or "en")


def language_of(application: QObject) -> str:
    """The language spoken now."""
    return str(application.property("language") or "en")


def _load(application: QCoreApplication, path: Path) -> None:
    translator = QTranslator(application)
    if translator.load(str(path)):
        application.installTranslator(translator)
