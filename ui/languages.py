"""Languages by their names in the language of the window, and by the codes files give them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

NAMES: dict[str, str] = {
    "ar": str(QT_TRANSLATE_NOOP("Languages", "Arabic")),
    "cs": str(QT_TRANSLATE_NOOP("Languages", "Czech")),
    "da": str(QT_TRANSLATE_NOOP("Languages", "Danish")),
    "de": str(QT_TRANSLATE_NOOP("Languages", "German")),
    "el": str(QT_TRANSLATE_NOOP("Languages", "Greek")),
    "en": str(QT_TRANSLATE_NOOP("Languages", "English")),
    "es": str(QT_TRANSLATE_NOOP("Languages", "Spanish")),
    "fi": str(QT_TRANSLATE_NOOP("Languages", "Finnish")),
    "fr": str(QT_TRANSLATE_NOOP("Languages", "French")),
    "he": str(QT_TRANSLATE_NOOP("Languages", "Hebrew")),
    "hi": str(QT_TRANSLATE_NOOP("Languages", "Hindi")),
    "hu": str(QT_TRANSLATE_NOOP("Languages", "Hungarian")),
    "id": str(QT_TRANSLATE_NOOP("Languages", "Indonesian")),
    "it": str(QT_TRANSLATE_NOOP("Languages", "Italian")),
    "ja": str(QT_TRANSLATE_NOOP("Languages", "Japanese")),
    "ko": str(QT_TRANSLATE_NOOP("Languages", "Korean")),
    "nl": str(QT_TRANSLATE_NOOP("Languages", "Dutch")),
    "no": str(QT_TRANSLATE_NOOP("Languages", "Norwegian")),
    "pl": str(QT_TRANSLATE_NOOP("Languages", "Polish")),
    "pt": str(QT_TRANSLATE_NOOP("Languages", "Portuguese")),
    "ro": str(QT_TRANSLATE_NOOP("Languages", "Romanian")),
    "ru": str(QT_TRANSLATE_NOOP("Languages", "Russian")),
    "sv": str(QT_TRANSLATE_NOOP("Languages", "Swedish")),
    "th": str(QT_TRANSLATE_NOOP("Languages", "Thai")),
    "tr": str(QT_TRANSLATE_NOOP("Languages", "Turkish")),
    "uk": str(QT_TRANSLATE_NOOP("Languages", "Ukrainian")),
    "vi": str(QT_TRANSLATE_NOOP("Languages", "Vietnamese")),
    "zh": str(QT_TRANSLATE_NOOP("Languages", "Chinese")),
}
_OLD_CODES = {"fre": "fr", "ger": "de", "dut": "nl", "gre": "el", "cze": "cs", "rum": "ro",
              "chi": "zh", "nob": "no", "nor": "no"}  # fmt: skip


def language_code(tag: str | None) -> str:
    """The ISO 639-1 code of a language tag as files write it (``fre``, ``fr-FR``); else empty."""
    if not tag:
        return ""
    base = tag.replace("_", "-").split("-")[0].lower()
    base = _OLD_CODES.get(base, base)
    if base in NAMES:
        return base
    language = QLocale.codeToLanguage(base)
    code: str = QLocale.languageToCode(language)
    return code if code and language != QLocale.Language.AnyLanguage else ""


def language_name(tag: str | None) -> str:
    """The name of a language in the window's language; the tag itself when it is unknown."""
    code = language_code(tag)
    if code in NAMES:
        return QCoreApplication.translate("Languages", NAMES[code])
    if code:
        return QLocale.languageToString(QLocale.codeToLanguage(code))
    return "" if not tag or tag == "und" else tag
