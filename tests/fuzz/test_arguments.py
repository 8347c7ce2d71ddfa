"""What the long run is told is looked at before it begins."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import main

USAGE = 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--json", "no-such-folder/result.json"], "cannot write no-such-folder/result.json"),
        (["--jobs", "0"], "--jobs: '0' is no whole number from 1"),
        (["--cases", "0"], "--cases: '0' is no whole number from 1"),
        (["--minutes", "0"], "--minutes: '0' is no time above 0"),
        (["--minutes", "nan"], "--minutes: 'nan' is no time above 0"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_tried(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == USAGE
    assert said in capsys.readouterr().err


def test_its_columns_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    told = " ".join(capsys.readouterr().out.split())
    assert "as another: " in told
    assert "upset: " in told
