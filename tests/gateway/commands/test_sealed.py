"""Sealing from the command line: import a certificate, convert into ELM, and back."""

import datetime as dt
import json
from pathlib import Path

import pytest

from gateway.cli import main
from tests.corpora import corpus
from tests.gateway.edges.test_seal_keys import P256, chain_of, p12, pem

USAGE, BAD, NOT_FOUND_OUT = 2, 1, 3
SECRET = "a passphrase"
FOREVER = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def identified(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GATEWAY_SEAL_ORGANISATION_ID", "NTRFR-123456789")
    return data_dir


@pytest.mark.usefixtures("identified")
@pytest.mark.parametrize("ending", ["jsonld", "json"])
def test_a_badge_is_sealed_and_comes_back_byte_for_byte(
    badge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    sealed, back = tmp_path / f"sealed.{ending}", tmp_path / "back.json"

    assert main(["convert", badge, "--to", "elm-3", "-o", str(sealed)]) == 0
    assert "not qualified" in capsys.readouterr().out
    assert main(["convert", str(sealed), "--to", "open-badges-3", "-o", str(back)]) == 0

    assert json.loads(sealed.read_bytes()).keys() == {"payload", "signatures"}
    assert back.read_bytes() == Path(badge).read_bytes()
    assert "nothing was signed" in capsys.readouterr().out


@pytest.mark.usefixtures("identified")
def test_a_sealed_credential_is_not_put_into_a_picture(
    badge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", badge, "--to", "elm-3", "-o", str(tmp_path / "sealed.png")]) == USAGE

    assert "--as jsonld" in capsys.readouterr().err
    assert not (tmp_path / "sealed.png").exists()


@pytest.mark.usefixtures("data_dir")
def test_without_an_identifier_nothing_is_sealed(
    badge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", badge, "--to", "elm-3", "-o", str(tmp_path / "sealed.jsonld")]) == BAD

    assert "GATEWAY_SEAL_ORGANISATION_ID" in capsys.readouterr().err
    assert not (tmp_path / "sealed.jsonld").exists()


@pytest.mark.usefixtures("identified")
def test_an_award_that_is_not_there_is_refused(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", badge, "--to", "elm-3", "--award", "3"]) == BAD

    assert "no award 3" in capsys.readouterr().err


@pytest.mark.usefixtures("data_dir")
def test_a_certificate_is_imported_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seal.p12"
    file.write_bytes(p12(P256, SECRET, FOREVER))
    monkeypatch.setenv("GATEWAY_SEAL_PASSPHRASE", SECRET)

    assert main(["keys", "import", str(file), "--json"]) == 0

    [key] = json.loads(capsys.readouterr().out)
    assert (key["purpose"], key["algorithm"], key["state"]) == ("seal", "ES256", "active")
    assert SECRET not in json.dumps(key)
    assert main(["keys", "list"]) == 0
    assert "NTRFR-123456789" in capsys.readouterr().out


@pytest.mark.usefixtures("data_dir")
def test_what_cannot_be_imported_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "seal.pem"
    file.write_bytes(pem(P256))

    assert main(["keys", "import", str(file)]) == BAD
    assert main(["keys", "import", str(tmp_path / "nothing.pem")]) == USAGE

    assert "to mend it" in capsys.readouterr().err


def test_a_key_that_seals_is_rotated_and_an_imported_one_is_not(
    identified: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")
    assert main(["keys", "rotate", "--purpose", "seal"]) == 0
    assert main(["keys", "rotate", "--purpose", "seal", "--algorithm", "EdDSA"]) == BAD
    file = tmp_path / "seal.pem"
    file.write_bytes(pem(P256, *chain_of(P256, until=FOREVER)))
    assert main(["keys", "import", str(file)]) == 0

    assert main(["keys", "rotate", "--purpose", "seal"]) == BAD

    assert "imported" in capsys.readouterr().err
    assert len(list((identified / "keys").glob("*.json"))) == 2


@pytest.mark.usefixtures("identified")
def test_a_seal_under_a_did_key_is_a_strangers_to_everybody_else(
    badge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = tmp_path / "sealed.jsonld"
    assert main(["convert", badge, "--to", "elm-3", "-o", str(sealed)]) == 0
    again = ["convert", str(sealed), "--to", "open-badges-2", "-o", str(tmp_path / "again.json")]

    assert main(["verify", str(sealed)]) == NOT_FOUND_OUT
    said = " ".join(capsys.readouterr().out.split())
    assert "is only its key and vouches for no name" in said
    assert "Ask the gateway that sealed it" in said
    monkeypatch.setenv("GATEWAY_DATA_DIR", str(tmp_path / "elsewhere"))
    assert main(again) == NOT_FOUND_OUT
    assert not (tmp_path / "again.json").exists()


@pytest.mark.interop
@pytest.mark.usefixtures("identified")
def test_the_command_holds_a_seal_against_the_official_shapes(
    badge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = tmp_path / "sealed.jsonld"
    assert main(["convert", badge, "--to", "elm-3", "-o", str(sealed)]) == 0
    capsys.readouterr()

    def shacl() -> str:
        assert main(["verify", str(sealed), "--structure", "full", "--json"]) == NOT_FOUND_OUT
        checks = {check["name"]: check["outcome"] for check in json.loads(capsys.readouterr().out)["checks"]}
        return str(checks["shacl"])

    assert shacl() == "unknown"
    monkeypatch.setenv("GATEWAY_SHACL_SHAPES", str(corpus("elm/shapes/elm-3.1-master")))
    assert shacl() == "passed"
