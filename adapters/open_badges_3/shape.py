"""Rules of Open Badges 3.0 that types cannot say: required members, types, enumerations, and what belongs together.

They are those of the official JSON schemas, of the reference validator's probes for the subject, the evidence and
the issuer, and of the specification's prose; each one broken is a finding, and the reading goes on.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Protocol  # Any: decoded JSON, validated against document.py

import msgspec

from adapters.hub.securing import Finding
from adapters.open_badges_3.classes import CLASSES
from adapters.open_badges_3.endorsed import carried
from adapters.open_badges_3.examples import example
from adapters.open_badges_3.hidden import hidden
from adapters.open_badges_3.members import absent, broken, items
from adapters.open_badges_3.results import broken_results
from adapters.open_badges_3.vocabulary import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    OPEN_BADGES,
    absolute,
    is_open_badges_context,
    joins_v2,
    listed,
)

Findings = Iterator[Finding]


class Rules(Protocol):
    """The rules of one kind of credential, see `findings`."""

    def __call__(
        self, credential: dict[str, Any], at: str, *, vcdm_1: bool, claims: dict[str, Any] | None
    ) -> tuple[Finding, ...]:
        """List those that it breaks."""


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PICTURE = re.compile(r"data:image/(?:png|svg\+xml)[;,]", re.IGNORECASE)
_HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}")
_CREDENTIAL_TYPES = frozenset({"AchievementCredential", "OpenBadgeCredential"})
_OLDER = "a credential of VCDM 1.1"


def findings(
    credential: dict[str, Any], at: str, *, vcdm_1: bool, claims: dict[str, Any] | None
) -> tuple[Finding, ...]:
    """List the rules that an AchievementCredential breaks.

    Args:
        credential: Validated against ``document``.
        at: Pointer to it; "/vc" in a token that claims it so.
        vcdm_1: Whether it follows VCDM 1.1.
        claims: The payload of the VC-JWT that it came in, None for none.
    """
    subject, place = credential["credentialSubject"], f"{at}/credentialSubject"
    return (
        *_of_any_credential(credential, at, vcdm_1=vcdm_1, claims=claims),
        *_type(credential, at),
        *(_named(credential, at) if vcdm_1 else ()),
        *broken(credential, CLASSES["AchievementCredential"], at),
        *_identities(subject, place),
        *_activity(subject, place),
        *_pictures(credential, at),
        *_uris(credential, at),
        *broken_results(subject, place),
        *_endorsements(credential, at),
    )


def endorsement_findings(
    credential: dict[str, Any], at: str, *, vcdm_1: bool, claims: dict[str, Any] | None
) -> tuple[Finding, ...]:
    """List the rules that an EndorsementCredential breaks; as `findings`."""
    return (
        *_of_any_credential(credential, at, vcdm_1=vcdm_1, claims=claims),
        *_generic_type(credential, at),
        *broken(credential, CLASSES["EndorsementCredential"], at),
    )


def _of_any_credential(credential: dict[str, Any], at: str, *, vcdm_1: bool, claims: dict[str, Any] | None) -> Findings:
    yield from _contexts(listed(credential.get("@context", [])), f"{at}/@context")
    if claims is not None:
        yield from _claimed(credential, claims, at)
        yield from hidden(credential, at)
    elif "status" in credential:
        # Open Badges 3.0 has no such member; of a token it is a claim, and the check of the status looks it up.
        reason = "is the status claim of a token, which nobody looks up in a document that is none"
        yield Finding(pointer=f"{at}/status", reason=reason, fix="Say it in credentialStatus, or leave it out.")
    yield from _variant_1(credential, at) if vcdm_1 else _variant_2(credential, at)


def _contexts(contexts: list[Any], at: str) -> Findings:
    """VCDM 2.0 section 4.3, OB 3.0 AchievementCredential: two contexts, in this order."""
    first, second = (*contexts, None, None)[:2]
    fix = f"Begin @context with {CREDENTIALS_V2} and {OPEN_BADGES}."
    if first not in (CREDENTIALS_V1, CREDENTIALS_V2):
        yield Finding(pointer=at, reason="does not begin with the context of verifiable credentials", fix=fix)
    if not is_open_badges_context(second):
        yield Finding(pointer=at, reason="does not name the context of Open Badges 3.0 second", fix=fix)
    elif first == CREDENTIALS_V2 and not joins_v2(second):
        reason = f"{second} defines protected terms of {CREDENTIALS_V2} anew, which JSON-LD forbids"
        yield Finding(pointer=at, reason=reason, fix=fix)
    elif first == CREDENTIALS_V1:
        reason = "follows VCDM 1.1, which Open Badges 3.0 has left"
        yield Finding(pointer=at, reason=reason, fix=fix, blocking=False)
    elif second != OPEN_BADGES:
        yield Finding(pointer=at, reason="names an outdated Open Badges context", fix=fix, blocking=False)


def _claimed(credential: dict[str, Any], claims: dict[str, Any], at: str) -> Findings:
    """What a token says beside its credential: a ``vc`` claim means VCDM 1.1, ``exp`` that it ends (section 8.2)."""
    first = next(iter(listed(credential.get("@context", []))), None)
    if (at and first == CREDENTIALS_V2) or (not at and first == CREDENTIALS_V1):
        reason = "the vc claim and the first context say different versions of the data model"
        fix = "Under VCDM 2.0 the payload is the credential itself; under VCDM 1.1 it is the vc claim."
        yield Finding(pointer=f"{at}/@context", reason=reason, fix=fix)
    if "exp" in claims and not credential.keys() & {"validUntil", "expirationDate"}:
        # Read as it stands, the credential would outlive its token.
        reason = "the token ends, and the credential in it does not say when"
        yield Finding(pointer="/exp", reason=reason, fix="Say the same instant in validUntil.")


def _type(credential: dict[str, Any], at: str) -> Findings:
    if not _CREDENTIAL_TYPES.intersection(listed(credential.get("type", []))):
        fix = 'Write "type": ["VerifiableCredential", "OpenBadgeCredential"].'
        yield Finding(pointer=f"{at}/type", reason="contains no AchievementCredential", fix=fix)


def _generic_type(credential: dict[str, Any], at: str) -> Findings:
    if "VerifiableCredential" not in listed(credential.get("type", [])):
        fix = 'Write "type": ["VerifiableCredential", "EndorsementCredential"].'
        yield Finding(pointer=f"{at}/type", reason="contains no VerifiableCredential", fix=fix)


def _named(credential: dict[str, Any], at: str) -> Findings:
    if "name" not in credential:
        yield absent("name", _OLDER, at)


def _variant_1(credential: dict[str, Any], at: str) -> Findings:
    """What VCDM 1.1 asked for: the issuer as an object, and dates of its own."""
    if "issuanceDate" not in credential:
        yield absent("issuanceDate", _OLDER, at)
    if isinstance(credential.get("issuer"), str):
        reason = "under VCDM 1.1 the issuer is a Profile, not an address"
        fix = f'Write "issuer": {{"id": "{credential["issuer"]}", "type": ["Profile"], "name": ...}}.'
        yield Finding(pointer=f"{at}/issuer", reason=reason, fix=fix)
    if "validUntil" in credential and _instant(credential, "validUntil") != _instant(credential, "expirationDate"):
        # validUntil has no place in what is read: without it, the credential would outlive itself.
        reason = "ends the credential, and under VCDM 1.1 only expirationDate does"
        fix = f'Say the same instant in expirationDate: "expirationDate": "{credential["validUntil"]}".'
        yield Finding(pointer=f"{at}/validUntil", reason=reason, fix=fix)


def _instant(credential: dict[str, Any], member: str) -> dt.datetime | None:
    return msgspec.convert(credential[member], dt.datetime) if member in credential else None


def _variant_2(credential: dict[str, Any], at: str) -> Findings:
    """VCDM 2.0 section 4.9; the dates of 1.1 are undefined terms there, not a former way to say the same."""
    if "validFrom" not in credential:
        yield absent("validFrom", "the credential", at)
    for old, new in (("issuanceDate", "validFrom"), ("expirationDate", "validUntil")):
        if old in credential:
            fix = f'Write {new} in its place: "{new}": "{credential[old]}".'
            yield Finding(pointer=f"{at}/{old}", reason="is undefined under VCDM 2.0", fix=fix)


def _identities(subject: dict[str, Any], at: str) -> Findings:
    """IdentityHash: what is said to be a hash is one."""
    for pointer, identity in items(subject, "identifier", at):
        hashed = _HASH.fullmatch(identity["identityHash"]) is not None
        if identity["hashed"] and not hashed:
            fix = f"Write sha256$ and 64 hexadecimal digits, or md5$ and 32: {example('identityHash')}."
            yield Finding(pointer=f"{pointer}/identityHash", reason="is said to be hashed and is no hash", fix=fix)
        if hashed and not identity["hashed"]:
            reason = "is a hash, though hashed is false"
            yield Finding(pointer=f"{pointer}/hashed", reason=reason, fix='Write "hashed": true.', blocking=False)
        elif (
            identity["identityType"] == "emailAddress" and not hashed and not _EMAIL.fullmatch(identity["identityHash"])
        ):
            reason, fix = "is no e-mail address", 'Write "identityHash": "learner@example.org".'
            yield Finding(pointer=f"{pointer}/identityHash", reason=reason, fix=fix, blocking=False)


def _uris(credential: dict[str, Any], at: str) -> Findings:
    """Ids are URIs; under a signature over RDF one that is relative is lost, in a token it names nothing."""
    subject, issuer = credential["credentialSubject"], credential.get("issuer")
    for place, named in (
        ("id", credential.get("id")),
        (
            "issuer/id" if isinstance(issuer, dict) else "issuer",
            issuer.get("id") if isinstance(issuer, dict) else issuer,
        ),
        ("credentialSubject/id", subject.get("id")),
        ("credentialSubject/achievement/id", subject.get("achievement", {}).get("id")),
    ):
        if named is not None and not absolute(named):
            fix = f"Write a URI: {example('id', f'{at}/{place}'.removesuffix('/id'))}."
            yield Finding(pointer=f"{at}/{place}", reason=f"is no URI: {named}", fix=fix, blocking=False)


def _pictures(credential: dict[str, Any], at: str) -> Findings:
    """What is embedded as the picture of an award or of an issuer is PNG or SVG; at an address it is not looked at.

    Source: Open Badges 3.0, AchievementSubject ``image`` and Profile ``image``.
    """
    for owner, place in ((credential["credentialSubject"], "credentialSubject"), (credential.get("issuer"), "issuer")):
        image = owner.get("image", {}).get("id", "") if isinstance(owner, dict) else ""
        if image[:5].lower() == "data:" and not _PICTURE.match(image):
            fix = 'Embed a PNG or an SVG: "id": "data:image/png;base64,...".'
            yield Finding(pointer=f"{at}/{place}/image/id", reason="is neither PNG nor SVG", fix=fix, blocking=False)


def _activity(subject: dict[str, Any], at: str) -> Findings:
    """An activity ends after it began; days without a zone are compared with days without one."""
    dates = [subject.get(f"activity{which}Date") for which in ("Start", "End")]
    if None in dates:
        return
    start, end = (msgspec.convert(date, dt.datetime) for date in dates)
    if (start.tzinfo is None) == (end.tzinfo is None) and end < start:
        fix = "Write the later of the two in activityEndDate."
        reason = "is before activityStartDate"
        yield Finding(pointer=f"{at}/activityEndDate", reason=reason, fix=fix, blocking=False)


def _endorsements(credential: dict[str, Any], at: str) -> Findings:
    """An endorsement says which thing it is about; one about another thing says nothing here."""
    for endorsed in carried(credential, at):
        document = endorsed.endorsement.document
        if document is not None and document.get("credentialSubject", {}).get("id") not in endorsed.about:
            reason = "endorses something that is not in this credential, or not where it hangs"
            fix = f"Hang it on what it endorses, or leave it out; here that is {' or '.join(endorsed.about)}."
            yield Finding(pointer=f"{endorsed.pointer}/credentialSubject/id", reason=reason, fix=fix, blocking=False)
