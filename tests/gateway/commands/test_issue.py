"""The commands of a platform: issue, list, suspend, reinstate, revoke."""

import json
from pathlib import Path

import pytest

from gateway.cli import BAD, DONE, USAGE, main
from tests.gateway.plain import award


@pytest.fixture
def data_dir(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With https, so that there are status lists."""
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")
    return data_dir


@pytest.fixture
def plain(tmp_path: Path, data_dir: Path) -> str:
    """The path of an award in plain data."""
    assert data_dir
    path = tmp_path / "award.json"
    path.write_text(json.dumps(award()))
    return str(path)


def test_a_badge_is_issued_listed_suspended_reinstated_and_revoked(
    plain: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "badge.json"

    assert main(["issue", plain, "--to", "open-badges-3", "--status", "suspension", "-o", str(out)]) == DONE
    capsys.readouterr()
    assert main(["list", "--json"]) == DONE
    [record] = json.loads(capsys.readouterr().out)["records"]
    states = []
    for words in (["suspend", record["id"], "--reason", "x"], ["reinstate", record["id"]]):
        assert main([*words, "--json"]) == DONE
        states.append(json.loads(capsys.readouterr().out)["state"])
    assert main(["revoke", record["id"], "--reason", "a mistake"]) == DONE
    said = capsys.readouterr().out

    assert states == ["suspended", "active"]
    assert "revoked" in said
    assert "a mistake" in said
    assert json.loads(out.read_text())["credentialStatus"]["statusPurpose"] == "suspension"
    assert main(["reinstate", record["id"]]) == BAD
    assert main(["list", "--state", "revoked"]) == DONE
    listed = capsys.readouterr().out
    assert record["id"] in listed
    assert "OB 3.0" in listed


def test_what_was_issued_is_erased(plain: str, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["issue", plain, "--to", "open-badges-3"]) == DONE
    capsys.readouterr()
    main(["list", "--json"])
    first, second = [each["id"] for each in json.loads(capsys.readouterr().out)["records"]]

    assert main(["erase", first]) == DONE
    said = capsys.readouterr().out
    assert main(["erase", second, "--json"]) == DONE
    told = json.loads(capsys.readouterr().out)

    assert first in said
    assert "still verifies" not in said
    assert told == {"id": second, "erased": True, "stillVerifies": []}
    main(["list", "--json"])
    assert json.loads(capsys.readouterr().out)["records"] == []


def test_a_badge_can_be_written_into_a_picture(plain: str, tmp_path: Path) -> None:
    out = tmp_path / "badge.png"

    assert main(["issue", plain, "--to", "open-badges-2", "-o", str(out)]) == DONE
    assert out.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_issued_says_why_and_leaves_no_file(
    plain: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(plain).write_text(json.dumps(award(issuer="https://other.example")))
    out = tmp_path / "badge.json"

    assert main(["issue", plain, "--to", "open-badges-3", "-o", str(out)]) == BAD
    assert "issuer" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("award_", ['{"achievement": ', "[]", '{"achievement": {"name": 3}}'])
def test_what_is_no_award_is_said_with_one(plain: str, capsys: pytest.CaptureFixture[str], award_: str) -> None:
    Path(plain).write_text(award_)

    assert main(["issue", plain, "--to", "open-badges-3", "--json"]) == BAD

    assert '{"achievement": {"name": ' in json.loads(capsys.readouterr().out)["fix"]


@pytest.mark.parametrize(
    "words",
    [
        ["issue", "award.json"],
        ["issue", "award.json", "--to", "open-badges-2", "--status", "suspension"],
        ["list", "--limit", "0"],
        ["list", "--state", "gone"],
        ["revoke", "00000000-0000-4000-8000-000000000000"],
    ],
)
def test_what_a_command_cannot_mean_is_usage(data_dir: Path, words: list[str]) -> None:
    assert data_dir
    assert main(words) == USAGE


def test_a_credential_that_is_not_there_is_said_so(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert data_dir

    nobody = "00000000-0000-4000-8000-000000000000"
    for words in (["revoke", nobody, "--reason", "x"], ["erase", nobody]):
        assert main(words) == BAD
        assert "no such credential" in capsys.readouterr().err
