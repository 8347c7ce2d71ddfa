"""What the profile that a credential names asks of it beyond what every credential has.

Source: the SHACL shapes EDC-accredited, -converted, -issuedByMandate and -diplomaSupplement.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3.application_profile import classes
from adapters.elm_3.examples import shown
from adapters.elm_3.visiting import Visit
from adapters.elm_3.vocabulary import (
    ACCREDITED,
    BY_MANDATE,
    CONVERTED,
    CONVERTED_CREDENTIAL,
    DIPLOMA_SUPPLEMENT,
    GENERIC,
    NO_VOCABULARIES,
    Vocabulary,
    listed,
    stem,
)
from adapters.hub.securing import Finding

_IN_EVIDENCE: Final = {
    ACCREDITED: "accreditation",
    DIPLOMA_SUPPLEMENT: "accreditation",
    CONVERTED: "embeddedEvidence",
    BY_MANDATE: "evidenceStatement",
}
_OF_A_SUPPLEMENT: Final = {
    "Person": ("fullName", "dateOfBirth"),
    "LearningAchievement": ("creditReceived", "provenBy"),
    "Qualification": (
        "awardingOpportunity",
        "hasPart",
        "language",
        "learningOutcome",
        "maximumDuration",
        "mode",
        "nqfLevel",
        "thematicArea",
    ),
}
_ONE_CLAIM: Final = frozenset({ACCREDITED, DIPLOMA_SUPPLEMENT})


def profiles(document: dict[str, Any]) -> frozenset[str]:
    """The profiles that a credential names as its schemas."""
    return frozenset(
        each["id"]
        for each in listed(document.get("credentialSchema", []))
        if isinstance(each, dict) and isinstance(each.get("id"), str)
    )


def asks_for_schemes(named: frozenset[str]) -> bool:
    """Whether the profiles ask for the schemes of concepts: all but ``edc-generic-no-cv`` do."""
    return named != frozenset({NO_VOCABULARIES})


def broken_profile(document: dict[str, Any], visits: list[Visit]) -> Iterator[Finding]:
    """List the rules of the named profiles that a credential breaks."""
    named = profiles(document)
    for profile, member in _IN_EVIDENCE.items():
        if profile in named:
            yield from _evidence(document, visits, profile, member)
    if named & _ONE_CLAIM:
        yield from _one_achievement(document)
    if DIPLOMA_SUPPLEMENT in named:
        yield from _supplement(visits)
    converted = f"{stem(Vocabulary.CREDENTIAL)}{CONVERTED_CREDENTIAL}"
    kinds = listed(document.get("credentialProfiles", []))
    if CONVERTED not in named and any(isinstance(each, dict) and each.get("id") == converted for each in kinds):
        reason = f"says that the credential was converted, and its schema is not {CONVERTED}"
        fix = f"Name {CONVERTED} in credentialSchema."
        yield Finding(pointer="/credentialProfiles", reason=reason, fix=fix, blocking=False)


def _evidence(document: dict[str, Any], visits: list[Visit], profile: str, member: str) -> Iterator[Finding]:
    """The rule is one for all Evidence of the document, wherever it stands."""
    short = profile.rpartition("/")[2]
    if not listed(document.get("evidence", [])):
        reason = f"has no evidence, which the profile {short} asks for"
        fix = f"Add {shown('evidence', classes()['EuropeanDigitalCredential']['evidence'])}, or name {GENERIC}."
        yield Finding(pointer="/evidence", reason=reason, fix=fix)
    row = classes()["Evidence"][member]
    for visit in visits:
        if "Evidence" in visit.types and visit.node.get(member, []) in ([], {}):
            reason = f"has no {member}, which the profile {short} asks of all evidence"
            fix = f"Add {shown(member, row)}, or name {GENERIC}."
            yield Finding(pointer=f"{visit.pointer}/{member}", reason=reason, fix=fix)


def _one_achievement(document: dict[str, Any]) -> Iterator[Finding]:
    for subject in listed(document.get("credentialSubject", [])):
        claims = listed(subject.get("hasClaim", [])) if isinstance(subject, dict) else []
        if len(claims) > 1 or not all("LearningAchievement" in _types(each) for each in claims):
            reason = "an accredited credential claims one LearningAchievement and nothing else"
            fix = f"Put other claims into their own credentials, or name {GENERIC}."
            yield Finding(pointer="/credentialSubject/hasClaim", reason=reason, fix=fix)


def _types(claim: Any) -> list[Any]:
    return listed(claim.get("type", [])) if isinstance(claim, dict) else []


def _supplement(visits: list[Visit]) -> Iterator[Finding]:
    for visit in visits:
        for name in visit.types:
            for member in _OF_A_SUPPLEMENT.get(name, ()):
                values = visit.node.get(member, [])
                if values in ([], {}):
                    reason = f"has no {member}, which a diploma supplement asks for"
                    fix = f"Add {shown(member, classes()[name][member])}."
                    yield Finding(pointer=f"{visit.pointer}/{member}", reason=reason, fix=fix)
                elif name == "LearningAchievement" and len(listed(values)) > 1:
                    reason = f"has {len(listed(values))} values, and a diploma supplement takes one"
                    yield Finding(pointer=f"{visit.pointer}/{member}", reason=reason, fix=f"Keep one {member}.")
