"""What is understood of a document: the credential, how it is secured, which status it claims, what is lost."""

import datetime as dt
from typing import Any

import pytest

from adapters.hub.contract import Format
from adapters.hub.errors import Malformed
from adapters.hub.losses import Change
from adapters.hub.securing import DataIntegrity, Unsecured, VcJwt
from adapters.open_badges_3 import OpenBadges3
from tests.adapters.open_badges_3 import given


def test_fields_arrive_where_the_neutral_model_has_them() -> None:
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + "0f" * 32,
        "identityType": "emailAddress",
        "salt": "brine",
    }
    document = given.document(
        name="Knots for Kim",
        awardedDate="2023-12-24T18:00:00+01:00",
        validUntil="2030-01-01T00:00:00Z",
        credentialSubject=given.subject(identifier=[identity], term="Winter", creditsEarned=2),
    )

    reading = given.read(document)

    [credential] = reading.credentials
    assert reading.format is Format.OPEN_BADGES_3
    assert reading.issuer_id == "https://issuer.example.org"
    assert credential.name == {"und": "Knots for Kim"}
    assert credential.issuer.name == {"und": "Example Issuer"}
    assert credential.achievement.name == {"und": "Knots"}
    assert credential.achievement.description == {"und": "Ties ten knots."}
    assert credential.achievement.criteria is not None
    assert credential.achievement.criteria.narrative == {"und": "Tie ten knots."}
    assert credential.recipient.id == "did:example:learner"
    assert credential.recipient.identities[0].kind == "emailAddress"
    assert credential.recipient.identities[0].salt == "brine"
    assert (credential.term, credential.credits_earned) == ("Winter", 2.0)
    assert credential.awarded == dt.datetime(2023, 12, 24, 17, tzinfo=dt.UTC)
    assert credential.valid_from == dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    assert credential.valid_until == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert reading.origins["/0/term"] == "/credentialSubject/term"
    assert reading.losses.losses == ()


def test_dates_of_vcdm_1_are_its_own() -> None:
    document = given.older(expirationDate="2030-01-01T00:00:00Z", validFrom="1999-01-01T00:00:00Z")

    reading = given.read(document)

    [credential] = reading.credentials
    assert reading.version == "3.0 (VCDM 1.1)"
    assert credential.valid_from == dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    assert credential.valid_until == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert [loss.source for loss in reading.losses.losses] == ["/validFrom"]


def test_issuer_that_is_an_address_is_a_profile_with_that_id() -> None:
    reading = given.read(given.document(issuer="did:web:issuer.example.org"))

    assert reading.credentials[0].issuer.id == "did:web:issuer.example.org"
    assert OpenBadges3().references(given.opened(given.document(issuer="did:web:issuer.example.org")), {}) == ()


def test_texts_may_say_their_language() -> None:
    document = given.document(
        name={"@value": "Knoten", "@language": "de", "@direction": "ltr"},
        credentialSubject=given.subject(achievement=given.achievement(name={"en": "Knots", "fr": "Nœuds"})),
    )

    reading = given.read(document)

    assert reading.credentials[0].name == {"de": "Knoten"}
    assert reading.credentials[0].achievement.name == {"en": "Knots", "fr": "Nœuds"}
    assert [(loss.change, loss.source) for loss in reading.losses.losses] == [
        (Change.APPROXIMATED, "/name/@language"),
        (Change.DROPPED, "/name/@direction"),
    ]


def test_activity_without_a_zone_is_read_as_utc_and_reported() -> None:
    reading = given.read(given.document(credentialSubject=given.subject(activityStartDate="2024-01-02T03:04:05")))

    assert reading.credentials[0].activity_start == dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    [loss] = reading.losses.losses
    assert (loss.change, loss.source) == (Change.APPROXIMATED, "/credentialSubject/activityStartDate")
    assert loss.target == "/0/activity_start"


def test_further_types_are_kept_and_own_ones_are_not() -> None:
    types = ["VerifiableCredential", "AchievementCredential", "https://issuer.example.org/types#A"]

    reading = given.read(given.document(type=types))

    assert reading.credentials[0].types == ("https://issuer.example.org/types#A",)


def test_unknown_members_are_reported_leaf_by_leaf() -> None:
    reading = given.read(given.document(vendor={"a/b": [1, 2]}))

    assert [loss.source for loss in reading.losses.losses] == ["/vendor/a~1b/0", "/vendor/a~1b/1"]


def test_both_kinds_of_endorsement_are_carried() -> None:
    whole = {"id": "urn:example:e", "type": ["EndorsementCredential"]}

    reading = given.read(given.document(endorsement=whole, endorsementJwt=["e30.e30.c2ln"]))

    first, second = reading.credentials[0].endorsements
    assert (first.document, first.token) == (whole, None)
    assert (second.document, second.token) == (None, "e30.e30.c2ln")
    assert reading.origins["/0/endorsements/0/document/id"] == "/endorsement/id"
    assert reading.origins["/0/endorsements/1/token"] == "/endorsementJwt/0"


@pytest.mark.parametrize("proof", [{"type": "DataIntegrityProof"}, [{"type": "A"}, {"type": "B"}]])
def test_embedded_proofs_are_data_integrity(proof: Any) -> None:
    document = given.document(proof=proof)

    securing = given.read(document).securing

    assert securing == DataIntegrity(document=document, proofs=tuple(proof if isinstance(proof, list) else [proof]))


def test_nothing_is_unsecured() -> None:
    assert given.read(given.document()).securing == Unsecured()
    assert given.read(given.document(proof=[])).securing == Unsecured()


def test_token_secures_the_credential_in_it() -> None:
    opened = given.in_token({**given.document(), "iss": "https://issuer.example.org"})

    reading = OpenBadges3().read(opened, {})

    assert reading.securing == VcJwt(token=opened.payload.decode(), document=opened.document)
    assert [loss.source for loss in reading.losses.losses] == ["/iss"]


def test_credential_ends_with_its_token() -> None:
    opened = given.in_token({**given.document(), "exp": 1_900_000_000})

    reading = OpenBadges3().read(opened, {})

    assert reading.credentials[0].valid_until == dt.datetime(2030, 3, 17, 17, 46, 40, tzinfo=dt.UTC)
    assert reading.origins["/0/valid_until"] == "/exp"
    assert (reading.findings, reading.losses.losses) == ((), ())


CLAIMS = {
    "iss": "https://issuer.example.org",
    "jti": "urn:uuid:1",
    "sub": "did:example:learner",
    "nbf": 1_700_000_000,
    "exp": 1_900_000_000,
}


def test_what_only_claims_say_of_a_vc_claim_is_read_from_them() -> None:
    inner = given.older(id=None, issuanceDate=None, issuer={"type": ["Profile"], "name": "Example Issuer"})
    inner["credentialSubject"] = given.subject(id=None)

    reading = OpenBadges3().read(given.in_token({**CLAIMS, "vc": inner}), {})

    (credential,) = reading.credentials
    assert (credential.id, credential.issuer.id) == ("urn:uuid:1", "https://issuer.example.org")
    assert credential.recipient.id == "did:example:learner"
    assert (credential.valid_from, credential.valid_until) == (
        dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC),
        dt.datetime(2030, 3, 17, 17, 46, 40, tzinfo=dt.UTC),
    )
    assert {claim for claim in reading.origins.values() if not claim.startswith("/vc/")} == {
        "/iss",
        "/jti",
        "/sub",
        "/nbf",
        "/exp",
    }
    assert reading.issuer_id == "https://issuer.example.org"
    assert [finding for finding in reading.findings if finding.blocking] == []
    assert [loss.source for loss in reading.losses.losses] == []


def test_issuer_that_only_a_claim_names_is_read_and_its_poverty_is_advice() -> None:
    payload = {**CLAIMS, "vc": given.older(issuer=None)}

    reading = OpenBadges3().read(given.in_token(payload), {})

    assert reading.issuer_id == "https://issuer.example.org"
    assert reading.origins["/0/issuer/id"] == "/iss"
    assert [finding.pointer for finding in reading.findings if "address" in finding.reason] == ["/iss"]
    assert not any(finding.blocking for finding in reading.findings)


def test_time_of_issue_dates_a_credential_that_nothing_else_dates() -> None:
    payload = {"vc": given.older(issuanceDate=None), "iat": 1_700_000_000}

    reading = OpenBadges3().read(given.in_token(payload), {})

    assert reading.origins["/0/valid_from"] == "/iat"


def test_claim_never_replaces_what_the_credential_says() -> None:
    reading = OpenBadges3().read(given.in_token({**CLAIMS, "vc": given.older()}), {})

    assert reading.issuer_id == given.older()["issuer"]["id"]
    assert reading.origins["/0/id"] == "/vc/id"
    assert {loss.source for loss in reading.losses.losses} == {"/jti", "/iss", "/sub", "/nbf"}


@pytest.mark.parametrize("claims", [{"iss": 1}, {"sub": []}, {"nbf": "now"}, {"exp": True}, {"jti": {}}])
def test_claim_of_another_type_says_nothing(claims: dict[str, Any]) -> None:
    payload = {**claims, "vc": given.older(id=None, credentialSubject=given.subject(id=None))}

    reading = OpenBadges3().read(given.in_token(payload), {})

    assert not reading.origins.keys() & {"/0/id", "/0/recipient/id", "/0/valid_until"}


def test_pointers_lead_into_the_vc_claim() -> None:
    opened = given.in_token({"vc": given.older(vendor=1), "iss": "https://issuer.example.org"})

    reading = OpenBadges3().read(opened, {})

    assert reading.securing == VcJwt(token=opened.payload.decode(), document=opened.document["vc"])
    assert reading.origins["/0/valid_from"] == "/vc/issuanceDate"
    assert [loss.source for loss in reading.losses.losses] == ["/vc/vendor", "/iss"]


@pytest.mark.parametrize(
    ("entry", "kind", "url", "sought"),
    [
        (
            {
                "type": "BitstringStatusListEntry",
                "statusListCredential": "https://x.example.org/1",
                "statusListIndex": 7,
            },
            "BitstringStatusListEntry",
            "https://x.example.org/1",
            "",
        ),
        (
            {"type": "1EdTechRevocationList", "id": "https://x.example.org/revoked"},
            "1EdTechRevocationList",
            "https://x.example.org/revoked",
            "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10",
        ),
        ({"type": "OtherStatus", "id": "https://x.example.org/s"}, "OtherStatus", "https://x.example.org/s", ""),
        ({}, "", "", ""),
    ],
)
def test_status_claims_say_where_to_look(entry: dict[str, Any], kind: str, url: str, sought: str) -> None:
    [claim] = given.read(given.document(credentialStatus=entry)).status

    assert (claim.kind, claim.url, claim.id) == (kind, url, sought)
    assert (claim.entry, claim.pointer) == (entry, "/credentialStatus")


def test_every_status_claim_of_a_list_is_looked_at() -> None:
    reading = given.read(given.document(credentialStatus=[{"type": "A"}, {"type": "B"}]))

    assert [claim.pointer for claim in reading.status] == ["/credentialStatus/0", "/credentialStatus/1"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"credentialSubject": []}, "/credentialSubject"),
        ({"credentialSubject": None}, ""),
        ({"issuer": 5}, "/issuer"),
        ({"validFrom": "2024-01-01"}, "/validFrom"),
        ({"validFrom": "2024-01-01T00:00:00"}, "/validFrom"),
        ({"name": {}}, "/name"),
        ({"evidence": [{"id": 1}]}, "/evidence/0/id"),
        ({"credentialSubject": {"achievement": {"tag": [1]}}}, "/credentialSubject/achievement/tag/0"),
    ],
)
def test_what_cannot_be_read_says_where(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Malformed) as refusal:
        given.read(given.document(**changes))

    assert refusal.value.pointer == pointer


def test_vc_claim_that_is_no_object_cannot_be_read() -> None:
    with pytest.raises(Malformed) as refusal:
        OpenBadges3().read(given.in_token({"vc": "text"}), {})

    assert refusal.value.pointer == "/vc"


def test_years_at_the_edge_of_the_calendar_do_no_harm() -> None:
    reading = given.read(given.document(validFrom="0001-01-01T00:00:00+05:00", validUntil="9999-12-31T23:59:59-05:00"))

    assert reading.credentials[0].valid_from is not None
