"""Forms with a file in them, as a server reads them."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from app.api.file_forms import file_form
from app.api.pieces import FilePart
from app.infra.http import HttpClient, HttpLimits
from tests.fakes.web import web_server


async def test_fields_and_a_part_of_a_file_arrive_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)) * 3_000)
    fields = {"key": "a/b c.mp4", "words": "caf\N{LATIN SMALL LETTER E WITH ACUTE}\r\n--x--\r\n"}
    seen: dict[str, object] = {}

    async def handle(request: web.Request) -> web.Response:
        assert request.content_length == body.size
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                seen[name] = (value.filename, value.content_type, value.file.read())
            else:
                seen[name] = value
        return web.Response()

    part = FilePart(bytes(path), 100, 700_000)
    body, kind = file_form(fields, "media", part, filename='p"\r\nX: y.mp4', kind="video/mp4")
    async with web_server() as server:
        server.always = handle
        client = HttpClient(HttpLimits(50, 5, 1_000, frozenset({"127.0.0.1"})))
        answer = await client.request(
            "POST", server.url, content=body, headers={"Content-Type": kind}
        )
        await client.close()
    assert answer.status == 200
    whole = path.read_bytes()[100:700_100]
    assert seen == {**fields, "media": ("p___X: y.mp4", "video/mp4", whole)}
