"""Check `accreditation`: does what an accredited credential says of its accreditation cover what it awards?"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

from gateway.proofs.timestamps import instant
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import listed

NAME: Final = "accreditation"

_PROFILES: Final = frozenset(
    f"http://data.europa.eu/snb/model/ap/edc-{profile}" for profile in ("accredited", "diploma-supplement")
)
_EVIDENCE: Final = "http://data.europa.eu/snb/evidence-type/c_991b06c6"
_ISCED_F: Final = "http://data.europa.eu/snb/isced-f/"
_NOT_ASKED: Final = "whether the EU's database of accreditations knows it was not asked"

_Members = Mapping[str, Any]  # Any: JSON values


async def accreditation(case: Case) -> Check:
    """Compare the accreditation that is embedded with the award, as far as both say; the EU's database is not asked.

    What it says is the issuer's own word, so nothing is good here for more than being NOTED.

    Source: what the accreditation service of EDC compares (organisation, qualification, field, EQF level, dates).
    """
    document = case.subject.reading.document
    if not _PROFILES.intersection(_ids(document.get("credentialSchema"))):
        return Check(NAME, Outcome.SKIPPED, "is not of the accredited profile")
    embedded = [each for each in _embedded(document) if len(each) > len(("id", "type"))]
    if not embedded:
        detail = f"names no accreditation whose scope could be compared, and {_NOT_ASKED}"
        return Check(NAME, Outcome.UNKNOWN, detail, "Embed the accreditation, of evidence type accreditation.")
    looked_at = tuple(str(each.get("id", "")) for each in embedded)
    claims = list(_objects(listed(document.get("credentialSubject")), "hasClaim"))
    if wrong := [said for each in embedded for said in _faults(each, claims, case.subject.now)]:
        return Check(
            NAME, Outcome.FAILED, "; ".join(wrong), "Issue it with an accreditation that covers it.", looked_at
        )
    same = all(_is_the_awarding(each, claims) for each in embedded)
    who = "for an awarding body" if same else "for an organisation that no identifier ties to the awarding bodies"
    return Check(NAME, Outcome.NOTED, f"the accreditation is {who}, and covers the award; {_NOT_ASKED}", "", looked_at)


def _embedded(document: _Members) -> Iterator[_Members]:
    for evidence in _objects([document], "evidence"):
        if _EVIDENCE in _ids(evidence.get("dcType")):
            yield from _objects([evidence], "accreditation")


def _faults(accredited: _Members, claims: list[_Members], now: dt.datetime) -> Iterator[str]:
    """Say where the accreditation and what is awarded contradict each other."""
    ends = instant(accredited.get("expiryDate"))
    if ends is not None and ends <= now:
        yield f"the accreditation ended {ends.isoformat()}"
    specifications = list(_objects(claims, "specifiedBy"))
    limited = _notations(_objects([accredited], "limitQualification"))
    awarded = _notations(specifications)
    if limited and awarded and not limited & awarded:
        yield "the accreditation is for another qualification"
    levels, awarded_levels = _ids(accredited.get("limitEQFLevel")), _all_ids(specifications, "eqfLevel")
    if levels and awarded_levels - levels:
        yield f"the accreditation does not cover {min(awarded_levels - levels)}"
    fields = _ids(accredited.get("limitField"))
    beyond = {field for field in _all_ids(specifications, "thematicArea") if not _covered(field, fields)}
    if fields and beyond:
        yield f"the accreditation does not cover {min(beyond)}"


def _covered(field: str, fields: Iterable[str]) -> bool:
    """A code of ISCED-F covers those that begin with it: 061 covers 0613."""
    return any(field.startswith(wider) for wider in fields if wider.startswith(_ISCED_F)) or field in fields


def _is_the_awarding(accredited: _Members, claims: list[_Members]) -> bool:
    bodies = _objects(_objects(claims, "awardedBy"), "awardingBody")
    return bool(_notations(_objects([accredited], "organisation")) & _notations(bodies))


_IDENTIFIERS: Final = ("identifier", "registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier")


def _notations(things: Iterable[_Members]) -> frozenset[str]:
    found = (each.get("notation") for thing in things for name in _IDENTIFIERS for each in _objects([thing], name))
    return frozenset(notation for notation in found if isinstance(notation, str))


def _objects(things: Iterable[_Members], member: str) -> Iterator[_Members]:
    for thing in things:
        if isinstance(thing, dict):
            yield from (each for each in listed(thing.get(member)) if isinstance(each, dict))


def _all_ids(things: Iterable[_Members], member: str) -> frozenset[str]:
    return frozenset(name for thing in things for name in _ids(thing.get(member)))


def _ids(value: object) -> frozenset[str]:
    names = (each.get("id") if isinstance(each, dict) else each for each in listed(value))
    return frozenset(name for name in names if isinstance(name, str))
