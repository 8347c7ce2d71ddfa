"""What the profile asks for and a credential may lack: titles, countries, who awards, how it went.

What is supplied here is reported by `writing`, because nothing in the credential says it; only what changes the
meaning of something is reported here.
"""

import copy
from collections.abc import Iterator
from typing import Any, Final  # Any: the document that is being written

from adapters.elm_3.codecs import named
from adapters.elm_3.countries import authority_code, country_concept
from adapters.hub.contract import Issuance
from adapters.hub.losses import escaped, pointers
from adapters.hub.mapping import Trail

_SET_COUNTRY: Final = "the organisation names no country; this is the one that was set for those"
_NO_COUNTRY: Final = "nobody says the country, and an organisation must have one: provisional data"
_ISSUER_AWARDS: Final = "nobody else is named as who awarded it"
_AWARDING: Final = "/credentialSubject/hasClaim/0/awardedBy"
_NO_GRADE: Final = "No grade is given."
_NO_TITLE: Final = "Untitled achievement"


def completed(document: dict[str, Any], issuance: Issuance, trail: Trail) -> None:
    """Supply in place what is required, `displayParameter.title` included."""
    claim = document["credentialSubject"]["hasClaim"][0]
    specification = claim["specifiedBy"]
    shown = document.setdefault("displayParameter", {})
    title = specification.get("title") or claim.get("title") or shown.get("title") or {"en": _NO_TITLE}
    specification.setdefault("title", dict(title))
    claim.setdefault("title", dict(specification["title"]))
    shown.setdefault("title", dict(claim["title"]))
    process = claim["awardedBy"]
    if process["awardingBody"][0].keys() <= {"type"}:
        process["awardingBody"][0] = copy.deepcopy(document["issuer"])
        for leaf in pointers(document["issuer"], f"{_AWARDING}/awardingBody/0"):
            trail.supplied(leaf, _ISSUER_AWARDS)
    process["id"] = named("awardingProcess", document["id"])
    for assessment in claim.get("provenBy", ()):
        _complete_assessment(assessment, process)
    for activity in claim.get("influencedBy", ()):
        activity |= {"title": dict(claim["title"]), "awardedBy": copy.deepcopy(process)}
    for assessment in specification.get("provenBy", ()):
        assessment.setdefault("title", {"en": "Assessment"})
    _complete_organisations(document, issuance, trail)
    _complete_schemes(document)


def _complete_schemes(value: Any) -> None:
    """A scheme says that it is one: without that, no concept is in it."""
    if isinstance(value, dict):
        if isinstance(value.get("inScheme"), dict):
            value["inScheme"].setdefault("type", "ConceptScheme")
        for child in value.values():
            _complete_schemes(child)
    elif isinstance(value, list):
        for child in value:
            _complete_schemes(child)


def _complete_assessment(assessment: dict[str, Any], process: dict[str, Any]) -> None:
    assessment.setdefault("title", {"en": "Result"})
    assessment.setdefault("grade", {"type": "Note", "noteLiteral": {"en": _NO_GRADE}})
    assessment["awardedBy"] = copy.deepcopy(process)
    if "specifiedBy" in assessment:
        title = {"title": dict(assessment["title"])}
        of = {"type": "LearningAssessmentSpecification"}
        assessment["specifiedBy"] = of | title | assessment["specifiedBy"]


def _complete_organisations(document: dict[str, Any], issuance: Issuance, trail: Trail) -> None:
    for organisation, at in list(_organisations(document, "")):
        if "legalName" not in organisation:
            organisation["legalName"] = {"en": organisation.get("id", "Unnamed organisation")}
        location = organisation.setdefault("location", [{"type": "Location", "address": [{"type": "Address"}]}])
        address = location[0]["address"][0]
        if "countryCode" in address:
            continue
        country = authority_code(issuance.country) if issuance.country is not None else None
        address["countryCode"] = country_concept(country or "")
        note = _NO_COUNTRY if country is None else _SET_COUNTRY
        trail.supplied(f"{at}/location/0/address/0/countryCode/id", note)


def _organisations(value: Any, at: str) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(value, dict):
        if value.get("type") == "Organisation":
            yield value, at
        for member, child in value.items():
            yield from _organisations(child, f"{at}/{escaped(member)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _organisations(child, f"{at}/{index}")
