"""Commands that manage platforms: for people and, with --json, for programs."""

import json
from pathlib import Path
from typing import Any  # Any: what a command prints as JSON

import pytest

from gateway.cli import main
from gateway.flows.key_text import LIVE, TEST, intact

REFUSED, USAGE = 1, 2

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("data_dir")


def answered(capsys: Capture, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_platform_is_made_changed_and_shown(capsys: Capture) -> None:
    answered(capsys, "platforms", "add", "academy", "--name", "The academy")

    changed = answered(
        capsys, "platforms", "change", "academy", "--accepts", "https://issuer.example", "--issued-per-day", "3"
    )

    assert changed == answered(capsys, "platforms", "show", "academy")
    assert (changed["name"], changed["policy"]) == ("The academy", {"accepts": ["https://issuer.example"]})
    assert changed["limits"] == {"requests_per_minute": 0, "issued_per_day": 3}
    listed = [each["id"] for each in answered(capsys, "platforms", "list")]
    assert listed == ["academy", "academy-test", "default", "default-test", "people"]


@pytest.mark.parametrize("id_", ["", "People", "people", "a_b", "-a", "a-", "x-test", "a" * 41, "ä", "*"])
def test_an_address_could_not_hold_every_id(capsys: Capture, id_: str) -> None:
    assert main(["platforms", "add", "--name", "x", "--", id_]) == REFUSED

    assert "cannot be called" in capsys.readouterr().err


def test_a_platform_is_made_once(capsys: Capture) -> None:
    assert main(["platforms", "add", "academy", "--name", "First"]) == 0
    assert "First" in capsys.readouterr().out

    assert main(["platforms", "add", "academy", "--name", "Second"]) == REFUSED

    assert "there is a platform academy" in capsys.readouterr().err


def test_a_key_is_made_listed_and_revoked(capsys: Capture) -> None:
    made = answered(capsys, "api-keys", "add", "--name", "lists", "--scope", "credentials.read")
    test = answered(capsys, "api-keys", "add", "--name", "trials", "--test", "--expires", "2101-01-31")

    [listed, of_twin] = answered(capsys, "api-keys", "list")
    [revoked, _] = answered(capsys, "api-keys", "revoke", made["id"])

    assert intact(made["key"])
    assert (made["key"][:9], test["key"][:9], test["platform"]) == (LIVE, TEST, "default-test")
    assert listed == {name: value for name, value in made.items() if name != "key"}
    assert revoked["revoked"] is not None
    assert of_twin["id"] == test["id"]
    assert main(["api-keys", "list"]) == 0
    said = capsys.readouterr().out
    assert "revoked" in said
    assert any(test["id"] in line and "for tests" in line for line in said.splitlines())


@pytest.mark.parametrize("platform", ["academy", "academy-test"])
def test_a_key_for_tests_is_revoked_by_either_name_of_its_platform(capsys: Capture, platform: str) -> None:
    answered(capsys, "platforms", "add", "academy", "--name", "The academy")
    test = answered(capsys, "api-keys", "add", "--name", "trials", "--test", "--platform", "academy")

    [revoked] = answered(capsys, "api-keys", "revoke", test["id"], "--platform", platform)

    assert revoked["revoked"] is not None


def test_a_key_is_the_only_thing_on_standard_output(capsys: Capture) -> None:
    assert main(["api-keys", "add", "--name", "x"]) == 0

    out, err = capsys.readouterr()

    assert intact(out.strip())
    assert "shown this once" in err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["api-keys", "add", "--name", "x", "--expires", "yesterday"], USAGE, "is no time"),
        (["api-keys", "add", "--name", "x", "--expires", "2001-01-01"], REFUSED, "this time has passed"),
        (["api-keys", "add", "--name", "x", "--platform", "nobody"], REFUSED, "there is no such platform"),
        (["api-keys", "revoke", "nothing"], REFUSED, "there is no such API key"),
        (["members", "add", "nobody"], REFUSED, "no e-mail address"),
        (["members", "remove", "nothing"], REFUSED, "there is no such member"),
        (["keys", "rotate", "--platform", "nobody"], REFUSED, "there is no such platform"),
        (["audit", "list", "--platform", "nobody"], REFUSED, "there is no such platform"),
        (["audit", "list", "--limit", "0"], USAGE, "'0' is no whole number from 1 to 1000\n"),
        (["platforms", "change", "default", "--requests-per-minute", "-5"], USAGE, "'-5' is no whole number from 0 to"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(capsys: Capture, words: list[str], status: int, said: str) -> None:
    assert main(words) == status

    assert said in capsys.readouterr().err


@pytest.mark.parametrize("listed", [["list"], ["api-keys", "list"], ["clients", "list"], ["keys", "list"]])
def test_a_platform_that_is_not_there_does_not_look_empty(capsys: Capture, listed: list[str]) -> None:
    assert main([*listed, "--platform", "nobody"]) == REFUSED

    error = capsys.readouterr().err
    assert "there is no such platform" in error
    assert "to mend it: badge-gateway platforms list shows every platform" in error


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        (["platforms", "show", "nobody"], "badge-gateway platforms list"),
        (["api-keys", "revoke", "nothing"], "badge-gateway api-keys list shows every id"),
        (["clients", "revoke", "nothing"], "badge-gateway clients list shows every id"),
        (["members", "remove", "nothing"], "badge-gateway members list shows every id"),
        (["revoke", "nothing", "--reason", "x"], "by the id under which badge-gateway list shows it"),
        (["erase", "nothing", "--platform", "default-test"], "badge-gateway list --platform default-test shows it"),
        (["offer", "nothing"], "by the id under which badge-gateway list shows it"),
    ],
)
def test_what_is_not_found_is_said_with_the_command_that_lists_it(capsys: Capture, words: list[str], fix: str) -> None:
    assert main([*words, "--json"]) == REFUSED

    assert fix in json.loads(capsys.readouterr().out)["fix"]


@pytest.mark.parametrize(("options", "name", "begins"), [([], "API key", LIVE), (["--test"], "test key", TEST)])
def test_a_key_needs_no_name_and_is_said_to_be_of_its_store(
    capsys: Capture, data_dir: Path, options: list[str], name: str, begins: str
) -> None:
    assert main(["api-keys", "add", *options, "--json"]) == 0

    out, err = capsys.readouterr()
    made = json.loads(out)
    assert (made["name"], made["key"][: len(begins)]) == (name, begins)
    assert f"for the platform {made['platform']}, in" in err
    assert str(data_dir) in err
    assert "GATEWAY_DATA_DIR" in err
    assert made["key"] not in err
    assert "demo" not in err.replace(str(data_dir), "")


def test_who_makes_a_key_beside_a_demo_is_told_of_the_demo_s_own(capsys: Capture, data_dir: Path) -> None:
    (data_dir / "demo").mkdir(parents=True)
    (data_dir / "demo" / "test-key").write_text("bgk_test_x")

    assert main(["api-keys", "add", "--test"]) == 0

    assert f"GATEWAY_DATA_DIR={data_dir / 'demo'}" in capsys.readouterr().err.replace("\n", "")


def test_a_platform_is_shown_with_what_it_has_of_the_installation(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["platforms", "add", "academy", "--name", "The academy"])
    unset = capsys.readouterr().out

    monkeypatch.setenv("GATEWAY_SEAL_ORGANISATION_ID", "NTRBE-0123456789")
    main(["platforms", "show", "academy"])
    inherited = capsys.readouterr().out
    main(["platforms", "change", "academy", "--organisation-id", "NTRFR-123456789", "--country", "LU"])

    assert "identifier in seals  nothing set" in unset
    assert "country in seals     nothing set" in unset
    assert "NTRBE-0123456789 (as the installation)" in inherited
    assert "BE, as the identifier begins" in inherited
    assert "country in seals     LU" in capsys.readouterr().out


def test_the_platform_of_the_backpacks_is_told_from_the_others(capsys: Capture) -> None:
    main(["platforms", "list"])

    assert any(line.startswith("people ") and "backpacks" in line for line in capsys.readouterr().out.splitlines())


def test_members_come_and_go_and_everything_is_in_the_trail(capsys: Capture) -> None:
    [member] = answered(capsys, "members", "add", "me@example.org", "--role", "issuer")

    [changed] = answered(capsys, "members", "change", member["id"], "--role", "reader")
    assert (changed["id"], changed["role"]) == (member["id"], "reader")
    assert main(["members", "list"]) == 0
    assert "me@example.org" in capsys.readouterr().out
    assert answered(capsys, "members", "remove", member["id"]) == []
    trail = answered(capsys, "audit", "list")
    assert {(each["actor"], each["action"]) for each in trail} == {
        ("command line", "member.added as issuer"),
        ("command line", "member.made reader"),
        ("command line", "member.removed"),
    }
    assert main(["audit", "list"]) == 0
    said = capsys.readouterr().out
    assert "member.removed" in said
    assert member["id"] in said


def test_settings_are_shown_without_their_secrets(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "GATEWAY_DATABASE_URL": "postgresql://me:hidden-1@db.example/gateway",
        "GATEWAY_REDIS_URL": "redis://:hidden-2@cache.example",
        "GATEWAY_KEY_PASSPHRASE": "hidden-3",
        "GATEWAY_OIDC_CLIENT_SECRET": "hidden-4",
        "GATEWAY_SMTP_URL": "smtp://me:hidden-5@mail.example:587",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)

    said = json.dumps(answered(capsys, "settings"))
    assert main(["settings"]) == 0
    said += capsys.readouterr().out

    assert "hidden" not in said
    assert "db.example" in said
    assert "GATEWAY_KEY_PASSPHRASE" in said


def test_keys_of_a_platform_are_its_own(capsys: Capture, monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "https://badges.example.org")
    main(["platforms", "add", "academy", "--name", "The academy"])

    rotated = answered(capsys, "keys", "rotate", "--platform", "academy")

    assert [key["platform"] for key in rotated] == ["academy"]
    assert answered(capsys, "keys", "list") == []
    assert len(list((data_dir / "keys").glob("*.json"))) == 1
