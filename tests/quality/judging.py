"""Puts every test set to a model, as the station would, and scores what it says."""

from __future__ import annotations

from app.domain.search import HitKind, Offer
from app.services.intelligence.asking import Asker
from app.services.intelligence.tasks import (
    describing,
    recommending,
    summaries,
    timing,
)
from app.services.intelligence.tasks import fakes as fake_task
from app.services.intelligence.tasks import wishes as wish_task
from app.services.intelligence.tasks.titles import TitleJudge
from app.services.search.query import read_query
from tests.quality import dialogues, fakes, recommendations, times, titles, videos, wishes


def rules() -> dict[str, float]:
    """The scores of rules alone, 0 to 1."""
    return {
        "same title": titles.score(titles.by_rules())[0],
        "same title, of what they decide": titles.score(titles.by_rules())[1],
        "fakes and recordings": fakes.score(fakes.ruled()),
        "wish in free words": wishes.score(wishes.ruled()),
        "description of a video": videos.score(videos.ruled()),
        "summary without the end": dialogues.score(dialogues.ruled()),
        "recommendations": recommendations.score(recommendations.ruled()),
        "best time to publish": times.score(times.ruled()),
    }


async def judged(asker: Asker) -> dict[str, float]:
    """The scores with a model: where it says nothing, or nonsense, the rules answer."""
    ruled = titles.by_rules()
    judge = TitleJudge(asker)
    said = list(ruled)
    for at, (wish, name, _) in enumerate(titles.CASES):
        if said[at] is None:
            (opinion,) = await judge.same_title(read_query(wish), [name])
            said[at] = None if opinion is None else opinion.fits
    doubts = []
    for wish, name, size, _ in fakes.CASES:
        offer = Offer("test", "Test", HitKind.TORRENT, name, size=size)
        made = await fake_task.find(asker, read_query(wish), [offer], fakes.NOW)
        doubts.append(fakes.kind(made.value))
    people = range(len(recommendations.ruled()))
    return {
        "same title": titles.score(said)[0],
        "same title, of what they decide": titles.score(said)[1],
        "fakes and recordings": fakes.score(doubts),
        "wish in free words": wishes.score(
            [(await wish_task.read(asker, text, wishes.KNOWN)).value for text, _ in wishes.CASES]
        ),
        "description of a video": videos.score(
            [(await describing.describe(asker, case.facts)).value for case in videos.CASES]
        ),
        "summary without the end": dialogues.score(
            [
                (await summaries.write(asker, dialogues.lines_of(film), None, "en")).value
                for film in dialogues.FILMS
            ]
        ),
        "recommendations": recommendations.score(
            [
                (await recommending.choose(asker, *recommendations.person(one))).value
                for one in people
            ]
        ),
        "best time to publish": times.score(
            [
                (await timing.choose(asker, times.posts(channel))).value
                for channel in range(len(times.CHANNELS))
            ]
        ),
    }
