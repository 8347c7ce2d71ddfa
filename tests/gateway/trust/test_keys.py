"""Keys of Data Integrity proofs: what the issuer itself publishes decides, never what the document brings along."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import multikey
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

DID_WEB = "did:web:issuer.example:academy"


def multikeys(issuer: SimulatedIssuer, **changes: object) -> list[dict[str, Any]]:
    """The issuer's Ed25519 key as a verification method."""
    public = multikey.encode(issuer.keys["EdDSA"].public_key())
    method = {"id": issuer.method(), "type": "Multikey", "controller": issuer.id, "publicKeyMultibase": public}
    return [{name: value for name, value in {**method, **changes}.items() if value is not None}]


async def issuer_check(issuer: SimulatedIssuer, web: SimulatedWeb) -> tuple[Outcome, Outcome, str]:
    """Outcome of proof and issuer for a credential with Data Integrity, and what the issuer check says."""
    report = await report_on(issuer.signed(issuer.credential()), web)
    return outcome(report, "proof"), outcome(report, "issuer"), check(report, "issuer").detail


async def test_key_in_the_fragment_is_not_trusted_without_the_issuers_document(web: SimulatedWeb) -> None:
    proof, issuer, detail = await issuer_check(SimulatedIssuer(web), web)

    assert (proof, issuer) == (Outcome.PASSED, Outcome.UNKNOWN)
    assert detail.startswith("signature valid, issuer not authenticated")


async def test_key_that_the_issuers_document_holds_is_the_issuers(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    proof, found, _ = await issuer_check(issuer, web)

    assert (proof, found) == (Outcome.PASSED, Outcome.PASSED)


async def test_method_embedded_under_assertion_method_is_the_issuers(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issuer.publish(verificationMethod=None, assertionMethod=multikeys(issuer))

    assert (await issuer_check(issuer, web))[1] is Outcome.PASSED


async def test_key_that_the_issuers_document_does_not_hold_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(verificationMethod=[], assertionMethod=[])

    proof, found, detail = await issuer_check(issuer, web)

    assert (proof, found) == (Outcome.PASSED, Outcome.FAILED)
    assert "holds no key" in detail


async def test_key_that_is_not_for_assertions_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(assertionMethod=None, authentication=[issuer.method()])

    proof, found, detail = await issuer_check(issuer, web)

    assert (proof, found) == (Outcome.PASSED, Outcome.FAILED)
    assert "assertionMethod" in detail


@pytest.mark.parametrize(
    "change",
    [
        {"controller": "https://other.example/profile"},
        {"controller": None},
        {"revoked": "2025-12-31T00:00:00Z"},
        {"expires": "2025-12-31T00:00:00Z"},
        {"revoked": True},
    ],
)
async def test_key_that_somebody_else_controls_or_that_has_ended_fails(
    web: SimulatedWeb, issuer: SimulatedIssuer, change: dict[str, object]
) -> None:
    issuer.publish(verificationMethod=multikeys(issuer, **change))

    assert (await issuer_check(issuer, web))[:2] == (Outcome.PASSED, Outcome.FAILED)


async def test_key_that_was_withdrawn_under_another_name_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    former = multikeys(issuer, id=f"{issuer.id}#former", revoked="2025-12-31T00:00:00Z")
    issuer.publish(verificationMethod=[*multikeys(issuer), *former])

    proof, found, detail = await issuer_check(issuer, web)

    assert (proof, found) == (Outcome.PASSED, Outcome.FAILED)
    assert f"as {issuer.id}#former" in detail


async def test_key_under_which_anybody_can_sign_is_nobodys(web: SimulatedWeb) -> None:
    neutral = b"\x01" + bytes(31)
    point = multikey.base58btc(b"\xed\x01" + neutral)
    weak = f"did:key:{point}"
    issuer = SimulatedIssuer.of_did_key(web)
    issuer.id = weak
    document = issuer.signed(issuer.credential(), verificationMethod=f"{weak}#{point}")
    [proof] = document["proof"]

    forged = {**proof, "proofValue": multikey.base58btc(neutral + bytes(32))}
    report = await report_on({**document, "proof": forged}, web)

    assert outcome(report, "proof") is Outcome.UNKNOWN
    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_key_that_ends_tomorrow_is_good(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(verificationMethod=multikeys(issuer, expires="2026-01-02T00:00:00Z"))

    assert (await issuer_check(issuer, web))[1] is Outcome.PASSED


async def test_document_under_the_issuers_address_holds_another_key_of_that_name(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    other = SimulatedIssuer.of_did_key(web, "other").keys["EdDSA"].public_key()
    issuer.publish(verificationMethod=multikeys(issuer, publicKeyMultibase=multikey.encode(other)))

    assert (await issuer_check(issuer, web))[0] is Outcome.FAILED


async def test_key_of_an_unknown_kind_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(verificationMethod=multikeys(issuer, publicKeyMultibase=None))

    assert (await issuer_check(issuer, web))[:2] == (Outcome.UNKNOWN, Outcome.UNKNOWN)


async def test_redirect_to_another_host_does_not_speak_for_the_issuer(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    class Redirected(SimulatedWeb):
        async def __call__(self, url: str, **options: Any) -> Any:
            answer = await web(url, **options)
            return type(answer)(
                url=answer.url.replace("issuer.example", "other.example"),
                status=answer.status,
                body=answer.body,
                media_type=answer.media_type,
                at=answer.at,
            )

    _, found, detail = await issuer_check(issuer, Redirected())

    assert found is Outcome.UNKNOWN
    assert "redirected" in detail


async def test_did_key_is_its_own_issuer(web: SimulatedWeb) -> None:
    assert (await issuer_check(SimulatedIssuer.of_did_key(web), web))[1] is Outcome.PASSED


async def test_did_web_is_the_issuer_when_its_document_lists_the_key(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web, DID_WEB)
    issuer.publish()

    assert (await issuer_check(issuer, web))[1] is Outcome.PASSED
    assert "https://issuer.example/academy/did.json" in web.requests


async def test_did_web_whose_document_is_gone_is_unknown(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web, DID_WEB)
    issuer.publish()
    web.gone("https://issuer.example/academy/did.json")

    assert (await issuer_check(issuer, web))[1] is Outcome.UNKNOWN


async def test_did_of_another_method_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.signed(issuer.credential(), verificationMethod="did:example:issuer#key")

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.UNKNOWN
    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_key_with_an_address_of_its_own_is_the_issuers_when_the_issuer_lists_it(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    address = "https://issuer.example/keys/ed25519"
    issuer.serve(address, multikeys(issuer, id=address)[0])
    issuer.publish(assertionMethod=[address])

    report = await report_on(issuer.signed(issuer.credential(), verificationMethod=address), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_key_with_an_address_of_its_own_cannot_choose_its_issuer(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    address = "https://other.example/keys/ed25519"
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    stranger.serve(address, multikeys(stranger, id=address, controller=issuer.id)[0])

    report = await report_on(stranger.signed(issuer.credential(), verificationMethod=address), web)

    assert outcome(report, "issuer") is Outcome.FAILED
    assert address not in web.requests
