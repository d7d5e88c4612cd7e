"""Feeds as servers really write them become hits, and what they tell of troubles becomes errors."""

from __future__ import annotations

import pytest

from app.api import (
    AppError,
    AuthRequired,
    Hit,
    HitKind,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Unavailable,
    Work,
)
from plugins.indexers import values
from plugins.indexers.addresses import (
    Place,
    Secret,
    kept_address,
    read_address,
    real_address,
    shown_address,
)
from plugins.indexers.caps import caps_from_json, caps_to_json, parse_caps, wanted_categories
from plugins.indexers.feeds import raise_trouble, read_items, read_xml
from plugins.indexers.listings import (
    found_from_json,
    found_to_json,
    is_prowlarr,
    parse_jackett,
    parse_prowlarr,
)
from plugins.indexers.model import Found, Kind
from plugins.indexers.parsers import Desk, is_torrent, parse_download, parse_hits, split_reference
from tests.plugins.indexers.servers import KEY, MAGNET, TORRENT, recorded, unleaked

HOME = "http://192.168.1.5:9696"
SECRET = Secret(KEY)


def hits(
    document: bytes, address: str = HOME, *, manager: bool = True, most: int = 100
) -> list[Hit]:
    place = read_address(address)
    desk = Desk("1", f"{address}/1/api", place, SECRET, manager=manager)
    found = parse_hits(read_items(read_xml(document), SECRET.hide), desk, most)
    for hit in found:
        unleaked(hit)
    return found


def item(inside: str) -> bytes:
    return f"<rss><channel><item><title>Film</title>{inside}</item></channel></rss>".encode()


def test_prowlarrs_results() -> None:
    whole, magnet, sealed = hits(recorded("prowlarr_results.xml", HOME))
    assert whole == Hit(
        title="Night of the Living Dead 1968 1080p BluRay x264-EXAMPLE",
        kind=HitKind.TORRENT,
        reference="t:1:/1/download?apikey={apikey}&link=bEFqRk1ldGhpbmcrc2VhbGVk"
        "&file=Night+of+the+Living+Dead+1968+1080p+BluRay+x264-EXAMPLE",
        size=8589934592,
        seeders=64,
        peers=71,
        published=1426367442.0,
        info_hash="c9e15763f722f23e98a29decdfae341b98d53056",
        work=Work.FILM,
        year=1968,
        languages=("en", "fr"),
        poster="https://films.example.org/covers/4711.jpg",
        page="https://films.example.org/torrent/4711/night-of-the-living-dead-1968",
        ids={"imdb": "tt0063350", "tmdb": "10331"},
        files=3,
    )
    assert magnet.link.startswith("magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&")
    assert (magnet.reference, magnet.info_hash) == ("", "0123456789abcdef0123456789abcdef01234567")
    assert magnet.description == "Restored from the work print."
    assert (sealed.link, sealed.size) == ("", None)
    assert sealed.reference.startswith("t:1:/1/download?apikey={apikey}&link=dGhpcmQ")
    assert sealed.page == "https://films.example.org/torrent/4713"


def test_jacketts_results() -> None:
    whole, magnet = hits(recorded("jackett_results.xml", HOME))
    assert whole.reference.startswith("t:1:/dl/examplefilms/?jackett_apikey={apikey}&path=Q2Z")
    assert (whole.seeders, whole.peers, whole.files) == (12, 15, 2)
    assert whole.ids == {"imdb": "tt0013442"}
    assert whole.poster == ""  # it could be seen with the key only
    assert whole.page == "https://films.example.org/t/81"
    assert magnet.link.startswith("magnet:?xt=urn:btih:89ABCDEF")
    assert magnet.info_hash == "89abcdef0123456789abcdef0123456789abcdef"
    assert (magnet.reference, magnet.size) == ("", None)


def test_newznab_results() -> None:
    first, second = hits(recorded("newznab_results.xml", HOME), manager=False)
    assert first.kind is second.kind is HitKind.NZB
    assert first.reference == "n:1:/getnzb/5f4dcc3b.nzb&i=1207&r={apikey}"
    assert (first.link, first.size, first.files) == ("", 11811160064, 130)
    assert (first.password, second.password) == (True, False)
    assert first.ids == {"imdb": "tt0063350"}
    assert first.published == 1642740249.0
    assert first.page == "https://usenet.example.org/details/5f4dcc3b#comments"
    assert (second.size, second.page) == (None, "")
    assert second.published == 1642712519.0  # no pubDate: usenetdate
    assert second.reference == "n:1:/api?t=get&id=0cc175b9&apikey={apikey}"


def test_prowlarrs_usenet_results() -> None:
    (only,) = hits(recorded("prowlarr_usenet.xml", HOME))
    assert (only.kind, only.size, only.seeders) == (HitKind.NZB, 4831838208, None)
    assert only.reference.startswith("n:1:/7/download?apikey={apikey}&")


def test_quirks() -> None:
    found = hits(recorded("torznab_quirks.xml"), manager=False)
    tom, miserables, long, arabic, hashed, odd = found
    assert tom.title == "Tom & Jerry – The Movie 1992"
    assert (tom.seeders, tom.peers, tom.size) == (7, 10, 1048576)  # attribute before element
    assert tom.ids == {"imdb": "tt0105616"}
    assert (tom.link, tom.published) == ("", None)
    assert tom.reference == "t:1:https://files.example.org/download/1.torrent?id=1&token=of-a-site"
    assert miserables.title == '"Les Misérables" & autres (1934)'
    assert miserables.link.endswith("&dn=Les%20Miserables")
    assert miserables.info_hash == "00443214c74254b635cf84653a56d7c675be77df"
    assert miserables.published == 1426353042.0
    assert long.title == "L" * 400
    assert long.published == 1426353042.0
    assert arabic.title == "ليلة الموتى الأحياء 1968 שידור"
    assert (arabic.season, arabic.episode, arabic.work) == (2, 5, Work.EPISODE)
    assert (arabic.languages, arabic.seeders, arabic.published) == (("ar", "he"), None, None)
    assert arabic.reference == "t:1:/download/4"
    assert hashed.link == (
        "magnet:?xt=urn:btih:00112233445566778899aabbccddeeff00112233&dn=Hash%20only"
    )
    assert (hashed.seeders, hashed.peers) == (9, 11)  # this one counts only who is not done
    assert odd.title == "Key in odd places {apikey}"
    assert odd.page == "https://files.example.org/t/8?id=8#c"
    assert odd.reference.endswith("dl.php?id=8&passkey=of-a-site")
    assert odd.description == "Posted with {apikey}"
    assert (odd.size, odd.files, odd.year, odd.ids, odd.poster) == (77, None, None, {}, "")
    assert all(hit.link.startswith(("magnet:", "")) and "passkey" not in hit.link for hit in found)


def test_no_more_than_wanted() -> None:
    assert len(hits(recorded("torznab_quirks.xml"), most=2)) == 2


def test_ten_thousand_items_are_quick_and_cut() -> None:
    one = "<item><title>Film {0}</title><link>https://a.example.org/{0}.torrent</link></item>"
    document = f"<rss><channel>{''.join(one.format(n) for n in range(10_000))}</channel></rss>"
    assert len(hits(document.encode(), most=500)) == 500


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ('<enclosure url="https://a.example.org/1" type="application/x-nzb"/>', HitKind.NZB),
        ('<enclosure url="https://a.example.org/1" type="APPLICATION/X-BITTORRENT"/>', "torrent"),
        ('<link>https://a.example.org/1</link><attr name="seeders" value="1"/>', "torrent"),
        ("<link>https://a.example.org/1.nzb</link>", HitKind.NZB),
        ("<link>https://a.example.org/1</link>", HitKind.TORRENT),
        (f'<enclosure url="{MAGNET.replace("&", "&amp;")}" type="application/x-nzb"/>', "torrent"),
    ],
)
def test_what_an_enclosure_and_its_attributes_make_of_an_item(inside: str, kind: str) -> None:
    (hit,) = hits(item(inside))
    assert hit.kind == kind


def test_documents_that_are_nearly_xml_are_read() -> None:
    body = (
        b"<rss><channel><item><title>Caf&eacute;&nbsp;&amp; Bar & Grill</title>"
        b"<link>https://a.example.org/get?id=1&x=2.torrent</link>"
        b'<torznab:attr name="seeders" value="4"/></item></channel></rss>'
    )
    (hit,) = hits(body)
    assert hit.title == "Café & Bar & Grill"
    assert (hit.seeders, hit.reference) == (4, "t:1:https://a.example.org/get?id=1&x=2.torrent")


def test_a_document_in_another_encoding_does_not_carry_the_key_through() -> None:
    body = '<?xml version="1.0" encoding="utf-16"?>' + item(
        f"<description>{KEY}</description><guid>g</guid><link>{HOME}/1/download?apikey={KEY}</link>"
    ).decode().replace("Film", f"Film {KEY.upper()}")
    (hit,) = hits(body.encode("utf-16"))
    assert KEY.upper() not in repr(hit)


@pytest.mark.parametrize(
    "spelt", ["canary-7f3a&lt;b&gt;-91c2-key", "canary&amp;amp;#45;7f3a-91c2-key"]
)
def test_a_key_that_only_our_own_cleaning_puts_together_is_left_out(spelt: str) -> None:
    assert KEY not in spelt
    assert hits(item("<link>https://a.example.org/1</link>").replace(b"Film", spelt.encode())) == []


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Sign in</body></html>", b"[]", b"<caps/>", b"<rss", b"\xff\xfe\x00"]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(Unavailable) as told:
        hits(body)
    assert told.value.key == "errors.bad_answer"


def test_entities_of_other_documents_are_refused() -> None:
    with pytest.raises(Unavailable):
        hits(b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + item("&a;"))


# Troubles.


def answer(body: str, status: int = 200, **headers: str) -> HttpAnswer:
    named = {name.replace("_", "-"): told for name, told in headers.items()}
    return HttpAnswer(status, f"http://indexer.example.org/api?apikey={KEY}", named, body.encode())


def told_trouble(given: HttpAnswer) -> AppError:
    with pytest.raises(AppError) as told:
        raise_trouble(given, None, "Example", SECRET.hide)
    unleaked(told.value)
    return told.value


@pytest.mark.parametrize(
    ("code", "status", "kind", "key"),
    [
        (100, 200, AuthRequired, "errors.indexer_key_refused"),
        (101, 200, AuthRequired, "errors.indexer_key_refused"),
        (102, 403, AuthRequired, "errors.indexer_key_refused"),
        (201, 400, AppError, "errors.indexer_error"),
        (300, 200, NotFound, "errors.server_has_not"),
        (410, 410, Unavailable, "errors.indexer_resting"),
        (429, 429, Unavailable, "errors.server_busy"),
        (500, 200, Unavailable, "errors.server_busy"),
        (501, 200, Unavailable, "errors.server_busy"),
        (500, 500, Unavailable, "errors.indexer_error"),
        (900, 200, Unavailable, "errors.indexer_error"),
        (900, 429, Unavailable, "errors.server_busy"),
        (910, 200, Unavailable, "errors.indexer_error"),
    ],
)
def test_error_documents(code: int, status: int, kind: type[AppError], key: str) -> None:
    error = told_trouble(answer(f'<error code="{code}" description="x"/>', status))
    assert isinstance(error, kind)
    assert error.key == key


def test_a_pause_is_told_whatever_status_it_comes_with() -> None:
    body = '<?xml version="1.0"?>\n<!-- x --><error code="500" description="Limit reached"/>'
    error = told_trouble(answer(body, 200, retry_after="90"))
    assert error.args_map == {"host": "indexer.example.org", "retry_after": 90.0}


def test_what_a_server_says_is_told_without_addresses_and_keys() -> None:
    body = f'<error code="900" description="Failed: https://t.example.org/?passkey=x {KEY}"/>'
    error = told_trouble(answer(body))
    assert error.args_map == {"name": "Example", "detail": "Failed: … {apikey}"}


def test_an_error_within_a_feed_and_in_another_encoding_is_one() -> None:
    for body in ("<rss><error code='100'/></rss>", "<error code='100'/>"):
        content = f'<?xml version="1.0" encoding="utf-16"?>{body}'.encode("utf-16")
        with pytest.raises(AuthRequired):
            raise_trouble(answer(""), read_xml(content), "Example", SECRET.hide)


def test_a_good_answer_is_no_trouble() -> None:
    raise_trouble(answer("<rss/>"), None, "Example", SECRET.hide)


# Managers.


def test_prowlarrs_list() -> None:
    import json

    listed = json.loads(recorded("prowlarr_indexers.json"))
    resting = json.loads(recorded("prowlarr_indexerstatus.json"))
    found = parse_prowlarr(listed, resting, "host")
    assert [one.id for one in found] == ["1", "4", "7", "9"]
    films, books, usenet, rests = found
    assert films.works == (Work.FILM, Work.SERIES, Work.EPISODE)
    assert books.works == (Work.AUDIOBOOK,)
    assert books.name == "Livres d’exemple — éditions"
    assert (usenet.usenet, rests.works) == (True, ())
    assert rests.rests_until == 4076021106.0
    assert books.rests_until is None
    kept = Found(Kind.PROWLARR, found, proved=5.0)
    assert found_from_json(found_to_json(kept)) == kept


@pytest.mark.parametrize("listed", [{}, None, 7, "x"])
def test_another_list_is_told(listed: object) -> None:
    with pytest.raises(Unavailable):
        parse_prowlarr(listed, [], "host")


def test_odd_entries_of_a_list_are_left_out() -> None:
    odd = ["x", None, {"enable": True, "id": "../admin"}, {"enable": "yes", "id": 3}, {"id": 4}]
    assert parse_prowlarr([*odd, {"enable": True, "id": 5}], {"a": 1}, "host")[0].id == "5"
    assert not is_prowlarr({"appName": "Otherarr"})
    assert not is_prowlarr([])


@pytest.mark.parametrize("kept", [b"", b"[]", b"{}", b"[1,2,3,4]", b'["x",[],0,0]', b"\xff"])
def test_a_damaged_memory_is_no_memory(kept: bytes) -> None:
    assert found_from_json(kept) is None
    assert caps_from_json(kept) is None


def test_jacketts_list() -> None:
    found = parse_jackett(read_xml(recorded("jackett_indexers.xml")), "host")
    assert [(one.id, one.name) for one in found] == [
        ("examplefilms", "Example Films"),
        ("example-series_2", "Séries & exemples"),
    ]
    assert found[1].works == (Work.SERIES, Work.EPISODE)


def test_caps() -> None:
    caps = parse_caps(read_xml(recorded("newznab_caps.xml")))
    assert caps.most == 50
    assert caps.title == "Example Newznab"
    assert caps.functions["movie-search"] == {"q", "imdbid", "genre", "year"}
    assert "audio-search" not in caps.functions
    assert caps_from_json(caps_to_json(caps)) == caps
    assert wanted_categories(Work.FILM, caps.categories) == (2000,)
    assert wanted_categories(Work.FILM, frozenset({2040, 2045, 100_001})) == (2040, 2045)
    assert wanted_categories(Work.AUDIOBOOK, caps.categories) == (3030, 7000)
    assert wanted_categories(Work.SERIES, frozenset({2000})) == ()
    assert wanted_categories(None, caps.categories) == ()
    bare = parse_caps(read_xml(b"<caps><searching><tv-search available='yes'/></searching></caps>"))
    assert bare.functions == {"tv-search": {"q", "season", "ep"}}
    huge = "".join(f"<category id='{n}'/>" for n in range(5000))
    assert len(parse_caps(read_xml(f"<caps>{huge}</caps>".encode())).categories) == 1000


# Addresses.


@pytest.mark.parametrize(
    ("typed", "feed"),
    [
        ("http://nas:9696", "http://nas:9696/api"),
        (" http://nas:9696/ ", "http://nas:9696/api"),
        ("https://indexer.example.org/api", "https://indexer.example.org/api"),
        ("http://nas:9696/12/api?t=caps", "http://nas:9696/12/api"),
        ("http://nas:9117/UI/Dashboard#x", "http://nas:9117/api"),
        (
            "http://nas:9117/api/v2.0/indexers/films/results/torznab/",
            "http://nas:9117/api/v2.0/indexers/films/results/torznab/api",
        ),
    ],
)
def test_addresses_as_owners_type_them(typed: str, feed: str) -> None:
    assert read_address(typed).feeds[0] == feed


def test_the_address_of_all_indexers_is_that_of_their_manager() -> None:
    place = read_address("http://nas:9117/j/api/v2.0/indexers/all/results/torznab/api?t=search&q=")
    assert (place.base, place.many) == ("http://nas:9117/j", True)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "errors.not_a_web_address"),
        ("nas:9696", "errors.not_a_web_address"),
        ("ftp://nas/", "errors.not_a_web_address"),
        ("http://", "errors.not_a_web_address"),
        ("http://nas:notaport/", "errors.not_a_web_address"),
        ("http://[::1/", "errors.not_a_web_address"),
        ("http://nas/\ud800", "errors.not_a_web_address"),
        ("http://nas/api?t=caps&apikey=abc", "errors.indexer_key_in_address"),
    ],
)
def test_addresses_that_cannot_be(typed: str, key: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read_address(typed)
    assert told.value.key == key


def kept(address: str, base: str, *, manager: bool = False) -> str:
    return kept_address(SECRET.hide(address), read_address(base), manager=manager)


def test_what_is_kept_of_a_download_address() -> None:
    own = f"{HOME}/1/download?apikey={KEY}&link=x"
    assert kept(own, HOME) == "/1/download?apikey={apikey}&link=x"
    assert real_address(kept(own, HOME), read_address(HOME), SECRET) == own
    inner = f"http://127.0.0.1:9696/prowlarr/1/download?apikey={KEY}"
    outer = "https://media.example.org/prowlarr"
    found = kept(inner, outer, manager=True)
    assert found == "/prowlarr/1/download?apikey={apikey}"
    whole = real_address(found, read_address(outer), SECRET)
    assert whole == f"https://media.example.org/prowlarr/1/download?apikey={KEY}"
    assert kept(f"http://x:1/1/download?apikey={KEY}", outer, manager=True).startswith("/prowlarr/")
    foreign = "https://tracker.example.net/1.torrent?passkey=abc"
    assert kept(foreign, HOME) == foreign
    assert real_address(foreign, read_address(HOME), SECRET) == foreign


def test_the_key_goes_to_the_same_site_only_and_never_in_the_open() -> None:
    site = read_address("https://api.example.org")
    sister = kept(f"http://dl.example.org/get?r={KEY}", "https://api.example.org")
    assert sister == "http://dl.example.org/get?r={apikey}"
    assert real_address(sister, site, SECRET) == f"https://dl.example.org/get?r={KEY}"
    for trap in ("https://evil.example.net/?k={apikey}", "https://example.org.evil.net/{apikey}"):
        with pytest.raises(AppError):
            real_address(trap, site, SECRET)
    # A server that writes the mark itself gains nothing by it.
    assert SECRET.hide("https://evil.example.net/{apikey}") == "https://evil.example.net/"


def test_another_port_of_the_owners_machine_is_a_trap() -> None:
    with pytest.raises(AppError) as told:
        real_address("http://192.168.1.5:631/admin", read_address(HOME), SECRET)
    assert told.value.key == "errors.address_at_home"


def test_a_short_key_is_hidden_as_a_parameter_only() -> None:
    short = Secret("abc")
    assert short.hide("abc of http://x/?apikey=abc&q=abcd") == (
        "abc of http://x/?apikey={apikey}&q=abcd"
    )
    assert Secret("").hide("a {apikey}") == "a {apikey}"
    odd = Secret("k&y/1 2<long>")
    assert "k&" not in odd.hide("http://x/?k=k%26y%2F1%202%3Clong%3E&a=k%26y%2f1+2%3clong%3e")


def test_nothing_of_a_place_or_a_secret_is_printed() -> None:
    place = read_address("https://owner:canary-word@indexer.example.org/api")
    assert isinstance(place, Place)
    assert "canary" not in repr(place) + repr(SECRET)


def test_addresses_that_may_be_shown() -> None:
    assert shown_address("/details/1", "https://a.example.org/api") == (
        "https://a.example.org/details/1"
    )
    assert shown_address("https://a.example.org/?id=2&token=x&r=" + "0" * 32) == (
        "https://a.example.org/?id=2"
    )
    assert shown_address("ftp://a.example.org/") == shown_address("http://[::1") == ""


# Downloads and values.


def test_downloads() -> None:
    assert parse_download(HttpAnswer(200, "http://a/", {}, TORRENT), SECRET).content == TORRENT
    led = parse_download(HttpAnswer(302, "http://a/", {"location": MAGNET}, b""), SECRET)
    assert (led.url, led.content, led.kind) == (MAGNET, b"", HitKind.TORRENT)
    assert parse_download(HttpAnswer(200, "http://a/", {}, MAGNET.encode()), SECRET).url == MAGNET
    for content in (b"", b"<html>", b"d3:fooe", b"d4:info", b"d8:announce3:abce"):
        assert not is_torrent(content)
        with pytest.raises(Unavailable):
            parse_download(HttpAnswer(200, "http://a/", {}, content), SECRET)
    with pytest.raises(Unavailable):
        parse_download(HttpAnswer(302, "http://a/", {"location": "file:///etc"}, TORRENT), SECRET)


@pytest.mark.parametrize("reference", ["", "x", "t:1:", "t:../1:/a", "z:1:/a", "t:1"])
def test_references_of_others_are_refused(reference: str) -> None:
    with pytest.raises(InvalidInput):
        split_reference(reference)


@pytest.mark.parametrize(
    "told",
    [
        *("Sat, 14 Mar 2015 17:10:42 +0000", "14 Mar 2015 17:10:42 GMT", "2015-03-14T17:10:42Z"),
        *("2015-03-14 17:10:42", "2015/03/14 17:10:42", "1426353042", "1426353042000"),
        *("Saturday, 14-Mar-15 17:10:42 GMT", "  Sat,14 Mar 2015\n17:10:42 +0000 "),
    ],
)
def test_dates(told: str) -> None:
    assert values.moment(told) == 1426353042.0


@pytest.mark.parametrize(
    "told",
    ["", "x", "Mon, 01 Jan 0001 00:00:00 +0000", "9999-12-31", "99", "2015-99-99", "٣" * 10, "-5"],
)
def test_dates_that_are_none(told: str) -> None:
    assert values.moment(told) is None


def test_other_values() -> None:
    assert values.moment("14 Mar 2015") == 1426291200.0
    assert values.number("1,5") is values.number("-1") is values.number("9" * 30) is None
    assert values.number(" 12.0 ") == 12
    assert [values.part(told) for told in ("S01", "e12", "Season 3", "1-3", "")] == [
        *(1, 12, 3, None, None)
    ]
    assert [values.imdb(told) for told in ("tt0063350", "63350", "0", "ttx", "tt10872600")] == [
        *("tt0063350", "tt0063350", "", "", "tt10872600")
    ]
    assert values.languages(["English, French (VFF)", "de-DE", "Klingon"]) == ("en", "fr", "de")
    assert values.info_hash("a" * 39) is values.info_hash("1" * 32) is None
    assert values.magnet_hash("magnet:?xt=urn:btmh:1220" + "ab" * 32) == "ab" * 32
    assert (
        values.magnet("magnet:?dn=x") == values.magnet("magnet:?xt=urn:btih:" + "a" * 20_000) == ""
    )
