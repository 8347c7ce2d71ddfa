"""From the neutral credential to an unsealed European Digital Credential under VCDM 1.1.

Always lists where the profile allows several values, no nulls, and never ``dateModified``, which no document can have
rightly (the context and the shapes contradict each other).
"""

import copy
import re
from typing import Any, Final  # Any: the document that is being written

from adapters.elm_3 import provenance, remarks
from adapters.elm_3.codecs import STRING, TEXTS, Drafting
from adapters.elm_3.countries import country_concept
from adapters.elm_3.display import display, written_in
from adapters.elm_3.mapping import AWARDING, CLAIM, CLAIM_FIELDS, CREDENTIAL, PERIOD, SPECIFICATION
from adapters.elm_3.mapping_agents import AGENT
from adapters.elm_3.mapping_outcomes import name_by_skill
from adapters.elm_3.mapping_people import write_recipient
from adapters.elm_3.naming import name_parts, value_at
from adapters.elm_3.required import completed
from adapters.elm_3.statements import statements
from adapters.elm_3.vocabulary import (
    CONTEXTS,
    CONVERTED,
    CONVERTED_CREDENTIAL,
    GENERIC,
    GENERIC_CREDENTIAL,
    SHACL,
    TYPES,
    Vocabulary,
    concept,
)
from adapters.hub.contract import Draft, Format, Issuance, LegalIdentity, Origin
from adapters.hub.credential import Credential
from adapters.hub.errors import NotWritable
from adapters.hub.losses import PERSONAL, Change, Loss, LossReport, pointers
from adapters.hub.mapping import ABSENT, bare, timestamp

_REPEATED: Final = re.compile(r"/credentialSubject/hasClaim/0/(provenBy|influencedBy)/\d+/awardedBy/")
_SUBJECT: Final = "/credentialSubject"
_CLAIM: Final = f"{_SUBJECT}/hasClaim/0"
_SPECIFICATION: Final = f"{_CLAIM}/specifiedBy"
_AWARDING: Final = f"{_CLAIM}/awardedBy"
_LEGAL: Final = ("/location/0/address/0/countryCode/id", "/eIDASIdentifier/notation", "/eIDASIdentifier/spatial/id")
_SAME_TITLE: Final = "says again what the achievement is called"
_REQUIRED: Final = "the profile asks for it"
_OF_THE_SEAL: Final = "the issuer is named as the certificate of its seal names it"
_NO_STATUS: Final = "version 3.1 has no place for a status: whether it was revoked, the record of it says"
_STATUS_IN_PART: Final = "of a status only its address has a place here"
_NOT_EMBEDDED: Final = "the original is named and not embedded, so that nobody sees what only it says"
_TOO_LARGE: Final = "the original is named and not embedded: with it, the credential would be too large to be taken"
MAX_EMBEDDED_BYTES: Final = 2 * 1024 * 1024
"""Of an original: as base64 it is a third longer, and 4 MiB in all are taken."""


def draft(credential: Credential, issuance: Issuance, origin: Origin | None) -> Draft:
    """Write a credential that is already the gateway's.

    Raises:
        NotWritable: Nobody says who owns the seal, or there is no page to display.
    """
    if issuance.legal is None:
        raise NotWritable("nobody says who owns the seal", fix="Set whom the seal certificate names.")
    hub = {"achievement": {}, "recipient": {}, "issuer": {}, **bare(credential)}
    said = credential.achievement.in_language
    said = said if said is not None and written_in(said) else None
    trail = Drafting(language=said or issuance.language, said=said is not None)
    document = _shared(hub, issuance, trail)
    claim = _claim(hub, issuance, trail)
    document["credentialSubject"] = {
        **write_recipient(hub["recipient"], "/recipient", _SUBJECT, trail),
        "hasClaim": [claim],
    }
    _tell(document, issuance, origin, trail)
    completed(document, issuance, trail)
    if claim["title"] == claim["specifiedBy"]["title"]:
        for tag in claim["title"]:
            if (source := trail.origins.pop(f"{_CLAIM}/title/{tag}", None)) is not None:
                trail.dropped("", source, _SAME_TITLE)
    document["displayParameter"] = display(document["displayParameter"], hub, issuance, trail)
    document = name_parts({"@context": [*CONTEXTS], "type": [*TYPES], **document}, trail)
    name_by_skill(document["credentialSubject"]["hasClaim"][0]["specifiedBy"], _SPECIFICATION, trail)
    return Draft(format=Format.ELM_3, document=document, losses=_accounted(document, trail))


def _shared(hub: dict[str, Any], issuance: Issuance, trail: Drafting) -> dict[str, Any]:
    """The envelope: who seals, when, until when; and the title of what is displayed."""
    apart = {*CLAIM_FIELDS, "award_image", "image", "license_number", "issuer", *remarks.OF_CREDENTIAL}
    rest = {name: child for name, child in hub.items() if name not in apart}
    document = CREDENTIAL.write(rest, "", "", trail)
    document.setdefault("id", issuance.id)
    issuer, legal = hub["issuer"], issuance.legal
    if legal is not None:
        document["issuer"] = _issuer(issuer, issuance, legal, trail)
    at = timestamp(issuance.at)
    document |= {"issuanceDate": at, "issued": at}
    # Since when it holds nobody says; not since it was converted.
    document.setdefault("validFrom", timestamp(hub["awarded"]) if "awarded" in hub else at)
    if "validUntil" in document:
        document["expirationDate"] = document["validUntil"]
    if "license_number" in hub:
        number = STRING.write(hub["license_number"], "/license_number", "/identifier/0/notation", trail)
        kind = {"type": "Identifier", "notation": number, "schemeName": "Credential number"}
        document |= {} if number is ABSENT else {"identifier": [kind]}
    return document


def _issuer(hub: dict[str, Any], issuance: Issuance, legal: LegalIdentity, trail: Drafting) -> dict[str, Any]:
    """The owner of the seal, in the words of its certificate; what else is known of it stays."""
    said = {name: child for name, child in hub.items() if name not in ("name", "address", "other_identifiers")}
    _compare(hub, issuance, legal, trail)
    written: dict[str, Any] = AGENT.write(said, "/issuer", "/issuer", trail)
    if issuance.issuer.id is not None and "id" not in written:
        written["id"] = issuance.issuer.id
    tag = issuance.language
    for leaf in (f"/legalName/{tag}", f"/altLabel/{tag}", *_LEGAL):
        if f"/issuer{leaf}" not in trail.origins:
            trail.supplied(f"/issuer{leaf}", _OF_THE_SEAL)
    country = country_concept(legal.country)
    return written | {
        "legalName": {tag: legal.legal_name},
        "altLabel": {tag: legal.common_name},
        "location": [{"type": "Location", "address": [{"type": "Address", "countryCode": country}]}],
        "eIDASIdentifier": {
            "type": "LegalIdentifier",
            "notation": legal.organisation_id,
            "spatial": copy.deepcopy(country),
        },
    }


def _compare(hub: dict[str, Any], issuance: Issuance, legal: LegalIdentity, trail: Drafting) -> None:
    """Carry what the certificate says too, and report the rest of the issuer's names as replaced."""
    address = hub.get("address", {})
    same = {
        f"/name/{issuance.language}": (legal.legal_name, f"/legalName/{issuance.language}"),
        "/address/country_code": (legal.country, "/location/0/address/0/countryCode/id"),
    }
    for index, identifier in enumerate(hub.get("other_identifiers", ())):
        at, into = f"/other_identifiers/{index}", "/eIDASIdentifier"
        own = {"kind": "ext:eidas", "value": legal.organisation_id, "country": legal.country}
        if identifier == own and f"/issuer{into}/notation" not in trail.origins:
            same |= {f"{at}/kind": ("ext:eidas", f"{into}/notation")}
            same |= {f"{at}/country": (legal.country, f"{into}/spatial/id")}
            same |= {f"{at}/value": (legal.organisation_id, f"{into}/notation")}
            trail.carried(f"/issuer{at}/value", f"/issuer{into}/notation")
    named = {name: hub[name] for name in ("name", "other_identifiers") if name in hub} | {"address": address}
    for leaf in pointers(named) if any(named.values()) else ():
        meant, into = same.get(leaf, ("", ""))
        value = value_at(named, leaf)
        if into and value == meant:
            trail.carried(f"/issuer{leaf}", f"/issuer{into}")
        elif value != {}:
            trail.dropped(value, f"/issuer{leaf}", _OF_THE_SEAL)


def _claim(hub: dict[str, Any], issuance: Issuance, trail: Drafting) -> dict[str, Any]:
    """The award and what was awarded."""
    apart = {"image", *remarks.of_achievement(hub["achievement"])}
    if hub["achievement"].get("creator") == hub.get("source", hub["issuer"]):
        apart.add("creator")  # who awarded it: told there
    achievement = {name: child for name, child in hub["achievement"].items() if name not in apart}
    fields = {name: hub[name] for name in ("narrative", "credits_received", "results", "evidence") if name in hub}
    claim = CLAIM.write(fields, "", _CLAIM, trail)
    specification = SPECIFICATION.write(achievement, "/achievement", _SPECIFICATION, trail)
    own_id = issuance.achievement_id
    if own_id is not None and specification.get("id") != own_id:
        if (source := trail.origins.pop(f"{_SPECIFICATION}/id", None)) is not None:
            trail.approximated(source, f"{_SPECIFICATION}/id", "the gateway's own address of the achievement")
        specification["id"] = own_id
    claim["specifiedBy"] = specification
    if "award_name" in hub:
        title = TEXTS.write(hub["award_name"], "/award_name", f"{_CLAIM}/title", trail)
        claim |= {} if title is ABSENT else {"title": title}
    remarks.tell(hub, claim, _CLAIM, trail)
    claim["awardedBy"] = _awarding(hub, trail)
    period = PERIOD.write(
        {name: hub[name] for name in ("activity_start", "activity_end") if name in hub},
        "",
        f"{_CLAIM}/influencedBy/0/temporal/0",
        trail,
    )
    if len(period) > 1:
        claim["influencedBy"] = [{"type": "LearningActivity", "temporal": [period]}]
    return claim


def _awarding(hub: dict[str, Any], trail: Drafting) -> dict[str, Any]:
    """Who awarded it: the source first, which `required` puts the issuer in place of where it says nothing."""
    dated = {"awarded": hub["awarded"]} if "awarded" in hub else {}
    process = AWARDING.write(dated, "", _AWARDING, trail)
    awarders = [("/source", hub.get("source"))]
    awarders += [(f"/joint_awarders/{n}", each) for n, each in enumerate(hub.get("joint_awarders", ()))]
    bodies: list[Any] = []
    for at, awarder in awarders:
        before = len(trail.origins)
        body = AGENT.write(awarder or {}, at, f"{_AWARDING}/awardingBody/{len(bodies)}", trail)
        if len(trail.origins) > before or not bodies:
            bodies.append(body)
    return {**process, "awardingBody": bodies}


def _tell(document: dict[str, Any], issuance: Issuance, origin: Origin | None, trail: Drafting) -> None:
    """Profile, provenance and status."""
    shown = issuance.embed_original and not any(loss.note == PERSONAL for loss in trail.losses)
    converted = origin is not None and shown and len(origin.received) <= MAX_EMBEDDED_BYTES
    profile = CONVERTED_CREDENTIAL if converted else GENERIC_CREDENTIAL
    document["credentialSchema"] = [{"id": CONVERTED if converted else GENERIC, "type": SHACL}]
    document["credentialProfiles"] = [concept(Vocabulary.CREDENTIAL, profile)]
    if origin is not None:
        if (named_original := provenance.identifier(origin)) is not None:
            document.setdefault("identifier", []).append(named_original)
        if converted:
            document["evidence"] = [provenance.evidence(origin)]
        else:
            trail.losses.append(Loss(change=Change.DROPPED, note=_TOO_LARGE if shown else _NOT_EMBEDDED))
    if issuance.status is None:
        return
    if issuance.elm_version == "3.1":
        trail.losses.append(Loss(change=Change.DROPPED, note=_NO_STATUS))
        return
    document["credentialStatus"] = {"id": issuance.status["id"], "type": "CredentialStatus"}
    trail.losses.append(Loss(change=Change.DROPPED, note=_STATUS_IN_PART))


def _accounted(document: dict[str, Any], trail: Drafting) -> LossReport:
    """The losses, and every leaf that nothing in the credential says as supplied; who awards is said once."""
    said = statements(document)
    told = trail.origins.keys() | {loss.target for loss in trail.losses}
    known = {said[at] for at in told if at in said}
    supplied = [
        Loss(change=Change.SUPPLIED, target=at, note=_REQUIRED)
        for at, statement in said.items()
        if at not in told and not (statement in known and _REPEATED.match(at))
    ]
    return LossReport((*trail.losses, *supplied))
