"""The gateway that the matrix is tried on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.laundering.laundry import Laundry
from tests.simulators.clock import SimulatedClock
from tests.simulators.platform import simulated_platform
from tests.simulators.web import SimulatedWeb


@pytest.fixture
async def laundry(tmp_path: Path) -> AsyncIterator[Laundry]:
    async with simulated_platform(
        tmp_path, SimulatedWeb(), SimulatedClock(), seal_organisation_id="NTRFR-987654321"
    ) as platform:
        yield Laundry(platform)
