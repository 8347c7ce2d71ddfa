"""``inspect --repair``: a corrected copy for people and for programs."""

import json
from pathlib import Path

import pytest

from gateway.cli import USAGE, main

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


def changed(tmp_path: Path, **members: object) -> str:
    (path := tmp_path / "changed.json").write_text(json.dumps(MISSHAPEN | members))
    return str(path)


def test_a_badge_that_breaks_rules_is_said_to_and_how_they_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["inspect", changed(tmp_path, validFrom="2024-01-31T00:00:00Z")])

    printed = " ".join(capsys.readouterr().out.split())
    assert "breaks 2 rules of its format; inspect --repair shows them" in printed


def test_a_badge_that_cannot_be_read_may_be_corrected(misshapen: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["inspect", misshapen])

    assert "inspect --repair may correct it" in capsys.readouterr().out


def test_where_nothing_was_corrected_no_copy_is_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["inspect", changed(tmp_path, validFrom="2024-01-31T00:00:00Z", proof={"type": "X"}), "--repair"])

    printed = capsys.readouterr().out
    assert "lacking, for its issuer to add" in printed
    assert "nothing was corrected" in printed
    assert '"proof"' not in printed


def test_of_an_address_nothing_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    main(["inspect", "https://issuer.example/badge", "--repair"])

    printed = capsys.readouterr().out
    assert "has to be fetched first" in printed
    assert "nothing to correct" not in printed


def test_of_an_assertion_alone_it_is_said_that_its_badge_class_was_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assertion = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://issuer.example.org/assertions/1",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
        "issuedOn": "2024-01-31T00:00:00Z",
        "verification": {"type": "hosted"},
        "badge": "https://issuer.example.org/badges/1",
    }
    (path := tmp_path / "assertion.json").write_text(json.dumps(assertion))

    main(["inspect", str(path), "--repair"])

    printed = capsys.readouterr().out
    assert "only the Assertion that came was judged" in printed
    assert "nothing to correct" not in printed


def test_the_copy_is_written_to_the_file_that_is_named(
    misshapen: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", misshapen, "--repair", "-o", str(tmp_path / "corrected.json")]) == 0

    printed = capsys.readouterr().out
    assert json.loads((tmp_path / "corrected.json").read_text()) == MISSHAPEN | {"validFrom": "2024-01-31T00:00:00Z"}
    assert "written to" in printed
    assert '"credentialSubject"' not in printed


def test_no_file_is_made_where_there_is_nothing_to_correct(
    badge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", badge, "--repair", "-o", str(tmp_path / "corrected.json")]) == 0

    assert "nothing to correct" in capsys.readouterr().out
    assert not (tmp_path / "corrected.json").exists()


@pytest.mark.parametrize("options", [["-o", "copy.json"], ["--repair", "-o", "-"]])
def test_a_file_without_repair_and_two_things_for_one_output_are_no_command(misshapen: str, options: list[str]) -> None:
    assert main(["inspect", misshapen, *options]) == USAGE


def test_the_elements_of_a_micro_credential_are_shown_with_how_to_add_those_that_lack(
    badge: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", badge, "--micro-credential"]) == 0

    printed = " ".join(capsys.readouterr().out.split())
    assert "mandatory elements:" in printed
    assert "level (EQF), where there is one Nothing says it." in printed
    assert '"targetType": "ext:EQF"' in printed


def test_the_elements_of_a_micro_credential_are_shown_in_french(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", badge, "--micro-credential", "--language", "fr"]) == 0

    printed = " ".join(capsys.readouterr().out.split())
    assert "éléments obligatoires :" in printed
    assert "Rien ne l'indique." in printed


def test_elements_of_what_is_only_an_address_are_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (badge := tmp_path / "badge.txt").write_text("https://issuer.example/badge")

    assert main(["inspect", str(badge), "--micro-credential"]) == 0

    assert "parts of it stand elsewhere; verify --micro-credential" in " ".join(capsys.readouterr().out.split())


def test_elements_of_what_cannot_be_read_are_not_judged(misshapen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", misshapen, "--micro-credential"]) == 0

    assert "the badge cannot be read" in capsys.readouterr().out


def test_programs_get_the_elements_unasked(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", badge, "--json"]) == 0

    (award,) = json.loads(capsys.readouterr().out)["microCredential"]
    assert len(award["elements"]) == 16
