from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.receivers.home import Home, home


@pytest.fixture
def place() -> Iterator[Home]:
    """A home, and the test in it."""
    with home() as made:
        yield made
