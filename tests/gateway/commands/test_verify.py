"""``verify``: what it prints for programs, and what it says when the gateway itself would not fetch."""

import json
from pathlib import Path

import msgspec
import pytest

from gateway.cli import main
from gateway.commands import sample_issuer
from gateway.flows.answer import Verification

BAD, NOT_FOUND_OUT = 1, 3

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def inside(tmp_path: Path) -> str:
    """A badge whose issuer is on loopback."""
    badge, _ = sample_issuer.open_badges_2("http://127.0.0.1:8001")
    (path := tmp_path / "badge.png").write_bytes(badge)
    return str(path)


def test_json_has_the_shape_of_the_answer_over_http(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", badge, "--json"]) == 0

    printed = capsys.readouterr().out
    answer = msgspec.json.decode(printed, type=Verification)
    assert json.loads(printed).keys() == msgspec.to_builtins(answer).keys()
    assert (answer.format, answer.version, answer.carrier) == ("open-badges-3", "3.0", "json")
    assert (answer.securing, answer.title) == ("data-integrity", "Repairing bicycles")


def test_a_recipient_that_does_not_match_is_named(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", badge, "--json", "--recipient", "somebody@example.org"]) == BAD

    checks = {check["name"]: check["outcome"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["recipient"] == "failed"


def test_the_setting_that_allows_to_fetch_from_inside_is_named(inside: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", inside]) == NOT_FOUND_OUT

    assert "GATEWAY_EXEMPT_ORIGINS=http://127.0.0.1:8001 " in capsys.readouterr().out


def test_the_setting_is_named_for_a_badge_that_is_inside_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "http://127.0.0.1:8001/badge.json"]) == NOT_FOUND_OUT

    assert "GATEWAY_EXEMPT_ORIGINS=http://127.0.0.1:8001 " in capsys.readouterr().err


def test_the_setting_keeps_the_origins_that_it_has(
    inside: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEWAY_EXEMPT_ORIGINS", "https://badges.internal")

    main(["verify", inside])

    assert "GATEWAY_EXEMPT_ORIGINS=https://badges.internal,http://127.0.0.1:8001 " in capsys.readouterr().out


def test_no_setting_is_named_when_it_would_not_help(
    inside: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEWAY_EXEMPT_ORIGINS", "http://127.0.0.1:8001")

    assert main(["verify", inside]) == NOT_FOUND_OUT

    assert "GATEWAY_EXEMPT_ORIGINS" not in capsys.readouterr().out


def test_the_elements_that_are_counted_are_shown_where_it_says(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", badge])
    assert "verify --micro-credential shows them" in " ".join(capsys.readouterr().out.split())

    assert main(["verify", badge, "--micro-credential", "--language", "fr"]) == 0

    assert "éléments obligatoires :" in " ".join(capsys.readouterr().out.split())


def test_programs_get_the_elements_when_they_ask(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", badge, "--micro-credential", "--json"]) == 0

    (award,) = json.loads(capsys.readouterr().out)["elements"]
    assert len(award["elements"]) == 16
