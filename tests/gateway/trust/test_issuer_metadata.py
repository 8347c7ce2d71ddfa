"""The keys of an issuer of SD-JWT VCs: which of them are still its own, and where they may be asked for."""

import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.errors import Unreachable
from gateway.proofs import jwk, jws
from gateway.trust.issuer_metadata import metadata_url
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import STATUS_TOKEN, THIEF, SimulatedSdJwt
from tests.simulators.web import SimulatedWeb

YESTERDAY, NEXT_YEAR = "2025-12-31T12:00:00Z", "2027-01-01T00:00:00Z"
ENDS: dict[str, dict[str, Any]] = {
    "revoked": {"revoked": YESTERDAY},
    "revoked as federations say it": {"revoked": {"revoked_at": int(NOON.timestamp()) - 1}},
    "expired": {"exp": 1},
    "an end that nobody can read": {"revoked": True},
}


@pytest.fixture
def badge(issuer: SimulatedIssuer) -> SimulatedSdJwt:
    return SimulatedSdJwt(issuer)


def key(badge: SimulatedSdJwt, **members: object) -> dict[str, Any]:
    """The key that signs, as a JWK."""
    return {**jwk.public_jwk(badge.issuer.keys["ES256"].public_key()), "kid": "key-1", **members}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("place", ["metadata", "set of its own", "another entry", "host", "profile"])
async def test_a_key_that_its_issuer_has_withdrawn_signs_no_more(
    place: str, end: str, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    ended = key(badge, **ENDS[end])
    if place == "metadata":
        badge.publish(jwks={"keys": [ended]})
    elif place == "set of its own":
        badge.publish(jwks=None, jwks_uri="https://issuer.example/keys.json")
        badge.issuer.serve("https://issuer.example/keys.json", {"keys": [ended]})
    elif place == "another entry":
        badge.publish(jwks={"keys": [key(badge), {**ended, "kid": "former"}]})
    elif place == "host":
        badge.issuer.serve("https://issuer.example/.well-known/jwks.json", {"keys": [{**ended, "kid": "former"}]})
    else:
        method = {"id": f"{badge.issuer.id}#former", "type": "JsonWebKey", "publicKeyJwk": key(badge), **ENDS[end]}
        badge.issuer.serve(badge.issuer.id, {"id": badge.issuer.id, "verificationMethod": [method]})

    report = await report_on(badge.text(), web)

    assert outcome(report, "issuer") is Outcome.FAILED, check(report, "issuer")
    assert decide(report).verdict is Verdict.REFUSE


async def test_a_key_that_ends_later_still_signs(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    badge.publish(jwks={"keys": [key(badge, revoked=NEXT_YEAR)]})

    assert (await report_on(badge.text(), web)).outcome is Outcome.PASSED


async def test_another_key_of_the_issuer_may_have_ended(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    other = {**jwk.public_jwk(THIEF.public_key()), "kid": "former", "revoked": YESTERDAY}
    badge.publish(jwks={"keys": [key(badge), other]})

    assert (await report_on(badge.text(), web)).outcome is Outcome.PASSED


async def test_a_key_that_its_metadata_gives_to_another_signs_nothing(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    badge.publish(jwks={"keys": [key(badge, iss="https://issuer.example/users/other")]})

    assert outcome(await report_on(badge.text(), web), "issuer") is Outcome.FAILED


async def test_a_status_list_that_a_withdrawn_key_signed_says_nothing(web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    payload = json.loads(jws.parse(web.body(STATUS_TOKEN).decode()).payload)
    stolen = SimulatedIssuer(web, "https://thief.example/profile")
    badge.publish(
        jwks={
            "keys": [
                key(badge),
                {**jwk.public_jwk(stolen.keys["ES256"].public_key()), "kid": "former", "revoked": YESTERDAY},
            ]
        }
    )
    token = stolen.compact({"alg": "ES256", "typ": "statuslist+jwt", "kid": "former"}, payload)
    web.publish(STATUS_TOKEN, token.encode(), "application/statuslist+jwt")

    report = await report_on(badge.text(), web)

    assert outcome(report, "issuer") is Outcome.PASSED
    assert outcome(report, "status") is Outcome.UNKNOWN, check(report, "status")


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        ("https://issuer.example", "https://issuer.example/.well-known/jwt-vc-issuer"),
        ("https://issuer.example/", "https://issuer.example/.well-known/jwt-vc-issuer"),
        ("https://issuer.example/p/one", "https://issuer.example/.well-known/jwt-vc-issuer/p/one"),
        ("https://issuer.example/p/one/", "https://issuer.example/.well-known/jwt-vc-issuer/p/one"),
        ("https://issuer.example:8443/p", "https://issuer.example:8443/.well-known/jwt-vc-issuer/p"),
        ("https://issuer.example/%C3%A9cole", "https://issuer.example/.well-known/jwt-vc-issuer/%C3%A9cole"),
    ],
)
def test_the_metadata_of_an_issuer_lies_between_its_host_and_its_path(issuer: str, url: str) -> None:
    assert metadata_url(issuer) == url


@pytest.mark.parametrize(
    "issuer",
    [
        "https://issuer.example/mine/../theirs",
        "https://issuer.example/..",
        "https://issuer.example/./mine",
        "https://issuer.example/%2e%2e/theirs",
        "https://issuer.example/%2E./theirs",
        "https://issuer.example/%252e%252e/theirs",
        "https://issuer.example/..;x/theirs",
        "https://issuer.example/mine%2ftheirs",
        "https://issuer.example/mine%5Ctheirs",
        "https://issuer.example/mine\\..\\theirs",
        "https://issuer.example\\@other.example",
        "https://issuer.example//theirs",
        "https://issuer.example//",
        "https://issuer.example/mine?as=theirs",
        "https://issuer.example?",
        "https://issuer.example/mine#theirs",
        "https://issuer.example#",
        "https://user@issuer.example",
        "https://user:secret@issuer.example",
        "https://issuer.example:",
        "https://issuer.example:0443",
        "https://issuer.example:99999",
        "https://[::1]/mine",
        "https://issuer.example/mi ne",
        "https://issuer.example/mine\n",
        "https://issuer.example/mine\t",
        "https://issuer.example/%",
        "https://issuer.example/%00",
        "https://issuer.example/é",
        "https://",
        "ftp://issuer.example",
        "issuer.example",
        "",
        "https://issuer.example/" + "a" * 3_000,
    ],
)
def test_an_issuer_that_two_parsers_could_take_for_two_places_is_asked_nowhere(issuer: str) -> None:
    with pytest.raises(Unreachable):
        metadata_url(issuer)


async def test_an_issuer_with_dot_segments_is_not_known_though_somebody_serves_its_metadata(web: SimulatedWeb) -> None:
    badge = SimulatedSdJwt(SimulatedIssuer(web, "https://issuer.example/mine/../theirs"))

    report = await report_on(badge.text(), web)

    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert decide(report).verdict is Verdict.REFUSE
