"""POST /vc-api/credentials/verify: 200 for what is verified, 400 with the W3C's names for what is not."""

import json
from base64 import b64encode
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response

from tests.corpora import corpus
from tests.gateway.http.conftest import Client
from tests.laundering.sources import STATUS_LIST, Kind, World
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.provers import PROVERS

VERIFY = "/vc-api/credentials/verify"
VCDM = "https://www.w3.org/TR/vc-data-model#"
SECURITY = "https://w3id.org/security#"
STATUS = "https://www.w3.org/ns/credentials/status-list#"
FIRST, SECOND = (f"urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c0{number}" for number in (1, 2))


async def asked(client: Client, credential: Any, **options: Any) -> Response:
    body = {"verifiableCredential": credential, **({"options": options} if options else {})}
    return await client.post(VERIFY, json=body)


def types(answer: Response) -> list[str]:
    """Of the errors."""
    assert answer.json()["verified"] is (answer.status_code == 200)
    return [each["type"] for each in answer.json()["problemDetails"] if each["level"] == "error"]


async def test_sound_credential_is_verified_and_nothing_else_is_said(client: Client, world: World) -> None:
    answer = await asked(client, json.loads(world.sound(Kind.DATA_INTEGRITY)))

    assert answer.status_code == 200, answer.text
    assert answer.json() == {"verified": True, "problemDetails": []}


async def test_token_is_verified_as_a_text_and_enveloped(client: Client, world: World) -> None:
    token = world.sound(Kind.VC_JWT).decode()
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }

    answers = [await asked(client, each) for each in (token, enveloped)]

    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text + answers[1].text


@pytest.mark.parametrize(
    ("changes", "type_"),
    [
        ({"validUntil": "2020-01-01T00:00:00Z"}, f"{VCDM}RANGE_ERROR"),
        ({"validFrom": "2999-01-01T00:00:00Z"}, f"{VCDM}RANGE_ERROR"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, f"{VCDM}MALFORMED_VALUE_ERROR"),
    ],
)
async def test_what_a_check_finds_has_the_name_of_the_specification(
    client: Client, world: World, changes: dict[str, Any], type_: str
) -> None:
    answer = await asked(client, json.loads(world.sound(Kind.DATA_INTEGRITY, **changes)))

    assert answer.status_code == 400
    assert type_ in types(answer)


async def test_changed_credential_has_a_wrong_proof(client: Client, world: World) -> None:
    badge = json.loads(world.sound(Kind.DATA_INTEGRITY))

    answer = await asked(client, {**badge, "name": "Better knots"})

    assert answer.status_code == 400
    assert f"{SECURITY}PROOF_VERIFICATION_ERROR" in types(answer)


async def test_changed_token_is_a_matter_of_its_cryptography(client: Client, world: World) -> None:
    head, payload, signature = world.sound(Kind.VC_JWT).decode().split(".")

    answer = await asked(client, ".".join([head, payload, f"{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"]))

    assert answer.status_code == 400
    assert f"{VCDM}CRYPTOGRAPHIC_SECURITY_ERROR" in types(answer)


async def test_revoked_credential_is_not_verified(client: Client, world: World) -> None:
    badge = json.loads(world.sound(Kind.DATA_INTEGRITY))
    world.issuer.status_list(STATUS_LIST, 7)

    answer = await asked(client, badge)

    assert answer.status_code == 400
    assert types(answer) == [f"{STATUS}STATUS_VERIFICATION_ERROR"]


async def test_status_that_nobody_serves_is_an_error_of_its_own(client: Client, world: World) -> None:
    badge = json.loads(world.sound(Kind.DATA_INTEGRITY))
    world.web.unreachable(STATUS_LIST)

    answer = await asked(client, badge)

    assert types(answer) == [f"{STATUS}STATUS_RETRIEVAL_ERROR"]


async def test_warning_blocks_nothing_and_is_said(client: Client, world: World) -> None:
    schema = {"id": "https://issuer.example/schema.json", "type": "JsonSchema"}

    answer = await asked(client, json.loads(world.sound(Kind.DATA_INTEGRITY, credentialSchema=[schema])))

    [found] = answer.json()["problemDetails"]
    assert answer.status_code == 200
    assert (found["level"], found["check"], found["type"]) == ("warning", "schemas", f"{VCDM}MALFORMED_VALUE_ERROR")


async def test_results_and_credential_come_when_asked_for(client: Client, world: World) -> None:
    badge = json.loads(world.sound(Kind.DATA_INTEGRITY))

    answer = await asked(client, badge, returnResults=True, returnCredential=True, returnProblemDetails=False)

    found = answer.json()
    assert "problemDetails" not in found
    assert found["credential"] == badge
    assert found["results"]["proof"] == [{"verified": True, "input": badge["proof"][0]}]
    assert found["results"]["validFrom"] == {"verified": True, "input": badge["validFrom"]}
    assert found["results"]["credentialStatus"] == [{"verified": True, "input": badge["credentialStatus"]}]
    assert {each["name"] for each in found["results"]["checks"]} >= {"proof", "issuer", "status"}


@pytest.mark.parametrize(
    ("body", "type_", "pointer"),
    [
        ({"options": {"returnAll": True}}, "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED", "/options/returnAll"),
        ({"options": {"checks": "proof"}}, f"{VCDM}MALFORMED_VALUE_ERROR", "/options/checks"),
        ({"verifiableCredential": None}, f"{VCDM}MALFORMED_VALUE_ERROR", "/verifiableCredential"),
        ({"verifiableCredential": 1}, f"{VCDM}MALFORMED_VALUE_ERROR", "/verifiableCredential"),
        ({"verifiableCredential": "a text"}, f"{VCDM}PARSING_ERROR", "/verifiableCredential"),
        ({"verifiableCredential": {"url": "https://x.example/"}}, f"{VCDM}PARSING_ERROR", "/verifiableCredential"),
        ({"verifiableCredential": {"type": "Thing"}}, f"{VCDM}MALFORMED_VALUE_ERROR", ""),
        ({"more": 1}, f"{VCDM}MALFORMED_VALUE_ERROR", "/more"),
    ],
)
async def test_request_that_is_none_is_not_verified_either(
    client: Client, world: World, body: dict[str, Any], type_: str, pointer: str
) -> None:
    sound = {"verifiableCredential": json.loads(world.sound(Kind.DATA_INTEGRITY))}

    answer = await client.post(VERIFY, json={**sound, **body})

    [found] = answer.json()["problemDetails"]
    assert (answer.status_code, answer.json()["verified"]) == (400, False)
    assert (found["type"], found.get("pointer", "")) == (type_, pointer)
    assert found["title"]
    assert found["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"verifiableCredential": {}, "verifiableCredential": {}}'])
async def test_body_that_is_no_such_json_is_not_verified(client: Client, body: bytes) -> None:
    answer = await client.post(VERIFY, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["verified"] is False


async def test_credential_of_no_known_kind_is_told_what_is_read(client: Client) -> None:
    vectors = corpus("sec/vc-di-eddsa/TestVectors")

    answer = await asked(client, json.loads((vectors / "eddsa-rdfc-2022" / "signedDataInt.json").read_bytes()))

    [found] = answer.json()["problemDetails"]
    assert answer.status_code == 400
    assert found["type"] == f"{VCDM}MALFORMED_VALUE_ERROR"
    assert "reads Open Badges and European Digital Credentials" in found["detail"]


async def test_chain_of_proofs_is_verified_whole(client: Client, world: World) -> None:
    prover, witness = PROVERS["eddsa-rdfc-2022"], PROVERS["ecdsa-rdfc-2019 P-256"]
    issuer = SimulatedIssuer.of_did_key(world.web)
    issuer.id = prover.did
    earlier = witness.proved(issuer.credential(), id=FIRST)
    chained = prover.proved(earlier, id=SECOND, previousProof=FIRST)
    broken = {**chained, "proof": [{**chained["proof"][0], "created": "2020-01-01T00:00:00Z"}, chained["proof"][1]]}

    answers = [await asked(client, each) for each in (chained, broken)]

    assert [answer.status_code for answer in answers] == [200, 400], answers[0].text
    assert f"{SECURITY}PROOF_VERIFICATION_ERROR" in types(answers[1])


async def test_set_of_proofs_is_verified_each(client: Client, world: World) -> None:
    prover, witness = PROVERS["eddsa-rdfc-2022"], PROVERS["ecdsa-rdfc-2019 P-256"]
    issuer = SimulatedIssuer.of_did_key(world.web)
    issuer.id = prover.did
    signed = prover.proved(witness.proved(issuer.credential()))

    answer = await asked(client, signed, returnResults=True)

    assert answer.status_code == 200, answer.text
    assert [each["verified"] for each in answer.json()["results"]["proof"]] == [True, True]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"challenge": "c-1", "domain": "verifier.example"}, []),
        ({"challenge": "c-2"}, [f"{SECURITY}INVALID_CHALLENGE_ERROR"]),
        ({"domain": "other.example"}, [f"{SECURITY}INVALID_DOMAIN_ERROR"]),
    ],
)
async def test_challenge_and_domain_are_those_of_the_proof(
    client: Client, world: World, options: dict[str, str], found: list[str]
) -> None:
    badge = world.issuer.signed(world.credential(), challenge="c-1", domain="verifier.example")

    answer = await asked(client, badge, **options)

    assert types(answer) == found


async def test_badge_of_the_second_version_is_verified_as_well(client: Client, world: World) -> None:
    answer = await asked(client, json.loads(world.sound(Kind.HOSTED)))

    assert answer.status_code == 200, answer.text


async def test_picture_is_no_credential_here(client: Client) -> None:
    answer = await asked(client, b64encode(b"\x89PNG\r\n\x1a\n").decode())

    assert types(answer) == [f"{VCDM}PARSING_ERROR"]


async def test_unknown_address_is_a_problem_with_an_absolute_type(client: Client) -> None:
    answer = await client.get("/vc-api/nothing")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "https://badges.example.net/problems/not-found"
