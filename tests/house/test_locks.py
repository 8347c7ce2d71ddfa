"""The locks: every package pinned by hash, no address of an index, nothing older than its last known hole."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.house.sources import ROOT

LOCKS = sorted((ROOT / "locks").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

# A version below one of these has a published vulnerability that matters here. Some we do not use; they could
# come along with something else.
FLOORS = {
    "aiohttp": "3.13.4",
    "authlib": "1.6.9",
    "cryptography": "46.0.5",
    # For the DOMPurify in it, 3.4.16: older ones let scripts through.
    "flask-swagger-ui": "5.34",
    "idna": "3.7",
    "joserfc": "1.6.3",
    "jwcrypto": "1.5.7",
    "litestar": "2.20",
    "lxml": "6",
    "orjson": "3.9.15",
    "pillow": "12",
    "pyjwt": "2.13",
    "redis": "4.5.4",
}


def pins(lock: Path) -> dict[str, Version]:
    """The packages of a lock and their versions."""
    return {
        found["name"]: Version(found["version"])
        for found in re.finditer(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", lock.read_text(), re.MULTILINE)
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_hash(lock: Path) -> None:
    entries = re.sub(r"\\\n", "", lock.read_text()).splitlines()

    loose = [entry for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry]

    assert loose == []
    assert len(pins(lock)) > 0


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    addresses = re.findall(r"\w+://\S+|^-.*|\s--(?!hash=)\S+", lock.read_text(), re.MULTILINE)

    assert addresses == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_package_is_below_its_floor(lock: Path) -> None:
    locked = pins(lock)

    low = {name: locked[name] for name, floor in FLOORS.items() if name in locked and locked[name] < Version(floor)}

    assert low == {}


def test_tests_run_on_the_very_versions_that_are_deployed() -> None:
    deployed, tested = pins(ROOT / "locks" / "runtime.txt"), pins(ROOT / "locks" / "test.txt")

    assert {name: tested.get(name) for name in deployed} == deployed


def test_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {
        "runtime": PROJECT["project"]["dependencies"],
        "test": PROJECT["project"]["dependencies"] + groups["test"] + groups["lint"],
        "build": groups["build"] + PROJECT["build-system"]["requires"],
        "uv": groups["uv"],
    }
    locked = {lock.stem: pins(lock) for lock in LOCKS}

    unmet = [
        f"{name}: {text}"
        for name, texts in asked.items()
        for text in texts
        if not _is_met(Requirement(text), locked[name])
    ]

    assert unmet == []


def _is_met(asked: Requirement, locked: dict[str, Version]) -> bool:
    if asked.marker and not asked.marker.evaluate():
        return True
    return asked.name in locked and locked[asked.name] in asked.specifier
