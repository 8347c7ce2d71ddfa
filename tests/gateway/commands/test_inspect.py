"""``inspect --repair``: a corrected copy for people and for programs."""

import json
from pathlib import Path

import pytest

from gateway.cli import main

MISSHAPEN = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10",
    "issuer": "https://issuer.example.org",
    "validFrom": "2024-01-31",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:example:a",
            "type": ["Achievement"],
            "name": "Knots\u202e\u001b[31m",
            "criteria": {},
        },
    },
}


@pytest.fixture
def misshapen(tmp_path: Path) -> str:
    (path := tmp_path / "badge.json").write_text(json.dumps(MISSHAPEN))
    return str(path)


def test_repair_prints_each_correction_what_is_lacking_and_the_copy(
    misshapen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", misshapen, "--repair"]) == 0

    printed = capsys.readouterr().out
    assert '"2024-01-31" -> "2024-01-31T00:00:00Z"' in " ".join(printed.split())
    assert "lacking, for its issuer to add" in printed
    assert '"validFrom": "2024-01-31T00:00:00Z"' in printed


def test_the_copy_cannot_steer_the_terminal(misshapen: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["inspect", misshapen, "--repair"])

    assert not {"\u202e", "\u001b"} & set(capsys.readouterr().out)


def test_repair_gives_programs_the_copy_whole(misshapen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", misshapen, "--repair", "--json"]) == 0

    repair = json.loads(capsys.readouterr().out)["repair"]
    assert repair["document"] == MISSHAPEN | {"validFrom": "2024-01-31T00:00:00Z"}
    assert [correction["pointer"] for correction in repair["corrections"]] == ["/validFrom"]
    assert {lack["pointer"] for lack in repair["lacking"]} >= {"/credentialSubject/achievement"}


def test_a_badge_that_keeps_the_rules_has_nothing_to_correct(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", badge, "--repair"]) == 0

    assert "nothing to correct" in capsys.readouterr().out
