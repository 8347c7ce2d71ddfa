"""What goes one beyond a limit of a published schema is refused in its surface's words, and nothing of it is kept."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: an OpenAPI document
from urllib.parse import urlencode

import jsonschema_rs
import msgspec
import pytest
from httpx import AsyncClient, Response

from gateway.assembly.whole import assembled
from gateway.http.contract.references import resolved
from gateway.http.surfaces import SURFACES
from gateway.settings import Settings
from tests.fuzz.contract import surfaces
from tests.fuzz.contract.ground import PUBLIC_URL, UNLIMITED, Opened, Prepared
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import routed
from tests.gateway.http.contract.beyond import Beyond, beyond, least
from tests.gateway.http.contract.schemas import DOCUMENTS
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
FAULTS, TOO_LARGE = (400, 413, 415, 422), 413
COUNTED, SEEN = ("sqlite_sequence", "key_uses"), "last_used"
"""Tables and a column that change when somebody asks, and keep nothing of what was sent."""

PROBLEM, OWN = "application/problem+json", "/problems/"
VALUES = re.compile(r"more than [0-9]+ values")
WHOLE = {"maxItems": "a batch has 1 to 20 files, not 21", "minItems": "a batch has 1 to 20 files, not 0"}
"""Of a body that is a list, which has no name: how many it may have, in words."""


class Trial(msgspec.Struct, frozen=True):
    """A request that has to be refused."""

    operation: dict[str, Any]
    method: str
    path: str
    media_type: str
    beyond: Beyond

    @property
    def name(self) -> str:
        """What is tried, in words."""
        return f"{self.operation['operationId']} {self.media_type} {self.beyond.pointer or '/'} {self.beyond.limit}"


def trials(document: dict[str, Any]) -> Iterator[Trial]:
    """Of every body of a document that can be written down in JSON or as a form."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            body = resolved(document, operation.get("requestBody", {"content": {}}))
            for media_type in sorted(body["content"].keys() & {JSON, FORM}):
                content = body["content"][media_type]
                valid = jsonschema_rs.validator_for({**content["schema"], "components": document["components"]})
                shown = next((each["value"] for each in content.get("examples", {}).values() if "value" in each), None)
                example = shown if isinstance(shown, dict | list) else msgspec.UNSET
                for each in beyond(document, content["schema"], example):
                    if not valid.is_valid(each.value):
                        yield Trial(operation, method, path, media_type, each)


@asynccontextmanager
async def prepared(name: str, folder: Path) -> AsyncIterator[tuple[AsyncClient, Prepared]]:
    """A gateway with one thing of each kind, and who may change them."""
    surface, world, clock = surfaces.SURFACES[name], World(), SimulatedClock()
    more: dict[str, Any] = {**UNLIMITED, **surface.settings}
    settings = Settings(
        public_url=PUBLIC_URL, data_dir=folder / "data", seal_anchors=world.sealer.trusted_in(folder), **more
    )
    settings.data_dir.mkdir(mode=0o700)
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        app = routed(settings.max_body_bytes)
        app.state.gateway, app.state.surfaces = gateway, SURFACES
        async with AsyncClient(transport=transport(app), base_url=PUBLIC_URL) as client:
            there = await surface.prepare(Opened(gateway, world, clock, client, 0))
            client.headers.pop("Authorization", None)
            yield client, there


def address(operation: dict[str, Any], path: str, there: Prepared) -> str:
    """Of something that is there."""
    parameters = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
    values = {each["name"]: least({}, each["schema"]) for each in parameters}
    values |= {name: found[0] for name, found in there.named.items()}
    return path.format_map(values | there.at.get(path, [{}])[0])


def headers(operation: dict[str, Any], there: Prepared) -> dict[str, str]:
    """Of somebody who may."""
    found = {"Origin": PUBLIC_URL}
    for scheme in [scheme for choice in operation["security"] for scheme in choice]:
        shown = there.mine.get(f"{scheme} {operation['tags'][0]}", there.mine.get(scheme))
        if shown is not None:
            found |= {"Cookie": f"{shown.name}={shown.value}"} if shown.is_cookie else {shown.name: shown.value}
    return found


async def sent(client: AsyncClient, trial: Trial, there: Prepared) -> Response:
    """Send it as somebody who may, to something that is there."""
    value = trial.beyond.value
    content = urlencode(value).encode() if trial.media_type == FORM else msgspec.json.encode(value)
    query = {
        parameter["name"]: parameter["schema"].get("items", parameter["schema"]).get("enum", ["open-badges-3"])[0]
        for parameter in trial.operation.get("parameters", ())
        if parameter["in"] == "query" and parameter.get("required")
    }
    at, shown = address(trial.operation, trial.path, there), headers(trial.operation, there)
    shown["Content-Type"] = trial.media_type
    return await client.request(trial.method, at, content=content, params=query, headers=shown)


def kept(folder: Path) -> dict[str, str]:
    """What stands in each table, in short."""
    with closing(sqlite3.connect(folder / "data" / "gateway.sqlite")) as store:
        names = [name for (name,) in store.execute("select name from sqlite_master where type = 'table'")]
        return {name: _shortened(store, name) for name in names if name not in COUNTED}


def _shortened(store: sqlite3.Connection, table: str) -> str:
    columns = [f'"{column}"' for _, column, *_ in store.execute(f'pragma table_info("{table}")') if column != SEEN]
    rows = store.execute(f'select {", ".join(columns)} from "{table}"')  # noqa: S608
    return sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def is_refused(document: dict[str, Any], trial: Trial, answer: Response) -> bool:
    """Whether a refusal is one that is published for the operation, and says what is at fault."""
    media_type = answer.headers["Content-Type"].partition(";")[0]
    if trial.operation["operationId"] == "sealBatch" and trial.beyond.pointer:
        return "more than" in answer.text  # of one file; the others are worked off
    found = trial.operation["responses"].get(str(answer.status_code))
    content = resolved(document, found).get("content", {}).get(media_type) if found else None
    if content is None or answer.status_code not in FAULTS:
        return False
    schema = {**content["schema"], "components": document["components"]}
    said = answer.status_code == TOO_LARGE or says_where(trial, answer)
    return said and bool(jsonschema_rs.validator_for(schema).is_valid(answer.json()))


def says_where(trial: Trial, answer: Response) -> bool:
    """Whether a refusal says where the fault is: the gateway's own by its pointer, others by a name in their words."""
    tried = trial.beyond
    if tried.limit == "maxProperties" and VALUES.search(answer.text):
        return True  # all values of a body are counted before it is read as anything
    if answer.headers["Content-Type"].startswith(PROBLEM) and answer.json()["type"].startswith(OWN):
        return bool(answer.json().get("pointer", "") == tried.named)
    named = [name for name in tried.named.split("/") if name and not name.isdigit()]
    if not named:
        return tried.limit in WHOLE and WHOLE[tried.limit] in answer.text
    return re.search(rf"\b{re.escape(named[-1])}\b", answer.text) is not None


@pytest.mark.parametrize("name", sorted(surfaces.SURFACES))
async def test_one_beyond_a_limit_is_refused_and_nothing_is_kept(name: str, tmp_path: Path) -> None:
    document = DOCUMENTS[f"{name}.json"]
    async with prepared(name, tmp_path) as (client, there):
        before = kept(tmp_path)

        answers = [(trial, await sent(client, trial, there)) for trial in trials(document)]

        after = kept(tmp_path)
    wrong = [
        f"{trial.name}: {answer.status_code} {answer.text[:700]}"
        for trial, answer in answers
        if not is_refused(document, trial, answer)
    ]
    assert wrong == []
    assert after == before


def test_there_is_much_to_try() -> None:
    count = sum(1 for document in DOCUMENTS.values() for _ in trials(document))

    assert count > 300


async def test_who_sends_too_much_is_told_the_limit_of_that_operation(tmp_path: Path) -> None:
    async with prepared("oauth", tmp_path) as (client, _):
        answer = await client.post("/oauth/token", content=b"a" * 40_000, headers={"Content-Type": FORM})

    assert answer.status_code == 413
    assert "32768 bytes" in answer.text
