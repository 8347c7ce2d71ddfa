"""``run.sh`` explains what it hands on to other tools itself."""

import subprocess

import pytest

from tests.house.sources import ROOT


@pytest.mark.parametrize("asked", ["-h", "--help"])
@pytest.mark.parametrize(("command", "said"), [("lint", "style, types"), ("lock", "locks/"), ("test", "--long")])
def test_a_command_of_its_own_is_explained_and_not_run(command: str, asked: str, said: str) -> None:
    told = subprocess.run(
        [str(ROOT / "run.sh"), command, asked], check=True, capture_output=True, text=True, timeout=10
    ).stdout

    lines = told.splitlines()
    assert lines[0].split()[0] == command
    assert said in told
    assert len(lines) < 5
