"""The English phrases behind the keys of ``search.``: short, for use beside a title."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

FITS: dict[str, object] = {
    "search.fit.address": QT_TRANSLATE_NOOP("Search", "The address you typed"),
    "search.fit.alias": QT_TRANSLATE_NOOP("Search", "Also known as {title}"),
    "search.fit.alias_year": QT_TRANSLATE_NOOP("Search", "Also known as {title}, exact year"),
    "search.fit.by_description": QT_TRANSLATE_NOOP("Search", "Its description may fit"),
    "search.fit.chosen": QT_TRANSLATE_NOOP("Search", "You said this is the one"),
    "search.fit.coloured": QT_TRANSLATE_NOOP("Search", "Colourised version"),
    "search.fit.counted_through": QT_TRANSLATE_NOOP("Search", "Counted without seasons"),
    "search.fit.country": QT_TRANSLATE_NOOP("Search", "Exact title, version {country}"),
    "search.fit.date": QT_TRANSLATE_NOOP("Search", "Exact title and date"),
    "search.fit.episode": QT_TRANSLATE_NOOP("Search", "Exact title and episode"),
    "search.fit.excerpt": QT_TRANSLATE_NOOP("Search", "Too short to be all of it"),
    "search.fit.extra": QT_TRANSLATE_NOOP("Search", "Only {what}"),
    "search.fit.in_season_pack": QT_TRANSLATE_NOOP("Search", "The whole season, this one too"),
    "search.fit.judged": QT_TRANSLATE_NOOP("Search", "The model says: {reason}"),
    "search.fit.later_season": QT_TRANSLATE_NOOP("Search", "Exact title, a later season"),
    "search.fit.longer": QT_TRANSLATE_NOOP("Search", "Perhaps {title}"),
    "search.fit.longer_same_year": QT_TRANSLATE_NOOP("Search", "Longer title, exact year"),
    "search.fit.nearly": QT_TRANSLATE_NOOP("Search", "Nearly the same title"),
    "search.fit.no_date": QT_TRANSLATE_NOOP("Search", "Exact title, no date"),
    "search.fit.no_episode": QT_TRANSLATE_NOOP("Search", "Names no episode"),
    "search.fit.no_title": QT_TRANSLATE_NOOP("Search", "No title was asked for"),
    "search.fit.no_year": QT_TRANSLATE_NOOP("Search", "Exact title, no year"),
    "search.fit.one_of_season": QT_TRANSLATE_NOOP("Search", "Episode {episode} of this season"),
    "search.fit.other_episode": QT_TRANSLATE_NOOP("Search", "Another episode: {episode}"),
    "search.fit.other_part": QT_TRANSLATE_NOOP("Search", "Another part: {part}"),
    "search.fit.other_title": QT_TRANSLATE_NOOP("Search", "Another title: {title}"),
    "search.fit.other_year": QT_TRANSLATE_NOOP("Search", "The one of {year}"),
    "search.fit.part": QT_TRANSLATE_NOOP("Search", "Perhaps another part: {part}"),
    "search.fit.part_same_year": QT_TRANSLATE_NOOP("Search", "Part {part}, exact year"),
    "search.fit.refused": QT_TRANSLATE_NOOP("Search", "You said this is not it"),
    "search.fit.season": QT_TRANSLATE_NOOP("Search", "Exact title and season"),
    "search.fit.second_name": QT_TRANSLATE_NOOP("Search", "The same title in short"),
    "search.fit.series_of_that_name": QT_TRANSLATE_NOOP("Search", "A series of that name"),
    "search.fit.title": QT_TRANSLATE_NOOP("Search", "Exact title"),
    "search.fit.title_year": QT_TRANSLATE_NOOP("Search", "Exact title and year"),
    "search.fit.whole_series": QT_TRANSLATE_NOOP("Search", "The whole series, it says"),
    "search.fit.year_near": QT_TRANSLATE_NOOP("Search", "Exact title, {year}"),
}
"""Whether it is the wanted thing."""

PARTS: dict[str, object] = {
    "title": QT_TRANSLATE_NOOP("Search", "Title"),
    "resolution": QT_TRANSLATE_NOOP("Search", "Picture"),
    "source": QT_TRANSLATE_NOOP("Search", "Made from"),
    "codec": QT_TRANSLATE_NOOP("Search", "Coding"),
    "audio": QT_TRANSLATE_NOOP("Search", "Sound"),
    "language": QT_TRANSLATE_NOOP("Search", "Language"),
    "size": QT_TRANSLATE_NOOP("Search", "Size"),
    "health": QT_TRANSLATE_NOOP("Search", "Within reach"),
    "group": QT_TRANSLATE_NOOP("Search", "Made by"),
    "camera": QT_TRANSLATE_NOOP("Search", "Camera"),
    "start": QT_TRANSLATE_NOOP("Search", "Starting"),
}
"""What the parts of a score are called."""

WHYS: dict[str, object] = {
    "search.why.audio": QT_TRANSLATE_NOOP("Search", "{codec}"),
    "search.why.audio_unknown": QT_TRANSLATE_NOOP("Search", "Its sound is not told"),
    "search.why.camera": QT_TRANSLATE_NOOP("Search", "Filmed off a screen"),
    "search.why.codec": QT_TRANSLATE_NOOP("Search", "{codec}, plays here"),
    "search.why.codec_heavy": QT_TRANSLATE_NOOP("Search", "{codec} of this size is heavy here"),
    "search.why.codec_unknown": QT_TRANSLATE_NOOP("Search", "Its coding is not told"),
    "search.why.codec_wanted": QT_TRANSLATE_NOOP("Search", "{codec}, as you prefer"),
    "search.why.from_archive": QT_TRANSLATE_NOOP("Search", "As {source} has it"),
    "search.why.group_bad": QT_TRANSLATE_NOOP("Search", "{group} has let you down before"),
    "search.why.group_good": QT_TRANSLATE_NOOP("Search", "{group} was good before"),
    "search.why.group_new": QT_TRANSLATE_NOOP("Search", "{group}, new to you"),
    "search.why.group_none": QT_TRANSLATE_NOOP("Search", "Nobody is named"),
    "search.why.height": QT_TRANSLATE_NOOP("Search", "{height}"),
    "search.why.height_more": QT_TRANSLATE_NOOP("Search", "{height}, more than you want"),
    "search.why.height_unknown": QT_TRANSLATE_NOOP("Search", "The size of its picture is not told"),
    "search.why.here": QT_TRANSLATE_NOOP("Search", "It is here already"),
    "search.why.language": QT_TRANSLATE_NOOP("Search", "{language}, as you want"),
    "search.why.language_any": QT_TRANSLATE_NOOP("Search", "You take any language"),
    "search.why.language_other": QT_TRANSLATE_NOOP("Search", "{language}, which you did not name"),
    "search.why.language_unknown": QT_TRANSLATE_NOOP("Search", "Its language is not told"),
    "search.why.plays_at_once": QT_TRANSLATE_NOOP("Search", "Comes straight from its server"),
    "search.why.remux": QT_TRANSLATE_NOOP("Search", "The disc itself, not coded anew"),
    "search.why.seeders": QT_TRANSLATE_NOOP("Search", "Complete at {count} others"),
    "search.why.seeders_unknown": QT_TRANSLATE_NOOP("Search", "How many have it is not told"),
    "search.why.size_good": QT_TRANSLATE_NOOP("Search", "{size}, right for its length"),
    "search.why.size_large": QT_TRANSLATE_NOOP("Search", "{size}, much for its length"),
    "search.why.size_small": QT_TRANSLATE_NOOP("Search", "{size}, little for its length"),
    "search.why.size_unknown": QT_TRANSLATE_NOOP("Search", "Its size is not told"),
    "search.why.source": QT_TRANSLATE_NOOP("Search", "{source}"),
    "search.why.source_unknown": QT_TRANSLATE_NOOP("Search", "Not told"),
    "search.why.start": QT_TRANSLATE_NOOP("Search", "It cannot start here"),
    "search.why.usenet": QT_TRANSLATE_NOOP("Search", "From Usenet"),
    "search.why.yours": QT_TRANSLATE_NOOP("Search", "It is yours, and plays"),
}
"""Why a part has the points it has."""

EXTRAS: dict[str, object] = {
    "trailer": QT_TRANSLATE_NOOP("Search", "a trailer"),
    "sample": QT_TRANSLATE_NOOP("Search", "a sample"),
    "teaser": QT_TRANSLATE_NOOP("Search", "a teaser"),
    "featurette": QT_TRANSLATE_NOOP("Search", "a featurette"),
    "behind": QT_TRANSLATE_NOOP("Search", "behind the scenes"),
    "deleted": QT_TRANSLATE_NOOP("Search", "deleted scenes"),
    "interview": QT_TRANSLATE_NOOP("Search", "an interview"),
    "making": QT_TRANSLATE_NOOP("Search", "a making-of"),
}
"""What comes with a film, by the first word of its name."""

RULES: dict[str, object] = {
    "search.rule.height": QT_TRANSLATE_NOOP("Search", "A smaller picture than you want"),
    "search.rule.language": QT_TRANSLATE_NOOP("Search", "Not in a language you want"),
    "search.rule.size": QT_TRANSLATE_NOOP("Search", "Larger than you want"),
}
"""Which rule of the owner hides it."""

STARTS: dict[str, object] = {
    "search.start.no_torrents": QT_TRANSLATE_NOOP("Search", "Torrents do not play here yet"),
    "search.start.no_usenet": QT_TRANSLATE_NOOP("Search", "From Usenet, does not play here"),
}
"""Why it cannot start."""
