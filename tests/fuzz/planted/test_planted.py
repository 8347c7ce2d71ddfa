"""Whatever is planted is found: the contract suite notices when the gateway no longer keeps its contract."""

from pathlib import Path

import pytest

from tests.fuzz.planted.bugs import BUGS
from tests.fuzz.planted.trial import verdicts


@pytest.mark.slow
def test_every_planted_bug_is_found_and_nothing_where_there_is_none(tmp_path: Path) -> None:
    tried = list(verdicts(tmp_path))

    assert [each.bug.name for each in tried] == [bug.name for bug in BUGS]
    assert [(each.bug.operation, each.found_by, each.without) for each in tried if not each.is_found] == []


def test_bugs_of_many_kinds_are_planted_all_over_the_surfaces() -> None:
    assert len(BUGS) >= 20
    assert len({bug.kind for bug in BUGS}) >= 12
    assert len({bug.surface for bug in BUGS}) >= 5
