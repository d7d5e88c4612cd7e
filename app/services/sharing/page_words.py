"""What visitors of a link read, in their own language: English or French. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("en", "fr")
_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "العربية", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά",
        "en": "English", "es": "Español", "fi": "Suomi", "fr": "Français", "he": "עברית",
        "hi": "हिन्दी", "hu": "Magyar", "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語",
        "ko": "한국어", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português",
        "ro": "Română", "ru": "Русский", "sv": "Svenska", "th": "ไทย", "tr": "Türkçe",
        "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
    }
)  # fmt: skip
"""What languages call themselves, by ISO 639-1."""
_TAG: Final = re.compile(
    r"\s*([A-Za-z]{1,8})[A-Za-z0-9-]{0,40}(?:\s*;\s*q=([01](?:\.\d{1,3})?))?\s*\Z"
)

WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "film": ("film", "film"),
        "films": ("{count} films", "{count} films"),
        "download": ("Download", "Télécharger"),
        "download_size": ("Download · {size}", "Télécharger · {size}"),
        "watch": ("Watch", "Regarder"),
        "all": ("All films", "Tous les films"),
        "pay": ("Pay", "Payer"),
        "price": ("{price}", "{price}"),
        "until": ("Open until {date}", "Ouvert jusqu'au {date}"),
        "left": ("{count} of {all} viewings left", "Il reste {count} visionnages sur {all}"),
        "devices": ("On up to {count} devices", "Sur {count} appareils au plus"),
        "device": ("On one device", "Sur un seul appareil"),
        "converted": (
            "This film is converted while you watch it. If it does not start, or you cannot jump "
            "in it, download it instead.",
            "Ce film est converti pendant que vous le regardez. S'il ne démarre pas, ou si vous ne "
            "pouvez pas y avancer, téléchargez-le.",
        ),
        "converted_only": (
            "This film is converted while you watch it: it may take a moment to start, and you may "
            "not be able to jump in it.",
            "Ce film est converti pendant que vous le regardez : il peut mettre un moment à "
            "démarrer, et il n'est pas toujours possible d'y avancer.",
        ),
        "unplayable": (
            "A browser cannot show this film. Download it, and open it with a player.",
            "Un navigateur ne peut pas montrer ce film. Téléchargez-le et ouvrez-le avec un "
            "lecteur.",
        ),
        "unplayable_only": (
            "A browser cannot show this film. Ask whoever sent you the link for a download.",
            "Un navigateur ne peut pas montrer ce film. Demandez à la personne qui vous a envoyé "
            "le lien de pouvoir le télécharger.",
        ),
        "subtitles": ("Subtitles", "Sous-titres"),
        "empty_title": ("Not here just now", "Absent pour l'instant"),
        "empty": (
            "The link is good, but its film is not where it was. Try again later, or tell whoever "
            "sent it to you.",
            "Le lien est bon, mais son film n'est pas à sa place. Réessayez plus tard, ou "
            "prévenez la personne qui vous l'a envoyé.",
        ),
        "later_title": ("It opens soon", "Bientôt ouvert"),
        "later": ("This link opens on {date}.", "Ce lien s'ouvre le {date}."),
        "ended_title": ("This link has ended", "Ce lien est terminé"),
        "ended": (
            "Its time is over since {date}. Nothing is wrong with your browser.",
            "Son temps est écoulé depuis le {date}. Votre navigateur n'y est pour rien.",
        ),
        "used_up_title": ("Every viewing was used", "Tous les visionnages sont pris"),
        "used_up": (
            "This link was good for {all} viewings, and they were used.",
            "Ce lien valait pour {all} visionnages, et ils ont été utilisés.",
        ),
        "used_up_one": (
            "This link was good for one viewing, and it was used.",
            "Ce lien valait pour un visionnage, et il a été utilisé.",
        ),
        "devices_full_title": (
            "It is in use on other devices",
            "Déjà utilisé sur d'autres appareils",
        ),
        "devices_full": (
            "This link may be used on {count} devices, and those are others. Open it on one of "
            "them.",
            "Ce lien peut servir sur {count} appareils, et ce sont d'autres. Ouvrez-le sur l'un "
            "d'eux.",
        ),
        "devices_full_one": (
            "This link may be used on one device, and that is another one. Open it there.",
            "Ce lien peut servir sur un seul appareil, et c'en est un autre. Ouvrez-le là-bas.",
        ),
        "revoked_title": ("This link was taken back", "Ce lien a été retiré"),
        "revoked": (
            "Whoever sent it closed it. Nothing is wrong with your browser.",
            "La personne qui l'a envoyé l'a fermé. Votre navigateur n'y est pour rien.",
        ),
        "held_title": ("Closed for a moment", "Fermé un instant"),
        "held": (
            "The station this comes from cannot open links just now. Try again in a while.",
            "La station d'où il vient ne peut pas ouvrir de liens pour l'instant. Réessayez dans "
            "un moment.",
        ),
        "unknown_title": ("There is no such link", "Ce lien n'existe pas"),
        "unknown": (
            "A letter may have got lost: copy the whole address once more, or scan the code again.",
            "Une lettre s'est peut-être perdue : copiez à nouveau toute l'adresse, ou scannez "
            "encore le code.",
        ),
        "slow_title": ("Wait a moment", "Patientez un instant"),
        "slow": (
            "Too many addresses were tried from here that do not exist. Try again in {seconds} s.",
            "Trop d'adresses inexistantes ont été essayées d'ici. Réessayez dans {seconds} s.",
        ),
        "cookies_title": ("Open it from its page", "Ouvrez-le depuis sa page"),
        "cookies": (
            "Open the page of the link first, and let your browser keep its one cookie: it only "
            "says that this device may watch.",
            "Ouvrez d'abord la page du lien, et laissez votre navigateur garder son unique "
            "cookie : il dit seulement que cet appareil peut regarder.",
        ),
        "not_given_title": ("Not part of this link", "Ce lien ne le permet pas"),
        "not_given": (
            "Whoever sent this link did not allow that. Go back to its page.",
            "La personne qui a envoyé ce lien ne l'a pas permis. Revenez à sa page.",
        ),
        "busy_title": ("Busy just now", "Occupé pour l'instant"),
        "busy": (
            "The station converts films for others just now. Try again in a few minutes.",
            "La station convertit des films pour d'autres en ce moment. Réessayez dans quelques "
            "minutes.",
        ),
        "ask": ("Ask for a new link: {contact}", "Demander un nouveau lien : {contact}"),
        "pay_again": ("Pay again · {price}", "Payer à nouveau · {price}"),
        "pay_now": ("Pay · {price}", "Payer · {price}"),
        "going_on": ("One moment…", "Un instant…"),
        "foot": ("Shared from a Sokoul station", "Partagé depuis une station Sokoul"),
        "copy_hello": ("{title}: {address}", "{title} : {address}"),
        "copy_until": ("Open until {date}.", "Ouvert jusqu'au {date}."),
        "copy_uses": ("Good for {count} viewings.", "Valable pour {count} visionnages."),
        "copy_use": ("Good for one viewing.", "Valable pour un visionnage."),
        "copy_price": ("Price: {price} ({pay})", "Prix : {price} ({pay})"),
        "copy_price_only": ("Price: {price}", "Prix : {price}"),
        "card_scan": ("Scan to watch", "Scannez pour regarder"),
        "card_fetch": ("Scan to download", "Scannez pour télécharger"),
    }
)


def language_of(accepted: str) -> str:
    """The language a browser's ``Accept-Language`` wants; English when it wants none of ours."""
    wanted = []
    for place, part in enumerate(accepted[:500].split(",")[:20]):
        found = _TAG.match(part)
        if found and found[1].lower() in LANGUAGES:
            wanted.append((-float(found[2] or 1), place, found[1].lower()))
    return min(wanted)[2] if wanted and min(wanted)[0] < 0 else LANGUAGES[0]


def say(language: str, key: str, **args: object) -> str:
    """A sentence, with its arguments as they are: not yet safe in a page."""
    english, french = WORDS[key]
    return (french if language == "fr" else english).format(**args)


def date(language: str, at: float) -> str:
    """A time as people say it, in the time of the station."""
    when = datetime.fromtimestamp(at).astimezone()
    month = _MONTHS["fr" if language == "fr" else "en"].split()[when.month - 1]
    clock = f"{when.hour}:{when.minute:02}"
    if language == "fr":
        day = "1er" if when.day == 1 else str(when.day)
        return f"{day} {month} {when.year} à {clock}"
    return f"{when.day} {month} {when.year}, {clock}"


def size(language: str, count: int) -> str:
    """Bytes as people say them."""
    units = ("Go", "Mo", "Ko") if language == "fr" else ("GB", "MB", "KB")
    for unit, large in zip(units, (10**9, 10**6, 10**3), strict=True):
        if count >= large or large == 10**3:
            told = f"{count / large:.1f}" if count < 10 * large else f"{count / large:.0f}"
            return f"{told.replace('.', ',') if language == 'fr' else told} {unit}"
    return ""


def length(seconds: float | None) -> str:
    """How long a film is: ``1 h 35 min``; nothing when that is not known."""
    if not seconds or seconds < 1:
        return ""
    if seconds < 59.5:
        return f"{round(seconds)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min"
