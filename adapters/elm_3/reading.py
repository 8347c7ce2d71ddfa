"""From a European Digital Credential to a reading: one credential of the neutral model for each thing it awards."""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON, validated against document.py

import msgspec

from adapters.elm_3 import recognition
from adapters.elm_3.codecs import FURTHER, MISSHAPEN, MOMENT, NOTE, TEXTS, each
from adapters.elm_3.document import EuropeanDigitalCredential
from adapters.elm_3.findings import broken_rules
from adapters.elm_3.mapping import AWARDING, CLAIM, CREDENTIAL, PERIOD, SPECIFICATION
from adapters.elm_3.mapping_agents import AGENT
from adapters.elm_3.mapping_people import read_recipient
from adapters.elm_3.personal import without_personal
from adapters.elm_3.pictures import PICTURE
from adapters.elm_3.provenance import ORIGINAL
from adapters.elm_3.references import resolved
from adapters.elm_3.statements import statements
from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import Malformed, TooLarge
from adapters.hub.losses import PERSONAL, Change, Loss, LossReport, escaped
from adapters.hub.mapping import ABSENT, Trail
from adapters.hub.opened import Opened
from adapters.hub.securing import Jades, Securing, StatusClaim, Unsecured
from adapters.hub.wire import validated

_MOST_AWARDS: Final = 256
_SAME_TITLE = "says again what the achievement is called"
_SAME_END = "says again until when it is valid"
_OTHER_END = "until when it is valid stands in validUntil"
_NO_PLACE = "the neutral model has no place for it"
_NOT_AWARDED = "how it is delivered, not what is awarded"
_ACHIEVEMENT = "LearningAchievement"


class Received(msgspec.Struct, frozen=True):
    """A credential where it stands in the document that was opened.

    Attributes:
        document: What was opened, each part where it is named.
        raw: The credential in it.
        at: Pointer to it: "/credential" in the form that is uploaded to Europass, else "".
    """

    document: dict[str, Any]
    raw: dict[str, Any]
    at: str


def received(opened: Opened) -> Received:
    """Find the credential in what was opened.

    Raises:
        Malformed: It is no object.
    """
    document = resolved(opened.document)
    uploaded = "credential" in document and "credentialSubject" not in document
    raw = document["credential"] if uploaded else document
    if not isinstance(raw, dict):
        raise Malformed("Expected object", pointer="/credential", fix="Put the credential there.")
    return Received(document, raw, "/credential" if uploaded else "")


def reading(opened: Opened) -> Reading:
    """Understand what is claimed of a learner.

    Raises:
        Malformed: A member has another type than the profile says, or nothing is claimed.
        TooLarge: More is claimed than anybody would read.
    """
    found = received(opened)
    received_raw = opened.document["credential"] if found.at else opened.document
    validated(received_raw, EuropeanDigitalCredential, found.at)
    version = recognition.version(received_raw)
    trail = Trail()
    rest, personal = without_personal(found.document)
    credentials = tuple(_credentials(Received(rest, rest["credential"] if found.at else rest, found.at), trail))
    for name, child in found.document.items() if found.at else ():
        if name != "credential":
            trail.dropped(child, f"/{escaped(name)}", _NOT_AWARDED)
    issuer = found.raw.get("issuer")
    issuer_id: object = issuer.get("id", "") if isinstance(issuer, dict) else issuer
    return Reading(
        format=Format.ELM_3,
        version=version,
        credentials=credentials,
        origins=trail.origins,
        document=found.document,
        issuer_id=issuer_id if isinstance(issuer_id, str) else "",
        securing=securing(opened, received_raw),
        status=tuple(_status(found)),
        findings=tuple(
            msgspec.structs.replace(finding, pointer=f"{found.at}{finding.pointer}")
            for finding in broken_rules(received_raw, version=version, sealed=not found.at)
        ),
        losses=_accounted(found.document, personal, trail),
    )


def _credentials(found: Received, trail: Trail) -> Iterator[Credential]:
    subject = found.raw.get("credentialSubject")
    if not isinstance(subject, dict):
        raise Malformed("Expected object", pointer=f"{found.at}/credentialSubject", fix="Add the learner.")
    claims = list(_claims(subject.get("hasClaim", []), f"{found.at}/credentialSubject/hasClaim"))
    if not claims:
        fix = "Add what the learner is awarded, as hasClaim."
        raise Malformed("nothing is claimed of the learner", pointer=f"{found.at}/credentialSubject", fix=fix)
    if len(claims) > _MOST_AWARDS:
        raise TooLarge(f"{len(claims)} awards, at most {_MOST_AWARDS} are read")
    for index, (claim, at) in enumerate(claims):
        hub = _shared(found, subject, f"/{index}", trail)
        _read_claim(claim, at, f"/{index}", hub, trail)
        try:
            yield msgspec.convert(hub, Credential)
        except msgspec.ValidationError as error:
            raise Malformed(str(error), pointer=at) from error


def _claims(value: Any, at: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each award, and after it the awards that it is made of."""
    for claim, place in each(value, at):
        if isinstance(claim, dict):
            yield claim, place
            yield from _claims(claim.get("hasPart", []), f"{place}/hasPart")


def _shared(found: Received, subject: dict[str, Any], into: str, trail: Trail) -> dict[str, Any]:
    """What a document says of all its awards."""
    raw, at = found.raw, found.at
    hub: dict[str, Any] = {"issuer": {}, "achievement": {}}
    hub |= CREDENTIAL.read(raw, at, into, trail)
    if "expirationDate" in raw and "validUntil" not in raw:
        if (
            end := MOMENT.read(raw["expirationDate"], f"{at}/expirationDate", f"{into}/valid_until", trail)
        ) is not ABSENT:
            hub["valid_until"] = end
    elif "expirationDate" in raw:
        same = raw["expirationDate"] == raw["validUntil"]
        trail.dropped(raw["expirationDate"], f"{at}/expirationDate", _SAME_END if same else _OTHER_END)
    _read_display(raw.get("displayParameter"), f"{at}/displayParameter", into, hub, trail)
    _read_number(raw.get("identifier", []), f"{at}/identifier", into, hub, trail)
    hub["recipient"] = read_recipient(subject, f"{at}/credentialSubject", f"{into}/recipient", trail)
    return hub


def _read_display(value: Any, at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    """The first page that is displayed is the picture of the award."""
    displays = value.get("individualDisplay", []) if isinstance(value, dict) else []
    for display, place in each(displays, f"{at}/individualDisplay"):
        for detail, inner in each(
            display.get("displayDetail", []) if isinstance(display, dict) else [], f"{place}/displayDetail"
        ):
            if not isinstance(detail, dict) or "image" not in detail:
                continue
            if "award_image" in hub:
                trail.dropped(detail["image"], f"{inner}/image", FURTHER)
                continue
            picture = PICTURE.read(detail["image"], f"{inner}/image", f"{into}/award_image", trail)
            if picture is not ABSENT:
                hub["award_image"] = picture


def _read_number(value: Any, at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    """The document's own identifier is the number of the award."""
    for item, place in each(value, at):
        ours = isinstance(item, dict) and item.get("schemeName") == ORIGINAL
        if "license_number" in hub or ours or not isinstance(item, dict) or not isinstance(item.get("notation"), str):
            trail.dropped(item, place, FURTHER)
            continue
        trail.carried(f"{place}/notation", f"{into}/license_number")
        hub["license_number"] = item["notation"]


def _read_claim(claim: dict[str, Any], at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    hub |= CLAIM.read(claim, at, into, trail)
    specification = claim.get("specifiedBy")
    if isinstance(specification, list) and specification:
        specification, place = specification[0], f"{at}/specifiedBy/0"
    else:
        place = f"{at}/specifiedBy"
    achievement: dict[str, Any] = {}
    if isinstance(specification, dict):
        achievement = SPECIFICATION.read(specification, place, f"{into}/achievement", trail)
    hub["achievement"] = achievement
    _read_title(claim, at, into, hub, trail)
    notes = achievement.setdefault("notes", [])
    for item, inner in each(claim.get("additionalNote", []), f"{at}/additionalNote"):
        text = NOTE.read(item, inner, f"{into}/achievement/notes/{len(notes)}", trail)
        notes += [] if text is ABSENT else [text]
    _read_awarding(claim.get("awardedBy"), f"{at}/awardedBy", into, hub, trail)
    _read_activity(claim, at, into, hub, trail)
    if (kind := claim.get("type")) not in (_ACHIEVEMENT, None) and isinstance(kind, str):
        trail.losses.append(
            Loss(change=Change.APPROXIMATED, source=f"{at}/type", note="read as an achievement, which this is not")
        )


def _read_title(claim: dict[str, Any], at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    if "title" not in claim:
        return
    aside = TEXTS.read(claim["title"], "", "", Trail())
    if "name" not in hub["achievement"]:
        name = TEXTS.read(claim["title"], f"{at}/title", f"{into}/achievement/name", trail)
        hub["achievement"] |= {} if name is ABSENT else {"name": name}
    elif aside == hub["achievement"]["name"]:
        trail.dropped(claim["title"], f"{at}/title", _SAME_TITLE)
    elif aside is not ABSENT:
        hub["award_name"] = TEXTS.read(claim["title"], f"{at}/title", f"{into}/award_name", trail)


def _read_awarding(value: Any, at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    for number, (process, place) in enumerate(each(value, at)):
        if number or not isinstance(process, dict):
            if process is not None:
                trail.dropped(process, place, FURTHER if number else MISSHAPEN)
            continue
        hub |= AWARDING.read(process, place, into, trail)
        joint: list[Any] = []
        for body, inner in each(process.get("awardingBody", []), f"{place}/awardingBody"):
            first = "source" not in hub
            read = AGENT.read(body, inner, f"{into}/source" if first else f"{into}/joint_awarders/{len(joint)}", trail)
            if read is ABSENT:
                continue
            if first:
                hub["source"] = read
            else:
                joint.append(read)
        if joint:
            hub["joint_awarders"] = joint


def _read_activity(claim: dict[str, Any], at: str, into: str, hub: dict[str, Any], trail: Trail) -> None:
    """When it was learnt: of the claim itself, where that is an activity, or of the first activity behind it."""
    for owner, place in [(claim, at), *each(claim.get("influencedBy", []), f"{at}/influencedBy")]:
        if not isinstance(owner, dict):
            continue
        for period, inner in each(owner.get("temporal", []), f"{place}/temporal"):
            if not isinstance(period, dict) or hub.keys() & {"activity_start", "activity_end"}:
                continue
            hub |= PERIOD.read(period, inner, into, trail)


def _accounted(document: dict[str, Any], personal: frozenset[str], trail: Trail) -> LossReport:
    """The losses, with every leaf accounted for, and every statement once, however often it is repeated."""
    said = statements(document)
    kept = {said[at] for at in trail.origins.values() if at in said}
    lines: dict[tuple[str | None, str | None, str], Loss] = {}
    reported: set[Any] = set()
    for loss in trail.losses:
        if loss.change is Change.DROPPED and loss.source is not None:
            statement = said.get(loss.source)
            if statement is None or statement in kept or statement in reported:
                continue
            reported.add(statement)
        lines.setdefault((loss.source, loss.target, loss.note), loss)
    for at, statement in said.items():
        mine = bool(personal) and _within(at, personal)
        # Personal data is told of even where the same is said, and kept, elsewhere.
        if (mine or statement not in kept) and statement not in reported:
            reported.add(statement)
            note = PERSONAL if mine else _NO_PLACE
            lines[at, None, note] = Loss(change=Change.DROPPED, source=at, note=note)
    return LossReport(tuple(lines.values()))


def _within(at: str, places: frozenset[str]) -> bool:
    while at and at not in places:
        at = at.rpartition("/")[0]
    return bool(at)


def securing(opened: Opened, raw: dict[str, Any]) -> Securing:
    """A seal secures the whole document; a proof inside is none of this format."""
    if opened.seal is not None:
        return Jades(payload=opened.seal.payload, signatures=opened.seal.signatures, document=raw)
    return Unsecured()


def _status(found: Received) -> Iterator[StatusClaim]:
    for entry, place in each(found.raw.get("credentialStatus", []), f"{found.at}/credentialStatus"):
        held = entry if isinstance(entry, dict) else {"id": entry} if isinstance(entry, str) else {}
        types = [str(name) for name, _ in each(held.get("type", ""), "")]
        kind = " and ".join(sorted(name for name in types if name != "CredentialStatus")) or "CredentialStatus"
        url = held.get("statusListCredential") or held.get("id", "")
        yield StatusClaim(kind=kind, url=url if isinstance(url, str) else "", entry=held, pointer=place)
