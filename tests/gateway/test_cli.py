"""The command line: what it prints, what it writes, and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.cli import main
from gateway.commands import sample_issuer

BAD, USAGE, NOT_FOUND_OUT = 1, 2, 3


pytestmark = pytest.mark.usefixtures("data_dir")


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

    printed = capsys.readouterr().err
    assert "cannot be read here: a PDF document" in printed
    assert "Accepted are Open Badges" in printed


def test_help_starts_within_half_a_second_of_work() -> None:
    took_s = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, "-m", "gateway.cli", "--help"], check=True, capture_output=True)
        after = os.times()
        user_s, system_s = after.children_user - before.children_user, after.children_system - before.children_system
        took_s.append(user_s + system_s)

    assert 0 < min(took_s) < 0.5


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["verify", "no-such-file.json"], USAGE, "usage"),
        (["convert", "badge.json", "--to", "open-badges-4"], USAGE, "usage"),
        (["verify", "https://issuer.invalid/badge.json"], NOT_FOUND_OUT, "unreachable"),
        (["verify", "https://127.0.0.1/badge.json"], NOT_FOUND_OUT, "fetch-blocked"),
        (["verify", __file__], BAD, "unsupported-carrier"),
        (["keys", "encrypt"], USAGE, "misconfigured"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_errors_are_json_for_those_who_asked_for_it(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, code: str
) -> None:
    assert main([*arguments, "--json"]) == status

    printed = capsys.readouterr()
    error = json.loads(printed.out)
    assert error.keys() == {"code", "detail", "fix", "pointer"}
    assert error["code"] == code
    assert error["detail"]
    assert printed.err == ""


def test_what_is_missing_on_the_command_line_is_said_with_its_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert"]) == USAGE

    printed = capsys.readouterr().err
    assert "--to" in printed
    assert "usage: badge-gateway convert" in printed


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("GATEWAY_DATA_DIR", __file__),
        ("GATEWAY_DATA_DIR", f"{__file__}/data"),
        ("GATEWAY_REDIS_URL", "hunter2@cache"),
        ("GATEWAY_KEY_PASSPHRASE", "hunter2"),
        ("GATEWAY_MASTER_KEY", "hunter2"),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_usage_error_that_names_it_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    badge: str,
    setting: str,
    value: str,
) -> None:
    if setting == "GATEWAY_KEY_PASSPHRASE":
        main(["convert", badge, "--to", "open-badges-2"])
    monkeypatch.setenv(setting, value)
    capsys.readouterr()

    assert main(["keys", "list"]) == USAGE

    printed = capsys.readouterr().err
    assert setting in printed
    assert "hunter2" not in printed


def test_what_a_badge_says_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "badge.json"
    title = "\\u001b]0;owned\\u0007\\u202e"
    path.write_bytes(sample_issuer.open_badges_3().replace(b"Repairing bicycles", title.encode()))

    main(["inspect", str(path)])

    printed = capsys.readouterr().out
    assert "]0;owned" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)


def test_what_a_badge_says_cannot_steer_the_terminal_as_json_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "badge.json"
    title = "\x9b31m\u202e\u2028\u200b"
    path.write_bytes(sample_issuer.open_badges_3().replace(b"Repairing bicycles", title.encode()))

    main(["inspect", "--json", str(path)])

    printed = capsys.readouterr().out
    assert printed.isascii()
    assert json.loads(printed)["title"] == title


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["report", "json"])
def test_the_status_is_the_verdict_though_nobody_reads_the_report(forged: str, options: list[str]) -> None:
    command = [sys.executable, "-m", "gateway.cli", "verify", forged, *options]
    reading, writing = os.pipe()
    os.close(reading)

    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (BAD, b"")


def test_a_report_that_cannot_be_written_is_said(badge: str) -> None:
    command = [sys.executable, "-m", "gateway.cli", "inspect", badge]

    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (ended.returncode, ended.stderr) == (USAGE, b"badge-gateway: cannot print: No space left on device\n")


def test_a_terminal_that_knows_only_ascii_gets_a_report(badge: str) -> None:
    command = [sys.executable, "-m", "gateway.cli", "verify", badge]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    ended = subprocess.run(command, env=environment, capture_output=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert rb"\u2713  proof" in ended.stdout


def test_an_address_of_bytes_that_are_no_text_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "https://issuer.example.org/\udcff"]) == BAD

    assert "cannot be read here: not an https address" in capsys.readouterr().err
