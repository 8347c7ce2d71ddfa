"""``clients``: a platform's own clients by command line."""

import json

import pytest

from gateway.cli import main


@pytest.mark.usefixtures("data_dir")
def test_a_client_is_made_listed_and_revoked_and_its_secret_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clients", "add", "--name", "Import", "--scope", "credentials.read", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)

    main(["clients", "list"])
    listed = capsys.readouterr().out
    main(["clients", "revoke", made["id"], "--json"])
    left = json.loads(capsys.readouterr().out)

    assert made["secret"].startswith("bgs_")
    assert made["scopes"] == ["credentials.read"]
    assert made["id"] in listed
    assert made["secret"] not in listed
    assert left == []


@pytest.mark.usefixtures("data_dir")
def test_a_client_that_is_not_there_cannot_be_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clients", "revoke", "bgc_nothing"]) == 1

    assert "no such client" in capsys.readouterr().err
