"""Rules of Open Badges 3.0 that types cannot say: required members, types, enumerations, and what belongs together.

They are those of the official JSON schemas, of the reference validator's probes for the subject, the evidence and
the issuer, and of the specification's prose; each one broken is a finding, and the reading goes on.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any  # Any: decoded JSON, validated against document.py

import msgspec

from adapters.hub.securing import Finding
from adapters.open_badges_3.classes import CLASSES, Class
from adapters.open_badges_3.vocabulary import (
    COMPACT_JWS,
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    LANGUAGE,
    OPEN_BADGES,
    RESULT_STATUSES,
    allowed,
    is_open_badges_context,
    joins_v2,
    listed,
)

Findings = Iterator[Finding]
_HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}")
_CREDENTIAL_TYPES = frozenset({"AchievementCredential", "OpenBadgeCredential"})
_ONE_ONLY = ("credentialStatus", "refreshService")


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
        *_contexts(listed(credential.get("@context", [])), f"{at}/@context"),
        *(() if claims is None else _claimed(credential, claims, at)),
        *_type(credential, at),
        *(_variant_1(credential, at) if vcdm_1 else _variant_2(credential, at)),
        *_of_class(credential, CLASSES["AchievementCredential"], at),
        *_identities(subject, place),
        *_results(subject, place),
        *_endorsed(credential, at),
    )


def sound(value: dict[str, Any], name: str) -> bool:
    """Whether a value keeps the rules of its class."""
    return not any(finding.blocking for finding in _of_class(value, CLASSES[name], ""))


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


def _variant_1(credential: dict[str, Any], at: str) -> Findings:
    """What VCDM 1.1 asked for: a name, the issuer as an object, and dates of its own."""
    for member in ("issuanceDate", "name"):
        if member not in credential:
            yield _absent(member, "a credential of VCDM 1.1", at)
    if isinstance(credential.get("issuer"), str):
        reason = "under VCDM 1.1 the issuer is a Profile, not an address"
        yield Finding(pointer=f"{at}/issuer", reason=reason, fix="Write the issuer as an object of type Profile.")
    if "validUntil" in credential and _instant(credential, "validUntil") != _instant(credential, "expirationDate"):
        # validUntil has no place in what is read: without it, the credential would outlive itself.
        reason = "ends the credential, and under VCDM 1.1 only expirationDate does"
        yield Finding(pointer=f"{at}/validUntil", reason=reason, fix="Say the same instant in expirationDate.")


def _instant(credential: dict[str, Any], member: str) -> dt.datetime | None:
    return msgspec.convert(credential[member], dt.datetime) if member in credential else None


def _variant_2(credential: dict[str, Any], at: str) -> Findings:
    """VCDM 2.0 section 4.9; the dates of 1.1 are undefined terms there, not a former way to say the same."""
    if "validFrom" not in credential:
        yield _absent("validFrom", "the credential", at)
    for old, new in (("issuanceDate", "validFrom"), ("expirationDate", "validUntil")):
        if old in credential:
            yield Finding(pointer=f"{at}/{old}", reason="is undefined under VCDM 2.0", fix=f"Write {new}.")


def _absent(member: str, owner: str, at: str) -> Finding:
    return Finding(pointer=at, reason=f"{owner} has no {member}", fix=f"Add {member}.")


def _of_class(value: dict[str, Any], of: Class, at: str) -> Findings:
    """The class table, for a value and all that it holds."""
    yield from _class_type(value, of, at)
    yield from _presence(value, of, at)
    yield from _values(value, of, at)
    for member, name in of.members.items():
        for pointer, item in _items(value, member, at):
            if isinstance(item, dict):
                yield from _of_class(item, CLASSES[name], pointer)


def _presence(value: dict[str, Any], of: Class, at: str) -> Findings:
    for member in of.required:
        if member not in value:
            yield _absent(member, of.type or "this", at)
    if of.some and not any(value.get(member) not in (None, []) for member in of.some):
        yield _absent(" or ".join(of.some), of.type or "this", at)


def _values(value: dict[str, Any], of: Class, at: str) -> Findings:
    for member, words in of.words.items():
        if member in value and not allowed(value[member], words):
            reason = f"{value[member]!r} is not in the enumeration, and no ext: value"
            yield Finding(pointer=f"{at}/{member}", reason=reason, fix=f"Write ext:{value[member]} for your own.")
    if "inLanguage" in value and not LANGUAGE.fullmatch(value["inLanguage"]):
        # Advice only: language tags do not care for case, and the schema knows fewer forms than BCP 47.
        reason, fix = "not a language tag of the form that the schema allows", "Write it like en or pt-BR."
        yield Finding(pointer=f"{at}/inLanguage", reason=reason, fix=fix, blocking=False)
    for pointer, token in _items(value, "endorsementJwt", at):
        if not COMPACT_JWS.fullmatch(token):
            yield Finding(pointer=pointer, reason="not a compact JWS")
    for member in _ONE_ONLY:
        if isinstance(value.get(member), list):
            # Advice only: every entry is looked at, so that nothing hides behind the first.
            reason = "the format has one, not a list"
            yield Finding(pointer=f"{at}/{member}", reason=reason, fix="Write one object.", blocking=False)


def _class_type(value: dict[str, Any], of: Class, at: str) -> Findings:
    if not of.type:
        return
    given = value.get("type", [])
    if of.type not in listed(given):
        shown = f'"{of.type}"' if of.single else f'["{of.type}"]'
        reason = f"type does not contain {of.type}" if given else f"has no type {of.type}"
        yield Finding(pointer=f"{at}/type", reason=reason, fix=f'Write "type": {shown}.')
    elif of.single and isinstance(given, list):
        fix = f'Write "type": "{of.type}".'
        yield Finding(pointer=f"{at}/type", reason="is one value, not a list", fix=fix, blocking=False)


def _items(value: dict[str, Any], member: str, at: str) -> Iterator[tuple[str, Any]]:
    """The values of a member that holds one or many, with the pointer of each."""
    given = value.get(member, [])
    if not isinstance(given, list):
        yield f"{at}/{member}", given
        return
    for index, item in enumerate(given):
        yield f"{at}/{member}/{index}", item


def _identities(subject: dict[str, Any], at: str) -> Findings:
    """IdentityHash: what is said to be a hash is one."""
    for pointer, identity in _items(subject, "identifier", at):
        hashed = _HASH.fullmatch(identity["identityHash"]) is not None
        if identity["hashed"] and not hashed:
            fix = "Write sha256$ and 64 hexadecimal digits, or md5$ and 32."
            yield Finding(pointer=f"{pointer}/identityHash", reason="is said to be hashed and is no hash", fix=fix)
        if hashed and not identity["hashed"]:
            reason = "is a hash, though hashed is false"
            fix = "Write hashed: true."
            yield Finding(pointer=f"{pointer}/hashed", reason=reason, fix=fix, blocking=False)


def _results(subject: dict[str, Any], at: str) -> Findings:
    """A result refers to what the same achievement describes (OB 3.0, Result and ResultDescription).

    Levels are advice: the specification's own complete example names one that its description lacks.
    """
    achievement = subject.get("achievement", {})
    descriptions = {item["id"]: item for item in listed(achievement.get("resultDescription", []))}
    for pointer, description in _items(achievement, "resultDescription", f"{at}/achievement"):
        if description.get("requiredLevel", None) not in {None, *_levels(description)}:
            reason = "is no level of this result description"
            yield Finding(pointer=f"{pointer}/requiredLevel", reason=reason, blocking=False)
    every_level = {level for description in descriptions.values() for level in _levels(description)}
    for pointer, result in _items(subject, "result", at):
        described = descriptions.get(result.get("resultDescription"), {})
        levels = _levels(described) if described else every_level
        if "resultDescription" in result and not described:
            reason, fix = "names no result description of the achievement", "Use the id of one."
            yield Finding(pointer=f"{pointer}/resultDescription", reason=reason, fix=fix)
        if described.get("resultType") == "Status" and "status" not in result:
            yield _absent("status", "a result of type Status", pointer)
        if "status" in result and result["status"] not in RESULT_STATUSES:
            yield Finding(pointer=f"{pointer}/status", reason=f"{result['status']!r} is not in the enumeration")
        if result.get("achievedLevel", None) not in {None, *levels}:
            reason = "is no level of its result description"
            yield Finding(pointer=f"{pointer}/achievedLevel", reason=reason, blocking=False)


def _levels(description: dict[str, Any]) -> set[str]:
    return {level["id"] for level in listed(description.get("rubricCriterionLevel", []))}


def _endorsed(credential: dict[str, Any], at: str) -> Findings:
    """An endorsement is about the credential, its achievement or a profile in it; another says nothing here."""
    things = list(_endorsable(credential, at))
    ids = {thing.get("id") for _, thing in things}
    for place, thing in things:
        for pointer, endorsement in _items(thing, "endorsement", place):
            if endorsement.get("credentialSubject", {}).get("id") not in ids:
                reason = "endorses something that is not in this credential"
                yield Finding(pointer=f"{pointer}/credentialSubject/id", reason=reason, blocking=False)


def _endorsable(credential: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    subject = credential["credentialSubject"]
    achievement = subject.get("achievement", {})
    yield at, credential
    yield f"{at}/credentialSubject/achievement", achievement
    yield from _profiles(credential.get("issuer"), f"{at}/issuer")
    yield from _profiles(subject.get("source"), f"{at}/credentialSubject/source")
    yield from _profiles(achievement.get("creator"), f"{at}/credentialSubject/achievement/creator")


def _profiles(profile: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A profile and those it belongs to; nothing for an address."""
    if isinstance(profile, dict):
        yield at, profile
        yield from _profiles(profile.get("parentOrg"), f"{at}/parentOrg")
