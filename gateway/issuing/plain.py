"""Plain data to a neutral credential: what a platform states itself, without any badge behind it.

One table a class, as the formats have them: where each leaf came from is known, so the loss report of a form can name
the member of the request that the format has no place for.
"""

import binascii
import uuid
from base64 import b64decode, b64encode
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub import strict_json
from adapters.hub.baking import plain_png
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError, Unwritable
from adapters.hub.losses import escaped
from adapters.hub.mapping import INSTANT, PLAIN, Codec, Row, Table, Trail, many, nested
from gateway.errors import NotIssuable, Unstorable
from gateway.issuing.picture import PNG_DATA_URI
from gateway.issuing.terms import add_terms
from gateway.proofs.identity_hash import identity_hash
from gateway.records import Instant
from gateway.records.misfit import misfit
from gateway.records.plain import PlainAward
from gateway.records.whole import whole

LIMITS = strict_json.Limits(max_bytes=768 * 1024)
"""Less than a badge may have: what is written of it must be readable again."""

_RESULTS = uuid.UUID("0b1ce3f4-6a5e-5d55-9d0e-5a8e6a0f6c11")
_KINDS = {"email": "emailAddress", "url": "ext:url", "telephone": "ext:telephone"}


class Stated(msgspec.Struct, frozen=True):
    """What a platform states, ready to be written.

    Attributes:
        credential: Without id and issuer: those are the gateway's to give.
        origins: Pointer in the neutral credential -> pointer in the request.
    """

    credential: Credential
    origins: dict[str, str]


def _texts_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        trail.carried(at, f"{into}/und")
        return {"und": value}
    for tag in value:
        trail.carried(f"{at}/{escaped(tag)}", f"{into}/{escaped(tag)}")
    return dict(value)


def _picture_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    """A picture without anything hidden in it: a badge baked into it would be published under our name."""
    trail.carried(at, f"{into}/id")
    if not value.startswith(PNG_DATA_URI):
        return {"id": value}
    try:
        picture = plain_png(b64decode(value.removeprefix(PNG_DATA_URI), validate=True))
    except (binascii.Error, AdapterError) as error:
        raise NotIssuable(f"{at}: this is no sound PNG: {error}", pointer=at, fix="send a PNG in base64") from error
    return {"id": PNG_DATA_URI + b64encode(picture).decode()}


def _outcome_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    return {"title": _texts_in(value, at, f"{into}/title", trail)}


TEXTS = Codec(_texts_in, PLAIN.write)
PICTURE = Codec(_picture_in, PLAIN.write)
OUTCOME = Codec(_outcome_in, PLAIN.write)

CRITERIA = Table(Row("text", "narrative", TEXTS), Row("url", "id"))
ALIGNMENT = Table(
    Row("name", "target_name", TEXTS),
    Row("url", "target_url"),
    Row("code", "target_code"),
    Row("description", "target_description", TEXTS),
    Row("framework", "target_framework"),
    Row("type", "target_type"),
)
ACHIEVEMENT = Table(
    Row("name", "name", TEXTS),
    Row("description", "description", TEXTS),
    Row("criteria", "criteria", nested(CRITERIA)),
    Row("image", "image", PICTURE),
    Row("type", "achievement_type"),
    Row("tags", "tags", many(PLAIN)),
    Row("alignments", "alignments", many(nested(ALIGNMENT))),
    Row("outcomes", "learning_outcomes", many(OUTCOME)),
    Row("workload", "workload"),
    Row("credits", "credits_available"),
    Row("fieldOfStudy", "field_of_study"),
    Row("specialization", "specialization"),
    Row("code", "human_code"),
    Row("language", "in_language"),
    Row("version", "version"),
    # Read by `terms`.
    structural=("skills", "level", "ects"),
)
EVIDENCE = Table(
    Row("url", "id"),
    Row("name", "name", TEXTS),
    Row("description", "description", TEXTS),
    Row("narrative", "narrative", TEXTS),
    Row("genre", "genre"),
    Row("audience", "audience"),
)
RESULT = Table(Row("value", "value"), Row("status", "status"))
DESCRIBED = Table(
    Row("name", "name", TEXTS),
    Row("type", "result_type"),
    Row("allowed", "allowed_values", many(PLAIN)),
    Row("required", "required_value"),
    Row("maximum", "value_max"),
    Row("minimum", "value_min"),
)
AWARD = Table(
    Row("achievement", "achievement", nested(ACHIEVEMENT)),
    Row("awarded", "awarded", INSTANT),
    Row("validFrom", "valid_from", INSTANT),
    Row("expires", "valid_until", INSTANT),
    Row("activityStart", "activity_start", INSTANT),
    Row("activityEnd", "activity_end", INSTANT),
    Row("narrative", "narrative", TEXTS),
    Row("evidence", "evidence", many(nested(EVIDENCE))),
    Row("creditsEarned", "credits_earned"),
    Row("licenseNumber", "license_number"),
    Row("role", "role"),
    Row("term", "term"),
)


def award_of(body: bytes) -> PlainAward:
    """Read a request.

    Raises:
        Malformed: It is no JSON that everybody reads alike: a name stands twice, for example.
        Unstorable: A text of it cannot be kept.
        NotIssuable: It is no award; the pointer says where.
    """
    try:
        said = strict_json.decode(body, LIMITS)
    except Unwritable as error:
        raise Unstorable(pointer=error.pointer) from error
    try:
        return msgspec.convert(whole(said), PlainAward)
    except msgspec.ValidationError as error:
        found = misfit(PlainAward, str(error))
        raise NotIssuable(
            f"{found.pointer or 'the request'}: {found.reason}", pointer=found.pointer, fix=found.fix
        ) from error


def stated(award: PlainAward, salt: str, at: Instant) -> Stated:
    """What the platform states, as a neutral credential that names nobody as its issuer, creator or source.

    Args:
        salt: Random, at least 128 bits; hides the recipient's identities where they do not stand plain.
        at: Of the request: when it was awarded, unless that is said.

    Raises:
        NotIssuable: A date is in the future or in the past where it may not be, nobody is named, or the picture is
            none.
    """
    _refuse_untimely(award, at)
    wire = msgspec.json.decode(msgspec.json.encode(award))
    trail = Trail()
    hub = AWARD.read({name: wire[name] for name in wire if name not in ("recipient", "results")}, "", "", trail)
    add_terms(award.achievement, hub["achievement"], trail)
    hub.setdefault("awarded", at.replace(microsecond=0))
    hub["recipient"] = _recipient(wire["recipient"], salt, trail)
    if "results" in wire:
        hub["results"] = _results(wire["results"], hub["achievement"], trail)
    return Stated(msgspec.convert({"issuer": {}, **hub}, Credential), trail.origins)


def _refuse_untimely(award: PlainAward, at: Instant) -> None:
    for name, moment in (("awarded", award.awarded), ("validFrom", award.valid_from)):
        if moment is not msgspec.UNSET and moment > at:
            raise NotIssuable(
                f"/{name}: {moment.isoformat()} is in the future",
                pointer=f"/{name}",
                fix="issue it when that moment has come; a badge that does not hold yet verifies nowhere",
            )
    begins = award.valid_from if award.valid_from is not msgspec.UNSET else award.awarded
    since = at if begins is msgspec.UNSET else max(begins, at)
    if award.expires is not msgspec.UNSET and award.expires <= since:
        raise NotIssuable(
            f"/expires: {award.expires.isoformat()} has passed already",
            pointer="/expires",
            fix="give a later moment, or none",
        )
    start, end = award.activity_start, award.activity_end
    if start is not msgspec.UNSET and end is not msgspec.UNSET and end < start:
        raise NotIssuable(
            "/activityEnd: it ends before it begins", pointer="/activityEnd", fix="exchange the two moments"
        )


def _recipient(wire: dict[str, Any], salt: str, trail: Trail) -> dict[str, Any]:
    identities: list[dict[str, Any]] = []
    for name, kind in _KINDS.items():
        if name in wire:
            into = f"/recipient/identities/{len(identities)}"
            for leaf in ("kind", "value", "hashed", "salt"):
                trail.carried(f"/recipient/{name}", f"{into}/{leaf}")
            plain = {"kind": kind, "value": wire[name], "hashed": False}
            hidden = {"kind": kind, "value": identity_hash(wire[name], salt), "hashed": True, "salt": salt}
            identities.append(plain if wire.get("plain") else hidden)
    found: dict[str, Any] = {"identities": identities}
    if "did" in wire:
        trail.carried("/recipient/did", "/recipient/id")
        found["id"] = wire["did"]
    if not identities and "did" not in wire:
        raise NotIssuable(
            "/recipient: nobody is named who earned it",
            pointer="/recipient",
            fix="give one of email, did, url and telephone",
        )
    return found


def _results(wire: list[dict[str, Any]], achievement: dict[str, Any], trail: Trail) -> list[dict[str, Any]]:
    """Results, and in the achievement what kinds of results they are.

    The id of a kind is made of what is said of it: all who earned the achievement share it, whatever they got.
    """
    results: list[dict[str, Any]] = []
    kinds: dict[str, dict[str, Any]] = {}
    for index, given in enumerate(wire):
        said = {name: value for name, value in given.items() if name not in ("value", "status")}
        kind = f"urn:uuid:{uuid.uuid5(_RESULTS, msgspec.json.encode(said, order='sorted').decode())}"
        if kind not in kinds:
            into = f"/achievement/result_descriptions/{len(kinds)}"
            kinds[kind] = {"id": kind, **DESCRIBED.read(said, f"/results/{index}", into, trail)}
        own = {name: value for name, value in given.items() if name in ("value", "status")}
        read = RESULT.read(own, f"/results/{index}", f"/results/{index}", trail)
        results.append({"result_description": kind, **read})
    achievement["result_descriptions"] = list(kinds.values())
    return results
