"""``watch``: asks what is due and says what it saw."""

import json

import pytest

from gateway.cli import main

pytestmark = pytest.mark.usefixtures("data_dir")


def test_what_is_converted_is_enrolled_and_what_is_not_due_is_not_asked(
    badge: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", badge, "--to", "open-badges-2"]) == 0
    capsys.readouterr()

    assert main(["watch", "--once", "--json"]) == 0

    [done] = json.loads(capsys.readouterr().out)
    assert done == {"enrolled": 1, "asked": [], "putOff": 0, "failed": []}


def test_a_sum_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--once"]) == 0

    printed = capsys.readouterr().out
    assert [line.split("  ")[0] for line in printed.splitlines()] == [
        "new sources",
        "places asked",
        "put off",
        "changes",
    ]
