"""``keys``: what reads changes nothing, and what changes is asked for."""

import json
from pathlib import Path

import pytest

from gateway.cli import main

USAGE = 2


def contents(data_dir: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data_dir / "keys").glob("*.json")}


def test_keys_are_rotated_and_listed(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")
    main(["keys", "rotate"])
    capsys.readouterr()

    assert main(["keys", "rotate", "--json"]) == 0

    states = [key["state"] for key in json.loads(capsys.readouterr().out)]
    assert sorted(states) == ["active", "retired"]
    assert len(contents(data_dir)) == 2


@pytest.mark.usefixtures("data_dir")
def test_keys_are_not_rotated_in_development(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "rotate"]) == USAGE

    assert "did:key" in capsys.readouterr().err


def test_a_mistyped_passphrase_never_changes_a_key(
    badge: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["convert", badge, "--to", "open-badges-3"])
    before = contents(data_dir)
    monkeypatch.setenv("GATEWAY_KEY_PASSPHRASE", "typo")

    assert main(["keys", "list"]) == USAGE

    assert contents(data_dir) == before
    assert "keys encrypt" in capsys.readouterr().err


def test_keys_are_encrypted_when_that_is_asked_for(
    badge: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["convert", badge, "--to", "open-badges-3"])
    before = contents(data_dir)
    monkeypatch.setenv("GATEWAY_KEY_PASSPHRASE", "a passphrase")

    assert main(["keys", "encrypt"]) == 0

    assert all(content != before[name] for name, content in contents(data_dir).items())
    assert main(["keys", "list"]) == 0
    monkeypatch.delenv("GATEWAY_KEY_PASSPHRASE")
    capsys.readouterr()
    assert main(["keys", "list"]) == USAGE
    assert "no passphrase is set" in capsys.readouterr().err
