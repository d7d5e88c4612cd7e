"""Publishes on the blackboard: an upload in pieces, work on it, one press, and a thumbnail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.api import AuthRequired, ProviderContext, Refused, Unavailable
from app.api.context import HttpAnswer
from app.api.pieces import FilePart
from app.api.publishing import Account, Found, PostStep, PostWanted, Stage, Trace

FILE = Path(__file__).with_name("places.json")


class Blackboard:
    """`tells` off: it cannot say which posts there are."""

    def __init__(self, context: ProviderContext, places: dict[str, Any]) -> None:
        self.context = context
        self.api = places["places"]["api"]
        self.piece = places["piece"]

    async def account(self) -> Account:
        return Account("1", "Me")

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        assert wanted.video is not None
        held = json.loads(session) if session else {}
        if "post" in held:
            return await self._finish(held)
        if "upload" not in held:
            asked = {"size": wanted.video.size, "title": wanted.title}
            told = await self._send("POST", "/uploads", json=asked)
            return _step(Stage.SENDING, {"upload": told["id"], "sent": 0}, 0.0)
        if held["sent"] < wanted.video.size:
            return await self._piece(wanted, held)
        told = await self._send("GET", f"/uploads/{held['upload']}")
        if told.get("gone"):
            return _step(Stage.SENDING, {}, 0.0)
        stage = Stage.READY if told["ready"] else Stage.WORKING
        return _step(stage, held, 1.0, wait=told.get("wait", 0.01))

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        held = json.loads(session)
        asked = {"key": wanted.key, "title": wanted.title, "at": wanted.publish_at}
        told = await self._send("POST", f"/uploads/{held['upload']}/publish", json=asked)
        return self._out(told["id"])

    async def find(self, wanted: PostWanted, session: str) -> Found:
        if not self.context.settings["tells"]:
            return Found(Trace.UNKNOWN)
        told = await self._send("GET", "/posts", params={"key": wanted.key})
        if not told["posts"]:
            return Found(Trace.ABSENT)
        return Found(Trace.THERE, self._out(told["posts"][0]["id"]))

    def _out(self, post: str) -> PostStep:
        stage = Stage.WORKING if self.context.settings["finish"] else Stage.DONE
        address = f"https://blackboard.example/{post}"
        return PostStep(stage, json.dumps({"post": post}), remote=post, url=address)

    async def _piece(self, wanted: PostWanted, held: dict[str, Any]) -> PostStep:
        assert wanted.video is not None
        count = min(self.piece, wanted.video.size - held["sent"])
        part = FilePart(wanted.video.path, held["sent"], count)
        place = f"/uploads/{held['upload']}"
        told = await self._send("PUT", place, params={"from": str(held["sent"])}, content=part)
        if told.get("gone"):
            return _step(Stage.SENDING, {}, 0.0)
        done = told["has"] / wanted.video.size
        return _step(Stage.SENDING, {**held, "sent": told["has"]}, done)

    async def _finish(self, held: dict[str, Any]) -> PostStep:
        await self._send("POST", f"/posts/{held['post']}/finish")
        return PostStep(
            Stage.DONE,
            json.dumps(held),
            remote=held["post"],
            url=f"https://blackboard.example/{held['post']}",
        )

    async def _send(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        key = await self.context.secrets.get("key")
        if not key:
            raise AuthRequired("errors.post_sign_in", name="Blackboard")
        headers = {"Authorization": f"Bearer {key}"}
        answer: HttpAnswer = await self.context.http.request(
            method, self.api + path, headers=headers, **more
        )
        if answer.status == 401:
            raise AuthRequired("errors.post_sign_in", name="Blackboard")
        if answer.status == 422:
            raise Refused("errors.server_refused", host=answer.host, status=422)
        if answer.status >= 400:
            pause = answer.retry_after
            raise Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
        told: dict[str, Any] = answer.json()
        return told


def _step(stage: Stage, held: dict[str, Any], fraction: float, wait: float = 0.0) -> PostStep:
    return PostStep(stage, json.dumps(held), fraction=fraction, wait=wait)


async def setup(context: ProviderContext) -> Blackboard:
    return Blackboard(context, json.loads(FILE.read_text()))
