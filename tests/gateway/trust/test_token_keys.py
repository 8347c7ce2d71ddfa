"""Keys of VC-JWTs: a header may name or bring any key; the issuer must have published it."""

import pytest

from gateway.proofs import jwk
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_token_with_a_key_in_its_header_is_not_trusted_for_that(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    own = jwk.public_jwk(stranger.keys["ES256"].public_key())

    report = await report_on(stranger.token(issuer.credential(), header={"kid": None, "jwk": own}), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED


async def test_token_with_a_key_in_its_header_that_the_issuers_host_publishes_is_the_issuers(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    own = jwk.public_jwk(issuer.keys["ES256"].public_key())

    report = await report_on(issuer.token(issuer.credential(), header={"kid": None, "jwk": own}), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_token_whose_two_keys_differ_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    other = jwk.public_jwk(SimulatedIssuer(web, "https://other.example/p").keys["ES256"].public_key())

    report = await report_on(issuer.token(issuer.credential(), header={"jwk": other}), web)

    assert outcome(report, "issuer") is Outcome.FAILED


async def test_key_set_that_cannot_be_had_is_unknown(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web)
    own = jwk.public_jwk(issuer.keys["ES256"].public_key())

    report = await report_on(issuer.token(issuer.credential(), header={"jwk": own}), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert "jwks.json" in check(report, "issuer").fix


async def test_controller_document_serves_tokens_where_there_is_no_key_set(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    web.unreachable("https://issuer.example/.well-known/jwks.json")

    report = await report_on(issuer.token(issuer.credential()), web)

    assert outcome(report, "issuer") is Outcome.PASSED


@pytest.mark.parametrize(
    ("owner", "expected"),
    [("https://issuer.example/profile", Outcome.PASSED), ("https://issuer.example/other", Outcome.FAILED)],
)
async def test_key_of_a_shared_host_belongs_to_the_issuer_that_its_iss_names(
    web: SimulatedWeb, issuer: SimulatedIssuer, owner: str, expected: Outcome
) -> None:
    keys = [{**key, "iss": owner} for key in issuer.jwks()]
    issuer.publish(verificationMethod=None, assertionMethod=None)
    issuer.serve("https://issuer.example/.well-known/jwks.json", {"keys": keys})

    report = await report_on(issuer.token(issuer.credential()), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is expected


async def test_plain_key_at_its_kid_is_not_enough(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web)
    address = "https://issuer.example/keys/es256.jwk"
    issuer.serve(address, dict(jwk.public_jwk(issuer.keys["ES256"].public_key())))

    report = await report_on(issuer.token(issuer.credential(), header={"kid": address}), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN


@pytest.mark.parametrize("header", [{}, {"kid": None, "jwk": True}, {"kid": "#0"}])
async def test_did_jwk_and_did_key_are_their_own_issuers_in_tokens(
    web: SimulatedWeb, header: dict[str, object]
) -> None:
    issuer = SimulatedIssuer.of_did_key(web)
    if "jwk" in header:
        header = {**header, "jwk": jwk.public_jwk(issuer.keys["EdDSA"].public_key())}
    if header.get("kid") == "#0":
        issuer.id = issuer.did_jwk()

    report = await report_on(issuer.token(issuer.credential(), "EdDSA", header=header), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_token_of_a_did_web_may_bring_a_key_that_its_document_lists(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web, "did:web:issuer.example:academy")
    issuer.publish()
    own = jwk.public_jwk(issuer.keys["ES256"].public_key())

    report = await report_on(issuer.token(issuer.credential(), header={"kid": None, "jwk": own}), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_token_of_an_issuer_that_is_no_address_is_not_authenticated(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    document = issuer.credential(issuer={"id": "urn:uuid:1c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10", "type": ["Profile"]})
    own = jwk.public_jwk(issuer.keys["ES256"].public_key())

    report = await report_on(issuer.token(document, header={"kid": None, "jwk": own}), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN
