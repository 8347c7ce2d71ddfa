"""``verify`` over what this gateway itself issued: fetched from its public address, as by anybody."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gateway.cli import main
from tests.gateway.plain import award
from tests.ports import free_ports

DONE, BAD, NOT_FOUND_OUT = 0, 1, 3
START_TIMEOUT_S = 30


@pytest.fixture
def port(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A free one, under which the public address is."""
    assert not data_dir.exists()
    port = free_ports()
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", f"http://127.0.0.1:{port}")
    return port


@pytest.fixture
def hosted(port: int, tmp_path: Path) -> Path:
    """A hosted Open Badges 2.0 badge that a command issued."""
    assert port
    (plain := tmp_path / "award.json").write_text(json.dumps(award()))
    out = tmp_path / "badge.json"
    assert main(["issue", str(plain), "--to", "open-badges-2", "--securing", "hosted", "-o", str(out)]) == DONE
    return out


@contextmanager
def serving(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gateway.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + START_TIMEOUT_S
        try:
            while not _ready(port):
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
            yield
        finally:
            process.kill()


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_a_hosted_badge_of_ours_is_verified_where_the_gateway_serves_it(
    hosted: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(hosted.read_bytes())
    with serving(port):
        verified = main(["verify", str(hosted)])
        by_address = main(["verify", document["id"]])
        renamed = main(["platforms", "change", "default", "--name", "A Name Since"])
        afterwards = main(["verify", str(hosted)])
        hosted.write_text(json.dumps({**document, "narrative": "Forged."}))
        forged = main(["verify", str(hosted)])

    said = capsys.readouterr().out
    assert (verified, by_address, renamed, afterwards, forged) == (DONE, DONE, DONE, DONE, BAD), said


def test_a_gateway_that_does_not_run_is_said_to_be_needed(hosted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(hosted)]) == NOT_FOUND_OUT

    said = " ".join(capsys.readouterr().out.split())
    assert "publishes nothing there" not in said
    assert "run badge-gateway serve" in said


def test_elements_of_a_badge_that_is_only_an_address_are_shown_after_fetching(
    hosted: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    address = json.loads(hosted.read_text())["id"]
    capsys.readouterr()

    with serving(port):
        assert main(["verify", address, "--micro-credential"]) == DONE

    printed = " ".join(capsys.readouterr().out.split())
    assert "mandatory elements:" in printed
    assert "verdict: verified" in printed
