"""The command line: what it prints, what it writes, and its exit status."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adapters.hub.baking import unbake_png
from gateway.cli import main
from gateway.commands import sample_issuer

BAD, USAGE, NOT_FOUND_OUT = 1, 2, 3


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GATEWAY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "http://127.0.0.1:8000")


@pytest.fixture
def badge(tmp_path: Path) -> str:
    path = tmp_path / "badge.json"
    path.write_bytes(sample_issuer.open_badges_3())
    return str(path)


@pytest.fixture
def forged(tmp_path: Path) -> str:
    path = tmp_path / "forged.json"
    path.write_bytes(sample_issuer.open_badges_3().replace(b"Repairing", b"Designing"))
    return str(path)


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return dict(json.loads(capsys.readouterr().out))


def test_inspect_says_what_it_is(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", badge, "--json"]) == 0

    assert said(capsys)["format"] == "open-badges-3"


def test_inspect_prints_a_report_for_people(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", badge]) == 0

    printed = capsys.readouterr().out
    assert "open-badges-3" in printed
    assert "\x1b" not in printed, "colour only on a terminal"


def test_verify_passes_a_good_badge(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", badge, "--json"]) == 0

    assert said(capsys)["outcome"] == "passed"


def test_verify_fails_a_forged_badge(forged: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", forged]) == BAD

    assert "not valid" in capsys.readouterr().out


def test_verify_cannot_find_out_about_an_unreachable_address() -> None:
    assert main(["verify", "https://issuer.invalid/badge.json"]) == NOT_FOUND_OUT


def test_verify_names_the_recipient_that_does_not_match(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", badge, "--json", "--recipient", "somebody@example.org"]) == BAD

    checks = {check["name"]: check["outcome"] for check in said(capsys)["checks"]}  # type: ignore[attr-defined]
    assert checks["recipient"] == "failed"


def test_convert_writes_a_baked_image(badge: str, tmp_path: Path) -> None:
    out = tmp_path / "converted.png"

    assert main(["convert", badge, "--to", "open-badges-2", "--as", "png", "-o", str(out)]) == 0

    assert json.loads(unbake_png(out.read_bytes()).payload)["type"] == "Assertion"


@pytest.mark.parametrize(
    ("to", "securing", "carrier"),
    [
        ("open-badges-2", "hosted", "json"),
        ("open-badges-2", "jws", "jwt"),
        ("open-badges-3", "data-integrity", "json"),
        ("open-badges-3", "vc-jwt", "jwt"),
        ("open-badges-3", "data-integrity", "svg"),
    ],
)
def test_convert_writes_each_form_to_standard_output(
    badge: str, capfdbinary: pytest.CaptureFixture[bytes], to: str, securing: str, carrier: str
) -> None:
    arguments = ["convert", badge, "--to", to, "--securing", securing, "--as", carrier, "-o", "-"]

    assert main(arguments) == 0

    start = {"json": b"{", "jwt": b"ey", "svg": b"<svg"}[carrier]
    assert capfdbinary.readouterr().out.startswith(start)


def test_convert_refuses_a_forged_badge_and_writes_nothing(forged: str, tmp_path: Path) -> None:
    out = tmp_path / "converted.json"

    assert main(["convert", forged, "--to", "open-badges-2", "-o", str(out)]) == BAD

    assert not out.exists()


def test_convert_without_a_public_address_says_what_to_set(
    badge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GATEWAY_PUBLIC_URL")

    assert main(["convert", badge, "--to", "open-badges-2"]) == USAGE

    assert "GATEWAY_PUBLIC_URL" in capsys.readouterr().err


def test_another_public_address_is_refused_by_a_store_that_issued_under_one(
    badge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["convert", badge, "--to", "open-badges-2"])
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")

    assert main(["convert", badge, "--to", "open-badges-2"]) == USAGE

    assert "http://127.0.0.1:8000" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "no-such-file.json"]) == USAGE

    assert "no-such-file.json" in capsys.readouterr().err


def test_something_that_is_no_badge_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "picture.pdf"
    path.write_bytes(b"%PDF-1.7")

    assert main(["inspect", str(path)]) == BAD

    assert "PDF" in capsys.readouterr().err


def test_keys_rotate_and_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")
    main(["keys", "rotate"])
    capsys.readouterr()

    assert main(["keys", "rotate", "--json"]) == 0

    states = [key["state"] for key in json.loads(capsys.readouterr().out)]
    assert sorted(states) == ["active", "retired"]


def test_keys_are_not_rotated_in_development(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "rotate"]) == USAGE

    assert "did:key" in capsys.readouterr().err


def test_help_starts_within_half_a_second() -> None:
    durations = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "gateway.cli", "--help"], check=True, capture_output=True)
        durations.append(time.perf_counter() - start)

    assert min(durations) < 0.5


def test_demo_ends_by_itself_and_a_second_run_makes_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--once", "--port", "18710"]) == 0
    first = capsys.readouterr().out

    assert main(["demo", "--once", "--port", "18710"]) == 0

    assert capsys.readouterr().out == first
