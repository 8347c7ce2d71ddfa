"""Keys of VC-JWTs: a header may name or bring any key; the issuer must have published it."""

import pytest

from gateway.edges.turns import Busy
from gateway.errors import FetchBudget, Unreachable
from gateway.ports import Fetched
from gateway.proofs import jwk
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

HEADERS = [{}, {"kid": None, "jwk": True}, {"kid": "key-1"}, {"kid": "key-1", "jwk": True}]
YESTERDAY = "2025-12-31T00:00:00Z"
JWKS = "https://issuer.example/.well-known/jwks.json"


def named(issuer: SimulatedIssuer, header: dict[str, object]) -> dict[str, object]:
    """A header with the key itself where it says so; the set of the host has its key under that name as well."""
    public = jwk.public_jwk(issuer.keys["ES256"].public_key())
    issuer.serve(JWKS, {"keys": [{**key, "iss": issuer.id} for key in (*issuer.jwks(), {**public, "kid": "key-1"})]})
    return {**header, "jwk": public} if "jwk" in header else header


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


@pytest.mark.parametrize("kid", [None, "key-1"])
async def test_token_whose_two_keys_differ_fails(web: SimulatedWeb, issuer: SimulatedIssuer, kid: str | None) -> None:
    other = jwk.public_jwk(SimulatedIssuer(web, "https://other.example/p").keys["ES256"].public_key())
    header = {"jwk": other} if kid is None else {**named(issuer, {}), "jwk": other, "kid": kid}

    report = await report_on(issuer.token(issuer.credential(), header=header), web)

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


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(
    "change",
    [
        {"revoked": "2025-12-31T00:00:00Z"},
        {"expires": "2025-12-31T00:00:00Z"},
        {"revoked": True},
        {"controller": "https://other.example/profile"},
    ],
)
async def test_key_that_the_issuer_has_withdrawn_fails_though_its_host_still_publishes_it(
    web: SimulatedWeb, issuer: SimulatedIssuer, header: dict[str, object], change: dict[str, object]
) -> None:
    methods = [{**method, **change} for method in issuer.controller_document()["verificationMethod"]]
    issuer.publish(verificationMethod=methods)

    report = await report_on(issuer.token(issuer.credential(), header=named(issuer, header)), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED


@pytest.mark.parametrize("header", HEADERS)
async def test_key_that_the_issuer_withdrew_under_one_name_is_not_good_under_another(
    web: SimulatedWeb, issuer: SimulatedIssuer, header: dict[str, object]
) -> None:
    methods = issuer.controller_document()["verificationMethod"]
    former = [{**method, "id": f"{method['id']}-2025", "revoked": "2025-12-31T00:00:00Z"} for method in methods]
    issuer.publish(verificationMethod=[*methods, *former])

    report = await report_on(issuer.token(issuer.credential(), header=named(issuer, header)), web)

    assert outcome(report, "issuer") is Outcome.FAILED


@pytest.mark.parametrize("header", HEADERS)
async def test_key_that_is_missing_among_those_that_the_issuer_lists_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, header: dict[str, object]
) -> None:
    methods = [
        method
        for method in issuer.controller_document()["verificationMethod"]
        if method["id"] != issuer.method("ES256")
    ]
    issuer.publish(verificationMethod=methods, assertionMethod=[method["id"] for method in methods])

    report = await report_on(issuer.token(issuer.credential(), header=named(issuer, header)), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert "is not among them" in check(report, "issuer").detail


@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        ("key-1", Outcome.PASSED),
        (f"{JWKS}#1", Outcome.PASSED),
        ("https://issuer.example/keys/1", Outcome.PASSED),
        ("#1", Outcome.PASSED),
        ("https://issuer.example/users/evil#1", Outcome.UNKNOWN),
        ("https://other.example/keys/1", Outcome.UNKNOWN),
    ],
)
async def test_key_that_the_issuer_lists_is_its_own_under_a_name_that_is_nobody_elses(
    web: SimulatedWeb, issuer: SimulatedIssuer, kid: str, expected: Outcome
) -> None:
    public = jwk.public_jwk(issuer.keys["ES256"].public_key())
    issuer.serve(JWKS, {"keys": [{**public, "kid": kid}, {**public, "kid": "key-2"}]})

    report = await report_on(issuer.token(issuer.credential(), header={"kid": kid}), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is expected


class Hindered(SimulatedWeb):
    """The web of somebody else, in which one address ends so."""

    def __init__(self, web: SimulatedWeb, address: str, error: Unreachable) -> None:
        super().__init__()
        self.web, self.address, self.error = web, address, error

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        if url == self.address:
            raise self.error
        return await self.web(url, accept=accept, fresh=fresh)


NOT_HEARD = {
    "our budget": FetchBudget("too many documents were fetched for you, try again later", retry_after_s=1),
    "our turns": Busy("too many fetches are under way, try again later"),
    "our patience": Unreachable("no complete answer within 10 s"),
    "the network": Unreachable("no connection could be made"),
    "an error of the host": Unreachable("answered 503"),
}


@pytest.mark.parametrize("error", NOT_HEARD.values(), ids=NOT_HEARD)
async def test_key_set_does_not_speak_for_a_document_that_was_not_heard(
    web: SimulatedWeb, issuer: SimulatedIssuer, error: Unreachable
) -> None:
    methods = [{**method, "revoked": YESTERDAY} for method in issuer.controller_document()["verificationMethod"]]
    issuer.publish(verificationMethod=methods)
    issuer.serve(JWKS, {"keys": [{**key, "iss": issuer.id} for key in issuer.jwks()]})

    report = await report_on(issuer.token(issuer.credential()), Hindered(web, issuer.id, error))

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.PASSED, Outcome.UNKNOWN)
    assert error.reason in check(report, "issuer").detail
    assert check(report, "issuer").fix


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("our budget", Outcome.UNKNOWN),
        ("our turns", Outcome.UNKNOWN),
        ("the network", Outcome.PASSED),
        ("an error of the host", Outcome.PASSED),
    ],
)
async def test_document_decides_alone_where_the_host_serves_no_set_and_not_where_we_did_not_ask(
    web: SimulatedWeb, issuer: SimulatedIssuer, error: str, expected: Outcome
) -> None:
    report = await report_on(issuer.token(issuer.credential()), Hindered(web, JWKS, NOT_HEARD[error]))

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.PASSED, expected)


ANSWERS = {
    "404": (404, b"", Outcome.PASSED),
    "410": (410, b"", Outcome.PASSED),
    "a web page": (200, b"\n<!doctype html><p>Welcome", Outcome.PASSED),
    "a document of another kind": (200, b'{"name": "Example University"}', Outcome.PASSED),
    "spoilt JSON": (200, b'{"id": "https://issuer.example/profile",', Outcome.UNKNOWN),
    "JSON in a list": (200, b'[{"id": "https://issuer.example/profile"}]', Outcome.UNKNOWN),
    "keys of another name": (
        200,
        b'{"id": "https://issuer.example/profile/", "verificationMethod": [{"revoked": "2025-01-01T00:00:00Z"}]}',
        Outcome.UNKNOWN,
    ),
    "keys under another spelling": (200, b'{"https://w3id.org/security#verificationMethod": []}', Outcome.UNKNOWN),
    "503": (503, b"", Outcome.UNKNOWN),
}


@pytest.mark.parametrize(("status", "body", "expected"), ANSWERS.values(), ids=ANSWERS)
async def test_key_set_speaks_alone_where_the_host_has_no_document(
    web: SimulatedWeb, issuer: SimulatedIssuer, status: int, body: bytes, expected: Outcome
) -> None:
    issuer.serve(JWKS, {"keys": [{**key, "iss": issuer.id} for key in issuer.jwks()]})
    web.publish(issuer.id, body, status=status)

    report = await report_on(issuer.token(issuer.credential()), web)

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
