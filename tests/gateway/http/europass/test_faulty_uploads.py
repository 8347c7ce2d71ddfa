"""Uploads that could not be released are refused before anything is planned: no record, no event, no quota."""

import copy
import itertools
from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.records.tenants import PlatformLimits
from tests.gateway.flows.test_permit import change
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import SEAL, credential, part, sealed, upload

SCRIPT = "javascript:alert(1)"
PAGE: dict[str, Any] = {"id": "urn:epass:webResource:1", "type": "WebResource", "contentURL": SCRIPT}
STATUS = {"id": "https://issuer.example/s#1", "type": "CredentialStatus"}
FAULTY: tuple[tuple[dict[str, Any], str], ...] = (
    ({"id": SCRIPT}, "/credential/id"),
    ({"id": "data:text/html,x"}, "/credential/id"),
    ({"issuer": {"homepage": [PAGE]}}, "/credential/issuer/homepage/0/contentURL"),
    (
        {"credentialStatus": {"id": "https://issuer.example/s#1", "type": "CredentialStatus"}},
        "/credential/credentialStatus",
    ),
    ({"credentialStatus": []}, "/credential"),
)
"""What sealing would make of it does not verify, and where."""

NASTY: tuple[Any, ...] = (
    SCRIPT,
    "",
    -1,
    2**63,
    1e300,
    None,
    [],
    {},
    [None],
    {"en": []},
    {"": "a"},
    {"id": "urn:x:y"},
    {"id": {"id": "urn:x:y"}},
    {"@value": "x"},
    "2025-13-01T00:00:00Z",
    "\u202e",
)


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where each member stands."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in members:
        yield (*at, name)
        yield from places(child, (*at, name))


def mutated(at: tuple[str | int, ...], value: Any, number: int) -> dict[str, Any]:
    """A credential with another value in one place."""
    document = copy.deepcopy(credential(id=f"urn:credential:{number}"))
    node: Any = document
    for name in at[:-1]:
        node = node[name]
    node[at[-1]] = value
    return document


async def recorded(holder: Client) -> int:
    return len((await holder.get("/v1/credentials", params={"limit": "50"})).json()["records"])


@pytest.mark.parametrize(("changes", "pointer"), FAULTY)
async def test_what_would_not_verify_once_sealed_is_refused_with_the_place(
    holder: Client, changes: dict[str, Any], pointer: str
) -> None:
    answers = [await holder.post(SEAL, files=part("_file", upload(**changes))) for _ in range(2)]

    assert {(each.status_code, each.json()["code"]) for each in answers} == {(422, "not-issuable")}, answers[0].text
    assert answers[0].json()["affectedAssets"]["pointer"].startswith(pointer), answers[0].text
    assert await recorded(holder) == 0
    assert (await holder.get("/v1/changes")).json()["events"] == []


async def test_what_is_refused_costs_nothing_of_the_day(holder: Client, gateway: Gateway) -> None:
    await change(gateway, limits=PlatformLimits(issued_per_day=1))

    refused = [await holder.post(SEAL, files=part("_file", upload(id=f"{SCRIPT}{number}"))) for number in range(3)]

    assert {each.status_code for each in refused} == {422}
    assert await sealed(holder)


async def test_no_upload_breaks_the_gateway_or_leaves_a_record_without_a_form(holder: Client) -> None:
    """Each place of a credential with one value that does not belong there; each is a clear answer."""
    values = itertools.cycle(NASTY)
    good = 0
    for number, at in enumerate(places(credential())):
        document = msgspec.json.encode({"credential": mutated(at, next(values), number)})

        answer = await holder.post(SEAL, content=document, headers={"Content-Type": "application/json"})

        assert answer.status_code in (200, 400, 409, 422), (at, answer.text)
        good += answer.status_code == 200
    assert 0 < good == await recorded(holder)
