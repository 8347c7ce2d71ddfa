"""``offer``: a link for a wallet, a code for a scanner, and JSON for programs."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.cli import BAD, DONE, USAGE, main
from tests.gateway.plain import award

PUBLIC_URL = "http://127.0.0.1:8000"


@pytest.fixture
def record(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a credential of the default platform."""
    assert not data_dir.exists()
    (plain := tmp_path / "award.json").write_text(json.dumps(award()))
    assert main(["issue", str(plain), "--to", "open-badges-3", "-o", str(tmp_path / "badge.json")]) == DONE
    capsys.readouterr()
    assert main(["list", "--json"]) == DONE
    return str(json.loads(capsys.readouterr().out)["records"][0]["id"])


def test_people_are_told_the_link_and_the_code_once(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offer", record, "--code"]) == DONE

    said = capsys.readouterr().out
    assert re.search(rf"page\s+{PUBLIC_URL}/offers/[\w-]{{22}}\n", said)
    assert re.search(r"code\s+[0-9]{6}, shown this once", said)
    assert "\x1b" not in said


def test_programs_get_json(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offer", record, "--sign-in", "--json"]) == DONE

    made = json.loads(capsys.readouterr().out)
    assert (made["offer"]["claiming"], made["code"], made["offer"]["credential"]) == ("sign-in", "", record)


def test_what_cannot_be_offered_is_refused(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offer", "00000000-0000-4000-8000-000000000000"]) == BAD
    assert main(["offer", record, "--email", "somebody@example.org"]) == BAD
    assert main(["offer", record, "--code", "--sign-in"]) == USAGE

    assert "this address is not theirs" in capsys.readouterr().err


@pytest.mark.slow
def test_a_terminal_shows_a_code_to_scan_in_colours_of_its_own(record: str, data_dir: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "GATEWAY_DATA_DIR": str(data_dir), "GATEWAY_PUBLIC_URL": PUBLIC_URL, "TERM": "xterm"}
    command = [sys.executable, "-m", "gateway.cli", "offer", record]

    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as running:
        os.close(theirs)
        shown = b""
        while running.poll() is None or shown == b"":
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
    os.close(ours)

    assert shown.decode().count("\x1b[97;40m") > 20
