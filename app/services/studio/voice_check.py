"""Whether a voice speaks the language of a text: guessed from its letters and small words. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.api.making import Voice
from app.domain.errors import InvalidInput

ENOUGH: Final = 3
"""Small words of a language that must be found before it is believed."""
CLEAR: Final = 1.5
"""How many times more of them than of the next language."""
_MOST: Final = 4_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SMALL: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the and of to is in that it was for with as are this not you on be have from "
            "they his her what which your when there will would their about into",
            "fr": "le la les des et est une un dans que qui pour pas sur au avec ce il elle du ne "
            "plus nous vous sont par mais ou cette ces son ses aux c'est qu'il d'un d'une",
            "de": "der die das und ist nicht ein eine zu den von mit auf für im dem des sich auch "
            "es wird sind wie aus bei nach noch nur oder aber wir ich sie einen",
            "es": "el la los las de y que en es un una por con para no se del su al lo más como "
            "pero sus este esta está muy hay también cuando qué son",
            "it": "il lo la gli le di e che è un una per con non si del della dei nel nella sono "
            "più come ma anche questo questa quando alla dal perché ha",
            "pt": "o a os as de e que é um uma por com para não se do da dos das no na mais como "
            "mas seu sua ao também quando está são muito você isso pelo",
            "nl": "de het een en van is dat niet op te in zijn voor met die aan er ook als maar "
            "om dan bij naar nog wel je wat hij ze deze worden",
            "sv": "och att det som en är på för med av inte den till har om ett han de så men jag "
            "kan från eller när också mycket vad blir",
            "da": "og at det som en er på for med af ikke den til har om et han de så men jeg kan "
            "fra eller når også meget hvad bliver hvor deres efter blev",
            "no": "og at det som en er på for med av ikke den til har om et han de så men jeg kan "
            "fra eller når også mye hva blir hvor deres etter ble være",
            "fi": "ja on ei se että hän oli mutta kun niin myös tai kuin ovat joka mitä sen tämä "
            "jos vain nyt sitten voi minä sinä he",
            "pl": "i w na z że się nie jest to do jak ale o za od po co czy tak przez dla są był "
            "być który która które może już tylko",
            "cs": "a je v se na že to s z do o jak ale by pro za od po jsou jako který která které "
            "také může už jen když byl není být",
            "hu": "a az és hogy nem is egy van de ez meg csak ha mint vagy volt már még azt ki fel "
            "ezt lesz amely nagyon mert",
            "ro": "și de în a la cu pe nu o un este că se din pentru mai care sunt ca dar fi sau "
            "după cum acest această când foarte",
            "tr": "ve bir bu da de için ile çok ne o daha gibi var kadar ama en olarak olan sonra "
            "değil mi ben sen her şey ya",
            "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada "
            "mereka sudah saya bisa atau adalah oleh kita",
            "vi": "và của là có không được cho một trong với các này người những đã để khi từ như "
            "cũng về ở rất tôi bạn",
            "ru": "и в не на что с как это по но он она из у к за от так же все его только для "
            "мы вы они был была есть или если",
            "uk": "і в не на що з як це по але він вона із у до за від так та й його тільки для "
            "ми ви вони був була є або якщо",
        }.items()
    }
)
_SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ARABIC": "ar", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi", "HIRAGANA": "ja",
        "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "CJK": "zh", "CYRILLIC": "cyrillic",
        "LATIN": "latin",
    }
)  # fmt: skip
_KIN: Final = (
    frozenset(("da", "no", "sv")), frozenset(("ru", "uk")), frozenset(("cs", "sk")),
    frozenset(("hr", "sr", "bs")), frozenset(("id", "ms")), frozenset(("ar", "fa", "ur")),
    frozenset(("hi", "mr", "ne")), frozenset(("es", "gl", "ca")),
)  # fmt: skip
"""Languages with so many words in common that a guess must be very clear to tell them apart."""
_CYRILLIC: Final = frozenset(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tt", "ba"))


def guess_language(text: str) -> str:
    """Return the language a text is in (ISO 639-1), or nothing when it is not clear."""
    counted = _counted(text)
    return _clearest(text, *counted) if counted is not None else ""


def check_voice(text: str, voice: Voice) -> InvalidInput | None:
    """Return the problem ``errors.voice_language`` when a voice speaks another language.

    A voice without a language speaks any. Without a clear guess there is no problem: a name or two
    in another language are fine.
    """
    guessed = guess_language(text) if voice.language else ""
    if not guessed or guessed == voice.language or _alike(guessed, voice.language):
        return None
    return InvalidInput("errors.voice_language", voice=voice.name, language=guessed)


def _alike(one: str, other: str) -> bool:
    return any(one in kin and other in kin for kin in _KIN)


def _counted(text: str) -> tuple[Counter[str], int] | None:
    """Letters by script, of which Japanese takes the Chinese ones it is written with too."""
    found: Counter[str] = Counter()
    for char in text[:_MOST]:
        if char.isalpha():
            found[_SCRIPTS.get(unicodedata.name(char, "").split(" ")[0].split("-")[0], "")] += 1
    total = sum(found.values())
    if total < 4:
        return None
    if found["ja"] * 8 > found["zh"]:
        found["ja"] += found.pop("zh", 0)
    return found, total


def _clearest(text: str, found: Counter[str], total: int) -> str:
    script, most = found.most_common(1)[0]
    if most < total * 0.6 or not script:
        return ""
    if script not in ("latin", "cyrillic"):
        return script
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text[:_MOST])]
    scores = {
        language: sum(word in small for word in words)
        for language, small in _SMALL.items()
        if (language in _CYRILLIC) == (script == "cyrillic")
    }
    (best, score), (next_best, second) = sorted(
        scores.items(), key=lambda one: one[1], reverse=True
    )[:2]
    needed = CLEAR * second if not _alike(best, next_best) else second + 1
    if score < ENOUGH or score < needed or score < len(words) * 0.08:
        return ""
    return best
