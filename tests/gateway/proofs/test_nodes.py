"""What is said of one id at several places: nothing of it may be movable, and little else is refused."""

import copy
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.errors import NotCanonicalisable
from gateway.proofs.findings import Kind
from tests.gateway.proofs.credentials import OB3, V2

EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CREDENTIAL = "urn:uuid:4b6fbc0e-6e0c-4f6a-9d0e-3f3f4f7c1d11"
ISSUER = "did:web:issuer.example"
LEARNER = "did:example:learner"
ACHIEVEMENT = "https://issuer.example/achievements/1"
IMAGE = "https://issuer.example/badge.png"
STATUS = "https://issuer.example/status#7"

Document = dict[str, Any]
Change = Callable[[Document], object]


def document() -> Document:
    """A credential in which each object that may have an id has one of its own."""
    return {
        "@context": [V2, OB3, EXTENSIONS],
        "id": CREDENTIAL,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Weaving",
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Issuer", "url": "https://issuer.example"},
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2027-01-01T00:00:00Z",
        "credentialSubject": {
            "id": LEARNER,
            "type": ["AchievementSubject"],
            "narrative": "Only with help.",
            "achievement": {
                "id": ACHIEVEMENT,
                "type": ["Achievement"],
                "name": "Weaving",
                "creditsAvailable": 3,
                "creator": {"id": "urn:creator", "type": ["Profile"], "name": "Creator"},
                "criteria": {"id": "urn:criteria", "narrative": "A basket."},
                "image": {"id": IMAGE, "type": "Image", "caption": "A basket"},
            },
        },
        "evidence": [{"id": "urn:evidence", "type": ["Evidence"], "name": "A basket", "genre": "Basket"}],
        "credentialStatus": {"id": STATUS, "type": "BitstringStatusListEntry", "statusListIndex": "7"},
        "refreshService": {"id": "urn:refresh", "type": "1EdTechCredentialRefresh"},
        "relatedResource": [{"id": "urn:resource", "mediaType": "image/png", "digestSRI": "sha256-YQ=="}],
    }


def changed(change: Change) -> Document:
    result = document()
    change(result)
    return result


def found(result: Document) -> set[str]:
    return {finding.pointer for finding in canonical_nquads(result).findings if finding.kind is Kind.SPLIT_NODE}


def achievement(result: Document) -> Document:
    inside: Document = result["credentialSubject"]["achievement"]
    return inside


def endorsement(about: str, comment: str | None = "Well woven.") -> Document:
    said = {} if comment is None else {"endorsementComment": comment}
    return {
        "@context": [V2, OB3],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": "did:web:endorser.example",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], **said},
    }


def evidence(result: Document, id: str, **members: object) -> None:
    result["evidence"] = [{"id": id, "type": ["Evidence"], **members}]


SPLIT: dict[str, tuple[Change, str | None]] = {
    "the credential is a piece of evidence": (lambda d: evidence(d, CREDENTIAL, name="copy"), "/evidence/0"),
    "the credential's end stands in evidence": (
        lambda d: evidence(
            d, CREDENTIAL, type=["Evidence", "VerifiableCredential"], name="copy", validUntil=d.pop("validUntil")
        ),
        "/evidence/0",
    ),
    "the status is a piece of evidence": (lambda d: evidence(d, STATUS, name="n", narrative="n"), "/credentialStatus"),
    "the learner issues": (lambda d: d["credentialSubject"].update(id=ISSUER), "/issuer"),
    "evidence under one address": (
        lambda d: d["evidence"].append({"id": "urn:evidence", "type": ["Evidence"], "name": "A hat", "genre": "Hat"}),
        "/evidence/1",
    ),
    "one name twice, in other words": (lambda d: achievement(d)["creator"].update(id=ISSUER), None),
    "one image, two captions": (
        lambda d: d.update(image={"id": IMAGE, "type": "Image", "caption": "A hat"}),
        "/image",
    ),
    "two endorsements of one thing": (
        lambda d: d.update(endorsement=[endorsement(CREDENTIAL), endorsement(CREDENTIAL, "Badly woven.")]),
        "/endorsement/1/credentialSubject",
    ),
    "an endorsement that says nothing beside one": (
        lambda d: d.update(endorsement=[endorsement(CREDENTIAL), endorsement(CREDENTIAL, None)]),
        "/endorsement/1/credentialSubject",
    ),
    "an endorsement that names what it endorses": (
        lambda d: d.update(endorsement=[endorsement(ISSUER)]) or _subject(d).update(name="Issuer"),
        None,
    ),
    "an endorsement's comment in the thing itself": (
        lambda d: (
            d.update(endorsement=[endorsement(ISSUER)])
            or d["issuer"].update(type=["Profile", "EndorsementSubject"], endorsementComment="Well woven.")
        ),
        "/issuer",
    ),
    "a subject as a resource, with what a resource says": (
        lambda d: d["relatedResource"][0].update(id=LEARNER) or d["credentialSubject"].update(mediaType="image/png"),
        "/credentialSubject",
    ),
    "a resource with two digests": (
        lambda d: d["relatedResource"].append({"id": "urn:resource", "digestSRI": "sha256-Yg=="}),
        "/relatedResource/1",
    ),
    "criteria that are evidence": (
        lambda d: evidence(d, "urn:criteria", name="n", narrative="Another basket."),
        "/evidence/0",
    ),
}


def _subject(result: Document) -> Document:
    inside: Document = result["endorsement"][0]["credentialSubject"]
    return inside


@pytest.mark.parametrize(("change", "pointer"), SPLIT.values(), ids=SPLIT)
def test_what_could_be_moved_between_two_places_is_found(change: Change, pointer: str | None) -> None:
    places = found(changed(change))

    assert places if pointer is None else pointer in places


WHOLE: dict[str, Change] = {
    "nothing named twice": lambda _: None,
    "a reference": lambda d: achievement(d).update(creator={"id": ISSUER}),
    "a reference with a type": lambda d: achievement(d).update(creator={"id": ISSUER, "type": ["Profile"]}),
    "the credential refreshes itself": lambda d: d["refreshService"].update(id=CREDENTIAL),
    "the same words": lambda d: achievement(d).update(creator=copy.deepcopy(d["issuer"])),
    "the same words, one value in a list": lambda d: achievement(d).update(creator={**d["issuer"], "name": ["Issuer"]}),
    "a profile in fewer words": lambda d: achievement(d).update(
        creator={"id": ISSUER, "type": ["Profile"], "name": "Issuer"}
    ),
    "a profile endorsed at one place": lambda d: (
        achievement(d).update(creator=copy.deepcopy(d["issuer"])) or d["issuer"].update(endorsement=endorsement(ISSUER))
    ),
    "the credential endorsed": lambda d: d.update(endorsement=[endorsement(CREDENTIAL), endorsement(CREDENTIAL)]),
    "a stranger endorsed": lambda d: d.update(endorsement=[endorsement("urn:stranger")]),
    "the image a resource": lambda d: d["relatedResource"][0].update(id=IMAGE),
    "the criteria at the achievement's address": lambda d: achievement(d)["criteria"].update(id=ACHIEVEMENT),
}


@pytest.mark.parametrize("change", WHOLE.values(), ids=WHOLE)
def test_what_has_one_place_only_is_not_found(change: Change) -> None:
    assert canonical_nquads(changed(change)).findings == ()


def _named(value: Any, pointer: str = "") -> Iterator[tuple[str, Document]]:
    if isinstance(value, dict):
        if "id" in value:
            yield pointer, value
        for name, member in value.items():
            yield from _named(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named(item, f"{pointer}/{index}")


PLACES = [pointer for pointer, _ in _named(document())]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(PLACES, 2)))
def test_no_member_moves_between_any_two_places_unseen(one: str, other: str) -> None:
    before = document()
    places = dict(_named(before))
    places[other]["id"] = places[one]["id"]
    signed = canonical_nquads(before)

    for source, target in ((one, other), (other, one)):
        for member in sorted(places[source].keys() - {"@context", "id", "type"}):
            after = _moved(before, source, target, member)
            if after is None:
                continue
            try:
                again = canonical_nquads(after)
            except NotCanonicalisable:
                continue
            assert again.nquads != signed.nquads or again.findings or _shortened_profile(source, target)


def _moved(before: Document, source: str, target: str, member: str) -> Document | None:
    """The document with one member moved, and every type at both places, so that their terms are defined."""
    after = copy.deepcopy(before)
    places = dict(_named(after))
    if member in places[target] or target.startswith(f"{source}/{member}"):
        return None
    types = [places[place].get("type", []) for place in (source, target)]
    every = list(dict.fromkeys(name for given in types for name in ([given] if isinstance(given, str) else given)))
    for place in (source, target):
        places[place]["type"] = every
    places[target][member] = places[source].pop(member)
    return after


def _shortened_profile(source: str, target: str) -> bool:
    """A description of a Profile may be longer at either place."""
    return {source, target} == {"/issuer", "/credentialSubject/achievement/creator"}


def test_the_places_of_a_move_are_named() -> None:
    [finding] = canonical_nquads(changed(lambda d: evidence(d, CREDENTIAL, name="copy"))).findings

    assert finding.pointer == "/evidence/0"
    assert finding.detail == f"{CREDENTIAL} is described differently at /, so what each says could move"
