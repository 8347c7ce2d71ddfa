"""Bitstring status lists: one bit, of a list that its issuer signed."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import bitstring
from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"


async def status_of(web: SimulatedWeb, issuer: SimulatedIssuer, entry: dict[str, Any]) -> Check:
    """The status check of a credential with this entry."""
    return check(await report_on(issuer.token(issuer.credential(credentialStatus=entry)), web), "status")


def subject(**changes: object) -> dict[str, object]:
    """The subject of a list, with changes."""
    return {
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": bitstring.encode(bitstring.bitstring(())),
        **changes,
    }


def list_credential(issuer: SimulatedIssuer, *indexes: int) -> dict[str, Any]:
    """A list with these entries set, unsigned."""
    return issuer.credential(
        id=LIST,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        issuer=issuer.id,
        credentialSubject=subject(encodedList=bitstring.encode(bitstring.bitstring(indexes))),
    )


async def test_bit_that_is_not_set_is_good(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = await status_of(web, issuer, issuer.status_list(LIST, 6, 8))

    assert found.outcome is Outcome.PASSED
    assert found.looked_at[0] == f"{LIST} entry 7 (revocation)"


async def test_bit_that_is_set_revokes(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = await status_of(web, issuer, issuer.status_list(LIST, 7))

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith("revoked")


async def test_index_may_be_a_number(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.status_list(LIST, 7)

    assert (await status_of(web, issuer, status_entry(LIST, 7))).outcome is Outcome.FAILED


@pytest.mark.parametrize("index", ["-1", "00", "07", "1.5", "1e3", "131072", "9223372036854775808", "", " 7", "\u0667"])
async def test_index_that_leads_to_no_entry_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer, index: str) -> None:
    issuer.status_list(LIST)

    assert (await status_of(web, issuer, status_entry(LIST, index))).outcome is Outcome.UNKNOWN


async def test_list_that_cannot_be_had_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert (await status_of(web, issuer, status_entry(LIST))).outcome is Outcome.UNKNOWN


async def test_list_that_is_gone_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST)
    web.gone(LIST)

    assert (await status_of(web, issuer, entry)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"url": "https://issuer.example/status/2"}', b"\xff"])
async def test_list_that_is_none_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer, body: bytes) -> None:
    web.publish(LIST, body)

    assert (await status_of(web, issuer, status_entry(LIST))).outcome is Outcome.UNKNOWN


async def test_list_as_token_is_read(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.publish(LIST, issuer.token(list_credential(issuer, 7)).encode(), "application/vc+jwt")

    assert (await status_of(web, issuer, status_entry(LIST))).outcome is Outcome.FAILED


async def test_unsigned_list_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.serve(LIST, issuer.credential(type=["BitstringStatusListCredential"], credentialSubject=subject()))

    found = await status_of(web, issuer, status_entry(LIST))

    assert found.outcome is Outcome.UNKNOWN
    assert "carries no proof" in found.detail


async def test_list_changed_after_signing_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST, 7)
    forged = (await web(LIST)).body.replace(b'"revocation"', b'"suspension"')
    web.publish(LIST, forged)

    assert (await status_of(web, issuer, {**entry, "statusPurpose": "suspension"})).outcome is Outcome.UNKNOWN


async def test_list_that_says_more_than_is_signed_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST)
    web.publish(LIST, (await web(LIST)).body.replace(b'"issuer":', b'"smuggled": 1, "issuer":'))

    assert (await status_of(web, issuer, entry)).outcome is Outcome.UNKNOWN


async def test_list_of_another_issuer_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    stranger.publish()

    found = await status_of(web, issuer, stranger.status_list(LIST))

    assert found.outcome is Outcome.UNKNOWN
    assert found.fix == "Sign the status list as https://issuer.example/profile."


async def test_list_that_only_claims_to_be_the_issuers_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    stranger.publish()

    assert (await status_of(web, issuer, stranger.status_list(LIST, issuer=issuer.id))).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("neighbour", ["did:web:issuer.example:lists", "https://issuer.example/users/evil"])
async def test_list_of_another_name_on_the_issuers_host_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, neighbour: str
) -> None:
    sibling = SimulatedIssuer(web, neighbour)
    sibling.publish()
    issuer.publish()

    found = await status_of(web, issuer, sibling.status_list(LIST))

    assert found.outcome is Outcome.UNKNOWN
    assert found.fix == "Sign the status list as https://issuer.example/profile."


@pytest.mark.parametrize(
    ("id", "indexes", "expected"),
    [
        ("https://issuer.example/status/2", (), Outcome.UNKNOWN),
        ("https://issuer.example/status/2", (7,), Outcome.FAILED),
        (7, (), Outcome.UNKNOWN),
        (None, (), Outcome.NOTED),
        (None, (7,), Outcome.FAILED),
    ],
)
async def test_another_list_of_the_issuer_restores_nobody(
    web: SimulatedWeb, issuer: SimulatedIssuer, id: object, indexes: tuple[int, ...], expected: Outcome
) -> None:
    listed = list_credential(issuer, *indexes)
    listed = {name: value for name, value in {**listed, "id": id}.items() if value is not None}
    payload = {**listed, "iss": issuer.id}
    web.publish(LIST, issuer.compact({"alg": "ES256", "kid": issuer.method("ES256")}, payload).encode())

    assert (await status_of(web, issuer, status_entry(LIST))).outcome is expected


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"exp": int(NOON.timestamp())}, "expired"),
        ({"nbf": int(NOON.timestamp()) + 61}, "nbf"),
        ({"iat": int(NOON.timestamp()) + 61}, "iat"),
        ({"iss": "https://other.example/profile"}, "iss"),
        ({"jti": "https://issuer.example/status/2"}, "jti"),
        ({"exp": "tomorrow"}, "exp"),
    ],
)
async def test_list_whose_token_is_stale_or_contradicts_it_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, claims: dict[str, object], said: str
) -> None:
    web.publish(LIST, issuer.token(list_credential(issuer), claims=claims).encode(), "application/vc+jwt")

    found = await status_of(web, issuer, status_entry(LIST))

    assert found.outcome is Outcome.UNKNOWN
    assert said in found.detail


@pytest.mark.parametrize(
    "changes",
    [
        {"validUntil": "2025-12-31T00:00:00Z"},
        {"validFrom": "2026-01-02T00:00:00Z"},
        {"validUntil": "tomorrow"},
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": subject(statusPurpose="suspension")},
        {"credentialSubject": subject(encodedList="uAAAA")},
        {"credentialSubject": subject(encodedList="H4sI")},
    ],
)
async def test_list_that_is_stale_or_of_another_kind_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, changes: dict[str, Any]
) -> None:
    assert (await status_of(web, issuer, issuer.status_list(LIST, **changes))).outcome is Outcome.UNKNOWN


async def test_list_for_several_purposes_serves_each(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST, credentialSubject=subject(statusPurpose=["revocation", "suspension"]))

    assert (await status_of(web, issuer, entry)).outcome is Outcome.PASSED


async def test_entry_of_more_than_one_bit_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST)

    assert (await status_of(web, issuer, {**entry, "statusSize": 2})).outcome is Outcome.UNKNOWN


async def test_entry_without_a_purpose_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = {name: value for name, value in issuer.status_list(LIST).items() if name != "statusPurpose"}

    assert (await status_of(web, issuer, entry)).outcome is Outcome.UNKNOWN


async def test_bit_of_a_purpose_that_is_no_verdict_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert (await status_of(web, issuer, issuer.status_list(LIST, 7, purpose="refresh"))).outcome is Outcome.NOTED
