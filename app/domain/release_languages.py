"""Names and codes of languages as release names write them, and the scripts that betray one."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_NAMES: Final = {
    "en": "english eng engl ingles inglés inglês ing anglais englisch inglese "
    "英语 英語 英音 英字 en",
    "fr": "french truefrench vff vfq vfi vf vf2 vof francais français fra fre francese franzosisch "
    "vostfr subfrench stfr vfstfr vost frenchsub frances francés fr fansubfr french2 vfb 法语 法語",
    "de": "german deutsch ger deu aleman alemán tedesco allemand germandl germandubbed de "
    "德语 德語",
    "es": "spanish castellano espanol español esp spa spagnolo espagnol latino cast latin "
    "sp vose castilian es lat 西班牙语 dublajelatino spanishlatino audiolatino",
    "it": "italian ita italiano italien itali it 意大利语 itasub subita",
    "pt": "portuguese portugues português por ptbr dublado legendado brazilian pt br portugais "
    "portuguesebr brazilianportuguese nacional ptpt leg 葡萄牙语",
    "nl": "dutch flemish nlsubs nlsub nederlands vlaams dut nld nl hollands nlaudio 荷兰语",
    "da": "danish dansk danske danskesubs dan dksubs dksub da dk danishsubs",
    "sv": "swedish svensk svenska swe swesub swesubs sv svensub svenskt",
    "no": "norwegian norsk nor norske norsub no bokmal bokmål",
    "fi": "finnish suomi finsub finsubs finnishsubs suomitxt fin finsk",
    "is": "icelandic islenska íslenska ice",
    "ru": "russian rus ru русский русская русские rusdub russub дубляж озвучка лостфильм 俄语 俄語",
    "uk": "ukrainian ukr ua українська украинский ukrdub",
    "be": "belarusian bel",
    "pl": "polish pol polski polskie plsub plsubbed pldub lektor lektorpl dubbingpl plpol pl "
    "napisypl "
    "dubpl sublektor plbluray",
    "cs": "czech cz cze ces cestina čeština czdab czdabing cztit ceský český cesky czechsubs",
    "sk": "slovak sk slo slk slovensky slovenčina skdab",
    "hu": "hungarian hun magyar hu hunsub hungar hundub",
    "ro": "romanian ro rum rom ron rosub rosubbed romana română rosubs rodub",
    "bg": "bulgarian bul bg bgaudio bgsub bgsubs български",
    "sr": "serbian srp srb rs srpski српски",
    "hr": "croatian hrv hrvatski cro hr",
    "sl": "slovenian slv si slosubs slosinh slovene",
    "bs": "bosnian bosanski",
    "mk": "macedonian mkd",
    "sq": "albanian shqip alb",
    "el": "greek gre gr ell ellinika greeksubs greekaudio ελληνικά el",
    "tr": "turkish tur turkce türkçe tr trdub trsub turkishdub tk dublaj altyazi altyazılı "
    "土耳其语",
    "ar": "arabic ara arab arabe árabe عربي مترجم مدبلج arabicsub",
    "he": "hebrew heb hebdub hebsub hebsubs עברית he hebdubbed",
    "fa": "persian farsi per fas dubbedfarsi فارسی fa",
    "hi": "hindi hin hi hindidubbed हिन्दी hindiorg hindiddp hindiline hind 印地语",
    "ta": "tamil tam tamildubbed தமிழ்",
    "te": "telugu tel తెలుగు telegu",
    "ml": "malayalam mal",
    "kn": "kannada kan",
    "bn": "bengali bangla ben bengla",
    "mr": "marathi mar",
    "gu": "gujarati guj",
    "pa": "punjabi pan pun",
    "ur": "urdu urd",
    "ja": "japanese jpn jap japonais japones japonês jp jpnaudio ja "
    "日语 日語 日本語 日音 日文 japonés ja 原盤日語",
    "ko": "korean kor kr koreansub 韩语 韓語 韩文 한국어 coreano ko",
    "zh": "chinese chi chs cht mandarin cantonese gb big5 chinesesub zho cn zh chschteng chscht "
    "gbjp big5jp gbbig5 cantonesedub mandarindub putonghua zhtw zhcn zhhans zhhant hans hant "
    "sc tc chinesesubs chsjpn chtjpn chseng chteng chsjap chsjp chtjp gb_jp taiwanese",
    "th": "thai tha thaiaudio thaisub th",
    "vi": "vietnamese vie vietsub viet vn thuyetminh vi vietdub",
    "id": "indonesian ind indo subindo indonesia bahasa",
    "ms": "malay may msa",
    "tl": "tagalog filipino fil tgl",
    "lt": "lithuanian lit lietuviu lt ltu",
    "lv": "latvian lav lv latviski",
    "et": "estonian est eesti ee",
    "ka": "georgian geo",
    "hy": "armenian arm",
    "kk": "kazakh kaz",
    "ca": "catalan cat catala català",
    "eu": "basque euskera",
    "gl": "galician galego gallego",
    "sa": "sanskrit",
    "mn": "mongolian",
    "km": "khmer",
    "af": "afrikaans",
    "ne": "nepali",
}
_GROUPED: Final = {
    "jpsc": ("ja", "zh"),
    "jptc": ("ja", "zh"),
    "scjp": ("zh", "ja"),
    "tcjp": ("zh", "ja"),
    "nordic": ("da", "fi", "no", "sv"),
    "nordicsubs": ("da", "fi", "no", "sv"),
    "chsjpn": ("zh", "ja"),
    "chtjpn": ("zh", "ja"),
    "chsjp": ("zh", "ja"),
    "chtjp": ("zh", "ja"),
    "chsjap": ("zh", "ja"),
    "gbjp": ("zh", "ja"),
    "big5jp": ("zh", "ja"),
    "chseng": ("zh", "en"),
    "chteng": ("zh", "en"),
    "chschteng": ("zh", "en"),
    "enghin": ("en", "hi"),
    "hineng": ("hi", "en"),
    "rusukr": ("ru", "uk"),
    "lektorpl": ("pl",),
}
_SHOUTED_WORDS: Final = (
    "en fr de es it pt br nl da dk sv no fi ru ua pl cz sk hu ro bg gr el tr ar he fa hi jp "
    "ja kr ko cn zh th tk vn vi lt lv ee sc tc gb hin ita eng por dan ice dan per may mar ben "
    "ind tel mal kan tam pan pun tha fil arm est lit lat cast fin nor vf lav ara cat geo "
    "leg esp vo rus ger fre"
)
_SHOUTED: Final = frozenset(_SHOUTED_WORDS.split())
_NEVER_TITLECASE_WORDS: Final = (
    "dan per may mar ben ind pan pun fil arm lit cat geo leg ice cast it no he hi da de es en "
    "el is sc tc ro sk th gb ar fa be fin"
)
_NEVER_TITLECASE: Final = frozenset(_NEVER_TITLECASE_WORDS.split())
_SUBTITLE_ONLY_WORDS: Final = (
    "nlsubs nlsub danskesubs dksubs dksub danishsubs swesub swesubs svensub norsub finsub "
    "finsubs finnishsubs suomitxt russub plsub plsubbed cztit hunsub rosub rosubbed bgsub "
    "bgsubs slosubs greeksubs trsub altyazi altyazılı arabicsub hebsub hebsubs chinesesub "
    "chinesesubs thaisub vietsub subindo itasub subita czechsubs nordicsubs koreansub "
    "rosubs"
)
SUBTITLE_ONLY: Final = frozenset(_SUBTITLE_ONLY_WORDS.split())


@cache
def languages() -> dict[str, tuple[str, ...]]:
    """ISO 639-1 codes by the lower-case word that names them."""
    words: dict[str, tuple[str, ...]] = {}
    for code, names in _NAMES.items():
        for name in names.split():
            words[name] = (code,)
    words.update(_GROUPED)
    words.pop("vost", None)
    return words


NEVER_ALONE: Final = frozenset({"sp", "hr", "rs", "si", "rom", "ing"})
"""Counted only beside another language."""
BRACKETED: Final = frozenset({"gb", "sc", "tc"})
"""Counted only at the edge of a bracket."""


def fits_case(word: str, lower: str) -> bool:
    """Whether a word is written the way a language tag would be, not an everyday word."""
    if lower in NEVER_ALONE:
        return False
    if lower not in _SHOUTED:
        return True
    if len(lower) == 2:
        return word.isupper()
    if lower in _NEVER_TITLECASE:
        return word.isupper()
    return word[0].isupper() or word.isupper()


_SCRIPTS: Final = (
    (re.compile(r"[\u3040-\u30ff\uff66-\uff9f]"), "ja"),
    (re.compile(r"[іїєґІЇЄҐ]"), "uk"),
    (re.compile(r"[\u0400-\u04ff]{2}"), "ru"),
    (re.compile(r"[\u0600-\u06ff\u0750-\u077f]"), "ar"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
    (re.compile(r"[\u0980-\u09ff]"), "bn"),
    (re.compile(r"[\u0a80-\u0aff]"), "gu"),
    (re.compile(r"[\u0b80-\u0bff]"), "ta"),
    (re.compile(r"[\u0c00-\u0c7f]"), "te"),
    (re.compile(r"[\u0c80-\u0cff]"), "kn"),
    (re.compile(r"[\u0d00-\u0d7f]"), "ml"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]{3}"), "el"),
)
_CHINESE_TAGS = re.compile(
    r"简[体體中繁日英]|繁[体體中日英]|[简繁](?=[\]】_ ])|中文|中字|中英|中日|"
    r"[国國][语語粤粵英配]|[粤粵][语語英]|普通话|[双雙][语語字]|"
    r"内[嵌封]|內[嵌封]|字幕"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_HAN_NAMED: Final = (
    (re.compile(r"日[语語文音英]|[简繁簡中][体體]?日|日[简繁簡双雙]"), "ja"),
    (re.compile(r"英[语語文音]|[简繁簡中国國粤日][语語体體]?英|中英|英[简双]"), "en"),
    (re.compile(r"[韩韓][语語文]"), "ko"),
    (re.compile(r"[法][语語]"), "fr"),
    (re.compile(r"[德][语語]"), "de"),
    (re.compile(r"[俄][语語]"), "ru"),
)


def from_script(text: str) -> list[str]:
    """The languages the letters themselves betray, when no word says it."""
    if text.isascii():
        return []
    found: list[str] = []
    if _HAN.search(text):
        chinese = bool(_CHINESE_TAGS.search(text))
        if chinese or not _SCRIPTS[0][0].search(text):
            found.append("zh")
        found += [code for pattern, code in _HAN_NAMED if pattern.search(text)]
    for pattern, code in _SCRIPTS:
        if code == "ja" and "zh" in found:
            continue
        if code == "ru" and "uk" in found:
            continue
        if code not in found and pattern.search(text):
            found.append(code)
    return found
