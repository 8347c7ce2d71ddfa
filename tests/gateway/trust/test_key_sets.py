"""JWK Sets speak for a host; on a host of many issuers, none of them may sign as another."""

from typing import Any  # Any: members of JSON objects

import pytest

from gateway.proofs import jwk
from gateway.trust.key_sets import names_another
from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

JWKS = "https://issuer.example/.well-known/jwks.json"
ENDED: dict[str, dict[str, object]] = {
    "revoked": {"revoked": "2025-12-31T00:00:00Z"},
    "revoked, as in archives": {"revoked": {"revoked_at": 1_735_689_600, "reason": "compromised"}},
    "revoked, somehow": {"revoked": True},
    "revoked, at no time": {"revoked": {"reason": "compromised"}},
    "expired": {"expires": "2025-12-31T00:00:00Z"},
    "expired, in seconds": {"exp": 1_735_689_600},
    "ends at a time that nobody can read": {"exp": 10**14},
}
EVIL = "https://issuer.example/users/evil"


@pytest.fixture
def silent(issuer: SimulatedIssuer) -> SimulatedIssuer:
    """An issuer whose document lists no keys, so that only the set of its host speaks of them."""
    issuer.publish(verificationMethod=None, assertionMethod=None)
    return issuer


def entry(issuer: SimulatedIssuer, kid: str | None = None, **members: object) -> dict[str, Any]:
    """The ES256 key of an issuer as an entry of a set."""
    named = {} if kid is None else {"kid": kid}
    return {**jwk.public_jwk(issuer.keys["ES256"].public_key()), **named, **members}


async def issuer_of(token: str, web: SimulatedWeb) -> Check:
    """The check `issuer` of a token whose signature is right."""
    report = await report_on(token, web)
    assert outcome(report, "proof") is Outcome.PASSED
    return check(report, "issuer")


@pytest.mark.parametrize("document", ["keys", "silence", "nothing"])
@pytest.mark.parametrize(
    ("kid", "header"),
    [
        (f"{EVIL}#1", {}),
        (f"{EVIL}/key", {"kid": f"{EVIL}/key"}),
        ("https://issuer.example/profile/key", {"kid": "https://issuer.example/profile/key"}),
        ("key-2", {"kid": "key-2"}),
        ("key-2", {"kid": None, "jwk": True}),
        (None, {"kid": None, "jwk": True}),
    ],
)
async def test_neighbour_in_the_set_of_a_shared_host_does_not_sign_as_the_issuer(
    web: SimulatedWeb, issuer: SimulatedIssuer, kid: str | None, header: dict[str, object], document: str
) -> None:
    evil = SimulatedIssuer(web, EVIL)
    evil.publish()
    issuer.publish(**({} if document == "keys" else {"verificationMethod": None, "assertionMethod": None}))
    if document == "nothing":
        web.absent(issuer.id)
    issuer.serve(JWKS, {"keys": [*issuer.jwks(), entry(evil, kid)]})
    header = {"kid": kid, **header}
    if "jwk" in header:
        header["jwk"] = entry(evil)

    found = await issuer_of(evil.token(issuer.credential(), header=header), web)

    assert found.outcome is Outcome.UNKNOWN
    assert found.detail.startswith("signature valid, issuer not authenticated")
    assert found.fix


@pytest.mark.parametrize("header", [{}, {"kid": None, "jwk": True}, {"kid": "key-1"}])
async def test_key_of_an_issuer_is_not_that_of_a_path_somebody_invents(
    web: SimulatedWeb, issuer: SimulatedIssuer, header: dict[str, object]
) -> None:
    invented = {"id": "https://issuer.example/invented", "type": ["Profile"], "name": "Invented"}
    if "jwk" in header:
        header = {**header, "jwk": entry(issuer)}
    if header.get("kid") == "key-1":
        issuer.serve(JWKS, {"keys": [entry(issuer, "key-1")]})

    found = await issuer_of(issuer.token(issuer.credential(issuer=invented), header=header), web)

    assert found.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("id", ["https://issuer.example", "https://issuer.example/"])
@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        ("key-1", Outcome.PASSED),
        (f"{JWKS}#key-1", Outcome.PASSED),
        ("https://issuer.example#key-1", Outcome.PASSED),
        ("https://issuer.example/#key-1", Outcome.PASSED),
        (f"{EVIL}#key-1", Outcome.UNKNOWN),
        (f"{EVIL}/key-1", Outcome.UNKNOWN),
        ("https://other.example#key-1", Outcome.UNKNOWN),
    ],
)
async def test_issuer_that_is_the_host_has_the_keys_that_are_nobody_elses(
    web: SimulatedWeb, id: str, kid: str, expected: Outcome
) -> None:
    issuer = SimulatedIssuer(web, id)
    web.absent(id)
    issuer.serve(JWKS, {"keys": [entry(issuer, kid), entry(SimulatedIssuer(web, EVIL), f"{EVIL}#1")]})

    found = await issuer_of(issuer.token(issuer.credential(), header={"kid": kid}), web)

    assert found.outcome is expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], Outcome.PASSED),
        ([{"kid": "https://issuer.example/profile#2"}], Outcome.PASSED),
        ([{"kid": "key-2", "iss": "https://issuer.example/profile"}], Outcome.PASSED),
        ([{"kid": "key-2"}], Outcome.UNKNOWN),
        ([{}], Outcome.UNKNOWN),
        ([{"kid": f"{EVIL}#1"}], Outcome.UNKNOWN),
        ([{"kid": "https://issuer.example/profile#2", "iss": EVIL}], Outcome.UNKNOWN),
    ],
)
async def test_set_without_iss_is_one_issuers_when_each_of_its_keys_says_so(
    web: SimulatedWeb, silent: SimulatedIssuer, others: list[dict[str, Any]], expected: Outcome
) -> None:
    evil = SimulatedIssuer(web, EVIL)
    silent.serve(JWKS, {"keys": [*silent.jwks(), *(entry(evil, **other) for other in others)]})

    assert (await issuer_of(silent.token(silent.credential()), web)).outcome is expected


@pytest.mark.parametrize(
    ("iss", "expected"),
    [("https://issuer.example/profile", Outcome.PASSED), (EVIL, Outcome.FAILED), (None, Outcome.FAILED)],
)
async def test_iss_of_the_entry_says_whose_the_key_is(
    web: SimulatedWeb, silent: SimulatedIssuer, iss: object, expected: Outcome
) -> None:
    silent.serve(JWKS, {"keys": [entry(SimulatedIssuer(web, EVIL), "key-1"), entry(silent, "key-1", iss=iss)]})

    found = await issuer_of(silent.token(silent.credential(), header={"kid": None, "jwk": entry(silent)}), web)

    assert found.outcome is expected


async def test_of_two_keys_under_one_name_the_issuers_counts(web: SimulatedWeb, silent: SimulatedIssuer) -> None:
    evil = entry(SimulatedIssuer(web, EVIL), "key-1", iss=EVIL)
    silent.serve(JWKS, {"keys": [evil, entry(silent, "key-1", iss=silent.id)]})

    found = await issuer_of(silent.token(silent.credential(), header={"kid": "key-1"}), web)

    assert found.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        (None, False),
        ("key-1", False),
        ("https://issuer.example/profile#1", False),
        (f"{JWKS}#1", False),
        ("https://issuer.example/keys/1", False),
        (f"{EVIL}#1", True),
        ("https://issuer.example/profile/#1", True),
        ("https://other.example/keys/1", True),
        ("https://issuer.example@other.example/keys/1", True),
        ("did:web:issuer.example#1", True),
    ],
)
def test_name_inside_another_document_or_on_another_host_is_somebody_elses(kid: str | None, expected: bool) -> None:
    assert names_another(kid, "https://issuer.example/profile") is expected


@pytest.mark.parametrize(("keys", "expected"), [(200, Outcome.PASSED), (201, Outcome.UNKNOWN)])
async def test_a_set_of_more_keys_than_can_be_looked_through_says_nothing(
    silent: SimulatedIssuer, web: SimulatedWeb, keys: int, expected: Outcome
) -> None:
    silent.serve(JWKS, {"keys": [entry(silent, f"{silent.id}#{n}") for n in range(keys)]})
    token = silent.token(silent.credential(), header={"kid": f"{silent.id}#7"})

    report = await report_on(token, web)

    assert outcome(report, "issuer") is expected


async def test_two_keys_of_one_name_are_none(web: SimulatedWeb, silent: SimulatedIssuer) -> None:
    other = SimulatedIssuer(web, EVIL)
    members = {"kid": "1", "iss": silent.id}
    silent.serve(JWKS, {"keys": [entry(silent, **members), entry(other, **members)]})

    report = await report_on(silent.token(silent.credential(), header={"kid": "1"}), web)

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    assert "several keys with the kid 1" in check(report, "proof").detail
    assert check(report, "proof").fix == f"Give each key in {JWKS} a kid of its own."


@pytest.mark.parametrize("ended", ENDED.values(), ids=ENDED)
async def test_entry_that_has_ended_signs_no_more(
    web: SimulatedWeb, silent: SimulatedIssuer, ended: dict[str, object]
) -> None:
    silent.serve(JWKS, {"keys": [{**key, "iss": silent.id, **ended} for key in silent.jwks()]})

    found = await issuer_of(silent.token(silent.credential()), web)

    assert found.outcome is Outcome.FAILED
    assert found.fix


@pytest.mark.parametrize("end", [{"exp": 1_798_761_600}, {"expires": "2027-01-01T00:00:00Z"}])
async def test_entry_that_ends_later_still_signs(
    web: SimulatedWeb, silent: SimulatedIssuer, end: dict[str, object]
) -> None:
    silent.serve(JWKS, {"keys": [{**key, "iss": silent.id, **end} for key in silent.jwks()]})

    assert (await issuer_of(silent.token(silent.credential()), web)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("iss", "expected"), [("https://issuer.example/profile", Outcome.FAILED), (EVIL, Outcome.PASSED)]
)
async def test_key_that_its_issuer_ended_under_another_kid_signs_no_more(
    web: SimulatedWeb, issuer: SimulatedIssuer, iss: str, expected: Outcome
) -> None:
    former = entry(issuer, "former", iss=iss, revoked="2025-12-31T00:00:00Z")
    issuer.serve(JWKS, {"keys": [*issuer.jwks(), former]})

    assert (await issuer_of(issuer.token(issuer.credential()), web)).outcome is expected


@pytest.mark.parametrize(
    "members",
    [
        {"verificationMethod": [{"@id": "#1", "revoked": "2025-12-31T00:00:00Z"}], "assertionMethod": [{"@id": "#1"}]},
        {"verificationMethod": [{"revoked": "2025-12-31T00:00:00Z"}]},
        {"verificationMethod": "#1"},
        {"assertionMethod": [["#1"]]},
        {"@graph": []},
    ],
)
async def test_set_does_not_speak_for_a_document_whose_keys_are_not_understood(
    web: SimulatedWeb, silent: SimulatedIssuer, members: dict[str, object]
) -> None:
    silent.publish(**{"verificationMethod": None, "assertionMethod": None, **members})
    silent.serve(JWKS, {"keys": [{**key, "iss": silent.id} for key in silent.jwks()]})

    found = await issuer_of(silent.token(silent.credential()), web)

    assert found.outcome is Outcome.UNKNOWN
    assert "not understood" in found.detail
    assert "assertionMethod" in found.fix


async def test_document_without_keys_for_assertions_withdraws_one_all_the_same(
    web: SimulatedWeb, silent: SimulatedIssuer
) -> None:
    [method] = [
        one for one in silent.controller_document()["verificationMethod"] if one["id"] == silent.method("ES256")
    ]
    former = {**method, "revoked": "2025-12-31T00:00:00Z"}
    silent.publish(verificationMethod=None, assertionMethod=None, authentication=[former])

    assert (await issuer_of(silent.token(silent.credential()), web)).outcome is Outcome.FAILED


async def test_one_key_twice_is_one(web: SimulatedWeb, silent: SimulatedIssuer) -> None:
    silent.serve(JWKS, {"keys": [entry(silent, "1", iss=silent.id)] * 2})

    assert (await issuer_of(silent.token(silent.credential(), header={"kid": "1"}), web)).outcome is Outcome.PASSED


async def test_neighbours_may_give_their_keys_the_same_name(web: SimulatedWeb, silent: SimulatedIssuer) -> None:
    other = SimulatedIssuer(web, EVIL)
    silent.serve(JWKS, {"keys": [entry(other, "1", iss=EVIL), entry(silent, "1", iss=silent.id)]})

    assert (await issuer_of(silent.token(silent.credential(), header={"kid": "1"}), web)).outcome is Outcome.PASSED
