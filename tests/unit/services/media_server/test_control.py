"""Questions that are good, wrong, and meant ill; and what the server says of itself."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.domain.media import ItemId
from app.services.media_server.describing import CDS, CM, DEVICE, REGISTRAR, SERVICES
from app.services.media_server.makers import MAKERS, maker_of, type_of
from tests.unit.services.media_server.conftest import Scene
from tests.unit.services.media_server.house import Screen, question, read_answer

ROOT = {"d": "urn:schemas-upnp-org:device-1-0"}
TABLE = {"s": "urn:schemas-upnp-org:service-1-0"}
XML = {"Content-Type": 'text/xml; charset="utf-8"'}


def post(screen: Screen, body: bytes, action: str = "Browse", **more: str) -> tuple[int, bytes]:
    told = {"SOAPAction": f'"{CDS}#{action}"', **XML, **more}
    status, _, answer = screen.request("POST", "/dlna/cds/control", body, **told)
    return status, answer


async def test_the_description(scene: Scene) -> None:
    status, headers, body = await scene.ask(lambda one: one.request("GET", "/dlna/device.xml"))
    assert status == 200
    assert headers["content-type"].startswith("text/xml")
    root = ET.fromstring(body)
    device = root.find("d:device", ROOT)
    assert device is not None
    assert device.findtext("d:deviceType", "", ROOT) == DEVICE
    assert device.findtext("d:friendlyName", "", ROOT) == "House"
    assert device.findtext("d:UDN", "", ROOT) == scene.house.service.udn
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", scene.house.service.udn)
    assert device.findtext("{urn:schemas-dlna-org:device-1-0}X_DLNADOC") == "DMS-1.50"
    assert "DCM10" in (device.findtext("{http://www.sec.co.kr/dlna}ProductCap") or "")
    for icon in device.iterfind(".//d:icon", ROOT):
        where, side = icon.findtext("d:url", "", ROOT), int(icon.findtext("d:width", "", ROOT))
        code, told, data = await scene.ask(lambda one, at=where: one.request("GET", at))
        assert (code, told["content-type"]) == (200, icon.findtext("d:mimetype", "", ROOT))
        if told["content-type"] == "image/png":
            assert int.from_bytes(data[16:20], "big") == side
    kinds = [each.text for each in device.iterfind(".//d:serviceType", ROOT)]
    assert kinds == [CDS, CM, REGISTRAR]


async def test_every_table_fits_what_is_answered(scene: Scene) -> None:
    status, _, body = await scene.ask(lambda one: one.request("GET", "/dlna/device.xml"))
    for service in ET.fromstring(body).iterfind(".//d:service", ROOT):
        kind = service.findtext("d:serviceType", "", ROOT)
        where = service.findtext("d:SCPDURL", "", ROOT)
        control = service.findtext("d:controlURL", "", ROOT)
        status, _, told = await scene.ask(lambda one, at=where: one.request("GET", at))
        assert status == 200
        table = ET.fromstring(told)
        known = {each.text for each in table.iterfind(".//s:stateVariable/s:name", TABLE)}
        used = {each.text for each in table.iterfind(".//s:relatedStateVariable", TABLE)}
        assert used <= known
        for action in table.iterfind(".//s:action", TABLE):
            name = action.findtext("s:name", "", TABLE)
            gives = [
                each.findtext("s:name", "", TABLE)
                for each in action.iterfind(".//s:argument", TABLE)
                if each.findtext("s:direction", "", TABLE) == "out"
            ]
            answer = await scene.ask(lambda one, n=name, k=kind, c=control: _ask(one, k, n, c))
            assert answer.status == 200, (name, answer.fault)
            assert list(answer.values) == gives


def _ask(screen: Screen, kind: str, name: str, control: str) -> Any:
    given = {
        "Browse": (("ObjectID", "0"), ("BrowseFlag", "BrowseDirectChildren")),
        "Search": (("ContainerID", "0"), ("SearchCriteria", "*")),
        "GetCurrentConnectionInfo": (("ConnectionID", 0),),
        "IsAuthorized": (("DeviceID", ""),),
        "IsValidated": (("DeviceID", ""),),
        "RegisterDevice": (("RegistrationReqMsg", ""),),
        "X_SetBookmark": (("CategoryType", ""), ("RID", ""), ("ObjectID", "item-1"),
                          ("PosSecond", 100)),
    }.get(name, ())  # fmt: skip
    if name in ("Browse", "Search"):
        given += (("Filter", ""), ("StartingIndex", 0), ("RequestedCount", 0),
                  ("SortCriteria", ""))  # fmt: skip
    return screen.call(name, *given, service=kind, word=control.split("/")[2])


async def test_faults(scene: Scene) -> None:
    whole: list[tuple[str, object]] = [
        ("ObjectID", "0"), ("BrowseFlag", "BrowseDirectChildren"), ("Filter", "*"),
        ("StartingIndex", "0"), ("RequestedCount", "0"), ("SortCriteria", ""),
    ]  # fmt: skip

    def with_(**changed: str) -> list[tuple[str, object]]:
        return [(name, changed.get(name, value)) for name, value in whole]

    cases: list[tuple[str, list[tuple[str, object]], int]] = [
        ("NoSuchAction", [], 401),
        ("Browse", whole[:-1], 402),
        ("Browse", [], 402),
        ("Browse", with_(BrowseFlag="Everything"), 402),
        ("Browse", with_(StartingIndex="-1"), 402),
        ("Browse", with_(StartingIndex="x"), 402),
        ("Browse", with_(RequestedCount="99999999999"), 402),
        ("Browse", with_(BrowseFlag="BrowseMetadata", StartingIndex="1"), 402),
        ("Browse", with_(ObjectID="nothing"), 701),
        ("Browse", with_(SortCriteria="+upnp:artist"), 709),
        ("X_SetBookmark", [("CategoryType", ""), ("RID", ""), ("ObjectID", "item-999"),
                           ("PosSecond", "1")], 701),
        ("X_SetBookmark", [("CategoryType", ""), ("RID", ""), ("ObjectID", "item-1"),
                           ("PosSecond", "soon")], 402),
    ]  # fmt: skip
    for action, given, code in cases:
        answer = await scene.ask(lambda one, a=action, g=given: one.call(a, *g))
        assert (answer.status, answer.fault) == (500, code), (action, given)
    connection = await scene.ask(
        lambda one: one.call("GetCurrentConnectionInfo", ("ConnectionID", 7), service=CM, word="cm")
    )
    assert connection.fault == 706


async def test_the_header_must_name_what_the_body_asks(scene: Scene) -> None:
    body = question("GetSystemUpdateID", [])
    for header in (f'"{CDS}#Browse"', "", f'"{CM}#GetSystemUpdateID"', "GetSystemUpdateID"):
        status, answer = await scene.ask(lambda one, h=header: post(one, body, SOAPAction=h))
        assert read_answer(status, answer).fault == 401, header
    status, answer = await scene.ask(
        lambda one: post(one, body, SOAPAction=f"{CDS}#GetSystemUpdateID")  # without quotes
    )
    assert status == 200


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><s:Envelope
xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Browse>
<ObjectID>&d;</ObjectID></Browse></s:Body></s:Envelope>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Browse><ObjectID>&x;
</ObjectID></Browse></s:Body></s:Envelope>"""


@pytest.mark.parametrize(
    "body",
    [
        BOMB, OUTSIDE, b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', b"", b"no xml",
        b"<a/>", b"<a><b></a>", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
        b"<a>" * 20_000, b"<a>" * 8_000 + b"</a>" * 8_000,
    ],
)  # fmt: skip
async def test_what_is_no_question_is_a_fault(scene: Scene, body: bytes) -> None:
    status, answer = await scene.ask(lambda one: post(one, body))
    assert status == 500
    assert read_answer(status, answer).fault == 402
    assert len(answer) < 1000
    assert b"root:" not in answer


async def test_a_body_that_is_too_large_is_not_read(scene: Scene) -> None:
    whole = question("GetSystemUpdateID", [("Padding", "x" * 70_000)])
    status, _ = await scene.ask(lambda one: post(one, whole, "GetSystemUpdateID"))
    assert status == 413


async def test_a_page_in_a_browser_cannot_ask(scene: Scene) -> None:
    body = question("GetSystemUpdateID", [])
    for more in (
        {"Content-Type": "text/plain"},
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        status, _ = await scene.ask(lambda one, m=more: post(one, body, "GetSystemUpdateID", **m))
        assert status in (403, 415), more


async def test_samsung_keeps_its_place_here(scene: Scene) -> None:
    own = f"item-{scene.library.night}"

    def as_samsung(agent: str) -> Any:
        screen = Screen(scene.house.url, agent)
        try:
            told = (("CategoryType", "1"), ("RID", "0"), ("ObjectID", f"recent~{own}"))
            place = 600_000 if "Q7" in agent else 600
            answer = screen.call("X_SetBookmark", *told, ("PosSecond", place))
            item = screen.browse(own, flag="BrowseMetadata").didl[0]
            return answer.status, item.findtext("{http://www.sec.co.kr/}dcmInfo")
        finally:
            screen.close()

    turn = scene.house.service._directory._turn
    status, _ = await asyncio.to_thread(as_samsung, "SEC_HHP_[TV] UE40D7000/1.0")
    assert status == 200
    await scene.until(lambda: scene.house.service._directory._turn > turn)
    stored = await scene.house.playback._store.get(ItemId(scene.library.night))
    assert (stored.position, stored.file) == (600.0, scene.library.night_file)
    _, told = await asyncio.to_thread(as_samsung, "SEC_HHP_[TV] UE40D7000/1.0")
    assert told == "CREATIONDATE=0,FOLDER=0,BM=600"
    _, told = await asyncio.to_thread(as_samsung, "SEC_HHP_[TV] Samsung Q7 Series/1.0")
    assert told == "CREATIONDATE=0,FOLDER=0,BM=600000"
    (item,) = (await scene.browse(own, flag="BrowseMetadata")).didl
    assert item.find("{http://www.sec.co.kr/}dcmInfo") is None
    features = await scene.ask(lambda one: one.call("X_GetFeatureList"))
    (feature,) = ET.fromstring(features.values["FeatureList"])
    assert feature.get("name") == "samsung.com_BASICVIEW"
    assert (await scene.browse(feature[0].get("id", ""))).status == 200


@pytest.mark.parametrize(
    ("agent", "info", "mkv"),
    [
        ("SEC_HHP_[TV] UE40D7000/1.0", "", "video/x-mkv"),
        ("DLNADOC/1.50 SEC_HHP_BD-D5100/1.0", "", "video/x-mkv"),
        ("Linux/3.0.13 UPnP/1.0 LGE WebOS TV LGE_DLNA_SDK/1.6.0", "", "video/x-matroska"),
        ("", 'av=5.0; cn="Sony Corporation"; mn="BRAVIA KDL"; mv="1.7"', "video/x-matroska"),
        ("Kodi/20.1 (X11; Linux x86_64)", "", "video/x-matroska"),
        ("", "", "video/x-matroska"),
    ],
)
def test_types_as_each_maker_calls_them(agent: str, info: str, mkv: str) -> None:
    maker = maker_of(agent, info)
    assert type_of("mkv", "matroska", maker) == mkv
    assert type_of("mp4", "mov", maker) == "video/mp4"


def test_types_of_what_is_in_a_file() -> None:
    assert type_of("avi", "matroska") == "video/x-msvideo"
    assert type_of("bin", "matroska") == "video/x-matroska"
    assert type_of("xyz", None) == "application/octet-stream"
    assert type_of("webm", "matroska") == "video/webm"
    assert type_of("ts", "mpegts", maker_of("", "BRAVIA")) == "video/vnd.dlna.mpeg-tts"
    assert len({one.name for one in MAKERS}) == len(MAKERS)


def test_actions_use_what_is_declared() -> None:
    for service in SERVICES.values():
        known = {one.name for one in service.variables}
        for action in service.actions.values():
            assert {like for _, like in (*action.takes, *action.gives)} <= known
