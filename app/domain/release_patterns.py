"""How release names write seasons and episodes: the patterns, and what their words mean."""

from __future__ import annotations

import re
from typing import Final

_I = re.IGNORECASE
SEASON_EPISODE: Final = re.compile(
    r"(?<![^\W_])(?:s(?:n|eason)?|t(?=\d\d?x?e))[ ._]?(\d{1,4})[ ._\-]{0,3}[\[(]?"
    r"(?:episode|x?ep?|x|é)[ ._\-#]{0,2}(\d{1,4})"
    r"(?:[ ._]?v\d)?(?:[a-d](?![^\W_]))?"
    r"((?:[ ._]?(?:-|~|\+|&|à|to)?[ ._]?(?:s\d{1,2})?[ ._]?(?:ep|e|x)[ ._]?\d{1,4}|"
    r"[-~+]\d{1,3}(?![\dpx]))*)"
    r"(?![\dpx])",
    _I,
)
CROSS: Final = re.compile(
    r"(?<![\d_])(?<!\b\d\.)((?<![^\W_])\d{1,2}|(?<=[a-z])\d{1,2}(?=x\d\d)|(?:19|"
    r"20)\d\d(?=x\d\d(?!\d)))[ ]?[xх][ ]?(\d{1,3})(?:v\d)?((?:[ ._]?(?:-|~|\+|"
    r"&)[ ._]?(?:\d{1,2}[xх])?\d{1,3}(?!\d)|[xх]\d{1,3})*)(?![^\W_])",
    _I,
)
SEASON_DASH: Final = re.compile(
    r"(?<![^\W_])(?:s(?:eason)?[ ]?(\d{1,2})|(\d{1,2})(?:st|nd|rd|"
    r"th)[ ._]season)[ _]+-[ _]+(?:ep?[ .]?)?(\d{1,4})(?:v\d)?(?![\dpx]|[ ]?-[ ]?s\d)",
    _I,
)
SEASONS: Final = re.compile(
    r"(?<![^\W_])(?!(?<=-)s\d+(?:\]|$))(?:s(\d{1,2})[ ._]?(?:-|~|to|\+|,|&|à)[ ._]?s?(\d{1,2})|"
    r"s(\d{1,2}|20\d\d))(?![^\W_]|d\d)|(?<![^\W_])s(\d{1,2})(?=[ ._]?d(?:is[ck])?[ ._]?\d)",
    _I,
)
SEASON_WORD: Final = re.compile(
    r"(?<![^\W_])(?:seasons?|saisons?|temporadas?|temp|staffeln?|stagion[ei]|seizoen|sezony?|"
    r"сезон[ыи]?|"
    r"s[æä]song?|sezona|sorozat|évad|série|series)[ ._:\-№]{0,3}[\[(]?(\d{1,2}|(?:x|vi{0,3}|"
    r"i[vx]|i{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)(?![^\W_]))(?!\d|"
    r"[ ._]?(?:of|из)\b|x\d)"
    r"(?:[ ._]?(?:-|~|to|&|à|a|и)[ ._]?(\d{1,2})(?![\dp]))?",
    _I,
)
SEASON_WORDS_COUNTED: Final = re.compile(
    r"(?<![^\W_])(\d{1,2})(?:(?:[ ]?(?:st|nd|rd|th)|\.)[ ._]?(?:season|staffel)|(?:e|ème|eme|"
    r"ère)[ ._]saison|(?:Â?[ª°º]|a\.?)?[ ._]?(?:temporada|stagione)|(?:-?й|-?ая|\.)?[ ._]?(?:"
    r"сезон|évad|sezon|sez))(?![^\W\d_])",
    _I,
)
CHINESE_SEASON: Final = re.compile(r"第([\d一二三四五六七八九十]{1,3})[ ]?[季期部]")
CHINESE_EPISODE: Final = re.compile(
    r"第[ ]?([\d一二三四五六七八九十百]{1,4})(?:[-~～至])?(\d{1,4})?[ ]?[话話集回夜]"
    r"|(?<![\dS])(\d{1,4})(?:[-~～])?(\d{1,4})?[话話集回]|\[全?(\d{1,4})[-~～](\d{1,4})[话話集全回]?(?:全)?\]"
)
EPISODE_WORD: Final = re.compile(
    r"(?<![^\W_])(?:episodes?|épisodes?|episodio|episódio|folgen?|capitulo|capítulo|cap|afl|"
    r"avsnitt|odc|odcinek|bölüm|"
    r"эпизод|сери[ия]|серии|серія|tập|tap|eps?|e(?=\d))[ ._:\-#№]{0,3}(\d{1,4})(?:v\d|[a-d])?"
    r"(?:[ ._]?(?:-|~|\+|&|à|to)[ ._]?(?:ep|e)?[ .]?(\d{1,4})(?![\dpx]))?(?![^\W_])",
    _I,
)
EPISODE_AFTER: Final = re.compile(
    r"(?<![^\W_])(\d{1,3})(?:[ ]?-[ ]?(\d{1,3}))?(?:-?я|-?ая|\.)?[ ._\-]{0,2}(?:сери[ияй]|"
    r"серії|сер|bölüm|bolum|seri[yij]?[aiy]|serija|seriya|serya|serii|ser)(?![^\W_])",
    _I,
)
OF: Final = re.compile(
    r"(?<![^\W_])(\d{1,3})(?:[ ]?-[ ]?(\d{1,3}))?[ ._]?(?:of|из|iz|z)[ ._]?(\d{1,3})(?![^\W_])", _I
)
DASHED: Final = re.compile(
    r"(?<=[\s.])(?<!movie )(?<!film )(?<!movie\.)[-–—][ _.]+(?:ep?[ .]?|"
    r"#)?(\d{1,4})(?:\.5)?(?:[ ]?v\d|[a-d])?"
    r"(?:[ ]?[-~,][ ]?(\d{1,4}))?(?:[ ]?(?:end|fin|final))?(?=[\s.]*(?:$|[\[(\-–—])|[ .])",
    _I,
)
STOPPED: Final = re.compile(r"[\s.]*(?:$|[\[(\-–—])")
RANGE: Final = re.compile(
    r"(?:[(\[【（]|(?<=\bTV )|(?<=\bFull ))(\d{1,4})[ ]?[-~～][ ]?(\d{1,4})(?=[\])】）+ (]|$)"
)
DOTTED: Final = re.compile(r"(?<![^\W_])ep(?:isode)?[ ._]{0,2}(\d{1,2})\.(\d{2})(?!\d)", _I)
CAP: Final = re.compile(
    r"(?<![^\W_])cap(?:[íi]tulo)?s?[ ._]{0,2}(\d{1,2}?)(\d\d)(?:[_\-](?:\d{1,2}?)(\d\d))?(?!\d)", _I
)
SPACED: Final = re.compile(
    r"(?<![^\W_])s(\d{1,2})[ ._](\d{2,3})(?:v\d)?(?![^\W_]|\.\d)(?!-\d{3})", _I
)
FIRST: Final = re.compile(
    r"(0\d{1,2}|\d{1,3}(?=[ ]?-[ ]\D)|\d{3}(?=-\d{3})|"
    r"\d{2,3}(?=\.[ ]))(?:v\d)?(?:[ ]?-[ ]?(\d{1,3})(?!\d))?[ ._\-]+(?=[^\W\d_]{2})"
)
SQUARE: Final = re.compile(
    r"[\[【](?:ep?|#|no\.)?[ ]?(\d{1,4})(?:\.5)?(?:[ ]?v\d)?(?:[ ]?[-~～][ ]?(\d{1,4}))?(?:[ _]?"
    r"(?:end|fin|完|合集|全集|v\d|tv全集|batch)|[ ]?\+[ ]?[^\]】]{1,20})?[\]】]",
    _I,
)
LOOSE: Final = re.compile(
    r"(?<=[ _.])#?(\d{2,4})(?:v\d)?(?:[ ]?[-~][ ]?(\d{2,4}))?(?=[ _.]*(?:$|[\[(【]|end\b))", _I
)
WORDS: Final = {
    word: index
    for index, words in enumerate(
        ["i one", "ii two", "iii three", "iv four", "v five", "vi six", "vii seven", "viii eight"],
        1,
    )
    for word in words.split()
} | {"ix": 9, "nine": 9, "x": 10, "ten": 10}
KANJI: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
