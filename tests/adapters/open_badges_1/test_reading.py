"""Reading Open Badges 0.5, 1.0 and 1.1 by the upgrade rules, each step with a line in the report."""

import datetime as dt
import json
from typing import Any

import msgspec
import pytest

from adapters.hub.contract import Confidence, Reading
from adapters.hub.credential import Identity
from adapters.hub.errors import AdapterError, Malformed, NotWritable, ReferenceMissing, Revoked
from adapters.hub.losses import Change, pointers
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import Hosted, Jws, Unsecured
from adapters.registry import detect
from tests.adapters import comparing
from tests.adapters.open_badges_1.badges import ADAPTER, ADDRESS, SAMPLES, SERVED, lines, opened, read, sample
from tests.corpora import corpus

NAMES = ["0.5.json", "1.0-hosted.json", "1.1-hosted.json", "moodle.json"]
BENT_WORDS = {"/recipient/type"}
"""Leaves that the neutral model calls by another word of the same meaning."""


def reading_of(name: str) -> Reading:
    return read(sample(name), ADDRESS if name == "0.5.json" else "")


@pytest.mark.parametrize("name", NAMES)
def test_every_leaf_is_carried_as_it_stands_or_has_a_line(name: str) -> None:
    reading = reading_of(name)

    neutral = json.loads(msgspec.json.encode(reading.credentials))
    reported = {loss.source for loss in reading.losses.losses}
    for place in pointers(reading.document):
        if place in reported | BENT_WORDS or place.endswith(("/@context", "/type")):
            continue
        values = [comparing.at(neutral, into) for into, at in reading.origins.items() if at == place]
        assert comparing.at(reading.document, place) in values, place


@pytest.mark.parametrize("name", NAMES)
def test_every_line_stands_at_a_leaf_that_is_there(name: str) -> None:
    reading = reading_of(name)

    leaves = set(pointers(reading.document))

    assert {loss.source for loss in reading.losses.losses} <= leaves


def test_the_recipient_of_2011_is_a_hash_with_its_salt() -> None:
    reading = reading_of("0.5.json")

    [identity] = reading.credentials[0].recipient.identities
    assert (identity.kind, identity.hashed, identity.salt) == ("emailAddress", True, "sel gris")
    assert "hash of an e-mail address" in lines(reading)["/recipient"]


def test_the_recipient_of_2011_with_an_at_is_an_address_and_its_salt_is_dropped() -> None:
    reading = read({**sample("0.5.json"), "recipient": "learner@example.org"}, ADDRESS)

    [identity] = reading.credentials[0].recipient.identities
    assert identity == Identity(kind="emailAddress", value="learner@example.org", hashed=False)
    assert "/salt" in lines(reading, Change.DROPPED)


def test_the_issuer_of_2011_has_one_name_and_is_its_origin() -> None:
    reading = reading_of("0.5.json")

    issuer = reading.credentials[0].issuer
    assert issuer.name == {"und": "School of Knots: Harbour"}
    assert issuer.id == issuer.url == reading.issuer_id == "https://issuer.example"
    assert issuer.email == "badges@issuer.example"
    assert lines(reading).keys() >= {f"/badge/issuer/{name}" for name in ("name", "org", "origin", "contact")}


def test_the_name_of_an_issuer_without_org_is_carried() -> None:
    document = sample("0.5.json")
    del document["badge"]["issuer"]["org"]

    assert "/badge/issuer/name" not in lines(read(document, ADDRESS))


def test_the_org_of_an_issuer_without_name_is_its_name() -> None:
    document = sample("0.5.json")
    del document["badge"]["issuer"]["name"]

    assert read(document, ADDRESS).credentials[0].issuer.name == {"und": "Harbour"}


def test_paths_of_2011_lie_on_the_origin() -> None:
    reading = reading_of("0.5.json")

    achievement = reading.credentials[0].achievement
    assert achievement.image is not None
    assert achievement.image.id == "https://issuer.example/images/knots.png"
    assert reading.credentials[0].evidence[0].id == "https://issuer.example/evidence/7"
    assert lines(reading).keys() >= {"/badge/image", "/evidence"}


def test_a_badge_of_2011_is_hosted_where_it_was_fetched_and_nowhere_otherwise() -> None:
    fetched, sent = read(sample("0.5.json"), ADDRESS), read(sample("0.5.json"))

    assert fetched.securing == Hosted(url=ADDRESS, issuer_origin="https://issuer.example")
    assert fetched.credentials[0].id == ADDRESS
    assert "/id" in lines(fetched)
    assert isinstance(sent.securing, Unsecured)
    assert sent.credentials[0].id is None


def test_an_assertion_of_1_0_is_named_by_the_address_where_it_is_verified() -> None:
    reading = reading_of("1.0-hosted.json")

    assert reading.credentials[0].id == "https://issuer.example/1.0/assertions/a7.json"
    assert "/verify/url" in lines(reading)
    assert lines(reading, Change.DROPPED).keys() >= {"/uid", "/verify/type"}


def test_a_signed_assertion_of_1_0_is_named_by_its_uid() -> None:
    token = open_bytes((SAMPLES / "1.0-signed.jws").read_bytes())
    assert isinstance(token, Opened)

    reading = ADAPTER.read(token, SERVED)

    assert reading.credentials[0].id == "uid:a8"
    assert "/uid" in lines(reading)
    assert isinstance(reading.securing, Jws)
    assert reading.securing.key_url == "https://issuer.example/1.0/key.pem"
    assert [(claim.url, claim.id) for claim in reading.status] == [("https://issuer.example/1.0/revoked.json", "a8")]


def test_parts_of_1_0_are_named_by_their_addresses() -> None:
    reading = reading_of("1.0-hosted.json")

    assert reading.credentials[0].achievement.id == "https://issuer.example/1.0-knots.json"
    assert reading.issuer_id == "https://issuer.example/1.0-issuer.json"
    assert lines(reading).keys() >= {"/badge/id", "/badge/issuer/id"}
    assert reading.findings == ()


def test_a_part_that_calls_itself_otherwise_is_taken_for_its_address_with_a_note() -> None:
    named = json.dumps({**sample("served/1.1-issuer.json"), "id": "https://other.example/issuer.json"}).encode()

    reading = read(sample("1.1-hosted.json"), served={"https://issuer.example/1.1/issuer.json": named})

    assert reading.issuer_id == "https://issuer.example/1.1/issuer.json"
    assert [(each.pointer, each.blocking) for each in reading.findings] == [("/badge/issuer/id", False)]


@pytest.mark.parametrize(
    ("written", "instant", "words"),
    [
        ("2014-04-30T09:30:00", "2014-04-30T09:30:00Z", "taken to mean UTC"),
        ("2014-04-30", "2014-04-30T00:00:00Z", "its beginning in UTC"),
        (1398850200, "2014-04-30T09:30:00Z", "seconds since 1970"),
        ("1398850200", "2014-04-30T09:30:00Z", "seconds since 1970"),
    ],
)
@pytest.mark.parametrize(("member", "field"), [("issuedOn", "awarded"), ("expires", "valid_until")])
def test_a_time_without_a_zone_is_read_as_utc_with_a_line(
    written: Any, instant: str, words: str, member: str, field: str
) -> None:
    document = sample("1.0-hosted.json") | {"issuedOn": "2014-01-01T00:00:00Z", member: written}

    reading = read(document)

    assert getattr(reading.credentials[0], field) == dt.datetime.fromisoformat(instant)
    assert words in lines(reading)[f"/{member}"]
    assert reading.findings == ()


def test_a_time_with_a_zone_is_carried_without_a_line() -> None:
    reading = read(sample("1.0-hosted.json") | {"issuedOn": "2014-04-30T11:30:00+02:00"})

    assert reading.credentials[0].awarded == dt.datetime(2014, 4, 30, 9, 30, tzinfo=dt.UTC)
    assert "/issuedOn" not in lines(reading)


def test_alignments_have_the_names_of_2_0_and_a_line_each() -> None:
    reading = reading_of("1.1-hosted.json")

    first = reading.credentials[0].achievement.alignments[0]
    assert (first.target_name, first.target_url) == ({"und": "Rope work"}, "https://frameworks.example/rope-work")
    assert "targetName" in lines(reading)["/badge/alignment/0/name"]


def test_moodles_alignments_are_read_with_a_note() -> None:
    reading = reading_of("moodle.json")

    assert reading.credentials[0].achievement.alignments[0].target_code == "K-10"
    assert [(each.pointer, each.blocking) for each in reading.findings] == [("/badge/alignments", False)]


def test_verification_without_an_address_is_hosted_at_the_id() -> None:
    document = sample("1.1-hosted.json")
    del document["verify"]
    document["verification"] = {"type": "HostedBadge"}

    securing = read(document).securing

    assert isinstance(securing, Hosted)
    assert securing.url == document["id"]


def test_a_copy_is_compared_with_what_its_address_serves() -> None:
    document = sample("1.1-hosted.json")
    host = json.dumps({**document, "evidence": "https://issuer.example/other"}).encode()

    securing = read(document, served={document["id"]: host}).securing

    assert isinstance(securing, Hosted)
    assert securing.differs == ("/evidence",)


@pytest.mark.parametrize("served", [b"<html>", b"[]", b'{"badge": "https://issuer.example/unknown"}'])
def test_what_is_no_badge_leaves_the_comparison_open(served: bytes) -> None:
    document = sample("1.1-hosted.json")

    securing = read(document, served={document["id"]: served}).securing

    assert isinstance(securing, Hosted)
    assert securing.differs is None


def test_what_is_left_of_a_revoked_badge_is_said() -> None:
    with pytest.raises(Revoked):
        read({"@context": "https://w3id.org/openbadges/v1", "id": ADDRESS, "revoked": True})


def test_what_is_not_served_is_named() -> None:
    with pytest.raises(ReferenceMissing, match="BadgeClass at https"):
        ADAPTER.read(opened(sample("1.1-hosted.json")), {})


def test_references_are_the_badge_the_issuer_and_the_assertion_itself() -> None:
    token = opened(sample("1.1-hosted.json"))

    first = ADAPTER.references(token, {})
    second = ADAPTER.references(token, SERVED)

    assert set(first) == {"https://issuer.example/1.1/knots.json", sample("1.1-hosted.json")["id"]}
    assert second == (sample("1.1-hosted.json")["id"],)


def test_endorsements_are_refused() -> None:
    document = opened({"type": "Endorsement"})

    assert ADAPTER.endorsements.references(document, {}) == ()
    with pytest.raises(Malformed, match="no endorsements"):
        ADAPTER.endorsements.read(document, {})


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "badge": "x", "recipient": "x"},
        {
            "@context": ["https://w3id.org/openbadges/v1", "https://w3id.org/openbadges/v2"],
            "type": "Assertion",
            "badge": {},
            "recipient": {},
        },
        {"@context": "https://www.w3.org/2018/credentials/v1", "type": "Assertion", "badge": "x", "recipient": {}},
        {"type": "Assertion", "badge": "x", "recipient": {}, "verify": {}},
        {"badge": "x", "recipient": {}},
        {"credentialSubject": {}, "badge": "x", "recipient": "x"},
        {},
    ],
)
def test_what_is_not_of_these_versions_is_not_claimed(document: dict[str, Any]) -> None:
    assert ADAPTER.recognises(opened(document)).confidence is Confidence.NONE
    with pytest.raises(Malformed):
        read(document)


@pytest.mark.parametrize(
    ("name", "version"), [("0_5_assertion", "0.5"), ("0_5_1_assertion", "0.5"), ("1_0_basic_assertion", "1.0")]
)
def test_the_samples_of_the_reference_validator_are_read(name: str, version: str) -> None:
    folder = "ob/samples/ob2-validator-core"
    found = open_bytes(corpus(f"{folder}/{name}.json").read_bytes())
    assert isinstance(found, Opened)
    served = {
        "http://a.com/badgeclass": corpus(f"{folder}/1_0_basic_badgeclass.json").read_bytes(),
        "http://a.com/issuer": corpus(f"{folder}/1_0_basic_issuer.json").read_bytes(),
    }

    reading = detect(found)[0].read(found, served)

    assert reading.version == version
    assert not [each for each in reading.findings if each.blocking]


def test_a_recipient_of_1_0_that_is_a_text_is_of_0_5_and_refused_as_that() -> None:
    found = open_bytes(corpus("ob/samples/ob2-validator-core/1_0_assertion_with_errors.json").read_bytes())
    assert isinstance(found, Opened)

    with pytest.raises(AdapterError) as caught:
        ADAPTER.read(found, SERVED)

    assert caught.value.pointer == "/badge"


def test_what_can_be_written_instead_is_named() -> None:
    reading = reading_of("1.1-hosted.json")

    with pytest.raises(NotWritable) as caught:
        ADAPTER.write(reading.credentials[0], None)  # type: ignore[arg-type]

    assert caught.value.fix == "Ask for open-badges-2, open-badges-3, elm-3, learning-credential-1."
