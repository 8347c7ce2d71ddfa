"""From the neutral credential to an unsigned OpenBadgeCredential under VCDM 2.0.

Always arrays where the specification allows several values, no nulls, no empty arrays (appendix A).
"""

from typing import Any  # Any: the document that is being written

import msgspec

from adapters.hub.contract import Draft, Format, Issuance, Origin
from adapters.hub.credential import Credential
from adapters.hub.described import TYPED
from adapters.hub.errors import NotWritable
from adapters.hub.losses import pointers
from adapters.hub.lowered import assessed, lowered, settled
from adapters.hub.mapping import Trail, bare, timestamp
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3 import provenance
from adapters.open_badges_3.foreign import Named
from adapters.open_badges_3.mapping import CREDENTIAL, OWN_STATUS, SUBJECT, SUBJECT_FIELDS
from adapters.open_badges_3.nodes import separate, urn
from adapters.open_badges_3.vocabulary import (
    CREDENTIALS_V2,
    EXTENSION_TYPES,
    EXTENSIONS,
    OPEN_BADGES,
    absolute,
)

_ACHIEVEMENT = "/credentialSubject/achievement"
_ORDER = ob3.AchievementCredential.__struct_encode_fields__
_SUBJECT_ORDER = ob3.AchievementSubject.__struct_encode_fields__
_ACHIEVEMENT_ORDER = ob3.Achievement.__struct_encode_fields__
_REQUIRED = "required here, and the source has none"


def draft(credential: Credential, issuance: Issuance, origin: Origin | None) -> Draft:
    """Write a credential that is already the gateway's.

    Raises:
        NotWritable: It does not say who earned it, or two things bear one id and neither can give way.
    """
    trail = Named(ids=_ids(credential, issuance))
    document = _translated(bare(credential), trail)
    _complete(document, credential, issuance, trail)
    if origin is not None:
        provenance.tell(document, origin, trail)
    separate(document, trail)
    document["@context"] = [CREDENTIALS_V2, OPEN_BADGES, *([EXTENSIONS] if _extended(document) else [])]
    return Draft(format=Format.OPEN_BADGES_3, document=_ordered(document), losses=trail.report)


def _ids(credential: Credential, issuance: Issuance) -> frozenset[str]:
    """The ids that the credential, its achievement and the profiles in it will have."""
    ids = {credential.id or issuance.id, issuance.achievement_id or credential.achievement.id}
    for profile in (credential.issuer, credential.source, credential.achievement.creator):
        owner = profile
        while owner is not None:
            ids.add(owner.id)
            owner = owner.parent_org
    return frozenset(id for id in ids if id is not None)


def _translated(hub: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """What the tables say, and nothing else."""
    results = assessed(hub)
    subject = {name: child for name, child in hub.items() if name in SUBJECT_FIELDS}
    rest = {name: child for name, child in hub.items() if name not in SUBJECT_FIELDS}
    document = CREDENTIAL.write(rest, "", "", trail)
    found = lowered(subject.get("achievement", {}), "/achievement", trail, TYPED, results)
    if found.achievement:
        subject["achievement"] = found.achievement
    document["credentialSubject"] = SUBJECT.write(subject, "", "/credentialSubject", trail)
    settled(found, trail)
    return document


def _complete(document: dict[str, Any], credential: Credential, issuance: Issuance, trail: Trail) -> None:
    """Supply what the specification requires and the credential lacks."""
    subject = document["credentialSubject"]
    if not subject.keys() & {"id", "identifier"}:
        raise NotWritable("nobody is named who earned it", pointer="/recipient")
    _supply(document, "id", issuance.id, "", trail, "the new document's own id")
    if "validFrom" not in document:
        awarded = credential.awarded is not None
        note = "valid since it was awarded" if awarded else "valid since it was issued"
        since = timestamp(credential.awarded or issuance.at)
        _supply(document, "validFrom", since, "", trail, note)
    # A VC-JWT must name its subject (`sub`, section 8.2); the name says nothing about the person.
    if "id" not in subject:
        named = urn(document["id"], "/credentialSubject")
        _supply(subject, "id", named, "/credentialSubject", trail, "lets a token name its subject")
    _complete_achievement(document, issuance.achievement_id, trail)
    document.setdefault("issuer", {})
    if issuance.issuer.id and absolute(issuance.issuer.id):
        _supply(document["issuer"], "id", issuance.issuer.id, "/issuer", trail, "the issuer's id")
    _identify(document["issuer"], "/issuer", document["id"], trail)
    _identify(subject.get("source"), "/credentialSubject/source", document["id"], trail)
    _identify(subject["achievement"].get("creator"), f"{_ACHIEVEMENT}/creator", document["id"], trail)
    if issuance.status is not None:
        _supply(document, "credentialStatus", issuance.status, "", trail, OWN_STATUS)


def _complete_achievement(document: dict[str, Any], own_id: str | None, trail: Trail) -> None:
    achievement = document["credentialSubject"].setdefault("achievement", {"type": ["Achievement"]})
    if own_id is not None and achievement.get("id", own_id) != own_id:
        note = "the gateway's own address of the achievement; the original's is among its provenance"
        trail.approximated(trail.origins[f"{_ACHIEVEMENT}/id"], f"{_ACHIEVEMENT}/id", note)
        achievement["id"] = own_id
    _supply(achievement, "id", own_id or urn(document["id"], _ACHIEVEMENT), _ACHIEVEMENT, trail, _REQUIRED)
    name = document.get("name", "Untitled achievement")
    _supply(achievement, "name", name, _ACHIEVEMENT, trail, _REQUIRED)
    _supply(achievement, "description", "No description is given.", _ACHIEVEMENT, trail, _REQUIRED)
    if not achievement.get("criteria"):
        achievement.pop("criteria", None)
        narrative = {"narrative": "No criteria are given."}
        _supply(achievement, "criteria", narrative, _ACHIEVEMENT, trail, _REQUIRED)


def _identify(profile: dict[str, Any] | None, at: str, credential_id: str, trail: Trail) -> None:
    """Give a profile, and those it belongs to, the id that the class requires."""
    while profile is not None:
        profile.setdefault("type", ["Profile"])
        if "id" not in profile:
            _supply(profile, "id", urn(credential_id, at), at, trail, _REQUIRED)
        profile, at = profile.get("parentOrg"), f"{at}/parentOrg"


def _supply(owner: dict[str, Any], member: str, value: Any, at: str, trail: Trail, note: str) -> None:
    if member not in owner:
        owner[member] = value
        for pointer in pointers(value, f"{at}/{member}"):
            trail.supplied(pointer, note)


def _extended(document: dict[str, Any]) -> bool:
    """Whether a type stands anywhere that only ``extensions.json`` defines.

    Sought in the text: a walk costs as much as writing, and a value that happens to be such a word only adds a
    context that changes nothing.
    """
    text = msgspec.json.encode(document)
    return any(f'"{name}"'.encode() in text for name in EXTENSION_TYPES)


def _ordered(document: dict[str, Any]) -> dict[str, Any]:
    """The specification's order, where members were supplied out of it: people read these documents too."""
    subject = _in_order(document["credentialSubject"], _SUBJECT_ORDER)
    subject["achievement"] = _in_order(subject["achievement"], _ACHIEVEMENT_ORDER)
    return _in_order({**document, "credentialSubject": subject}, _ORDER)


def _in_order(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}
