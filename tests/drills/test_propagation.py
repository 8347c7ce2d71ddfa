"""A revocation is seen outside in time: within 5 s of a call, within 60 s of the poll that sees an issuer's."""

from pathlib import Path

import pytest

from tests.drills.propagation import measured
from tests.lengths import tries


@pytest.mark.slow
async def test_a_revocation_is_seen_outside_in_time(tmp_path: Path) -> None:
    took = await measured(tries(5, 20), by_timer=False, folder=tmp_path)

    assert took["own, worst"] < 5
    assert took["upstream, from the poll"] < 60
