"""Words that carry no meaning of their own, in English, French, German and Spanish. Pure."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = (
    "the and for with that this from your you are was were has have had not but its into over "
    "than then them they what when why how who our out all can will one more most very an of to "
    "in is it as at be by do if on or so us we he she my no up each every some just only also a i "
    "there here about after before because while where which would could should their his her "
    "him been being does did said says much many like such"
)
_FRENCH: Final = (
    "les des une est dans pour que qui sur pas plus avec sont nous vous elle leur mais comme par "
    "tout cette votre notre le la un et en du au ce il ne se sa son ses aux ces ils elles leurs "
    "sans sous chaque être fait aussi très"
)
_OTHERS: Final = (
    "der die das und ist ein eine nicht mit von auf den dem zu im für wie sich auch es sind bei "
    "los las una por con para como del al el y o de lo su más pero sus ya"
)
PLAIN_WORDS: Final = frozenset(f"{_ENGLISH} {_FRENCH} {_OTHERS}".split())
"""In lower case; single letters that are no word are not among them."""
