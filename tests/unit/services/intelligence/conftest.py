"""An asker over models of the test's own and a real database."""

from __future__ import annotations

import pytest

from app.api.thinking import TextModel
from app.domain.intelligence import Policy, Task
from app.infra.database.engine import Database
from app.services.intelligence.asking import Asker
from app.services.intelligence.store import AnswerStore
from tests.fakes.thinking import CountingPurse, ScriptedHere, ScriptedServices

LOCAL = TextModel("qwen", "Qwen 3B", 8_192, 40, 0.0, 0.0)
CHEAP = TextModel("mini", "Mini", 16_000, 60, 0.1, 0.4)
STRONG = TextModel("grand", "Grand", 200_000, 95, 3.0, 15.0)
NO_PRICE = TextModel("odd", "Odd", 16_000, 70)


class Mind:
    """An asker, and everything it stands on."""

    def __init__(self, database: Database) -> None:
        self.now = 1_760_000_000.0
        self.policy = Policy.HERE_FIRST
        self.services = ScriptedServices()
        self.here = ScriptedHere()
        self.purse = CountingPurse()
        self.store = AnswerStore(database)
        self.asker = Asker(
            self.services, self.here, self.purse, self.store, self._policy, lambda: self.now
        )

    def _policy(self, _task: Task) -> Policy:
        return self.policy


@pytest.fixture
def mind(database: Database) -> Mind:
    return Mind(database)
