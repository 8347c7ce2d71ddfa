"""``revoke`` and ``erase`` in development: what goes on to verify is named, in the terminal and to programs."""

import asyncio
import json
from pathlib import Path

import pytest

from gateway.assembly.whole import assembled
from gateway.cli import DONE, main
from gateway.flows.describe import Description
from gateway.http import record_page
from gateway.settings import Settings
from tests.gateway.plain import award

REASON = ["--reason", "a mistake"]


@pytest.fixture
def record(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a credential with a form of Open Badges 3.0, issued under an address without https."""
    assert not data_dir.exists()
    (plain := tmp_path / "award.json").write_text(json.dumps(award()))
    assert main(["issue", str(plain), "--to", "open-badges-3", "-o", str(tmp_path / "badge.json")]) == DONE
    capsys.readouterr()
    assert main(["list", "--json"]) == DONE
    return str(json.loads(capsys.readouterr().out)["records"][0]["id"])


def test_a_form_that_goes_on_to_verify_is_named(
    record: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["revoke", record, *REASON]) == DONE
    said = " ".join(capsys.readouterr().out.split())
    assert main(["revoke", record, *REASON, "--json"]) == DONE
    [form] = json.loads(capsys.readouterr().out)["forms"]

    assert "still verifies open-badges-3 with data-integrity" in said
    assert form["revocable"] is False
    assert main(["verify", str(tmp_path / "badge.json")]) == DONE


@pytest.mark.parametrize("as_json", [False, True])
def test_what_was_erased_and_goes_on_to_verify_is_named(
    record: str, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    assert main(["erase", record, *(["--json"] if as_json else [])]) == DONE
    said = capsys.readouterr().out

    if as_json:
        [form] = json.loads(said)["stillVerifies"]
        assert (form["format"], form["securing"]) == ("open-badges-3", "data-integrity")
    else:
        assert "still verifies open-badges-3 with data-integrity: issued without https" in " ".join(said.split())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "still verifies elsewhere"), ("fr", "reste vérifiable ailleurs")]
)
def test_the_page_says_so_too(record: str, data_dir: Path, language: str, said: str) -> None:
    async def page() -> str:
        async with assembled(Settings(public_url="http://127.0.0.1:8000", data_dir=data_dir)) as gateway:
            found: Description = await gateway.look_up(record)
            return record_page.html(found, language).decode()

    before = asyncio.run(page())
    main(["revoke", record, *REASON])

    assert said not in before
    assert said in asyncio.run(page())
