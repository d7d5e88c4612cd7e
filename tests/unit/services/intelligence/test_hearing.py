"""Speech is put into words by the first that can, cheapest first."""

from __future__ import annotations

from app.api.thinking import Heard, SoundQuestion, SpeechModel, Transcript
from app.domain.errors import Refused, ToolFailed
from app.domain.intelligence import MadeBy, Policy, Task
from app.services.intelligence.chains import chains
from app.services.intelligence.hearing import Hearer, Progress, price_of
from app.services.intelligence.routing import LOCAL
from tests.unit.services.intelligence.conftest import Mind

SOUND = SoundQuestion("", "/tmp/a.wav", "en", 90.5)
FREE = SpeechModel("base", "Whisper base", 0.0)
CHEAP = SpeechModel("turbo", "Turbo", 0.006)
NO_PRICE = SpeechModel("odd", "Odd")


class Here:
    """What hears here."""

    def __init__(self) -> None:
        self.model: SpeechModel | None = SpeechModel("base.bin", "Base", 0.0, words=True)
        self.asked: list[SoundQuestion] = []
        self.broken = False

    def described(self) -> SpeechModel | None:
        return self.model

    async def hear(
        self, question: SoundQuestion, on_progress: Progress | None = None
    ) -> Transcript:
        self.asked.append(question)
        if self.broken:
            raise ToolFailed("errors.model_crashed", name="Base", code=-9)
        if on_progress is not None:
            on_progress(1.0)
        return Transcript("en", (Heard(0.0, 1.0, "Here."),))


def test_the_price_is_by_begun_seconds() -> None:
    assert price_of(CHEAP, 90.5) == 9_100
    assert price_of(FREE, 1e6) == 0
    assert price_of(NO_PRICE, 1.0) is None


async def test_what_costs_nothing_comes_first(mind: Mind) -> None:
    mind.services.ears = {"odd": (NO_PRICE,), "paid": (CHEAP,), "own": (FREE,)}
    made = await Hearer(mind.asker).hear(SOUND)
    assert made is not None
    assert (made.source, made.by, made.value.pieces[0].text) == (
        MadeBy.HERE, "Whisper base", "Hello.",
    )  # fmt: skip
    assert [(plugin, asked.model) for plugin, asked in mind.services.heard] == [("own", "base")]
    assert mind.purse.paid == []


async def test_the_next_is_asked_and_paid(mind: Mind) -> None:
    mind.services.ears = {"odd": (NO_PRICE,), "paid": (CHEAP,), "own": (FREE,)}
    mind.services.deaf = {"own"}
    made = await Hearer(mind.asker).hear(SOUND)
    assert made is not None
    assert made.source is MadeBy.SERVICE
    ((call, _price),) = mind.purse.paid
    assert (call.service, call.estimate, call.kind.value) == ("paid", 9_100, "hearing")


async def test_nobody_may_be_there(mind: Mind) -> None:
    assert await Hearer(mind.asker).hear(SOUND) is None
    mind.services.ears = {"paid": (CHEAP,)}
    mind.purse.refusal = Refused("errors.budget_spent")
    assert await Hearer(mind.asker).hear(SOUND) is None
    mind.purse.refusal = None
    for policy in (Policy.ONLY_HERE, Policy.RULES):
        mind.policy = policy
        assert await Hearer(mind.asker).hear(SOUND) is None
    assert mind.services.heard == []


async def test_the_named_ear_hears_first_whatever_it_costs(mind: Mind) -> None:
    mind.services.ears = {"odd": (NO_PRICE,), "paid": (CHEAP,), "own": (FREE,)}
    mind.asker.named = lambda task: "odd" if task is Task.HEAR else ""
    order = await Hearer(mind.asker).order(60.0)
    assert [plugin for plugin, _model in order] == ["odd", "own", "paid"]
    mind.policy = Policy.RULES
    order = await Hearer(mind.asker).order(60.0)
    assert [plugin for plugin, _model in order] == ["odd"]


async def test_what_hears_here_goes_first(mind: Mind) -> None:
    mind.services.ears = {"own": (FREE,), "paid": (CHEAP,)}
    here = Here()
    done: list[float] = []
    made = await Hearer(mind.asker, here).hear(SOUND, done.append)
    assert made is not None
    assert (made.source, made.by, made.value.pieces[0].text) == (MadeBy.HERE, "Base", "Here.")
    assert [asked.model for asked in here.asked] == ["base.bin"]
    assert done == [1.0]
    assert mind.services.heard == []


async def test_services_hear_when_it_crashes_here_or_is_not_there(mind: Mind) -> None:
    mind.services.ears = {"own": (FREE,)}
    here = Here()
    here.broken = True
    made = await Hearer(mind.asker, here).hear(SOUND)
    assert made is not None
    assert made.by == "Whisper base"
    here.model = None
    assert [place for place, _model in await Hearer(mind.asker, here).order(60.0)] == ["own"]


async def test_where_it_stands_in_the_owners_order(mind: Mind) -> None:
    mind.services.ears = {"paid": (CHEAP,), "own": (FREE,)}
    hearer = Hearer(mind.asker, Here())
    orders = {
        Policy.HERE_FIRST: [LOCAL, "own", "paid"],
        Policy.CHEAPEST: [LOCAL, "own", "paid"],
        Policy.BEST: ["own", "paid", LOCAL],
        Policy.ONLY_HERE: [LOCAL, "own"],
        Policy.RULES: [],
    }
    for policy, order in orders.items():
        mind.policy = policy
        assert [place for place, _model in await hearer.order(60.0)] == order
    mind.policy = Policy.HERE_FIRST
    ears = next(chain for chain in await chains(mind.asker, hearer) if chain.task is Task.HEAR)
    assert [(one.model, one.service) for one in ears.answerers][0] == ("Base", "")
