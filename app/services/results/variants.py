"""Has variants of a post's video made: by the Studio when it made the video, else with ffmpeg."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound, Unavailable
from app.domain.post import Post, Words
from app.domain.project import LONGEST, SHORTEST, Brief, ProjectId, ProjectState, Shape
from app.domain.results import Remake, Rule
from app.domain.studio import ProjectView
from app.services.intelligence.tasks.translating import Going, quietly
from app.services.results.ports import Projects
from app.services.results.remaking import Remaker, Wanted
from app.services.results.spoken import Translates
from app.services.results.wording import translated

_FAILED: Final = (ProjectState.FAILED,)


@dataclass(frozen=True, slots=True)
class Said:
    """What goes along with a variant."""

    words: Words
    language: str
    thumbnail: bytes = b""


class Variants:
    """Lives on the service loop. What ffmpeg makes lies in `folder`."""

    def __init__(
        self, projects: Projects, translates: Translates, remaker: Remaker, folder: Path
    ) -> None:
        self._projects, self._translates = projects, translates
        self._remaker, self._folder = remaker, folder

    async def begin(self, post: Post, rule: Rule) -> str:
        """A new project of the Studio for a variant of one of its videos; not started yet.

        It is started by `finished`, once it is written down: one that nobody wrote down rests.
        Nothing when the video's own project is gone.
        """
        try:
            view = await self._projects.view(ProjectId(post.project))
        except NotFound:
            return ""
        return await self._projects.create(brief_of(view, rule), start=False)

    async def finished(self, project: str) -> bytes:
        """The video of a project; nothing while it is being made, which is begun if it rests.

        `Unavailable` (``errors.remake_studio``) while it has failed, for the owner to look at.
        """
        view = await self._projects.view(ProjectId(project))
        if view.card.state is ProjectState.DONE and view.video:
            return os.fsencode(view.video)
        if view.card.state is ProjectState.DRAFT:
            await self._projects.start(ProjectId(project))
        if view.card.state in _FAILED:
            raise Unavailable("errors.remake_studio", title=view.card.title)
        return b""

    async def coded(self, post: Post, rule: Rule, going: Going = quietly) -> bytes:
        """The path of a variant of a video that no project stands behind."""
        if not post.attached.video:
            raise NotFound("errors.remake_no_file")
        told = f"{rule.id} {post.id} {rule.remake} {rule.seconds}".encode()
        if rule.remake is Remake.LANGUAGE:
            told += f" {rule.language}".encode()
        name = hashlib.sha256(told).hexdigest()[:32]
        wanted = Wanted(
            post.attached.video, rule.remake, rule.seconds, post.attached.captions, rule.language
        )
        return os.fsencode(await self._remaker.make(wanted, self._folder / f"{name}.mp4", going))

    async def told(self, post: Post, rule: Rule, project: str) -> Said:
        """The words of a variant: those of its project, else those of the post.

        Those of the post are translated for another language; raises as `translate`.
        """
        if not project:
            same = rule.remake in (Remake.SUBTITLED, Remake.LANGUAGE)
            thumbnail = post.attached.thumbnail if same else b""
            if rule.remake is Remake.LANGUAGE:
                words = await translated(self._translates, post.words, rule.language)
                return Said(words, rule.language, thumbnail)
            return Said(post.words, post.language, thumbnail)
        view = await self._projects.view(ProjectId(project))
        words, details = post.words, view.details
        if rule.remake is Remake.LANGUAGE and details is not None and details.title:
            words = Words(details.title, details.description, details.tags)
        chosen = next((one.path for one in view.thumbnails if one.chosen), "")
        there = bool(chosen) and await asyncio.to_thread(Path(chosen).is_file)
        return Said(words, view.brief.language, os.fsencode(chosen) if there else b"")


def brief_of(view: ProjectView, rule: Rule) -> Brief:
    """What the Studio is asked for. In the same language it says the same, unless it is shorter.

    In another language, and shorter, the script is written anew about the same topic.
    """
    brief = view.brief
    said = "\n\n".join(scene.narration for scene in view.script.scenes) if view.script else ""
    topic = brief.topic or view.card.title
    if rule.remake is Remake.LANGUAGE:
        return replace(brief, topic=topic, text="", language=rule.language, makers={})
    if rule.remake is Remake.SHORT:
        seconds = max(SHORTEST, min(rule.seconds, brief.seconds, LONGEST))
        return replace(brief, topic=topic, text="", seconds=seconds, shape=Shape.PORTRAIT)
    same = replace(brief, topic=topic, text=brief.text or said)
    if rule.remake is Remake.VERTICAL:
        return replace(same, shape=Shape.PORTRAIT)
    return replace(same, captions=True)
