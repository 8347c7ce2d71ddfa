"""``convert``: which form it makes, where it writes it, and that it signs nothing when something is wrong."""

import asyncio
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from adapters.hub.baking import unbake_png
from adapters.hub.contract import Format
from gateway.assembly.whole import assembled
from gateway.cli import main
from gateway.commands import sample_issuer
from gateway.flows.answer import Conversion
from gateway.flows.convert import Caller
from gateway.flows.prepare import Target
from gateway.proofs import base64url
from gateway.records import Securing
from gateway.records.offers import Holder
from gateway.settings import Settings
from tests.simulators.wallet import Wallet

BAD, USAGE, NOT_FOUND_OUT = 1, 2, 3
START = {"json": b"{", "jwt": b"ey", "svg": b"<svg", "png": b"\x89PNG"}

pytestmark = pytest.mark.usefixtures("data_dir")


def on_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run the command with its output on a terminal of 80 columns; give exit status and what stands there."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80"}
    command = [sys.executable, "-m", "gateway.cli", *arguments]
    with subprocess.Popen(command, env=environment, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        printed = b""
        try:
            while piece := os.read(ours, 65536):
                printed += piece
        except OSError:  # on Linux, how a terminal ends whose last writer is gone
            pass
        finally:
            os.close(ours)
    return running.returncode, printed.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("to", "options", "carrier"),
    [
        ("open-badges-2", ["--securing", "hosted", "--as", "json"], "json"),
        ("open-badges-2", ["--securing", "jws", "--as", "jwt"], "jwt"),
        ("open-badges-2", ["--as", "jwt"], "jwt"),
        ("open-badges-3", ["--securing", "data-integrity", "--as", "json"], "json"),
        ("open-badges-3", ["--as", "jwt"], "jwt"),
        ("open-badges-3", ["--securing", "vc-jwt"], "jwt"),
        ("open-badges-3", ["--as", "svg"], "svg"),
    ],
)
def test_each_form_is_written_to_standard_output(
    badge: str, capfdbinary: pytest.CaptureFixture[bytes], to: str, options: list[str], carrier: str
) -> None:
    assert main(["convert", badge, "--to", to, *options, "-o", "-"]) == 0

    assert capfdbinary.readouterr().out.startswith(START[carrier])


def test_what_a_wallet_fetched_is_not_what_is_written(badge: str, data_dir: Path, tmp_path: Path) -> None:
    wallet, received = Wallet.ed25519(), Path(badge).read_bytes()
    holder = Holder(wallet.did, json.dumps(wallet.jwk))
    fetched = Target(Format.OPEN_BADGES_3, Securing.VC_JWT, holder=holder, bound_to="00")

    async def fetch() -> None:
        async with assembled(Settings(public_url="http://127.0.0.1:8000", data_dir=data_dir)) as gateway:
            verified = await gateway.verify(received)
            await gateway.convert(verified, "", (fetched,), Caller("default", "key-1"))

    asyncio.run(fetch())
    out = tmp_path / "out.jwt"

    assert main(["convert", badge, "--to", "open-badges-3", "--securing", "vc-jwt", "-o", str(out)]) == 0

    [_, said, _] = out.read_text().split(".")
    assert holder.id not in base64url.decode(said).decode()


def test_a_badge_is_converted_for_another_platform(badge: str, tmp_path: Path) -> None:
    out, words = tmp_path / "out.json", ["convert", badge, "--to", "open-badges-3", "--platform", "academy"]
    assert main([*words, "-o", str(out)]) == BAD
    assert main(["platforms", "add", "academy", "--name", "The academy"]) == 0

    assert main([*words, "-o", str(out)]) == 0

    assert "/p/academy/" in out.read_text()


@pytest.mark.parametrize("name", ["out.png", "out.SVG", "out.jwt", "out.json"])
def test_a_file_is_written_in_the_carrier_that_its_name_ends_in(badge: str, tmp_path: Path, name: str) -> None:
    out = tmp_path / name

    assert main(["convert", badge, "--to", "open-badges-3", "-o", str(out)]) == 0

    assert out.read_bytes().startswith(START[out.suffix.lower().removeprefix(".")])


def test_a_baked_image_holds_the_badge(badge: str, tmp_path: Path) -> None:
    out = tmp_path / "converted"

    assert main(["convert", badge, "--to", "open-badges-2", "--as", "png", "-o", str(out)]) == 0

    assert json.loads(unbake_png(out.read_bytes()).payload)["type"] == "Assertion"


@pytest.mark.parametrize(
    "options",
    [
        ["--to", "open-badges-2", "--securing", "vc-jwt"],
        ["--to", "open-badges-3", "--securing", "hosted"],
        ["--to", "open-badges-2", "--securing", "hosted", "--as", "jwt"],
        ["--to", "open-badges-3", "--securing", "vc-jwt", "--as", "json"],
        ["--to", "open-badges-3", "--securing", "vc-jwt", "-o", "out.json"],
        ["--to", "open-badges-3", "-o", "out.bmp"],
        ["--to", "open-badges-3", "-o", "no-such-folder/out.json"],
        ["--to", "open-badges-3", "-o", "."],
        ["--to", "open-badges-3", "-o", "-", "--json"],
        ["--to", "open-badges-3", "--as", "png", "--json"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_a_usage_error_before_anything_is_signed(
    badge: str, data_dir: Path, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["convert", badge, *options]) == USAGE

    assert not data_dir.exists()
    assert not list(tmp_path.glob("out.*"))


@pytest.mark.parametrize("options", [["-o", "badge"], ["--as", "json", "-o", "badge.bmp"]], ids=" ".join)
def test_a_name_that_says_nothing_of_the_carrier_is_any_name(
    badge: str, data_dir: Path, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["convert", badge, "--to", "open-badges-3", *options]) == 0

    assert json.loads((tmp_path / options[-1]).read_bytes())["issuer"]
    assert data_dir.exists()


def test_without_a_place_the_badge_goes_to_a_standard_output_that_is_no_terminal(
    badge: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["convert", badge, "--to", "open-badges-2", "--as", "png"]) == 0

    printed = capfdbinary.readouterr()
    assert printed.out.startswith(START["png"])
    assert b"verified" in printed.err


def test_without_a_place_a_terminal_is_not_written_to(badge: str, data_dir: Path) -> None:
    status, printed = on_a_terminal("convert", badge, "--to", "open-badges-2", "--as", "png")

    assert status == USAGE
    assert "-o FILE" in printed
    assert not data_dir.exists()


def test_on_a_terminal_badge_and_report_are_in_lines_of_their_own(badge: str) -> None:
    status, printed = on_a_terminal("convert", badge, "--to", "open-badges-2", "-o", "-")

    assert status == 0
    first, rest = printed.split("\n", 1)
    assert json.loads(first)["type"] == "Assertion"
    assert "verdict: " in rest


def test_a_refused_badge_leaves_no_file(forged: str, tmp_path: Path) -> None:
    out = tmp_path / "converted.json"

    assert main(["convert", forged, "--to", "open-badges-2", "-o", str(out)]) == BAD

    assert not out.exists()


def test_a_refused_badge_leaves_the_file_that_was_there(forged: str, badge: str, tmp_path: Path) -> None:
    (out := tmp_path / "converted.json").write_text("something longer than nothing" * 1000)

    assert main(["convert", forged, "--to", "open-badges-2", "-o", str(out)]) == BAD
    kept = out.read_text()
    assert main(["convert", badge, "--to", "open-badges-2", "-o", str(out)]) == 0

    assert kept == "something longer than nothing" * 1000
    assert json.loads(out.read_bytes())["type"] == "Assertion"


def test_a_badge_whose_issuer_cannot_be_reached_is_no_bad_badge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    badge, _ = sample_issuer.open_badges_2("https://issuer.invalid")
    (path := tmp_path / "badge.png").write_bytes(badge)

    assert main(["convert", str(path), "--to", "open-badges-3"]) == NOT_FOUND_OUT

    assert "nothing was signed" in capsys.readouterr().err


def test_a_badge_that_verifies_no_more_is_not_converted_again(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "badge.png", tmp_path / "out.json"
    with sample_issuer.hosted(unused_tcp_port) as (origin, badge):
        path.write_bytes(badge)
        monkeypatch.setenv("GATEWAY_EXEMPT_ORIGINS", origin)
        assert main(["convert", str(path), "--to", "open-badges-3"]) == 0
    capsys.readouterr()

    status = main(["convert", str(path), "--to", "open-badges-2", "-o", str(out)])

    assert status == NOT_FOUND_OUT
    assert "nothing new was signed" in capsys.readouterr().out
    assert not out.exists()


def test_json_has_the_shape_of_the_answer_over_http(badge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", badge, "--to", "open-badges-2", "--json"]) == 0

    answer = msgspec.json.decode(capsys.readouterr().out, type=Conversion)
    assert [form.id for form in answer.record.forms] == list(answer.created)


def test_a_refusal_as_json_is_an_error_with_its_checks(forged: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", forged, "--to", "open-badges-2", "--json"]) == BAD

    refusal = json.loads(capsys.readouterr().out)
    assert (refusal["code"], refusal["outcome"]) == ("refused", "failed")
    assert {"detail", "fix", "pointer"} < refusal.keys()
    assert "proof" in [check["name"] for check in refusal["checks"]]
