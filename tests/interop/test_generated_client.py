"""A client that a generator makes of the published documents: typed throughout, and at work with a running gateway."""

import asyncio
import json
import re
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any  # Any: what comes from JSON

import pytest

from gateway.http.contract import document
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.plain import award
from tests.interop.oracles import client_environment
from tests.interop.served import Served, served
from tests.laundering.sources import Kind

pytestmark = pytest.mark.interop

PROGRAM = Path(__file__).parent / "client" / "use.py"
CONFIGURATION = PROGRAM.with_name("config.yaml")
TIMEOUT_S = 120.0

DOCUMENTS = ("europass.json", "gateway.json", "oauth.json", "vc-api.json")
"""Between them they have all that documents here are made of: unions, forms with files, pages, errors of protocols."""

LEFT_OUT = {
    # A badge may be sent as text or as a picture, too; the generated operation takes JSON and files.
    "Unsupported content type application/jwt": 3,
    "Unsupported content type image/png": 3,
    "Unsupported content type image/svg+xml": 3,
    "Unsupported content type text/plain": 3,
    # Pictures that are answered: their bytes are in the answer's `content`, and no type is made for them.
    "(Unsupported content_type image/jpeg, image/png), response will be omitted from generated client": 1,
}
"""What openapi-python-client 0.29.1 says that it cannot do, and how often."""

SAID = re.compile(r"^Unsupported.*|(?<=> )\(.*|^Unable.*|^Failure.*|.*will not be generated.*", re.MULTILINE)

UNTYPED = {
    # A class is called like its member: the generated function gives one name to both.
    "gateway_client/models/protocols.py": {"assignment", "return-value"},
    "vc_api_client/models/protocols.py": {"assignment", "return-value"},
    # A body that is a list, or else a form: `isinstance(body, list[...])` is nothing that Python does.
    "europass_client/api/issuer/seal_batch.py": {"misc"},
}
"""Where what it writes is not typed, by the codes of mypy; these are faults of its own."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The clients of all documents in a folder, and what the generator said."""
    folder = tmp_path_factory.mktemp("clients")
    generator = client_environment() / "openapi-python-client"
    said = ""
    for name in DOCUMENTS:
        (folder / name).write_bytes(document(name))
        package = folder / f"{name.removesuffix('.json').replace('-', '_')}_client"
        options = ("--config", CONFIGURATION, "--meta", "none", "--path", folder / name, "--output-path", package)
        done = ran([generator, "generate", *options], folder)
        said += done.stdout + done.stderr
    return folder, said


@pytest.fixture
async def gateway(tmp_path: Path, migrated_database: str, redis_database: str) -> AsyncIterator[Served]:
    """Served over http."""
    settings = Settings(data_dir=tmp_path, database_url=migrated_database, redis_url=redis_database)
    async with served(settings, None) as serving:
        yield serving


def test_the_generator_takes_every_operation_and_every_schema(made: tuple[Path, str]) -> None:
    _, said = made

    assert Counter(SAID.findall(said)) == LEFT_OUT


def test_what_is_made_is_typed_but_for_the_generators_own_faults(made: tuple[Path, str]) -> None:
    folder, _ = made
    packages = sorted(path.name for path in folder.glob("*_client"))

    found = mypy([*packages, PROGRAM], folder)

    untyped: dict[str, set[str]] = {}
    for path, code in re.findall(r"^(\S+?):\d+: error: .*\[([a-z-]+)\]$", found, re.MULTILINE):
        untyped.setdefault(path, set()).add(code)
    assert untyped == UNTYPED


async def test_programs_work_with_it(made: tuple[Path, str], gateway: Served) -> None:
    folder, _ = made
    job = {
        "address": gateway.public_url,
        "key": await gateway.gateway.first_key(DEFAULT_PLATFORM),
        "badge": json.loads(gateway.world.sound(Kind.DATA_INTEGRITY)),
        "award": award(),
        "received": "https://lms.example/badges",
    }

    found = await asyncio.to_thread(used, folder, job)

    assert found["examined"] == {"format": "open-badges-3", "outcome": "passed"}
    converted, listed = found["converted"], found["listed"]
    assert (converted["status"], converted["states"]) == (201, ["active", "revoked"])
    assert [len(page) for page in listed["pages"]] == [2, 2]
    assert sorted(chain(*listed["pages"])) == sorted([*listed["issued"], converted["record"]])
    assert found["told"] == {"secret": "whsec_", "found": [job["received"]], "gone": 204}
    assert found["refused"] == ["404 not-found", "401 unauthorised", "400 bad-request limit"]
    assert found["authorised"] == {"issuer": gateway.public_url, "client": True, "error": "invalid_client"}


def used(folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """What the program finds that works with the clients in a folder."""
    done = ran([client_environment() / "python", PROGRAM], folder, json.dumps(job))
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def mypy(what: Sequence[str | Path], folder: Path) -> str:
    """What mypy finds wrong with the clients in a folder."""
    programs = client_environment()
    strict = ("--strict", "--no-warn-unused-ignores", "--config-file", "", "--cache-dir", programs / "cache")
    command = [programs / "mypy", *strict, *what]
    return subprocess.run(
        command,
        cwd=folder,
        env={"MYPYPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    ).stdout


def ran(command: Sequence[str | Path], folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """A program that ended well, and what it said."""
    environment = {"PYTHONPATH": str(folder)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr
    return done
