"""Turns the raw piece of a release name into a title people would write, and finds the group."""

from __future__ import annotations

import re
from typing import Final

from app.domain.release_tags import Scan

_SITE_PREFIX: Final = re.compile(
    r"^\W{0,3}(?:(?:www?\d?[., ])[\w\-]+[. ][a-z]{2,10}(?:[. ][a-z]{2})?|[\w\-]+\.(?:com|net|"
    r"org|to|tv|cz|cc|io|ru|info|nl|pl|se|mx|ws|club|site|xyz|eu|me|am|lol|party|vip|pw|ph|in|"
    r"re))"
    r"(?:\s*[\])}\u3011]\s*(?:[-_ ]+)?|\s+-+\s*|\s*-\s+|_-_|\s*@)",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    r"^\s*[\[\u3010(\uff08\u2605]([^\[\](){}\u3010\u3011\u2605\uff08\uff09]*"
    r"(?:\([^()]*\))?[^\[\](){}\u3010\u3011\u2605\uff08\uff09]*)[\]\u3011)\uff09\u2605]\s*[-_. ]*"
)
_BRACKETED_YEAR: Final = re.compile(r"[\[(](?:19|20)\d\d[\])][\s\-.]*")
_DOMAIN: Final = re.compile(
    r"(?:^|[\s.])[\w\-]+\.(?:com|net|org|to|tv|cz|cc|io|ru|info|nl|pl|se|ws|club|site|xyz|eu|"
    r"me|lol|party|vip|pw|ph|in|re|my|buzz|nu|pics|sbs|tel|mx|am|ag|is|li|fr|es|it|de|br|uno|"
    r"one|top|moe|rip)\b",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(r"(?<![^\W_])(?:[A-Za-z]\.){2,}(?:[A-Za-z](?![^\W_]))?\.?")
_SPACES: Final = re.compile(r"\s+")
_EDGES: Final = " \t-_.,:;/\\|~+=&@#*\u2013\u2014\u3001\uff0c\u2605"
_LETTERS: Final = r"[^\W\d_]"
_AKA: Final = re.compile(r"\s+(?:a\.?k\.?a\.?|alias|alt\. ?title)\s+", re.IGNORECASE)
_SLASH: Final = re.compile(r"\s+[/|\uff0f]\s*|\s*[/|\uff0f]\s+|[|\uff0f\uff5c]")
_FOREIGN: Final = re.compile(
    r"[\u0400-\u04ff\u0590-\u06ff\u0750-\u077f\u0900-\u0eff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
)
_FOREIGN_RUN: Final = re.compile(
    r"(?:[^\sA-Za-z\u00c0-\u024f]*"
    r"[\u0400-\u04ff\u0590-\u06ff\u0750-\u077f\u0900-\u0eff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
    r"[^\sA-Za-z\u00c0-\u024f]*\s*)+"
)
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_ARTICLE: Final = re.compile(r"^(.+), (The|A|An|Le|La|Les|Der|Die|Das|El|Los|Las|Il)$")
_DASH: Final = re.compile(r"[-\u2013][ ._]?(?=[^\W_])")
_HYPHENED: Final = re.compile(r"-([A-Za-z0-9]{1,12})$")
_WEIGHT: Final = re.compile(r"\d+(?:[.,]\d+)?\s?[gmt]i?b", re.IGNORECASE)
_JOINTS: Final = frozenset({".", "_", "@", "&", "-", "!"})
_REPOST: Final = re.compile(
    r"-(?:postbot|obfuscated|xpost|buymore|rakuv\w*|asrequested|nzbgeek|scrambled|whiterev|"
    r"bulkupload|sample|proof|rp|z0ids3n)$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"[ ._\])](?:by|от)[ ._]([^\W_][\w\-]{1,24})$", re.IGNORECASE)
_PACK: Final = re.compile(
    r"[\s\-:,(\[]*(?<![^\W_])(?:(?:the )?complete(?: (?:\d+ )?(?:tv |movie |film )?(?:series|"
    r"seasons?|collection|saga|box ?set|pack|\d+.*))*|"
    r"(?:the )?(?:full|entire|all) (?:series|seasons?)|tv[ -]?series|mini[ -]?series|"
    r"(?<=[\-(\[:] )(?:seasons?|saisons?)|temporadas?|staffeln?|"
    r"int[ée]grale|completa?|cofanetto|全集|合集|全\d+[集話话])[)\]]?\s*$",
    re.IGNORECASE,
)
_TRAILING_BRACKET: Final = re.compile(r"\s*[\[({\u3010]([^\[\](){}\u3010\u3011]*)[\])}\u3011]\s*$")
_LAST_TOKEN: Final = re.compile(r"[\s._]([^\W_][\w@!&.\-]*)\s*$")
_JUNK_GROUPS: Final = re.compile(
    r"^(?:rartv|eztv(?:[x.].*)?|ettv|ethd|tgx|rarbg\.to|glodls|postbot|obfuscated|scrambled|"
    r"nzbgeek|xpost|buymore|asrequested|1|2|"
    r"[0-9a-f]{8}|v\d|series|movies?|specials?|extras?|complete|[a-z]{2}|.*\.(?:to|re|it|ag|ru|com|net|org))$",
    re.IGNORECASE,
)


def title_start(found: Scan) -> tuple[int, str | None]:
    """Where the title begins, behind a site's name or a group in brackets, and that group."""
    text = found.text
    start = 0
    site = _SITE_PREFIX.match(text)
    if site is not None and site.end() < len(text):
        start = site.end()
    group: str | None = None
    for _ in range(6):
        match = _LEADING.match(text[start:])
        if match is None or start + match.end() >= len(text):
            break
        inside = match[1].strip()
        if _BRACKETED_YEAR.fullmatch(match[0].strip()):
            start += match.end()
            continue
        tags = _mostly_tags(found, start, start + match.end())
        seasonal = "\u65b0\u756a" in inside or not inside
        if not tags and not seasonal:
            if group is not None or text[start:].lstrip()[0] in "(\uff08":
                break
            if not _DOMAIN.search(inside):
                group = inside
            elif start == 0:
                group = None
        start += match.end()
    rest = text[start:].lstrip()
    if rest[:1] in ("[", "\u3010") and not _only_tags(found, start, len(text)):
        start += len(text[start:]) - len(rest) + 1
    return start, group


def _mostly_tags(found: Scan, start: int, end: int) -> bool:
    """Whether a bracket holds tags rather than a group's name."""
    inside = [t for t in found.tags if start <= found.start_of(t) < end]
    sure = any(t.word.weight > 1 and t.word.field not in {"noise", "language"} for t in inside)
    return _only_tags(found, start, end) or sure or len(inside) > 1


def _only_tags(found: Scan, start: int, end: int) -> bool:
    inside = [i for i, token in enumerate(found.tokens) if start <= token.start < end]
    return bool(inside) and all(i in found.tag_at for i in inside)


def tidy(raw: str) -> str:
    """The title as people would write it: no separators of file systems, no loose brackets."""
    text = raw.replace("_", " ")
    if text.count(".") and (" " not in text.strip() or text.count(".") >= text.count(" ")):
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            if len(match[0]) < 4:
                return match[0]
            kept.append(match[0])
            return f"\0{len(kept) - 1}\0 "

        text = _INITIALS.sub(keep, text).replace(".", " ")
        for index, initials in enumerate(kept):
            text = text.replace(f"\0{index}\0", initials)
    if " " not in text.strip(" -") and len(_LATIN.findall(text)) > 2 <= text.strip(" -").count("-"):
        text = text.replace("-", " ")
    for opening, closing in ("()", "[]", "{}", "\u3010\u3011"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, " ").replace(closing, " ")
    text = re.sub(r"[(\[{]\W*[)\]}]", " ", text)
    text = _SPACES.sub(" ", text).strip(_EDGES)
    shorter = _PACK.sub("", text).strip(_EDGES)
    text = shorter or text
    turned = _ARTICLE.match(text)
    return f"{turned[2]} {turned[1]}" if turned else text


def split_titles(raw: str) -> tuple[str, tuple[str, ...]]:
    """The title to show, and the others a name tells (`AKA`, `Терминатор / The Terminator`)."""
    raw = re.sub(r"[\]\u3011]\s*[\[\u3010]", " / ", raw)
    pieces = [tidy(piece) for part in _AKA.split(_spaced(raw)) for piece in _SLASH.split(part)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return "", ()
    flat: list[str] = []
    for piece in pieces:
        flat += _by_script(piece)
    chosen = next((p for p in flat if _LATIN.search(p) and not _FOREIGN.search(p)), flat[0])
    return chosen, tuple(piece for piece in flat if piece != chosen)


def _spaced(raw: str) -> str:
    return raw.replace(".", " ") if re.search(r"\.a\.?k\.?a\.", raw, re.IGNORECASE) else raw


def _by_script(piece: str) -> list[str]:
    """Split `流浪地球 The Wandering Earth` into its Latin and its other half."""
    if piece.isascii() or not _FOREIGN.search(piece):
        return [piece]
    latin = tidy(_FOREIGN_RUN.sub(" ", piece))
    if len(_LATIN.findall(latin)) < 1 or len(latin) < 3:
        return [piece]
    other = tidy(" ".join(match[0] for match in _FOREIGN_RUN.finditer(piece)))
    return [latin, other] if other else [latin]


def group_of(found: Scan, zone_at: int, leading: str | None, fansub: bool) -> str | None:
    """Who made the release. `zone_at` is the character where the tags begin."""
    text = found.text.rstrip()
    if leading is not None and fansub:
        return leading
    ending = _REPOST.sub("", _strip_trailing(found, text, zone_at).rstrip())
    for match in reversed(list(_DASH.finditer(ending, zone_at))):
        if not _has_tag(found, zone_at, match.start()) or _inside_tag(found, match.start()):
            continue
        word = _word_after(found, ending, match)
        if word is not None:
            return word
    return (
        leading
        or _signed(ending, zone_at)
        or _bracket_group(found, text, zone_at)
        or _last_word(found, ending, zone_at)
    )


def _strip_trailing(found: Scan, text: str, zone_at: int) -> str:
    """Drop the brackets indexers add at the end (`[rartv]`), and tags in brackets."""
    for _ in range(4):
        match = _TRAILING_BRACKET.search(text)
        if match is None or match.start() <= zone_at:
            break
        text = text[: match.start()]
    return text


def _inside_tag(found: Scan, position: int) -> bool:
    return any(found.start_of(tag) < position < found.end_of(tag) for tag in found.tags)


def _word_after(found: Scan, text: str, dash: re.Match[str]) -> str | None:
    """The group behind a dash: no tag itself, and followed by nothing but tags."""
    start = dash.end()
    tokens = [i for i, t in enumerate(found.tokens) if start <= t.start < len(text)]
    if not tokens or found.tokens[tokens[0]].start != start:
        return None
    if tokens[0] in found.tag_at and not _may_name(found, tokens):
        return None
    last = tokens[0]
    for index in tokens[1:]:
        joint = text[found.tokens[index - 1].end : found.tokens[index].start]
        tag = found.tag_at.get(index)
        if joint not in _JOINTS or (tag is not None and (joint != "-" or tag.word.weight > 1)):
            break
        last = index
    if any(index > last and index not in found.tag_at for index in tokens):
        return None
    word = _REPOST.sub("", text[start : found.tokens[last].end])
    if last == tokens[-1]:
        word += re.match(r"[!]*", text[found.tokens[last].end :])[0]  # type: ignore[index]  # always matches
    if word.isdigit() or not 1 < len(word) <= 32 or _WEIGHT.fullmatch(word):
        return None
    before = _HYPHENED.search(text[: dash.start()])
    if before is not None and any(
        found.end_of(tag) == len(text[: before.start()].rstrip()) for tag in found.tags
    ):
        word = f"{before[1]}-{word}"  # MARINE-FORD
    return word


def _may_name(found: Scan, tokens: list[int]) -> bool:
    """Whether a last word that is also a weak tag (`-ABC`) can be a group all the same."""
    tag = found.tag_at[tokens[0]]
    written = found.tokens[tokens[0]].text
    if tag.word.field == "language" and len(tokens) > 1:
        return tokens[1] not in found.tag_at
    return (
        len(tokens) == 1
        and tag.word.field == "noise"
        and tag.word.weight == 1
        and written[0].isupper()
        and not re.match(r"multi|dual|[em]?subs?|dub|dl$|rip$|hd$", written, re.IGNORECASE)
    )


def _signed(text: str, zone_at: int) -> str | None:
    """`... by NAME`, as Italian and Russian releases are signed."""
    match = _BY.search(text, zone_at)
    return match[1] if match is not None else None


def _bracket_group(found: Scan, text: str, zone_at: int) -> str | None:
    """A group in the last brackets: `[YTS.MX]`, `(1080p BluRay x265 Tigole)`."""
    while (match := _TRAILING_BRACKET.search(text)) is not None and match.start() > 0:
        inside = match[1].strip()
        if _plain_group(found, match.start(1), match.end(1), inside):
            return inside
        tail = re.search(r"(?:^|[\s])-?([^\W_][\w@!&.\-]*)$", inside)
        if tail is not None and tail.start(1) > 0:
            start = match.start(1) + match[1].index(inside) + tail.start(1)
            if _plain_group(found, start, start + len(tail[1]), tail[1]) and _has_tag(
                found, match.start(), start
            ):
                return tail[1]
        text = text[: match.start()]
    return None


def _has_tag(found: Scan, start: int, end: int) -> bool:
    return any(start <= found.start_of(tag) < end for tag in found.tags)


def _plain_group(found: Scan, start: int, end: int, inside: str) -> bool:
    if (
        not inside
        or len(inside) > 24
        or inside.isdigit()
        or _JUNK_GROUPS.match(inside)
        or " " in inside
    ):
        return False
    if (
        inside.lower().startswith(("cap.", "cap ", "www."))
        or _FOREIGN.search(inside)
        or re.fullmatch(r"[\d.,]+ ?[gmk]i?b?", inside, re.IGNORECASE)
    ):
        return False
    tokens = [i for i, token in enumerate(found.tokens) if start <= token.start < end]
    tags = [found.tag_at[i] for i in tokens if i in found.tag_at]
    return len(tags) < len(tokens) and not any(tag.word.weight > 1 for tag in tags)


def _last_word(found: Scan, text: str, zone_at: int) -> str | None:
    """A last word that is no tag and stands behind tags: `... x264 YIFY`."""
    match = _LAST_TOKEN.search(text)
    if match is None or match.start() < zone_at:
        return None
    tokens = [
        i for i, token in enumerate(found.tokens) if match.start(1) <= token.start < match.end(1)
    ]
    if not tokens or tokens[0] == 0 or any(i in found.tag_at for i in tokens):
        return None
    before = found.tag_at.get(tokens[0] - 1)
    word = match[1].strip(".-")
    if before is None or word.isdigit() or len(word) > 20 or _FOREIGN.search(word):
        return None
    return (
        None
        if re.fullmatch(r"\d+(?:[.,]\d+)?(?:mb|gb|g|m|kbps|fps|ch)?|cd\d|v\d", word, re.IGNORECASE)
        else word
    )
