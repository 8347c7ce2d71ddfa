"""A corrected copy of a European Digital Credential: contexts, types, languages of texts, concepts in their lists.

Walks the same table of facts as the findings; what they still find stands in the list of what is lacking. Times without
a zone are not corrected: under a seal nobody but the issuer may say which instant was meant.
"""

from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3 import countries, languages
from adapters.elm_3.application_profile import Row, terms
from adapters.elm_3.document import EuropeanDigitalCredential
from adapters.elm_3.examples import value
from adapters.elm_3.findings import broken_rules
from adapters.elm_3.literal_findings import instant
from adapters.elm_3.recognition import is_context
from adapters.elm_3.spelling import plain_name
from adapters.elm_3.visiting import NOTHING, Visit, visits
from adapters.elm_3.vocabulary import CONTEXTS, CREDENTIALS_V2, SHACL, TYPES, Vocabulary, code, concept, listed, stem
from adapters.hub.opened import Opened
from adapters.hub.repair import Lack, Mending, Repair, compact
from adapters.hub.securing import Finding
from adapters.hub.wire import validated

_KEYWORDS: Final = {"@id": "id", "@type": "type"}
_LOST: Final = "dateModified"
_ENVELOPE: Final = frozenset({"@context", "credentialStatus", "termsOfUse", "proof"})
_MADE_UP: Final = "..."


def repair(opened: Opened) -> Repair:
    """Correct the form of a credential, sealed or not, as far as it tells by itself what is meant."""
    mending = Mending(opened.document)

    def once() -> None:
        mending.retype(lambda document: validated(document, EuropeanDigitalCredential), {})
        _envelope(mending)
        language = _primary_language(mending.document)
        for visit in list(visits(mending.document)):
            _names(mending, visit)
            _members(mending, visit, language)
        mending.unsign()

    mending.until_nothing_changes(once)
    return Repair(document=mending.document, corrections=mending.corrections, lacking=_lacking(mending))


def _envelope(mending: Mending) -> None:
    document = mending.document
    given = listed(document.get("@context", []))
    if all(each in (*CONTEXTS, CREDENTIALS_V2) or is_context(each) for each in given):
        reason = "names the contexts of VCDM 1.1 and of European Digital Credentials, with http as that is named"
        mending.put(document, "@context", [*CONTEXTS], "", reason)
    types = listed(document.get("type", []))
    if lacking := [name for name in TYPES if name not in types]:
        further = [name for name in types if isinstance(name, str) and name not in TYPES]
        mending.put(document, "type", [*TYPES, *further], "", f"says that it is a {' and a '.join(lacking)}")
    for mine, other in (("issued", "issuanceDate"), ("issuanceDate", "issued")):
        if mine not in document and instant(document.get(other)) is not None:
            mending.put(document, mine, document[other], "", f"is the instant that {other} says")


def _primary_language(document: dict[str, Any]) -> str:
    """The language in which the credential is made, "" when it does not say."""
    display = document.get("displayParameter")
    primary = display.get("primaryLanguage") if isinstance(display, dict) else None
    said = primary.get("id") if isinstance(primary, dict) else primary
    return languages.tag_of(_whole(said, Vocabulary.LANGUAGE)) or ""


def _names(mending: Mending, visit: Visit) -> None:
    """Write members by the names that the context has, and leave out what says nothing or is lost."""
    node, at = visit.node, visit.pointer
    for keyword, name in _KEYWORDS.items():
        mending.rename(node, keyword, name, at, f"is written {name} in European Digital Credentials")
    for member in list(node):
        if member not in terms() and (meant := plain_name(member)):
            mending.rename(node, member, meant, at, "is how the context spells it")
        elif node[member] is None:
            mending.leave_out(node, member, at, "null says nothing")
    mending.leave_out(node, _LOST, at, "is lost whatever it says: the context takes it for an address")
    if at and len(visit.row.classes) == 1 and "type" not in node and visit.row.classes != (SHACL,):
        mending.put(node, "type", visit.row.classes[0], at, "says which class of things it is")


def _members(mending: Mending, visit: Visit, language: str) -> None:
    for member, held in list(visit.node.items()):
        if not visit.pointer and member in _ENVELOPE:
            continue
        row = visit.rows.get(member, NOTHING)
        kind = row.kind if member in visit.rows else terms().get(member)
        if kind == "text" and isinstance(held, str) and held.strip() and language:
            reason = "is a text in its language: the one that the credential says is its own"
            mending.put(visit.node, member, {language: held}, visit.pointer, reason)
        elif row.vocabulary is not None:
            _concepts(mending, visit, member, held, row)


def _concepts(mending: Mending, visit: Visit, member: str, held: Any, row: Row) -> None:
    """Write concepts of a list in full, where it is clear which one is meant."""
    now = [_concept(each, row) for each in listed(held)]
    reason = "is a concept of its list, with the scheme that says so"
    mending.put(visit.node, member, now if isinstance(held, list) else now[0], visit.pointer, reason)


def _concept(given: Any, row: Row) -> Any:
    said = given.get("id") if isinstance(given, dict) else given
    if row.vocabulary is None or (found := code(row.vocabulary, _whole(said, row.vocabulary))) is None:
        return given
    made = concept(row.vocabulary, found)
    if not isinstance(given, dict):
        return made
    schemes = [each.get("id") for each in listed(given.get("inScheme", [])) if isinstance(each, dict)]
    kept = {} if row.scheme in schemes else {"inScheme": made["inScheme"]}
    # What it says of itself stays: labels in other languages, a notation.
    return {**given, "id": made["id"], "type": given.get("type", "Concept"), **kept}


def _whole(said: Any, vocabulary: Vocabulary) -> Any:
    """The address of a concept from it or from its code: ``fr`` is a language, ``FR`` a country, ``6`` a level."""
    if not isinstance(said, str) or not said or ":" in said:
        return said
    known = said
    if vocabulary is Vocabulary.LANGUAGE:
        known = languages.authority_code(said) or said
    elif vocabulary is Vocabulary.COUNTRY:
        known = countries.authority_code(said) or said
    return stem(vocabulary) + known


def _lacking(mending: Mending) -> tuple[Lack, ...]:
    """Every rule that the corrected copy still breaks, and every value of a type that nobody can correct."""
    found = [finding for finding in broken_rules(mending.document) if finding.blocking]
    places = {finding.pointer for finding in found}
    by_place = {visit.pointer: visit for visit in visits(mending.document)}
    unshaped = (
        Lack(pointer=each.pointer, reason=each.reason, fix=each.fix)
        for each in mending.unshaped
        if each.pointer not in places
    )
    return (*(_lack(finding, by_place) for finding in found), *unshaped)


def _lack(finding: Finding, by_place: dict[str, Visit]) -> Lack:
    at, _, member = finding.pointer.rpartition("/")
    visit = by_place.get(at)
    row = visit.rows.get(member) if visit is not None else None
    example = ""
    if visit is not None and (row is not None or member in ("@context", "id", "type")) and member not in visit.node:
        made = f"urn:credential:{_UUID}" if finding.pointer == "/id" else value(member, row, finding.pointer)
        example = compact(made)
    return Lack(
        pointer=finding.pointer,
        reason=finding.reason,
        fix=finding.fix,
        example="" if _MADE_UP in example else example,
    )


_UUID: Final = "6a9a5b0e-2f5c-4c6e-8a52-3d1d0f0a9b11"
