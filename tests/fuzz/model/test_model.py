"""Whatever is done to the gateway, it agrees with a simple model of itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.model.live import Live
from tests.fuzz.model.machine import Machine
from tests.fuzz.model.running import histories
from tests.lengths import seed


def test_the_gateway_agrees_with_its_model() -> None:
    histories(Machine, seed=1, many=8, steps=12)


@pytest.mark.slow
def test_the_gateway_agrees_with_its_model_for_long() -> None:
    histories(Machine, seed=seed(2), many=8, steps=20)


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres_database: str) -> Iterator[type[Machine]]:
    """The same rules, over one gateway on PostgreSQL."""
    live = Live(tmp_path, postgres_database)
    yield type("OnPostgresql", (Machine,), {"shared": live})
    live.close()


@pytest.mark.slow
def test_the_gateway_agrees_with_its_model_on_postgresql(on_postgresql: type[Machine]) -> None:
    histories(on_postgresql, seed=seed(3), many=4, steps=15)
