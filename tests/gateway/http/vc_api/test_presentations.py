"""POST /vc-api/presentations/verify: who shows it, for this occasion, and each credential in it."""

import asyncio
import json
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response

from tests.gateway.http.conftest import Client
from tests.laundering.sources import STATUS_LIST, Kind, World
from tests.simulators.wallet import Wallet

VERIFY = "/vc-api/presentations/verify"
SECURITY = "https://w3id.org/security#"
VCDM = "https://www.w3.org/TR/vc-data-model#"


WALLET = Wallet.ed25519()


def presentation(*credentials: Any, challenge: str | None = None, domain: str | None = None) -> dict[str, Any]:
    """Signed by a holder whose DID is its key."""
    shown = {"verifiableCredential": list(credentials)} if credentials else {}
    return WALLET.signed(WALLET.unsigned(**shown), challenge, domain)


async def asked(client: Client, shown: dict[str, Any] | str, **options: Any) -> Response:
    return await client.post(VERIFY, json={"verifiablePresentation": shown, "options": options})


def errors(answer: Response) -> list[tuple[str, str]]:
    """Type and place of each."""
    assert answer.json()["verified"] is (answer.status_code == 200)
    found = [each for each in answer.json()["problemDetails"] if each["level"] == "error"]
    return [(each["type"].rpartition("#")[2], each.get("pointer", "")) for each in found]


async def challenge(client: Client) -> str:
    return str((await client.post("/vc-api/challenges")).json()["challenge"])


async def test_sound_presentation_of_sound_credentials_is_verified(client: Client, world: World) -> None:
    shown = presentation(json.loads(world.sound(Kind.DATA_INTEGRITY)), challenge="c-1", domain="v.example")

    answer = await asked(client, shown, challenge="c-1", domain="v.example", returnResults=True)

    found = answer.json()
    assert answer.status_code == 200, answer.text
    assert found["problemDetails"] == []
    assert found["results"]["presentation"]["challenge"] == {"verified": True, "input": "c-1"}
    assert found["results"]["presentation"]["holder"]["verified"] is True
    assert [each["verified"] for each in found["results"]["credentials"]] == [True]
    assert "verifiablePresentation" not in found


async def test_credential_that_was_revoked_is_named_by_its_place(client: Client, world: World) -> None:
    shown = presentation(json.loads(world.sound(Kind.DATA_INTEGRITY)), challenge="c-1")
    world.issuer.status_list(STATUS_LIST, 7)

    answer = await asked(client, shown, challenge="c-1")

    assert (answer.status_code, errors(answer)) == (400, [("STATUS_VERIFICATION_ERROR", "/verifiableCredential/0")])


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"challenge": "c-2"}, ["INVALID_CHALLENGE_ERROR"]),
        ({"challenge": "c-1", "domain": "other.example"}, ["INVALID_DOMAIN_ERROR"]),
        ({"challenge": "c-1", "domain": "v.example"}, []),
    ],
)
async def test_occasion_is_the_one_of_the_caller(client: Client, options: dict[str, str], found: list[str]) -> None:
    shown = presentation(challenge="c-1", domain="v.example")

    answer = await asked(client, shown, **options)

    assert [each for each, _ in errors(answer)] == found


async def test_presentation_for_an_occasion_that_nobody_named_gets_a_warning(client: Client) -> None:
    answer = await asked(client, presentation(challenge="c-1"))

    [found] = answer.json()["problemDetails"]
    assert answer.status_code == 200
    assert (found["level"], found["type"]) == ("warning", f"{SECURITY}INVALID_CHALLENGE_ERROR")


async def test_challenge_of_ours_works_once_even_at_the_same_time(client: Client) -> None:
    given = await challenge(client)
    shown = presentation(challenge=given)

    answers = await asyncio.gather(*(asked(client, shown, challenge=given) for _ in range(10)))

    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 9
    assert {kind for answer in answers for kind, _ in errors(answer)} == {"INVALID_CHALLENGE_ERROR"}


async def test_presentation_that_is_wrong_uses_no_challenge_up(client: Client) -> None:
    given = await challenge(client)
    shown = presentation(challenge=given)

    wrong = await asked(client, {**shown, "id": "urn:uuid:3c2f7c34-6b0f-4a5e-9f0e-2f4f3c1a7d10"}, challenge=given)
    right = await asked(client, shown, challenge=given)

    assert (wrong.status_code, right.status_code) == (400, 200)
    assert ("PROOF_VERIFICATION_ERROR", "") in errors(wrong)


async def test_challenge_that_looks_like_ours_and_was_never_given_is_none(client: Client) -> None:
    answer = await asked(client, presentation(challenge="vcalm-guessed"), challenge="vcalm-guessed")

    assert errors(answer) == [("INVALID_CHALLENGE_ERROR", "/options/challenge")]


async def test_challenge_of_the_caller_is_the_callers_matter(client: Client) -> None:
    shown = presentation(challenge="c-1")

    answers = [await asked(client, shown, challenge="c-1") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


async def test_presentation_without_a_proof_is_not_verified(client: Client, world: World) -> None:
    shown = presentation(json.loads(world.sound(Kind.DATA_INTEGRITY)))
    del shown["proof"]

    answer = await asked(client, shown)

    assert ("PROOF_VERIFICATION_ERROR", "") in errors(answer)


async def test_what_is_no_presentation_is_not_verified(client: Client) -> None:
    answers = [await asked(client, each) for each in ({}, {"type": "VerifiableCredential"}, {"holder": 1})]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


async def test_more_credentials_than_are_looked_at_are_an_error(client: Client, world: World) -> None:
    token = world.sound(Kind.VC_JWT).decode()
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }
    shown = presentation(enveloped, challenge="c-1")
    shown["verifiableCredential"] *= 21

    answer = await asked(client, shown, challenge="c-1")

    assert ("RANGE_ERROR", "/verifiableCredential") in errors(answer)


async def test_enveloped_credential_is_verified_with_it(client: Client, world: World) -> None:
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{world.sound(Kind.VC_JWT).decode()}",
    }

    answer = await asked(client, presentation(enveloped, challenge="c-1"), challenge="c-1")

    assert answer.status_code == 200, answer.text


async def test_presentation_as_a_token_is_verified_bare_and_enveloped(client: Client, world: World) -> None:
    given = await challenge(client)
    inside = {
        "verifiableCredential": [json.loads(world.sound(Kind.DATA_INTEGRITY))],
        "nonce": given,
        "aud": "v.example",
    }
    token = WALLET.token({"alg": "EdDSA", "typ": "vp+jwt", "kid": WALLET.method}, WALLET.unsigned(**inside))
    enveloped = {"type": "EnvelopedVerifiablePresentation", "id": f"data:application/vp+jwt,{token}"}

    first = await asked(client, token, challenge=given, domain="v.example", returnResults=True)
    again = await asked(client, enveloped, challenge=given, domain="v.example")
    other = await asked(client, enveloped, challenge=await challenge(client), domain="v.example")

    assert first.status_code == 200, first.text
    assert [each["verified"] for each in first.json()["results"]["credentials"]] == [True]
    assert errors(again) == [("INVALID_CHALLENGE_ERROR", "/options/challenge")]
    assert [kind for kind, _ in errors(other)] == ["INVALID_CHALLENGE_ERROR"]


async def test_token_that_was_changed_is_not_verified(client: Client) -> None:
    head, payload, signature = WALLET.token(
        {"alg": "EdDSA", "typ": "vp+jwt", "kid": WALLET.method}, WALLET.unsigned()
    ).split(".")
    other = WALLET.token({"alg": "EdDSA"}, WALLET.unsigned(id="urn:uuid:1")).split(".")[1]

    answers = [await asked(client, token) for token in (f"{head}.{other}.{signature}", f"{head}.{payload}.", "x", "")]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert all(errors(answer) for answer in answers)


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        ({"verifiablePresentation": "e30.e30.AA"}, f"{VCDM}MALFORMED_VALUE_ERROR"),
        ({"verifiablePresentation": {}, "options": {"x": 1}}, "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"),
        ({}, f"{VCDM}MALFORMED_VALUE_ERROR"),
    ],
)
async def test_request_that_is_none_is_not_verified_either(client: Client, body: dict[str, Any], type_: str) -> None:
    answer = await client.post(VERIFY, json=body)

    [found] = answer.json()["problemDetails"]
    assert (answer.status_code, answer.json()["verified"], found["type"]) == (400, False, type_)
