"""Names of languages as services write them, turned into the codes of ISO 639-1."""

from __future__ import annotations

from functools import cache

_WRITTEN = """
af afr afrikaans
am amh amharic
ar ara arabic العربية
az aze azerbaijani
be bel belarusian
bg bul bulgarian български
bn ben bengali bangla বাংলা
bo tib bod tibetan
br bre breton
bs bos bosnian bosanski
ca cat catalan català valencian
cs cze ces czech čeština
cy wel cym welsh cymraeg
da dan danish dansk
de ger deu german deutsch allemand
el gre ell greek ελληνικά
en eng english anglais englisch inglés
eo epo esperanto
es spa spanish español castilian castellano espagnol
et est estonian eesti
eu baq eus basque euskara
fa per fas persian farsi فارسی
fi fin finnish suomi
fr fre fra french français francais
ga gle irish gaeilge
gl glg galician galego
gu guj gujarati
he heb iw hebrew עברית
hi hin hindi हिन्दी
hr hrv croatian hrvatski
hu hun hungarian magyar
hy arm hye armenian
id ind indonesian
is ice isl icelandic íslenska
it ita italian italiano italien
ja jpn japanese 日本語
ka geo kat georgian
kk kaz kazakh
km khm khmer
kn kan kannada
ko kor korean 한국어
ku kur kurdish
la lat latin
lb ltz luxembourgish
lt lit lithuanian lietuvių
lv lav latvian latviešu
mk mac mkd macedonian
ml mal malayalam
mn mon mongolian
mr mar marathi
ms may msa malay
my bur mya burmese
ne nep nepali
nl dut nld dutch nederlands flemish
no nor norwegian norsk nb nob nn nno bokmål
oc oci occitan
pa pan punjabi
pl pol polish polski
ps pus pashto
pt por portuguese português
ro rum ron romanian română
ru rus russian русский
sa san sanskrit
si sin sinhala
sk slo slk slovak slovenčina
sl slv slovenian slovenščina
sq alb sqi albanian shqip
sr srp serbian српски srpski
sv swe swedish svenska
sw swa swahili
ta tam tamil தமிழ்
te tel telugu తెలుగు
tg tgk tajik
th tha thai ไทย
tl tgl tagalog filipino fil
tr tur turkish türkçe
uk ukr ukrainian українська
ur urd urdu اردو
uz uzb uzbek
vi vie vietnamese
yi yid yiddish
yo yor yoruba
zh chi zho chinese mandarin cantonese cmn yue 中文
zu zul zulu
"""


def language_code(value: object) -> str | None:
    """Return the ISO 639-1 code of ``en``, ``eng``, ``en-US``, ``English`` or ``français``."""
    if not isinstance(value, str):
        return None
    word = value.strip()[:60].lower().replace("_", "-").split("-")[0]
    word = word.partition("(")[0].strip()
    return _codes().get(word)


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _WRITTEN.split("\n"):
        code, *names = line.split() or [""]
        found |= dict.fromkeys((code, *names), code)
    found.pop("")
    return found
