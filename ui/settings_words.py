"""What the settings are called, in the language of the window; the schema itself has only keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from app.domain.options import Option
from ui import settings_words_budget as budget
from ui import settings_words_casting as casting
from ui import settings_words_downloads as downloads
from ui import settings_words_intelligence as intelligence
from ui import settings_words_publishing as publishing
from ui import settings_words_studio as studio
from ui import settings_words_system as system

SECTIONS: Mapping[str, object] = MappingProxyType(
    {
        "library": QT_TRANSLATE_NOOP("Settings", "Library"),
        "search": QT_TRANSLATE_NOOP("Settings", "Sources"),
        "downloads": QT_TRANSLATE_NOOP("Settings", "Downloads"),
        "playback": QT_TRANSLATE_NOOP("Settings", "Playback"),
        "casting": QT_TRANSLATE_NOOP("Settings", "TVs and casting"),
        "media_server": QT_TRANSLATE_NOOP("Settings", "Media server"),
        "intelligence": QT_TRANSLATE_NOOP("Settings", "Intelligence"),
        "studio": QT_TRANSLATE_NOOP("Settings", "Studio"),
        "publishing": QT_TRANSLATE_NOOP("Settings", "Publishing"),
        "links": QT_TRANSLATE_NOOP("Settings", "Links"),
        "budget": QT_TRANSLATE_NOOP("Settings", "Budget"),
        "plugins": QT_TRANSLATE_NOOP("Settings", "Plugins"),
        "notifications": QT_TRANSLATE_NOOP("Settings", "Notifications"),
        "monitoring": QT_TRANSLATE_NOOP("Settings", "Watching and alerts"),
        "remote": QT_TRANSLATE_NOOP("Settings", "Remote on a phone"),
        "upkeep": QT_TRANSLATE_NOOP("Settings", "Nights and backups"),
        "privacy": QT_TRANSLATE_NOOP("Settings", "Privacy and safety"),
        "look": QT_TRANSLATE_NOOP("Settings", "Look and language"),
    }
)

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        **budget.LABELS,
        **casting.LABELS,
        **downloads.LABELS,
        **intelligence.LABELS,
        **publishing.LABELS,
        **studio.LABELS,
        **system.LABELS,
        "settings.look.scale": (
            QT_TRANSLATE_NOOP("Settings", "Size of everything"),
            QT_TRANSLATE_NOOP("Settings", "Larger for a television across the room"),
        ),
        "settings.look.language": (
            QT_TRANSLATE_NOOP("Settings", "Language"),
            QT_TRANSLATE_NOOP("Settings", "Of the words in this window"),
        ),
        "settings.look.motion": (
            QT_TRANSLATE_NOOP("Settings", "Movement"),
            QT_TRANSLATE_NOOP("Settings", "Things glide and fade when they change"),
        ),
        "settings.look.start_page": (
            QT_TRANSLATE_NOOP("Settings", "Start with"),
            QT_TRANSLATE_NOOP("Settings", "The page shown when the station opens"),
        ),
        "settings.library.watch_changes": (
            QT_TRANSLATE_NOOP("Settings", "Watch folders for changes"),
            QT_TRANSLATE_NOOP("Settings", "New films appear by themselves, without a scan"),
        ),
        "settings.library.frame_pictures": (
            QT_TRANSLATE_NOOP("Settings", "Pictures from the films"),
            QT_TRANSLATE_NOOP("Settings", "A film without a poster gets a frame of its own"),
        ),
        "settings.search.least_resolution": (
            QT_TRANSLATE_NOOP("Settings", "Smallest picture"),
            QT_TRANSLATE_NOOP("Settings", "What is smaller is hidden"),
        ),
        "settings.search.most_resolution": (
            QT_TRANSLATE_NOOP("Settings", "Largest picture worth having"),
            QT_TRANSLATE_NOOP("Settings", "More than your screens show brings nothing"),
        ),
        "settings.search.codec": (
            QT_TRANSLATE_NOOP("Settings", "Preferred coding"),
            QT_TRANSLATE_NOOP("Settings", "HEVC and AV1 are smaller, H.264 plays everywhere"),
        ),
        "settings.search.first_language": (
            QT_TRANSLATE_NOOP("Settings", "First language"),
            QT_TRANSLATE_NOOP("Settings", "What is spoken in it comes first"),
        ),
        "settings.search.second_language": (
            QT_TRANSLATE_NOOP("Settings", "Second language"),
            QT_TRANSLATE_NOOP("Settings", "Comes after the first"),
        ),
        "settings.search.only_languages": (
            QT_TRANSLATE_NOOP("Settings", "Only these languages"),
            QT_TRANSLATE_NOOP("Settings", "What tells another one is hidden"),
        ),
        "settings.search.hide_camera": (
            QT_TRANSLATE_NOOP("Settings", "No camera recordings"),
            QT_TRANSLATE_NOOP("Settings", "Films filmed off a screen are hidden"),
        ),
        "settings.search.largest_film": (
            QT_TRANSLATE_NOOP("Settings", "Largest film"),
            QT_TRANSLATE_NOOP("Settings", "What is larger is hidden"),
        ),
        "settings.playback.audio_language": (
            QT_TRANSLATE_NOOP("Settings", "Spoken language"),
            QT_TRANSLATE_NOOP("Settings", "Chosen when a film has several sound tracks"),
        ),
        "settings.playback.subtitle_language": (
            QT_TRANSLATE_NOOP("Settings", "Subtitle language"),
            QT_TRANSLATE_NOOP("Settings", "Chosen when a film has several subtitles"),
        ),
        "settings.playback.subtitles_on": (
            QT_TRANSLATE_NOOP("Settings", "Start with subtitles"),
            QT_TRANSLATE_NOOP("Settings", "When the film has some in your language"),
        ),
        "settings.playback.subtitle_size": (
            QT_TRANSLATE_NOOP("Settings", "Subtitle size"),
            QT_TRANSLATE_NOOP("Settings", "Can be changed for one film in the player too"),
        ),
        "settings.playback.hardware_decoding": (
            QT_TRANSLATE_NOOP("Settings", "Decode with the graphics chip"),
            QT_TRANSLATE_NOOP("Settings", "Switch it off if the picture is torn or green"),
        ),
        "settings.playback.skip_seconds": (
            QT_TRANSLATE_NOOP("Settings", "Skip step"),
            QT_TRANSLATE_NOOP("Settings", "How far the left and right arrows jump"),
        ),
        "settings.playback.volume": (
            QT_TRANSLATE_NOOP("Settings", "Volume"),
            QT_TRANSLATE_NOOP("Settings", "As it was left in the player"),
        ),
        "settings.playback.autoplay_next": (
            QT_TRANSLATE_NOOP("Settings", "Play the next episode"),
            QT_TRANSLATE_NOOP("Settings", "Some seconds after one has ended"),
        ),
        "settings.notifications.desktop": (
            QT_TRANSLATE_NOOP("Settings", "Desktop notifications"),
            QT_TRANSLATE_NOOP("Settings", "When a scan has ended or something needs you"),
        ),
        "settings.notifications.keep_in_tray": (
            QT_TRANSLATE_NOOP("Settings", "Stay in the tray"),
            QT_TRANSLATE_NOOP("Settings", "Closing the window leaves the station running"),
        ),
        "settings.privacy.log_detail": (
            QT_TRANSLATE_NOOP("Settings", "Detail of the log"),
            QT_TRANSLATE_NOOP(
                "Settings", "A detailed log helps to find a fault; it holds names of films"
            ),
        ),
    }
)

CHOICES: Mapping[str, object] = MappingProxyType(
    {
        **budget.CHOICES,
        **downloads.CHOICES,
        **intelligence.CHOICES,
        **publishing.CHOICES,
        "language.auto": QT_TRANSLATE_NOOP("Settings", "As the system"),
        "motion.auto": QT_TRANSLATE_NOOP("Settings", "As the desktop asks"),
        "motion.on": QT_TRANSLATE_NOOP("Settings", "Always"),
        "motion.off": QT_TRANSLATE_NOOP("Settings", "Never"),
        "start_page.home": QT_TRANSLATE_NOOP("Settings", "Home"),
        "start_page.library": QT_TRANSLATE_NOOP("Settings", "Library"),
        "start_page.last": QT_TRANSLATE_NOOP("Settings", "Where I was"),
        "audio_language.": QT_TRANSLATE_NOOP("Settings", "As the film has it"),
        "subtitle_language.": QT_TRANSLATE_NOOP("Settings", "Any"),
        "least_resolution.any": QT_TRANSLATE_NOOP("Settings", "Any"),
        "codec.any": QT_TRANSLATE_NOOP("Settings", "Any"),
        "first_language.": QT_TRANSLATE_NOOP("Settings", "Any"),
        "second_language.": QT_TRANSLATE_NOOP("Settings", "None"),
        "hardware_decoding.auto": QT_TRANSLATE_NOOP("Settings", "When it works"),
        "hardware_decoding.off": QT_TRANSLATE_NOOP("Settings", "Never"),
        "log_detail.normal": QT_TRANSLATE_NOOP("Settings", "Normal"),
        "log_detail.detailed": QT_TRANSLATE_NOOP("Settings", "Detailed"),
    }
)

SECRET_HOMES: Mapping[str, object] = MappingProxyType(
    {
        "keyring": QT_TRANSLATE_NOOP("Settings", "Kept in the keyring of your desktop"),
        "key_file": QT_TRANSLATE_NOOP(
            "Settings",
            "Kept in an encrypted file, protected only by its file rights: no keyring here",
        ),
        "passphrase": QT_TRANSLATE_NOOP(
            "Settings", "Kept in an encrypted file that opens with your passphrase"
        ),
        "locked": QT_TRANSLATE_NOOP(
            "Settings", "Locked: unlock the keyring of your desktop, then open this page again"
        ),
    }
)


def section_title(section: str) -> str:
    """The name of a section of the settings."""
    return _told(SECTIONS[section])


def label(option: Option) -> str:
    """The name of a setting of the station."""
    return _told(LABELS[option.label][0])


def help_text(option: Option) -> str:
    """The line under a setting's name."""
    return _told(LABELS[option.label][1])


def choice(option: Option, value: str) -> str:
    """The words of one choice of a setting."""
    found = CHOICES.get(f"{option.name}.{value}")
    if found is not None:
        return _told(found)
    return language(value) if len(value) == 2 else value


UNITS: Mapping[str, object] = MappingProxyType(
    {
        "s": QT_TRANSLATE_NOOP("Settings", "{0} s"),
        "min": QT_TRANSLATE_NOOP("Settings", "{0} min"),
        "h": QT_TRANSLATE_NOOP("Settings", "{0} h"),
        "d": QT_TRANSLATE_NOOP("Settings", "{0} days"),
        "MB/s": QT_TRANSLATE_NOOP("Settings", "{0} MB/s"),
        "GB": QT_TRANSLATE_NOOP("Settings", "{0} GB"),
        "%": QT_TRANSLATE_NOOP("Settings", "{0} %"),
        "°C": QT_TRANSLATE_NOOP("Settings", "{0} °C"),
    }
)


def amount(option: Option, value: int) -> str:
    """A figure with its unit, such as ``120 %``."""
    if value == 0 and option.name in ("seed_percent", "seed_hours"):
        never = option.name == "seed_percent"
        return _told(downloads.NOTHING if never else downloads.NO_END)
    if value == 0 and option.unit in ("MB/s", "GB"):
        return QCoreApplication.translate("Settings", "No limit")
    unit = UNITS.get(option.unit)
    return QLocale().toString(value) if unit is None else _told(unit).format(value)


def secret_home(home: str) -> str:
    """Where secrets are kept."""
    return _told(SECRET_HOMES[home])


def language(code: str) -> str:
    """The name of a language, in that language, with a capital letter."""
    name = QLocale(code).nativeLanguageName()
    if code == "en":
        name = "English"  # Qt says "American English"
    return name[:1].upper() + name[1:] if name else code


def _told(source: object) -> str:
    return QCoreApplication.translate("Settings", str(source))
