"""SD-JWT VCs under verification: whose key signed, what may be withheld, and who presents."""

import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.errors import AdapterError
from gateway.flows.receive import Receive
from gateway.flows.verify import Asked, Verify
from gateway.proofs import jwk, multikey
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import (
    AUDIENCE,
    NONCE,
    STATUS_TOKEN,
    THIEF,
    SimulatedSdJwt,
    digest,
    disclosure,
    key_binding,
)
from tests.simulators.web import SimulatedWeb

DAY = 86_400
NOW = int(NOON.timestamp())
ELSEWHERE = "https://keys.example/jwks.json"


@pytest.fixture
def badge(issuer: SimulatedIssuer) -> SimulatedSdJwt:
    return SimulatedSdJwt(issuer)


async def presented(text: str, web: SimulatedWeb, asked: Asked | None = None) -> Report:
    """Verify what a holder sends to somebody who asked for it."""
    verify = Verify(SimulatedClock(NOON), web, Receive(web))
    return (await verify(text.encode(), asked_holder=asked)).report


async def test_an_sd_jwt_that_is_disclosed_whole_verifies_and_may_be_converted(
    web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    report = await report_on(badge.text(), web)

    assert report.outcome is Outcome.PASSED, report.checks
    assert decide(report).verdict is Verdict.REISSUE
    assert outcome(report, "key-binding") is Outcome.NOTED
    assert check(report, "issuer").looked_at == (badge.metadata,)
    assert check(report, "status").outcome is Outcome.PASSED


@pytest.mark.parametrize("shown", [0, 1], ids=["nothing", "one of two"])
async def test_an_sd_jwt_with_something_withheld_verifies_and_is_never_converted(
    shown: int, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    text = f"{badge.token()}~" + f"{badge.subject}~" * shown

    report = await report_on(text, web)

    assert outcome(report, "proof") is outcome(report, "issuer") is Outcome.PASSED
    assert outcome(report, "context") is Outcome.UNKNOWN
    assert f"{2 - shown} digests" in check(report, "context").detail
    assert {each.name for each in report.checks if each.outcome in (Outcome.FAILED, Outcome.UNKNOWN)} == {"context"}
    assert decide(report).verdict is Verdict.REFUSE


async def test_a_decoy_is_withheld_as_far_as_anybody_can_tell(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    payload = badge.payload()
    payload["credentialSubject"]["_sd"].append(digest("a decoy"))

    report = await report_on(badge.text(badge.token(payload)), web)

    assert outcome(report, "context") is Outcome.UNKNOWN


Make = Callable[[SimulatedSdJwt], str]


def _claims(**changes: object) -> Make:
    return lambda badge: badge.text(badge.token(badge.payload(**changes)))


def _header(**changes: Any) -> Make:
    return lambda badge: badge.text(badge.token(**changes))


def _withholding(name: str) -> Make:
    """The issuer lets a registered claim be withheld, and the holder discloses it."""

    def made(badge: SimulatedSdJwt) -> str:
        payload = badge.payload(nbf=NOW - DAY, exp=NOW + DAY)
        text = disclosure("salt", name, payload.pop(name))
        return badge.text(badge.token({**payload, "_sd": [digest(text)]}), badge.subject, badge.evidence, text)

    return made


def _after(change: Callable[[SimulatedSdJwt], None]) -> Make:
    """Something of the world changes before the badge is shown."""

    def made(badge: SimulatedSdJwt) -> str:
        change(badge)
        return badge.text()

    return made


def _tampered(badge: SimulatedSdJwt) -> str:
    """It says something else since."""
    head, _, signature = badge.token().split(".")
    other = badge.token(badge.payload(name="Surgery")).split(".")[1]
    return badge.text(f"{head}.{other}.{signature}")


def _by(issuer: str, *, own: bool = False) -> Make:
    """Somebody else's key signs under this issuer's name; ``own``: the header brings it along."""

    def made(badge: SimulatedSdJwt) -> str:
        stranger = SimulatedIssuer(badge.issuer.web, issuer)
        key = {"jwk": dict(jwk.public_jwk(stranger.keys["ES256"].public_key()))} if own else {"kid": "key-1"}
        return badge.text(stranger.compact({"alg": "ES256", "typ": "dc+sd-jwt", **key}, badge.payload()))

    return made


FAULTS: dict[str, tuple[Make, str]] = {
    "typ of a VC-JWT": (_header(typ="JWT"), "claims failed"),
    "typ of a status list": (_header(typ="statuslist+jwt"), "claims failed"),
    "no typ": (_header(typ=None), "claims failed"),
    "no vct": (_claims(vct=None), "claims failed"),
    "vct that is no text": (_claims(vct=["a"]), "claims failed"),
    "sub another than the subject": (_claims(sub="did:example:other"), "claims failed"),
    "jti another than the id": (_claims(jti="urn:uuid:other"), "claims failed"),
    "iss another than the issuer": (_claims(iss="https://issuer.example/other"), "claims failed"),
    "nbf another than validFrom": (_claims(nbf=NOW - DAY), "claims failed"),
    "exp another than validUntil": (_claims(validUntil="2030-01-01T00:00:00Z", exp=NOW + DAY), "claims failed"),
    "exp as text": (_claims(exp="never"), "claims failed"),
    "cnf as text": (_claims(cnf="a key"), "claims failed"),
    **{
        f"{name} disclosed selectively": (_withholding(name), "claims failed")
        for name in ("iss", "vct", "cnf", "status", "nbf", "exp")
    },
    "ended": (_claims(exp=NOW - 1), "validity-period failed"),
    "not yet begun": (_claims(validFrom="2030-01-01T00:00:00Z"), "validity-period failed"),
    "issued tomorrow": (_claims(iat=NOW + DAY), "validity-period failed"),
    "tampered": (_tampered, "proof failed"),
    "signed by a stranger": (_by("https://stranger.example"), "proof failed"),
    "signed by a stranger, whose key is in the header": (_by("https://stranger.example", own=True), "proof failed"),
    "no key of that name": (_header(kid="key-2"), "issuer failed"),
    "a key that is listed no more": (_after(lambda badge: badge.publish(jwks={"keys": []})), "issuer failed"),
    "metadata of another issuer": (
        _after(lambda badge: badge.publish(issuer="https://issuer.example")),
        "issuer unknown",
    ),
    "metadata without keys": (_after(lambda badge: badge.publish(jwks=None)), "issuer unknown"),
    "metadata whose keys are on another host": (
        _after(lambda badge: badge.publish(jwks=None, jwks_uri=ELSEWHERE)),
        "issuer unknown",
    ),
    "metadata that nobody serves": (
        _after(lambda badge: badge.issuer.web.unreachable(badge.metadata)),
        "issuer unknown",
    ),
    "revoked": (_after(lambda badge: badge.status(7)), "status failed"),
    "list that nobody serves": (_after(lambda badge: badge.issuer.web.unreachable(STATUS_TOKEN)), "status unknown"),
    "list of another issuer": (_after(lambda badge: badge.status(iss="https://other.example")), "status unknown"),
    "list that ended": (_after(lambda badge: badge.status(exp=NOW - 1)), "status unknown"),
    "status without a mechanism": (_claims(status={}), "status unknown"),
    "status of another kind": (_claims(status={"identifier_list": {}}), "status unknown"),
    "a context that nobody knows": (
        _claims(**{"@context": ["https://www.w3.org/ns/credentials/v2", "https://issuer.example/context"]}),
        "context unknown",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_sd_jwt_with_a_fault_is_found_by_the_check_that_should(
    fault: str, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    make, found = FAULTS[fault]

    report = await report_on(make(badge), web)

    assert found in {f"{each.name} {each.outcome}" for each in report.checks}
    assert decide(report).verdict is Verdict.REFUSE


async def test_the_former_type_is_noted(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    report = await report_on(badge.text(badge.token(typ="vc+sd-jwt")), web)

    assert outcome(report, "claims") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_a_credential_that_is_bound_to_another_key_than_its_subject_is_noted(
    web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    holder = jwk.public_jwk(THIEF.public_key())
    did = multikey.did_key(THIEF.public_key())
    subject = {**badge.payload()["credentialSubject"], "id": did}
    del subject["_sd"]
    claims = {"credentialSubject": subject, "sub": did}

    other = await report_on(f"{badge.token(badge.payload(**claims))}~{badge.evidence}~", web)
    own = await report_on(f"{badge.token(badge.payload(**claims, cnf={'jwk': holder}))}~{badge.evidence}~", web)

    assert outcome(other, "claims") is Outcome.NOTED
    assert check(other, "claims").detail.startswith("cnf: is another key than that of did:key:")
    assert outcome(own, "claims") is Outcome.PASSED


async def test_keys_may_be_in_a_set_of_their_own_on_the_issuers_host(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    place = f"{badge.issuer.host}/keys.json"
    [key] = json.loads(web.body(badge.metadata))["jwks"]["keys"]
    badge.publish(jwks=None, jwks_uri=place)
    badge.issuer.serve(place, {"keys": [key]})

    report = await report_on(badge.text(), web)

    assert report.outcome is Outcome.PASSED
    assert check(report, "issuer").looked_at == (badge.metadata, place)


async def test_the_only_key_needs_no_name_and_one_of_two_does(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    nameless = badge.text(badge.token(kid=None))
    alone = await report_on(nameless, web)
    [key] = json.loads(web.body(badge.metadata))["jwks"]["keys"]
    badge.publish(jwks={"keys": [key, {**jwk.public_jwk(THIEF.public_key()), "kid": "key-2"}]})

    beside = await report_on(nameless, web)

    assert alone.outcome is Outcome.PASSED
    assert outcome(beside, "issuer") is Outcome.UNKNOWN


async def test_a_did_names_its_key_in_its_own_document(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web, "did:web:issuer.example")
    issuer.publish()
    badge = SimulatedSdJwt(issuer)
    badge.publish(jwks=None)

    report = await report_on(badge.text(badge.token(badge.payload(status=None), kid=issuer.method("ES256"))), web)

    assert report.outcome is Outcome.PASSED, report.checks


async def test_without_a_vc_claim_of_its_own_the_word_means_nothing(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    claimed = badge.payload(vc={**badge.issuer.older_credential(), "name": "Doctor"})

    report = await report_on(badge.text(badge.token(claimed)), web)

    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("shape", ["open-badges-2", "elm-3"])
async def test_no_other_format_is_read_from_an_sd_jwt(shape: str, web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    documents: dict[str, dict[str, Any]] = {
        "open-badges-2": badge.issuer.assertion(),
        "elm-3": {
            "@context": ["http://data.europa.eu/snb/model/context/edc-ap"],
            "type": ["EuropeanDigitalCredential"],
        },
    }

    with pytest.raises(AdapterError) as refused:
        await report_on(f"{badge.token(documents[shape])}~", web)

    assert refused.value.code == "unknown-format"


ASKED = Asked(AUDIENCE, NONCE)
BINDINGS: dict[str, tuple[dict[str, Any], Outcome]] = {
    "right": ({}, Outcome.PASSED),
    "for another audience": ({"aud": "https://other.example"}, Outcome.FAILED),
    "with another nonce": ({"nonce": "another"}, Outcome.FAILED),
    "of another presentation": ({"sd_hash": digest("x")}, Outcome.FAILED),
    "by another key": ({"key": THIEF}, Outcome.FAILED),
    "of another type": ({"header_typ": "JWT"}, Outcome.FAILED),
    "without a type": ({"header_typ": None}, Outcome.FAILED),
    "without an algorithm": ({"header_alg": "none"}, Outcome.FAILED),
    "without an audience": ({"aud": None}, Outcome.FAILED),
    "without a nonce": ({"nonce": None}, Outcome.FAILED),
    "without a time": ({"iat": None}, Outcome.FAILED),
    "from tomorrow": ({"iat": NOW + DAY}, Outcome.FAILED),
}


@pytest.mark.parametrize("binding", BINDINGS)
async def test_the_holders_jwt_has_to_be_right_and_for_who_asked(
    binding: str, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    changes, expected = BINDINGS[binding]

    report = await presented(key_binding(badge.text(), **changes), web, ASKED)

    assert outcome(report, "key-binding") is expected


async def test_a_holders_jwt_that_nobody_asked_for_is_noted_with_whom_it_is_for(
    web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    report = await presented(key_binding(badge.text()), web)

    assert outcome(report, "key-binding") is Outcome.NOTED
    assert AUDIENCE in check(report, "key-binding").detail


async def test_whoever_asks_gets_no_presentation_without_the_holders_jwt(
    web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    report = await presented(badge.text(), web, ASKED)

    assert outcome(report, "key-binding") is Outcome.FAILED


async def test_a_disclosure_left_out_after_the_holder_signed_is_found(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    whole = key_binding(badge.text())

    report = await presented(whole.replace(f"~{badge.evidence}", ""), web, ASKED)

    assert outcome(report, "key-binding") is Outcome.FAILED


@pytest.mark.parametrize(
    ("cnf", "expected"),
    [
        (None, Outcome.FAILED),
        ({"kid": "did:example:holder#1"}, Outcome.FAILED),
        ({"jwk": {"kty": "oct"}}, Outcome.UNKNOWN),
    ],
)
async def test_a_holders_jwt_needs_a_key_in_the_credential(
    cnf: object, expected: Outcome, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    report = await presented(key_binding(badge.text(badge.token(badge.payload(cnf=cnf)))), web, ASKED)

    assert outcome(report, "key-binding") is expected
