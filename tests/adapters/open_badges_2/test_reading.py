"""Documents become credentials; securing, status, and what their hosts say of them."""

from typing import Any

import pytest

from adapters.hub.credential import Identity
from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing, Revoked
from adapters.hub.securing import Hosted, Jws, StatusClaim, Unsecured
from tests.adapters.open_badges_2.badges import ADAPTER, opened, read, sample, served, signed

PARTS = (sample("served/knots.json"), sample("served/issuer.json"))
REFERENCE = sample("hosted-by-reference.json")


def whole() -> dict[str, Any]:
    """The badge by reference with its parts embedded."""
    badge, issuer = (sample(f"served/{name}.json") for name in ("knots", "issuer"))
    return {**sample("hosted-by-reference.json"), "badge": {**badge, "issuer": issuer}}


def securing(document: dict[str, Any], known: dict[str, bytes]) -> Hosted:
    found = read(document, known).securing
    assert isinstance(found, Hosted)
    return found


def test_every_part_of_the_sample_finds_its_field() -> None:
    [credential] = read(sample("hosted.json")).credentials

    achievement = credential.achievement
    assert credential.awarded is not None
    assert credential.awarded.isoformat() == "2024-05-17T14:30:00+00:00"
    assert credential.narrative == {"en": "Sailed the harbour round in a fresh breeze."}
    assert [item.id for item in credential.evidence] == [
        "https://www.example.org/logbook/1",
        "https://www.example.org/photos/1",
    ]
    assert achievement.in_language == "en"
    assert achievement.tags == ("sailing", "seamanship")
    assert achievement.alignments[0].target_code == "ESF-17"
    assert achievement.related[0].in_language == "de"
    assert credential.issuer.phone == "+15550100"
    assert credential.recipient.identities[1] == Identity(kind="name", value="Earner of the Example", hashed=False)


def test_parts_by_reference_are_put_in_place() -> None:
    reading = read(REFERENCE, served(REFERENCE, *PARTS))

    assert reading.document["badge"]["issuer"]["name"] == "Example Harbour School"
    assert reading.origins["/0/issuer/name/und"] == "/badge/issuer/name"
    assert reading.issuer_id == "https://badges.example.org/issuer.json"


@pytest.mark.parametrize(("known", "pointer"), [((), "/badge"), (PARTS[:1], "/badge/issuer")])
def test_a_part_that_is_not_at_hand_is_named(known: tuple[Any, ...], pointer: str) -> None:
    with pytest.raises(ReferenceMissing) as caught:
        read(REFERENCE, served(*known))

    assert caught.value.pointer == pointer


def test_a_part_that_nobody_can_look_up_is_malformed() -> None:
    with pytest.raises(Malformed, match="no web address"):
        read({**REFERENCE, "badge": "urn:uuid:0b7e3c52-1b9e-4b43-9d57-0e6f6c3c2a10"})


def test_a_part_whose_address_serves_a_page_is_malformed() -> None:
    with pytest.raises(Malformed) as caught:
        read(REFERENCE, {PARTS[0]["id"]: b"<html>"})

    assert caught.value.pointer == "/badge"


def test_a_member_of_another_type_is_malformed_where_it_stands() -> None:
    document = whole()
    document["badge"]["issuer"]["name"] = 5

    with pytest.raises(Malformed) as caught:
        read(document)

    assert caught.value.pointer == "/badge/issuer/name"


def test_a_document_cannot_choose_another_id_than_its_address() -> None:
    posing = {**PARTS[1], "id": "https://famous.example.com/issuer.json"}

    reading = read(REFERENCE, served(REFERENCE, PARTS[0]) | {PARTS[1]["id"]: served(posing)[posing["id"]]})

    assert reading.issuer_id == PARTS[1]["id"]
    assert [finding.pointer for finding in reading.findings] == ["/badge/issuer/id"]


def test_nulls_say_nothing() -> None:
    reading = read({**whole(), "expires": None, "evidence": [None]})

    assert reading.credentials[0].valid_until is None
    assert reading.credentials[0].evidence == ()


@pytest.mark.parametrize(("alias", "name"), [("@id", "id"), ("@type", "type"), ("verify", "verification")])
def test_other_spellings_are_read(alias: str, name: str) -> None:
    document = whole()
    document[alias] = document.pop(name)

    reading = read(document)

    assert reading.findings == ()
    assert reading.document[name] == whole()[name]


NODE = {"targetName": "Knots", "targetUrl": "https://framework.example.org/knots", "targetCode": "K1"}


@pytest.mark.parametrize("plural", [[NODE], NODE], ids=["a list", "one"])
def test_alignments_are_read_as_alignment_with_a_note(plural: object) -> None:
    document = whole()
    document["badge"].pop("alignment", None)
    document["badge"]["alignments"] = plural

    reading = read(document)

    assert reading.document["badge"]["alignment"] == plural
    assert reading.credentials[0].achievement.alignments[0].target_name == {"und": "Knots"}
    assert [(finding.pointer, finding.blocking) for finding in reading.findings] == [("/badge/alignments", False)]


@pytest.mark.parametrize(
    "changes",
    [
        {"alignment": [{"targetName": "Ropes", "targetUrl": "https://framework.example.org/ropes"}]},
        {"alignments": ["https://framework.example.org/knots"]},
        {"alignments": [NODE, {"targetName": "no address"}]},
        {"alignments": []},
        {"@context": ["https://w3id.org/openbadges/v2", {"alignments": "https://example.org/not-these"}]},
        {"@context": ["https://w3id.org/openbadges/v2", {"issuer": {"@context": {"alignments": "ex:other"}}}]},
        {"@context": ["https://w3id.org/openbadges/v2", {"@vocab": "https://example.org/"}]},
    ],
    ids=["beside the right name", "addresses", "one lacks", "empty", "defined", "defined for a term", "vocabulary"],
)
def test_alignments_that_may_mean_something_else_are_not_read_as_alignment(changes: dict[str, Any]) -> None:
    document = whole()
    document["badge"].pop("alignment", None)
    document["badge"] |= {"alignments": [NODE], **changes}

    reading = read(document)

    assert reading.document["badge"]["alignments"] == document["badge"]["alignments"]
    assert any((loss.source or "").startswith("/badge/alignments") for loss in reading.losses.losses)


def test_a_copy_in_the_plural_and_a_host_in_the_singular_say_the_same() -> None:
    copy, host = whole(), whole()
    copy["badge"] = {**{k: v for k, v in copy["badge"].items() if k != "alignment"}, "alignments": [NODE]}
    host["badge"] = {**{k: v for k, v in host["badge"].items() if k != "alignments"}, "alignment": [NODE]}

    same = read(copy, served(host, host["badge"], host["badge"]["issuer"]))
    other = read(
        {**copy, "badge": {**copy["badge"], "alignments": [{**NODE, "targetName": "Other"}]}},
        served(host, host["badge"], host["badge"]["issuer"]),
    )

    assert isinstance(same.securing, Hosted)
    assert same.securing.differs == ()
    assert isinstance(other.securing, Hosted)
    assert other.securing.differs == ("/badge/alignment/targetName",)


def test_signed_badge_names_its_key_and_its_list() -> None:
    reading = ADAPTER.read(signed(), served(*PARTS))

    assert isinstance(reading.securing, Jws)
    assert reading.securing.creator == "https://badges.example.org/key.json"
    assert reading.status == (
        StatusClaim(
            kind="RevocationList",
            url="https://badges.example.org/revocation-list.json",
            id="urn:uuid:6f6f5b5e-3c4a-4d0e-9a51-1f9c6a0f3a77",
            pointer="/badge/issuer/revocationList",
        ),
    )


def test_the_list_is_the_one_that_the_issuers_address_names_too() -> None:
    document = whole()
    document["verification"] = {"type": "SignedBadge"}
    del document["badge"]["issuer"]["revocationList"]

    reading = read(document, served(PARTS[1]))

    assert [claim.url for claim in reading.status] == ["https://badges.example.org/revocation-list.json"]


def test_a_signed_badge_without_its_signature_is_unsecured() -> None:
    assert isinstance(read({**whole(), "verification": {"type": "SignedBadge"}}).securing, Unsecured)


def test_hosted_badge_says_where_and_in_which_scope() -> None:
    found = securing(whole(), {})

    assert found.url == REFERENCE["id"]
    assert found.badge_url == PARTS[0]["id"]
    assert found.starts_with == ("https://badges.example.org/",)
    assert found.allowed_origins is None
    assert found.differs is None


def test_a_copy_that_says_the_same_in_another_spelling_does_not_differ() -> None:
    copy = whole()
    copy |= {"verification": {"type": "HostedBadge"}, "issuedOn": "2024-06-01T07:00:00Z", "revoked": False}
    copy["evidence"] = [{"type": "Evidence", "id": copy["evidence"]}]

    assert securing(copy, served(REFERENCE, *PARTS)).differs == ()


@pytest.mark.parametrize(
    ("member", "value", "pointers"),
    [
        ("issuedOn", "2025-01-01T00:00:00Z", ("/issuedOn",)),
        ("recipient", {"type": "email", "hashed": False, "identity": "other@example.org"}, ("/recipient/identity",)),
        ("narrative", "Added.", ("/narrative",)),
        ("evidence", [], ("/evidence",)),
        ("expires", "2030-01-01T00:00:00Z", ("/expires",)),
    ],
)
def test_a_copy_that_says_something_else_differs(member: str, value: Any, pointers: tuple[str, ...]) -> None:
    assert securing({**whole(), member: value}, served(REFERENCE, *PARTS)).differs == pointers


def test_an_embedded_badge_class_that_says_something_else_differs() -> None:
    copy = whole()
    copy["badge"]["name"] = "Rocket Science"
    del copy["badge"]["tags"]

    assert securing(copy, served(REFERENCE, *PARTS)).differs == ("/badge/name", "/badge/tags")


def test_of_the_issuer_only_what_the_copy_repeats_is_compared() -> None:
    copy = whole()
    del copy["badge"]["issuer"]["description"]
    copy["badge"]["issuer"] |= {"publicKey": "https://badges.example.org/old-key.json", "name": "Another School"}

    assert securing(copy, served(REFERENCE, *PARTS)).differs == ("/badge/issuer/name",)


def test_a_part_that_was_not_served_leaves_the_comparison_open() -> None:
    assert securing(whole(), served(REFERENCE, PARTS[0])).differs is None


@pytest.mark.parametrize("place", ["issuer", "evidence"])
def test_a_copy_that_adds_a_type_its_host_never_said_differs(place: str) -> None:
    copy = whole()
    badge = copy["badge"] = {**copy["badge"]}
    owner = copy if place == "evidence" else badge
    stated = owner.get(place)
    first = stated[0] if isinstance(stated, list) else stated
    added = {**(first if isinstance(first, dict) else {"id": first}), "type": ["https://other.example/Accredited"]}
    owner[place] = [added, *stated[1:]] if isinstance(stated, list) else added

    assert securing(copy, served(REFERENCE, *PARTS)).differs


NAME = {"@context": "https://example.org/c", "type": ["Extension", "extensions:RecipientProfile"], "name": "Lea"}


@pytest.mark.parametrize(
    ("host", "copy", "pointer"),
    [
        ({"recipient": ["id", "email"]}, {"recipient": ["email", "id"]}, "/recipient/type"),
        (
            {"extensions:recipientProfile": NAME},
            {"extensions:recipientProfile": [NAME]},
            "/extensions:recipientProfile",
        ),
        (
            {"extensions:recipientProfile": NAME},
            {"extensions:recipientProfile": {**NAME, "name": ["Lea"]}},
            "/extensions:recipientProfile",
        ),
        ({"version": 1}, {"version": 1.0}, "/version"),
        ({"type": "Assertion"}, {"type": ["Assertion", "Evidence"]}, "/type"),
        ({"evidence": ["Evidence"]}, {"evidence": ["Evidence", "Assertion"]}, "/evidence/type"),
        ({"evidence": ["Evidence"]}, {"evidence": "Profile"}, "/evidence/type"),
    ],
    ids=str,
)
def test_a_copy_that_would_be_read_otherwise_differs(host: dict[str, Any], copy: dict[str, Any], pointer: str) -> None:
    def spelled(document: dict[str, Any], members: dict[str, Any]) -> dict[str, Any]:
        around: dict[str, dict[str, Any]] = {
            "recipient": {"hashed": False, "identity": "lea@example.org"},
            "evidence": {"id": "https://example.org/e", "name": "Work"},
        }
        typed = {name: {"type": members[name], **other} for name, other in around.items() if name in members}
        return document | members | typed

    served_ = served(spelled(REFERENCE, host), *PARTS)

    assert securing(spelled(whole(), host), served_).differs == ()
    assert securing(spelled(whole(), copy), served_).differs == (pointer,)


def test_a_host_that_serves_no_json_cannot_be_compared_with() -> None:
    assert securing(whole(), served(*PARTS) | {REFERENCE["id"]: b"<html>"}).differs is None


def test_a_badge_that_its_host_has_revoked_is_said_to_be() -> None:
    host = {"@context": REFERENCE["@context"], "id": REFERENCE["id"], "revoked": True, "revocationReason": "Mistake."}

    reading = read(whole(), served(host, *PARTS))

    assert isinstance(reading.securing, Hosted)
    assert reading.securing.differs == ("/revoked",)
    entry = {"revoked": True, "revocationReason": "Mistake."}
    assert reading.status == (StatusClaim(kind="revoked", entry=entry, pointer="/revoked"),)


def test_a_badge_that_says_so_itself_is_read_all_the_same() -> None:
    reading = read({**whole(), "revoked": True})

    assert [claim.kind for claim in reading.status] == ["revoked"]
    assert reading.credentials[0].achievement.name == {"und": "Knots and Splices"}


def test_what_is_left_of_a_revoked_badge_cannot_be_read_and_says_why() -> None:
    rest = {"@context": REFERENCE["@context"], "id": REFERENCE["id"], "revoked": True, "revocationReason": "Mistake."}

    with pytest.raises(Revoked, match=r"revoked this badge: Mistake\.") as caught:
        read(rest)

    assert caught.value.code == "revoked"


@pytest.mark.parametrize(
    "document",
    [
        {"badge": []},
        {"recipient": "x", "badge": {"issuer": {}}},
        {**whole(), "badge": {"name": "x"}},
        {**whole(), "badge": None},
        {**whole(), "badge": {**whole()["badge"], "issuer": 5}},
        {**whole(), "verification": "hosted"},
        {**whole(), "evidence": [5]},
        {**whole(), "badge": {**whole()["badge"], "alignment": [{"targetName": "x"}]}},
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(document: dict[str, Any]) -> None:
    with pytest.raises(AdapterError):
        ADAPTER.read(opened(document), {})


def test_origins_follow_a_tagged_narrative() -> None:
    reading = read(sample("hosted.json"))

    assert reading.origins["/0/narrative/en"] == "/narrative"


def test_a_version_that_is_a_number_is_kept_as_text_and_reported() -> None:
    document = whole()
    document["badge"]["version"] = 2

    reading = read(document)

    assert reading.credentials[0].achievement.version == "2"
    assert "/badge/version" in [loss.source for loss in reading.losses.losses]
