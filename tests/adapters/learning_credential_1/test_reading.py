"""What a learning credential says, as a neutral credential."""

import datetime as dt
from base64 import urlsafe_b64encode

import msgspec
import pytest

from adapters.hub.contract import Confidence
from adapters.hub.credential import Identity
from adapters.hub.errors import Malformed
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import SdJwt, Unsecured, VcJwt
from adapters.learning_credential_1 import LearningCredential1
from adapters.learning_credential_1.document import MANDATORY
from adapters.learning_credential_1.languages import AUTHORITY
from tests.adapters import samples
from tests.adapters.learning_credential_1.given import ADAPTER, claims, opened, read

SAMPLES = samples.folder_of(ADAPTER)
END_OF_DAY = dt.datetime(2031, 1, 31, 23, 59, 59, tzinfo=dt.UTC)


def token(*disclosures: str) -> Opened:
    parts = (msgspec.json.encode({"alg": "ES256"}), msgspec.json.encode(claims()), b"signature")
    line = b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    found = open_bytes(line + "".join(f"~{each}" for each in disclosures).encode())
    assert isinstance(found, Opened)
    return found


def test_the_complete_sample_says_every_element_that_the_format_has() -> None:
    document = msgspec.json.decode((SAMPLES / "complete.json").read_bytes())

    reading = read(document)

    [found] = reading.credentials
    assert (found.issuer.id, found.issuer.name, reading.issuer_id) == (
        document["iss"],
        {"und": "Example Academy"},
        document["iss"],
    )
    assert found.recipient.id == document["sub"]
    assert [(each.kind, each.value) for each in found.recipient.identities] == [
        ("emailAddress", "learner@example.org"),
        ("ext:givenName", "Learner"),
        ("ext:familyName", "Example"),
    ]
    assert (found.achievement.workload, found.achievement.credit_points[0].points) == ("PT60H", "2.5")
    assert [each.id for each in found.achievement.languages] == [f"{AUTHORITY}ENG", f"{AUTHORITY}FRA"]
    assert found.achievement.alignments[0].target_url == "http://data.europa.eu/snb/eqf/5"
    assert found.results[0].value == "B+"
    assert found.valid_until == END_OF_DAY
    assert reading.findings == ()
    assert reading.losses.losses == ()


def test_it_is_recognised_by_its_type_alone() -> None:
    sure = ADAPTER.recognises(opened({"vct": claims()["vct"]}))

    assert (sure.confidence, sure.version) == (Confidence.CERTAIN, "1")
    for other in ({}, {"vct": "urn:eudi:pid:1"}, {"vct": [claims()["vct"]]}, {**claims(), "vct": None}):
        assert ADAPTER.recognises(opened({**other, "a": 1})).confidence is Confidence.NONE


def test_how_it_was_sealed_is_told_by_what_it_came_in() -> None:
    bare, signed, disclosed = opened(claims()), token(), token("")

    found = [ADAPTER.read(each, {}).securing for each in (bare, signed, disclosed)]

    assert [type(each) for each in found] == [Unsecured, VcJwt, SdJwt]


@pytest.mark.parametrize(
    "change",
    [
        {"issuing_authority": 1},
        {"learning_outcomes": [1]},
        {"level_of_learning_experience": "5"},
        {"integration_stackability_options": "yes"},
        {"learner_identity": {}},
        {"provenance": "x"},
        {"exp": "tomorrow"},
        {"family_name": {"en": "x"}},
    ],
)
def test_a_claim_of_another_type_is_refused_with_its_place(change: dict[str, object]) -> None:
    with pytest.raises(Malformed) as caught:
        read(claims(**change))

    assert caught.value.pointer.startswith(f"/{next(iter(change))}")
    assert ADAPTER.repair(opened(claims(**change))).lacking[0].pointer == caught.value.pointer


def test_what_is_not_there_is_advice_except_who_says_what() -> None:
    found = read({"vct": claims()["vct"]}).findings

    assert {each.pointer for each in found} == {f"/{name}" for name in MANDATORY}
    blocking = {each.pointer for each in found if each.blocking}
    assert blocking == {"/issuing_authority", "/achievement_title"}
    assert {each.pointer for each in ADAPTER.repair(opened({"vct": claims()["vct"]})).lacking} == blocking


@pytest.mark.parametrize(
    ("change", "blocking"),
    [
        ({"date_of_issuance": "31/01/2026"}, True),
        ({"date_of_expiry": "2026-02-30"}, True),
        ({"date_of_issuance": "0001-01-01T00:00:00+14:00"}, True),
        ({"date_of_expiry": "9999-12-31T23:59:59-14:00"}, True),
        ({"validUntil": "2099-01-01"}, True),
        ({"expirationDate": 4_102_444_800}, True),
        ({"learner_identification": f"sha256${'0' * 64}"}, True),
        ({"learner_identification": "x", "learner_identity": {"kind": "identifier", "hashed": True}}, True),
        ({"issuing_country": "France"}, False),
        ({"level_of_learning_experience": 9}, False),
        ({"family_name": "  "}, False),
    ],
)
def test_a_value_that_means_nothing_is_found(change: dict[str, object], blocking: bool) -> None:
    name = next(iter(change))

    found = {each.pointer: each.blocking for each in read(claims(**change)).findings}

    assert found[f"/{name}"] is blocking


def test_it_holds_through_the_day_on_which_it_ends_or_until_exp_where_that_is_earlier() -> None:
    morning = int(END_OF_DAY.timestamp()) - 15 * 3600

    def ends(**change: object) -> dt.datetime | None:
        return read(claims(**change)).credentials[0].valid_until

    assert ends(date_of_expiry="2031-01-31") == END_OF_DAY
    assert ends(date_of_expiry="2031-01-31", exp=morning) == END_OF_DAY - dt.timedelta(hours=15)
    assert ends(date_of_expiry="2031-01-31", exp=morning + 999_999) == END_OF_DAY
    assert ends(exp=morning + 0.5) == END_OF_DAY - dt.timedelta(hours=15)
    assert ends(date_of_expiry="2031-01-31T08:00:00Z") == dt.datetime(2031, 1, 31, 8, tzinfo=dt.UTC)
    assert ends(date_of_expiry="31/01/2031", exp=10**15) is None


EARLIER, LATER = "2030-12-31T12:00:00Z", "2031-06-30T12:00:00Z"
_SECONDS = {EARLIER: 1_924_948_800, LATER: 1_940_587_200}


@pytest.mark.parametrize("member", ["validUntil", "expirationDate", "exp", "date_of_expiry"])
@pytest.mark.parametrize("beside", ["validUntil", "expirationDate", "exp", "date_of_expiry", None])
def test_the_earliest_of_all_ends_that_it_states_counts(member: str, beside: str | None) -> None:
    def stated(name: str, moment: str) -> object:
        return _SECONDS[moment] if name == "exp" else moment

    others = {} if beside in (None, member) else {str(beside): stated(str(beside), LATER)}

    reading = read(claims(**others, **{member: stated(member, EARLIER)}))

    assert reading.credentials[0].valid_until == dt.datetime(2030, 12, 31, 12, tzinfo=dt.UTC)
    assert reading.origins["/0/valid_until"] == f"/{member}"
    assert [loss.source for loss in reading.losses.losses] == [f"/{name}" for name in others]


def test_an_end_in_no_form_that_is_read_is_reported_as_lost() -> None:
    reading = read(claims(validUntil=["2030-01-01T00:00:00Z"], expirationDate="soon"))

    assert reading.credentials[0].valid_until is None
    assert {loss.source for loss in reading.losses.losses} == {"/validUntil/0", "/expirationDate"}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"type": "BitstringStatusListEntry", "statusListCredential": "https://a.example/1"}, ["https://a.example/1"]),
        ({"type": "1EdTechRevocationList", "id": "https://a.example/list"}, ["https://a.example/list"]),
        ([{"type": "A", "id": "https://a.example/1"}, {"type": "B"}], ["https://a.example/1", ""]),
        ({}, [""]),
        ("revoked", [""]),
        (None, []),
    ],
)
def test_it_says_where_its_status_is_in_the_words_of_verifiable_credentials_too(
    given: object, found: list[str]
) -> None:
    reading = read(claims(jti="urn:uuid:1", credentialStatus=given))

    assert [claim.url for claim in reading.status] == found
    assert all(claim.pointer.startswith("/credentialStatus") for claim in reading.status)


@pytest.mark.parametrize(
    ("given", "identities"),
    [
        ({"learner_identification": "a@example.org"}, [("emailAddress", "a@example.org", False, None)]),
        ({}, [("identifier", "0123456", False, None)]),
        ({"sub": "did:example:1", "learner_identification": "did:example:1"}, []),
        (
            {"learner_identity": {"kind": "emailAddress", "hashed": True, "salt": "s"}},
            [("emailAddress", "0123456", True, "s")],
        ),
        (
            {"learner_identity": {"kind": "name"}, "family_name": "F"},
            [("ext:familyName", "F", False, None), ("name", "0123456", False, None)],
        ),
        ({"learner_identification": None, "learner_identity": {"kind": "name"}}, []),
    ],
)
def test_the_learner_is_known_by_what_the_claims_say(
    given: dict[str, object], identities: list[tuple[object, ...]]
) -> None:
    [found] = read(claims(**given)).credentials

    assert [(each.kind, each.value, each.hashed, each.salt) for each in found.recipient.identities] == identities
    assert all(isinstance(each, Identity) for each in found.recipient.identities)


def test_a_claim_that_the_format_does_not_define_is_dropped_and_reported() -> None:
    reading = read(claims(form_of_participation="On-line", provenance={"signed_by": "Somebody", "shoe": "41"}))

    assert {loss.source for loss in reading.losses.losses} == {
        "/form_of_participation",
        "/provenance/signed_by",
        "/provenance/shoe",
    }
    assert reading.credentials[0].issuer.name == {"und": "Example Academy"}


def test_it_refers_to_nothing_and_has_no_endorsements() -> None:
    found = opened(claims())

    assert LearningCredential1().references(found, {}) == ()
    assert ADAPTER.endorsements.references(found, {}) == ()
    with pytest.raises(Malformed, match="no endorsements"):
        ADAPTER.endorsements.read(found, {})
