"""Who may look: asked once, let in or not, and what was given ends; over every address there is."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from app.domain.errors import NotFound
from app.domain.media import FolderId
from app.domain.media_server import GuestId
from app.services.media_server import guests
from app.services.media_server.describing import REGISTRAR
from app.services.media_server.guests import STAY, name_of
from tests.fakes import films
from tests.unit.services.media_server.conftest import Scene
from tests.unit.services.media_server.house import House, Screen

TOKEN_ROUTES = 3
RES = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}res"
UPNP = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"


async def test_the_owner_is_asked_once(stranger: Scene) -> None:
    scene = stranger
    for _ in range(3):
        answer = await scene.browse()
        assert (answer.ids, answer.values["TotalMatches"]) == ([], "0")
    root = await scene.browse(flag="BrowseMetadata")
    assert root.didl[0].get("childCount") == "0"
    assert (await scene.browse("films")).ids == []
    assert (await scene.search("*")).ids == []
    own = f"item-{scene.library.night}"
    assert (await scene.browse(own, flag="BrowseMetadata")).fault == 701
    (notice,) = scene.house.notices
    assert notice.key == "notices.device_asks"
    assert notice.args == {"name": "Test", "address": "127.0.0.1", "guest": "127.0.0.1"}
    (guest,) = scene.house.service.guests()
    assert (guest.allowed, guest.agent, guest.mac) == (None, "Test/1.0", "")
    await scene.house.service.allow(guest.id, True)
    assert "films" in (await scene.browse()).ids
    await scene.house.service.allow(guest.id, False)
    assert (await scene.browse()).ids == []
    assert len(scene.house.notices) == 1
    await scene.house.service.forget(guest.id)
    assert scene.house.service.guests() == ()
    assert (await scene.browse()).ids == []
    assert len(scene.house.notices) == 2
    with pytest.raises(NotFound):
        await scene.house.service.allow(GuestId("nobody"), True)
    with pytest.raises(NotFound):
        await scene.house.service.forget(GuestId("nobody"))


def authorized(screen: Screen) -> dict[str, str]:
    """What the registrar says."""
    asked = ("DeviceID", "")
    return screen.call("IsAuthorized", asked, service=REGISTRAR, word="registrar").values


async def test_who_is_not_asked_about_may_look_unless_turned_away(tmp_path: Path) -> None:
    house = House(tmp_path, ask=False)
    await house.start()
    screen = Screen(house.url)
    try:
        assert (await asyncio.to_thread(authorized, screen)) == {"Result": "1"}
        (guest,) = house.service.guests()
        assert house.notices == []
        await house.service.allow(guest.id, False)
        assert (await asyncio.to_thread(authorized, screen)) == {"Result": "0"}
    finally:
        screen.close()
        await house.stop()


async def test_guests_are_known_again_after_a_restart_and_at_another_address(
    stranger: Scene, tmp_path: Path
) -> None:
    scene = stranger
    scene.house.macs["127.0.0.1"] = "aa:bb:cc:dd:ee:ff"
    await scene.browse()
    guest = await scene.house.let_in((FolderId(scene.library.films),))
    assert guest == "aa:bb:cc:dd:ee:ff"
    before = (await scene.browse("films")).didl[0].findtext(RES)
    again = scene.house._made()
    await again._guests.load()
    (known,) = again.guests()
    assert (known.allowed, known.folders, known.mac) == (True, (scene.library.films,), guest)
    scene.house.macs["127.0.0.9"] = guest
    visit = await again._guests.meet("127.0.0.9", "Test/2.0")
    assert visit is not None
    assert visit.token in (before or "")
    assert visit.guest.address == "127.0.0.9"
    scene.house.macs["127.0.0.1"] = "00:11:22:33:44:55"  # another device at the old address
    assert await scene.house._made()._guests.meet("127.0.0.1", "") is None
    await again._reader.close()


async def test_a_crowd_of_strangers_is_not_written_down(stranger: Scene) -> None:
    book = stranger.house.service._guests
    for number in range(guests.MOST_STRANGERS * 2):
        assert await book.meet(f"127.0.1.{number}", "x") is None
    assert len(stranger.house.service.guests()) == guests.MOST_STRANGERS
    assert len(stranger.house.notices) == guests.MOST_STRANGERS


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("SEC_HHP_[TV] UE40D7000/1.0", "UE40D7000"),
        ("Linux/3.0 UPnP/1.0 LGE WebOS TV", "LG"),
        ("Kodi/20.1 (X11)", "Kodi"),
        ("", "10.0.0.9"),
        ("Odd\x00\u202e/1", "Odd\ufffd\ufffd"),
        ("x" * 500, "x" * 60),
    ],
)
def test_names(agent: str, name: str) -> None:
    assert name_of(agent, "10.0.0.9") == name


async def test_a_film_comes_as_dlna_wants_it(scene: Scene, real_film: Path) -> None:
    (res, first, second) = await _resources(scene)
    whole = real_film.read_bytes()
    path = urlsplit(res).path
    code, told, body = await scene.ask(lambda one: one.request("GET", path))
    assert (code, body) == (200, whole)
    assert told["contentfeatures.dlna.org"].startswith("DLNA.ORG_OP=01")
    assert told["transfermode.dlna.org"] == "Streaming"
    assert (told["accept-ranges"], told["content-type"]) == ("bytes", "video/x-matroska")
    assert told["access-control-allow-origin"] == "*"
    code, told, body = await scene.ask(lambda one: one.request("GET", path, Range="bytes=100-199"))
    assert (code, body) == (206, whole[100:200])
    code, told, body = await scene.ask(lambda one: one.request("HEAD", path))
    assert (code, told["content-length"], body) == (200, str(len(whole)), b"")
    tag = told["etag"]
    for more, status in (
        ({"If-None-Match": tag}, 304), ({"Range": "bytes=99999999-"}, 416),
        ({"TimeSeekRange.dlna.org": "npt=1-"}, 406),
        ({"transferMode.dlna.org": "Interactive"}, 406),
    ):  # fmt: skip
        code, _, _ = await scene.ask(lambda one, m=more: one.request("GET", path, **m))
        assert code == status, more
    _, told, _ = await scene.ask(
        lambda one: one.request("HEAD", path, **{"getCaptionInfo.sec": "1"})
    )
    assert told["captioninfo.sec"] in (first, second)
    for address in (first, second):
        path = urlsplit(address).path
        code, told, body = await scene.ask(lambda one, at=path: one.request("GET", at))
        assert (code, told["content-type"]) == (200, "text/srt")
        assert b"-->" in body


async def _resources(scene: Scene) -> list[str]:
    answer = await scene.browse(f"item-{scene.library.night}", flag="BrowseMetadata")
    return [each.text or "" for each in answer.didl[0].findall(RES)]


async def test_samsung_is_told_of_subtitles_its_way(scene: Scene, real_film: Path) -> None:
    def ask() -> tuple[str, str, int]:
        screen = Screen(scene.house.url, "SEC_HHP_[TV] UE40D7000/1.0")
        try:
            own = f"item-{scene.library.night}"
            (item,) = screen.browse(own, flag="BrowseMetadata").didl
            info = item.find("{http://www.sec.co.kr/}CaptionInfoEx")
            assert info is not None
            kind = info.get("{http://www.sec.co.kr/}type") or ""
            first = item.find(RES)
            assert first is not None
            code, _, _ = screen.request("GET", urlsplit(info.text or "").path)
            return kind, (first.get("protocolInfo") or "").split(":")[2], code
        finally:
            screen.close()

    assert await asyncio.to_thread(ask) == ("srt", "video/x-mkv", 200)


async def test_pictures(scene: Scene, tmp_path: Path) -> None:
    made = films.poster(tmp_path / "p.jpg", size="300x450")
    scene.house.pictures.put("ab12", made.read_bytes())
    answer = await scene.browse(f"item-{scene.library.night}", flag="BrowseMetadata")
    small, large = (each.text or "" for each in answer.didl[0].findall(f"{UPNP}albumArtURI"))
    for address, size in ((small, (106, 160)), (large, (300, 450))):
        path = urlsplit(address).path
        code, told, body = await scene.ask(lambda one, at=path: one.request("GET", at))
        assert (code, told["content-type"]) == (200, "image/jpeg")
        assert told["transfermode.dlna.org"] == "Interactive"
        there = tmp_path / "got.jpg"
        there.write_bytes(body)
        words = ["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0"]
        shown = await asyncio.to_thread(
            subprocess.run, [*words, str(there)], check=True, capture_output=True, text=True
        )
        assert tuple(map(int, shown.stdout.strip().split(","))) == size
    gone = large.replace("ab12", "ab13")
    code, _, _ = await scene.ask(lambda one: one.request("GET", urlsplit(gone).path))
    assert code == 404


@pytest.fixture
async def given(scene: Scene, real_film: Path, tmp_path: Path) -> list[str]:
    """One good address of every route that has a token."""
    made = films.poster(tmp_path / "p.jpg", size="300x450")
    scene.house.pictures.put("ab12", made.read_bytes())
    answer = await scene.browse(f"item-{scene.library.night}", flag="BrowseMetadata")
    item = answer.didl[0]
    told = [*item.findall(RES)[:2], *item.findall(f"{UPNP}albumArtURI")]
    paths = [urlsplit(each.text or "").path for each in told]
    routes = [
        one for one in scene.house.lan.routes() if "{token}" in one.path and "dlna" in one.path
    ]
    assert len(routes) == TOKEN_ROUTES
    assert {path.split("/")[3] for path in paths} == {"film", "text", "thumb", "poster"}
    return paths


async def _codes(scene: Scene, paths: list[str], source: str = "") -> set[int]:
    def ask() -> set[int]:
        screen = Screen(scene.house.url, source=source)
        try:
            return {screen.request("GET", path)[0] for path in paths}
        finally:
            screen.close()

    return await asyncio.to_thread(ask)


async def test_tokens_that_are_not_good(scene: Scene, given: list[str]) -> None:
    book = scene.house.service._guests
    token = given[0].split("/")[2]
    assert await _codes(scene, given) == {200}
    # Guessed, cut, longer, none.
    for other in ("A" * 24, token[:-1], token + "A", "-", token.swapcase()):
        assert await _codes(scene, [path.replace(token, other) for path in given]) == {404}
    # From another device.
    assert await _codes(scene, given, source="127.0.0.5") == {404}
    # Expired, and then good for twelve hours after each look.
    now = book._clock()
    book._clock = lambda: now + STAY - 60
    assert await _codes(scene, given[:1]) == {200}
    book._clock = lambda: now + STAY + 60
    assert await _codes(scene, given) == {200}
    book._clock = lambda: now + 3 * STAY
    assert await _codes(scene, given) == {404}
    await scene.browse()
    assert await _codes(scene, given) == {404}  # a new one is given; the old one stays dead
    # Of what the guest may not see any more.
    book._clock = lambda: now
    scene.house.service._directory.forget()
    fresh = [path.replace(token, (await _token(scene))) for path in given]
    assert await _codes(scene, fresh) == {200}
    (guest,) = scene.house.service.guests()
    await scene.house.service.allow(guest.id, True, (FolderId(scene.library.kids),))
    assert await _codes(scene, fresh) == {404}
    # Turned away, and let in again: what was given before stays dead.
    await scene.house.service.allow(guest.id, False)
    assert await _codes(scene, fresh) == {404}
    await scene.house.service.allow(guest.id, True)
    assert await _codes(scene, fresh) == {404}


async def _token(scene: Scene) -> str:
    return (await _resources(scene))[0].split("/")[4]


async def test_a_guest_without_an_answer_gets_no_bytes(scene: Scene, given: list[str]) -> None:
    scene.house.wishes = type(scene.house.wishes)(name="House", ask=True)
    book = scene.house.service._guests
    (visit,) = book._visits.values()
    book._visits[visit.guest.id] = visit.told(allowed=None)
    assert await _codes(scene, given) == {403}


TRICKS = (
    "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd",
    "..%5c..%5cetc", "%252e%252e%252fetc", "/etc/passwd", "..;/etc", "%00/etc/passwd",
    "..%c0%af..%c0%afetc", "1/../../2", "\\..\\etc",
)  # fmt: skip


async def test_no_spelling_leads_out(scene: Scene, given: list[str]) -> None:
    for path in given:
        parts = path.split("/")
        for trick in TRICKS:
            for place in range(2, len(parts)):
                bent = "/".join([*parts[:place], quote(trick, safe="/%.;"), *parts[place + 1 :]])
                status, _, body = await scene.ask(lambda one, at=bent: one.request("GET", at))
                film = parts[3] == "film" and place == 5  # the name at the end is only for people
                assert status in (400, 403, 404) or (film and status == 200), bent
                assert b"root:" not in body


async def test_links_do_not_lead_out(scene: Scene, given: list[str], real_film: Path,
                                     tmp_path: Path) -> None:  # fmt: skip
    secret = tmp_path / "secret" / real_film.name
    secret.parent.mkdir()
    real_film.rename(secret)
    (real_film.parent / "night.srt").unlink()
    real_film.symlink_to(secret)
    assert await _codes(scene, given[:1]) == {404}
    real_film.unlink()
    for each in real_film.parent.iterdir():
        each.unlink()
    real_film.parent.rmdir()
    real_film.parent.symlink_to(secret.parent)
    assert await _codes(scene, given[:1]) == {404}
