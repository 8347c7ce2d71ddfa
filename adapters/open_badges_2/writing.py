"""Credential -> document: the tables write what corresponds; here stands what is irregular, supplied, or refused."""

from typing import Any  # Any: a JSON object about to be written

from adapters.hub.contract import Draft, Format, Issuance, Origin
from adapters.hub.credential import Credential
from adapters.hub.described import NAMED
from adapters.hub.errors import NotWritable
from adapters.hub.losses import escaped
from adapters.hub.lowered import assessed, lowered, settled
from adapters.hub.mapping import ABSENT, Trail, bare, timestamp
from adapters.open_badges_2.codecs import picture
from adapters.open_badges_2.identifiers import acceptable, derived
from adapters.open_badges_2.languages import untagged
from adapters.open_badges_2.mapping import ASSERTION, BADGE, IMAGE, PROFILE
from adapters.open_badges_2.provenance import add_provenance
from adapters.open_badges_2.recipients import NAME_MEMBER, recipient_written
from adapters.open_badges_2.terms import CONTEXT

_ORDER = ("@context", "@language", "type", "id", "recipient", "badge", "verification", "issuedOn", "expires")
_BADGE_ORDER = ("type", "id", "name", "description", "image", "criteria", "issuer")
_WRITTEN_APART = ("recipient", "achievement", "issuer", "image")

_UNNAMED = "Unnamed achievement"
_UNDESCRIBED = "The issuer gave no description."
_DEMANDED = {"name": _UNNAMED, "description": _UNDESCRIBED}
_NO_CRITERIA = "The issuer did not say what had to be done."

_IN_WORDS = "Open Badges 2.0 demands it; says only that it is not known"
_SAYS_NOTHING = "an empty text, which Open Badges 2.0 takes for none"
_OWN_ID = "the gateway serves a BadgeClass of its own; the original's id is named in its provenance"
_SERVED = "the gateway serves the BadgeClass under an address of its own"
_EMBEDDED_ID = "an id for a BadgeClass that is served nowhere but inside its Assertion"
_OTHER_IMAGE = "Open Badges 2.0 has one image of the award"
_SECURED = "how this Assertion is verified"
_ENDORSED = "endorses the original, which has another id"


def draft(credential: Credential, issuance: Issuance, origin: Origin | None) -> Draft:
    """Write one Assertion, its BadgeClass and issuer embedded.

    Raises:
        NotWritable: The recipient or the ids are of kinds that Open Badges 2.0 has no place for, or a result says that
            the badge was not earned.
    """
    _refuse_unacceptable(issuance.id, "/id")
    _refuse_unacceptable(issuance.issuer.id or "", "/issuer/id")
    _refuse_unfinished(credential)
    trail = Trail()
    hub = bare(credential)
    if origin is not None and origin.id != issuance.id:
        _drop_endorsements(hub, "", trail)
    results = assessed(hub)
    document = {"@context": CONTEXT, **_assertion(hub, issuance, trail)}
    document["badge"] = _badge(hub, results, issuance, trail, converted=origin is not None)
    if origin is not None:
        add_provenance(document, origin, trail)
    ordered = {name: document[name] for name in _ORDER if name in document}
    return Draft(format=Format.OPEN_BADGES_2, document=ordered | document, losses=trail.report)


def _refuse_unacceptable(iri: str, at: str) -> None:
    if not acceptable(iri):
        fix = "Issue Open Badges 2.0 under https addresses."
        raise NotWritable(f"validators of Open Badges 2.0 refuse the id {iri}", pointer=at, fix=fix)


def _refuse_unfinished(credential: Credential) -> None:
    """An Assertion says that the badge was earned, and has no words for less."""
    for index, result in enumerate(credential.results):
        if result.status not in (None, "Completed"):
            reason = f"says that it was not completed ({result.status}), which Open Badges 2.0 cannot say"
            raise NotWritable(reason, pointer=f"/results/{index}/status", fix="Convert it to Open Badges 3.0.")


def _drop_endorsements(thing: dict[str, Any], at: str, trail: Trail) -> None:
    """Nobody endorsed what the gateway makes of it: an Endorsement names the original by id."""
    if "endorsements" in thing:
        trail.dropped(thing.pop("endorsements"), f"{at}/endorsements", _ENDORSED)


def _assertion(hub: dict[str, Any], issuance: Issuance, trail: Trail) -> dict[str, Any]:
    own = {name: value for name, value in hub.items() if name not in _WRITTEN_APART}
    language = untagged(own)
    if "awarded" not in own and "valid_from" in own:
        own["awarded"] = own.pop("valid_from")
        trail.approximated("/valid_from", "/issuedOn", "the date of the award is not known; this one stands for it")
    written = ASSERTION.write(own, "", "", trail)
    if language is not None:
        written["@language"] = language
    if "id" not in written:
        written["id"] = issuance.id
        trail.supplied("/id", "the new Assertion's own id")
    recipient, name = recipient_written(hub.get("recipient", {}), trail)
    written["recipient"] = recipient
    if name is not None:
        written[NAME_MEMBER] = name
    if "image" in hub:
        _fallback_image(hub["image"], written, trail, alone="award_image" not in hub)
    written["verification"] = _verification(issuance, trail)
    if "issuedOn" not in written:
        written["issuedOn"] = timestamp(issuance.at)
        trail.supplied("/issuedOn", "when it was issued anew; the date of the award is not known")
    return written


def _fallback_image(image: dict[str, Any], written: dict[str, Any], trail: Trail, *, alone: bool) -> None:
    """Show the credential's picture where there is none of the award.

    Args:
        alone: False when the award has one that could not be shown: its words are not replaced by another's.
    """
    if "image" in written:
        trail.dropped(image, "/image", _OTHER_IMAGE)
        return
    told = image if alone else {"id": image["id"]}
    for member in image.keys() - told.keys():
        trail.dropped(image[member], f"/image/{member}", _OTHER_IMAGE)
    aside = Trail()
    shown = picture(IMAGE, data_uris=False).write(told, "/image", "/image", aside)
    trail.losses.extend(aside.losses)
    if shown is not ABSENT:
        written["image"] = shown
        for into, at in aside.origins.items():
            trail.approximated(at, into, _OTHER_IMAGE)


def _verification(issuance: Issuance, trail: Trail) -> dict[str, Any]:
    trail.supplied("/verification/type", _SECURED)
    if issuance.signing_key_url is None:
        return {"type": "HostedBadge"}
    trail.supplied("/verification/creator", "the key that signs this Assertion")
    return {"type": "SignedBadge", "creator": issuance.signing_key_url}


def _badge(
    hub: dict[str, Any], results: dict[str, dict[str, Any]], issuance: Issuance, trail: Trail, *, converted: bool
) -> dict[str, Any]:
    achievement = hub.get("achievement", {})
    own_id = achievement.get("id")
    new_id = _badge_id(own_id, issuance, trail, _OWN_ID if converted else _SERVED)
    if own_id not in (None, new_id):
        _drop_endorsements(achievement, "/achievement", trail)
    for name in _DEMANDED:
        _drop_blanks(achievement, name, trail)
    found = lowered(achievement, "/achievement", trail, NAMED, results)
    written = BADGE.write(found.achievement, "/achievement", "/badge", trail)
    settled(found, trail)
    written["id"] = new_id
    for name, words in _DEMANDED.items():
        if name not in written:
            written[name] = words
            trail.supplied(f"/badge/{name}", _IN_WORDS)
    if "image" not in written and issuance.picture is not None:
        written["image"] = issuance.picture.id
        trail.supplied("/badge/image", "Open Badges 2.0 demands an image")
    _criteria(written, trail)
    written["issuer"] = _issuer(hub.get("issuer", {}), issuance, trail)
    return {name: written[name] for name in _BADGE_ORDER if name in written} | written


def _drop_blanks(achievement: dict[str, Any], name: str, trail: Trail) -> None:
    """Leave out texts that say nothing: to Open Badges 2.0 they are missing."""
    texts = achievement.pop(name, {})
    for language in (language for language, text in texts.items() if not text):
        trail.dropped("", f"/achievement/{name}/{escaped(language)}", _SAYS_NOTHING)
    if kept := {language: text for language, text in texts.items() if text}:
        achievement[name] = kept


def _badge_id(own: str | None, issuance: Issuance, trail: Trail, why: str) -> str:
    served = issuance.achievement_id
    if own is not None and acceptable(own) and served in (None, own):
        return own
    note = _EMBEDDED_ID if served is None else why
    if own is None:
        trail.supplied("/badge/id", _EMBEDDED_ID if served is None else _SERVED)
    else:
        trail.approximated("/achievement/id", "/badge/id", note)
    return served or derived(f"{issuance.id}#badge")


def _criteria(written: dict[str, Any], trail: Trail) -> None:
    """Say in words that the criteria are not known, where neither an address nor a narrative could be written."""
    criteria = written.get("criteria", {})
    if isinstance(criteria, str) or {"id", "narrative"} & criteria.keys():
        return
    written["criteria"] = {"type": "Criteria", "narrative": _NO_CRITERIA}
    trail.supplied("/badge/criteria/narrative", _IN_WORDS)


def _issuer(issuer: dict[str, Any], issuance: Issuance, trail: Trail) -> dict[str, Any]:
    written = PROFILE.write(issuer, "/issuer", "/badge/issuer", trail)
    at = "/badge/issuer"
    if issuance.hosted_scope:
        written["verification"] = {"type": "VerificationObject", "startsWith": [issuance.hosted_scope]}
        for leaf in ("type", "startsWith/0"):
            trail.supplied(f"{at}/verification/{leaf}", "where the gateway hosts its Assertions")
    if issuance.revocation_list is not None:
        written["revocationList"] = issuance.revocation_list
        trail.supplied(f"{at}/revocationList", "where the gateway says what it revoked")
    if issuance.signing_key_url is not None:
        written["publicKey"] = issuance.signing_key_url
        trail.supplied(f"{at}/publicKey", "the key that signs this Assertion")
    return written
