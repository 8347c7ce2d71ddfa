"""From the neutral credential to the claims of a learning credential, without what seals them.

The sealer adds ``iat``, ``cnf`` and the digests; everything else stands here.
"""

import datetime as dt
from typing import Any, Final  # Any: the document that is being written

import msgspec

from adapters.hub.alignments import LISTS, QUALITY_ASSURANCE
from adapters.hub.contract import Draft, Format, Issuance, Origin
from adapters.hub.credential import Alignment, Credential
from adapters.hub.errors import NotWritable
from adapters.hub.frameworks import Framework
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import ABSENT, NO_PLACE, Trail, bare
from adapters.learning_credential_1 import learner, provenance, study_time
from adapters.learning_credential_1.codecs import LEVEL, ONLY_WORDS, SECONDS, day_of, last_second, stands_in, told
from adapters.learning_credential_1.document import MANDATORY, ORDER, VCT
from adapters.learning_credential_1.mapping import OF_ONE, OF_TWO, OWN_STATUS

_SKILLS: Final = (Framework.ESCO_SKILL, Framework.DIGCOMP)
_COMPETENCIES: Final = ("ceasn:Competency", "CFItem", "ext:LearningOutcome")
_ALIGNED: Final = "the name of what the achievement is aligned to"
_LACKING: Final = "what wallets ask of this format, and nothing here says it"


def draft(credential: Credential, issuance: Issuance, origin: Origin | None) -> Draft:
    """Write a credential that is already the gateway's.

    Raises:
        NotWritable: It has no title, names nobody who earned it, or says that it was not completed.
    """
    _refuse_unfinished(credential)
    trail = Trail()
    hub = {"issuer": {}, "recipient": {}, **bare(credential)}
    hub["achievement"] = dict(hub.get("achievement", {}))
    hub["recipient"] = dict(hub["recipient"])
    if hub["achievement"].get("creator") == hub.get("source", hub["issuer"]):
        hub["achievement"].pop("creator", None)  # who awarded it: told there
    document = _learning(hub, trail)
    document |= _times(hub, issuance, trail)
    document |= learner.write(hub["recipient"], "/recipient", trail)
    two = origin is not None or bool(hub.get("source"))
    alignments = hub["achievement"].pop("alignments", [])
    assured = _assured_bodies(hub, "/source" if two else "/issuer")
    document = (OF_TWO if two else OF_ONE).write(hub, "", "", trail) | document
    _align(alignments, document, trail)
    for items, at in assured:
        _tell_assurances(items, at, document, trail)
    _complete(document, issuance, trail, own=not two)
    if two:
        provenance.tell(document, origin, trail)
    elif "issuing_authority" not in document:
        _supply(document, "issuing_authority", document["iss"], trail, "the issuer has no name")
    _require(document)
    trail.losses += [
        Loss(change=Change.DROPPED, note=f"{name}: {_LACKING}") for name in MANDATORY if name not in document
    ]
    ordered = {name: document[name] for name in ORDER if name in document}
    return Draft(format=Format.LEARNING_CREDENTIAL_1, document=ordered, losses=trail.report)


def _refuse_unfinished(credential: Credential) -> None:
    """A learning credential says that it was achieved, and has no words for less."""
    for index, result in enumerate(credential.results):
        if result.status not in (None, "Completed"):
            reason = f"says that it was not completed ({result.status}), which a learning credential cannot say"
            raise NotWritable(reason, pointer=f"/results/{index}/status", fix="Convert it to Open Badges 3.0.")


def _require(document: dict[str, Any]) -> None:
    if "achievement_title" not in document:
        raise NotWritable(
            "the achievement has no name", pointer="/achievement/name", fix="Give what was awarded a name."
        )
    if learner.TEXT not in document and "family_name" not in document:
        raise NotWritable("nobody is named who earned it", pointer="/recipient")


def _learning(hub: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """What tables cannot say: one claim of several fields. Takes what it says out of ``hub``."""
    achievement = hub["achievement"]
    claims: dict[str, Any] = {}
    title = achievement.get("name", {})
    if not told(title):
        for field in ("award_name", "name"):
            if told(hub.get(field, {})) and "achievement_title" not in claims:
                claims["achievement_title"] = stands_in(hub.pop(field), f"/{field}", "/achievement_title", trail)
    time = study_time.write(achievement, "/achievement", "/expected_study_time", trail)
    if time is not None:
        claims["expected_study_time"] = time
    return claims


def _times(hub: dict[str, Any], issuance: Issuance, trail: Trail) -> dict[str, Any]:
    """When it was awarded, where only another date says it, and until when it holds, to the second and as a day."""
    claims: dict[str, Any] = {}
    if "awarded" not in hub:
        known = hub.get("valid_from")
        claims["date_of_issuance"] = day_of(known or issuance.at)
        trail.supplied("/date_of_issuance", "since when it holds" if known else "when it was issued anew")
    if "valid_until" in hub:
        claims |= _end(hub.pop("valid_until"), trail)
    return claims


def _end(end: dt.datetime, trail: Trail) -> dict[str, Any]:
    """Until when it holds: ``exp`` to the second, and the day, which alone says it where it ends with the day."""
    aside = Trail()
    seconds = SECONDS.write(end, "/valid_until", "/exp", aside)
    if seconds is ABSENT:
        trail.losses += aside.losses
        return {}
    written = day_of(end)
    if last_second(written) == end:
        trail.carried("/valid_until", "/date_of_expiry")
        trail.supplied("/exp", "the last second of the day on which it ends")
    else:
        trail.origins |= aside.origins
        trail.losses += aside.losses
        trail.supplied("/date_of_expiry", "the day on which it ends")
    return {"exp": seconds, "date_of_expiry": written}


def _assured_bodies(hub: dict[str, Any], at: str) -> list[tuple[list[dict[str, Any]], str]]:
    """What assures the quality of who awarded it, taken out of ``hub``."""
    name = at.removeprefix("/")
    body = hub.get(name) or {}
    if "accreditations" not in body:
        return []
    hub[name] = {member: child for member, child in body.items() if member != "accreditations"}
    return [(body["accreditations"], f"{at}/accreditations")]


def _tell_assurances(items: list[dict[str, Any]], at: str, document: dict[str, Any], trail: Trail) -> None:
    for index, item in enumerate(items):
        texts = (item.get("title"), item.get("kind", {}).get("label"), item.get("agent", {}).get("name"))
        words = next((text[tag] for text in texts if text and (tag := told(text)) is not None), None)
        _say("types_of_quality_assurance", words, item, f"{at}/{index}", document, trail)


def _align(alignments: list[dict[str, Any]], document: dict[str, Any], trail: Trail) -> None:
    """Say the level as a number, and skills and quality assurance by their names."""
    for index, alignment in enumerate(alignments):
        at = f"/achievement/alignments/{index}"
        named = msgspec.convert({"target_name": {}, **alignment}, Alignment)
        term = named.recognised
        tag = told(named.target_name)
        words = None if tag is None else named.target_name[tag]
        if term is not None and term.framework is Framework.EQF and "level_of_learning_experience" not in document:
            level = LEVEL.write(alignment, at, "/level_of_learning_experience", trail)
            document["level_of_learning_experience"] = level
        elif named.target_type == QUALITY_ASSURANCE or named.target_url.startswith(LISTS[QUALITY_ASSURANCE]):
            _say("types_of_quality_assurance", words, alignment, at, document, trail)
        elif term.framework in _SKILLS if term is not None else named.target_type in _COMPETENCIES:
            _say("learning_outcomes", words, alignment, at, document, trail)
        else:
            trail.dropped(alignment, at, NO_PLACE)


def _say(claim: str, words: str | None, item: Any, at: str, document: dict[str, Any], trail: Trail) -> None:
    """Add the name of something that says more, unless it is there already."""
    trail.dropped(item, at, ONLY_WORDS)
    said = document.setdefault(claim, []) if words is not None else []
    if words is not None and words not in said:
        trail.supplied(f"/{claim}/{len(said)}", _ALIGNED)
        said.append(words)


def _complete(document: dict[str, Any], issuance: Issuance, trail: Trail, *, own: bool) -> None:
    """What only the gateway knows: ids, status, and the country where it is told."""
    document["vct"] = VCT
    _supply(document, "jti", issuance.id, trail, "the new document's own id")
    _supply(document, "iss", issuance.issuer.id or issuance.id, trail, "the issuer's id")
    country = issuance.legal.country if own and issuance.legal else issuance.country
    if country is not None:
        _supply(
            document, "issuing_country", country, trail, "the country of the seal's owner" if own else "as configured"
        )
    if issuance.status is not None:
        _supply(document, "status", issuance.status, trail, OWN_STATUS)


def _supply(document: dict[str, Any], claim: str, value: Any, trail: Trail, note: str) -> None:
    if claim not in document:
        document[claim] = value
        for pointer in pointers(value, f"/{claim}"):
            trail.supplied(pointer, note)
