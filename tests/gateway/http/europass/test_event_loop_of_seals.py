"""While the dearest European Digital Credentials that are taken are looked at, the loop serves everybody else."""

import copy
import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import base64url
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.europass.uploads import CONVERT, DETAILS, SEAL, VERIFY, part, upload
from tests.gateway.http.test_event_loop import BOUND_S, settle, watched
from tests.laundering.sources import World
from tests.simulators import sealer

CLAIM = "urn:epass:learningAchievement"
DOORS = (
    "/v1/inspections",
    "/v1/verifications",
    "/v1/credentials?to=open-badges-3",
    "/v1/credentials?to=open-badges-2",
    "/v1/credentials?to=elm-3",
)
VIEWER = (DETAILS, VERIFY)


@pytest.fixture
def settings(tmp_path: Path, world: World) -> Settings:
    """Of an operator whose platforms seal, and who trusts the authority of the sealer."""
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        seal_organisation_id="NTRFR-123456789",
        seal_anchors=world.sealer.trusted_in(tmp_path),
    )


@pytest.fixture
def _settled() -> Iterator[None]:
    """What was settled while the test ran is garbage like any other after it."""
    settle()
    yield
    gc.unfreeze()


def claiming(**changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(sealer.credential())
    document["credentialSubject"]["hasClaim"][0] |= changes
    return document


def notes(count: int) -> list[dict[str, Any]]:
    return [{"id": f"urn:epass:note:{n}", "type": "Note", "noteLiteral": {"en": "x"}} for n in range(count)]


def many_claims() -> dict[str, Any]:
    document = copy.deepcopy(sealer.credential())
    [claim] = document["credentialSubject"]["hasClaim"]
    document["credentialSubject"]["hasClaim"] = [{**claim, "id": f"{CLAIM}:{number}"} for number in range(250)]
    return document


def many_values() -> dict[str, Any]:
    outcomes = [
        {"id": f"urn:epass:learningOutcome:{number}", "type": "LearningOutcome", "title": {"en": f"x{number}"}}
        for number in range(1_900)
    ]
    specification = {"id": "urn:epass:spec:1", "type": "LearningAchievementSpecification", "title": {"en": "Knots"}}
    return claiming(specifiedBy={**specification, "learningOutcome": outcomes}, additionalNote=notes(1_900))


def many_references() -> dict[str, Any]:
    return claiming(additionalNote=[*notes(200), *[f"urn:epass:note:{number % 200}" for number in range(20_000)]])


def many_people() -> dict[str, Any]:
    document = copy.deepcopy(sealer.credential())
    born = "1990-01-01T00:00:00Z"
    members = [
        {"id": f"urn:epass:person:{number}", "type": "Person", "dateOfBirth": born, "fullName": {"en": "x"}}
        for number in range(1, 1_900)
    ]
    group = {"id": "urn:epass:group:1", "type": "Group", "prefLabel": {"en": "x"}, "member": members}
    document["credentialSubject"]["groupMemberOf"] = [group]
    return document


def many_identifiers() -> dict[str, Any]:
    document = copy.deepcopy(sealer.credential())
    document["issuer"]["identifier"] = [
        {"id": f"urn:epass:identifier:{number}", "type": "Identifier", "notation": f"n{number}"}
        for number in range(1_900)
    ]
    return document


def large_title() -> dict[str, Any]:
    return claiming(title={"en": "x" * 1_400_000})


def large_markup() -> dict[str, Any]:
    return claiming(title={"en": "<b>&lt;é" * 250_000})


def large_picture() -> dict[str, Any]:
    document = copy.deepcopy(sealer.credential())
    [display] = document["displayParameter"]["individualDisplay"]
    display["displayDetail"][0]["image"]["content"] = "A" * 2_600_000
    return document


def whole_payload() -> dict[str, Any]:
    return claiming(title={"en": "x" * 4_150_000})


def sealed(world: World, document: dict[str, Any]) -> bytes:
    return world.sealer.sealed(document)


def with_additions(world: World) -> bytes:
    """A small seal, and 4 MB that no signature covers."""
    file = json.loads(sealed(world, sealer.credential()))
    [signature] = file["signatures"]
    texts = [json.dumps({"zzz": [number] * 4_000}).encode() for number in range(64)]
    heavy = {**signature, "header": {"etsiU": [base64url.encode(text) for text in texts]}}
    return json.dumps({**file, "signatures": [heavy] * 3}).encode()


async def stalled(holder: Client, door: str, body: bytes) -> float:
    """The longest time, in seconds, that the loop worked at a request without a pause."""
    settle()
    async with watched() as stalls:
        if door.startswith("/v1/"):
            answer = await holder.post(door, content=body)
        else:
            answer = await holder.post(door, files=part("_file", body))
    assert answer.status_code < 500, (door, answer.text)
    return stalls.cpu_s


async def warmed(holder: Client, world: World) -> None:
    """What is read and made once a process is not counted."""
    for door in (*DOORS, *VIEWER, CONVERT):
        await stalled(holder, door, sealed(world, sealer.credential()))
    await stalled(holder, SEAL, upload())


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize(
    "made",
    [
        many_values,
        whole_payload,
        *(
            pytest.param(made, marks=pytest.mark.slow)
            for made in (
                many_claims,
                many_references,
                many_people,
                many_identifiers,
                large_title,
                large_markup,
                large_picture,
            )
        ),
    ],
)
async def test_the_loop_goes_on_while_a_large_credential_is_looked_at(
    holder: Client, world: World, made: Callable[[], dict[str, Any]]
) -> None:
    await warmed(holder, world)

    took = await stalled_at_each(holder, world, {**made(), "id": "urn:credential:large"})

    assert {door: cpu_s for door, cpu_s in took.items() if cpu_s > BOUND_S} == {}


async def stalled_at_each(holder: Client, world: World, document: dict[str, Any]) -> dict[str, float]:
    """As `stalled`, of a document that was not sent before, at each door."""
    body = sealed(world, document)
    took = {door: await stalled(holder, door, body) for door in (*DOORS, *VIEWER, CONVERT)}
    return took | {SEAL: await stalled(holder, SEAL, upload(**{**document, "issuer": None}))}


@pytest.mark.usefixtures("_settled")
async def test_the_loop_goes_on_while_what_was_added_to_a_seal_is_looked_at(holder: Client, world: World) -> None:
    await warmed(holder, world)
    body = with_additions(world)

    took = {door: await stalled(holder, door, body) for door in (*DOORS, *VIEWER, CONVERT)}

    assert {door: cpu_s for door, cpu_s in took.items() if cpu_s > BOUND_S} == {}
