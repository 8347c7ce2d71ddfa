"""From a document of Open Badges 3.0 to a reading: which variant it is, how it is secured, what it claims."""

from typing import Any  # Any: decoded JSON, validated against document.py

import msgspec

from adapters.hub.claims import OF_SD_JWT_VC, REGISTERED, Claimed, claimed
from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import Malformed
from adapters.hub.losses import Loss, LossReport, escaped
from adapters.hub.mapping import Trail
from adapters.hub.opened import Opened
from adapters.hub.securing import DataIntegrity, Finding, Securing, StatusClaim, Unsecured, VcJwt, of_sd_jwt
from adapters.hub.statuses import status_entries
from adapters.hub.wire import validated
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.described import described
from adapters.open_badges_3.endorsed import carried
from adapters.open_badges_3.mapping import CREDENTIAL, CREDENTIAL_OF_VCDM_1, OWN_TOKEN, SUBJECT
from adapters.open_badges_3.shape import Rules, findings
from adapters.open_badges_3.vocabulary import CREDENTIALS_V1, CREDENTIALS_V2, listed

VERSION = "3.0"
VERSION_OF_VCDM_1 = "3.0 (VCDM 1.1)"
_INTO = "/0"
_WITHHELD = "/credentialSubject"


class Received(msgspec.Struct, frozen=True):
    """A credential where it stands in the document that was opened.

    Attributes:
        raw: The credential as it stands there.
        at: Pointer to it: "/vc" when a token claims it by ``vc``, else "".
        vcdm_1: Whether it follows VCDM 1.1: its first context decides, else the ``vc`` claim.
    """

    raw: Any
    at: str
    vcdm_1: bool


def received(opened: Opened) -> Received:
    """Find the credential in what was opened."""
    # An SD-JWT VC has its claims beside those of the credential, whatever else stands there.
    claimed = opened.token is not None and opened.presented is None and "vc" in opened.document
    raw = opened.document["vc"] if claimed else opened.document
    context = raw.get("@context") if isinstance(raw, dict) else None
    first = next(iter(listed(context)), None)
    return Received(
        raw=raw,
        at="/vc" if claimed else "",
        vcdm_1=first == CREDENTIALS_V1 or (claimed and first != CREDENTIALS_V2),
    )


def reading(opened: Opened) -> Reading:
    """Understand an AchievementCredential.

    What only a claim of its token says of it is read from there, and the pointers of the reading lead there.

    Raises:
        Malformed: A member has another type than the specification says, or there is no subject.
    """
    found, raw, token = completed(opened)
    validated(found.raw, ob3.AchievementCredential, found.at)
    trail = Trail()
    credential = _credential(found, trail)
    _left_over(opened, found, token, trail)
    return Reading(
        format=Format.OPEN_BADGES_3,
        version=VERSION_OF_VCDM_1 if found.vcdm_1 else VERSION,
        credentials=(credential,),
        origins={into: token.source(at) for into, at in trail.origins.items()},
        document=opened.document,
        issuer_id=credential.issuer.id or "",
        securing=securing(opened, raw),
        status=status_claims(found),
        findings=broken_rules(findings, opened, found, token),
        losses=LossReport(tuple(_lost(loss, token) for loss in trail.losses)),
        endorsements=carried(found.raw, found.at),
    )


def completed(opened: Opened) -> tuple[Received, dict[str, Any], Claimed]:
    """The credential with what only the claims of its token say of it; as it stands there; and what was completed.

    Raises:
        Malformed: It is no object.
    """
    found = received(opened)
    if not isinstance(found.raw, dict):
        raise Malformed("Expected object", pointer=found.at)
    token = claimed(opened.document, registered(opened)) if opened.token is not None else Claimed(found.raw, "", {})
    return msgspec.structs.replace(found, raw=token.document), found.raw, token


def _credential(found: Received, trail: Trail) -> Credential:
    table = CREDENTIAL_OF_VCDM_1 if found.vcdm_1 else CREDENTIAL
    hub: dict[str, Any] = {"issuer": {}, "recipient": {}, "achievement": {}}
    hub |= table.read(found.raw, found.at, _INTO, trail)
    subject, at = found.raw["credentialSubject"], f"{found.at}/credentialSubject"
    hub |= SUBJECT.read(subject, at, _INTO, trail)
    described(subject.get("achievement", {}), hub["achievement"], f"{at}/achievement", f"{_INTO}/achievement", trail)
    return msgspec.convert(hub, Credential)


def _left_over(opened: Opened, found: Received, token: Claimed, trail: Trail) -> None:
    """Report what a token says beside its credential; a claim that stated a member of it was read."""
    if opened.token is None:
        return
    read = token.filled.values()
    for claim, value in opened.document.items():
        beside = claim != "vc" if found.at else claim in registered(opened)
        if beside and f"/{escaped(claim)}" not in read:
            trail.dropped(value, f"/{escaped(claim)}", OWN_TOKEN)


def registered(opened: Opened) -> frozenset[str]:
    """Claims of the token that are no members of the credential."""
    return REGISTERED if opened.presented is None else OF_SD_JWT_VC


def broken_rules(rules: Rules, opened: Opened, found: Received, token: Claimed) -> tuple[Finding, ...]:
    """What the completed credential breaks; that a claim names the issuer by its address alone is advice."""
    claims = opened.document if opened.token is not None else None
    every = rules(found.raw, found.at, vcdm_1=found.vcdm_1, claims=claims)
    if opened.presented is not None and opened.presented.withheld:
        # Who earned it may be withheld. That it is no whole credential so, is for others to say.
        every = tuple(
            msgspec.structs.replace(each, blocking=each.blocking and each.pointer != _WITHHELD) for each in every
        )
    return tuple(
        msgspec.structs.replace(finding, pointer=claim, blocking=finding.blocking and claim != "/iss")
        if (claim := token.source(finding.pointer)) != finding.pointer
        else finding
        for finding in every
    )


def _lost(loss: Loss, token: Claimed) -> Loss:
    return loss if loss.source is None else msgspec.structs.replace(loss, source=token.source(loss.source))


def securing(opened: Opened, raw: dict[str, Any]) -> Securing:
    """A token secures what it holds, embedded proofs included (section 8: embed first, then sign)."""
    if opened.presented is not None:
        return of_sd_jwt(opened.presented, opened.document)
    if opened.token is not None:
        return VcJwt(token=opened.token, document=raw)
    if proofs := listed(raw.get("proof", [])):
        return DataIntegrity(document=raw, proofs=tuple(proofs))
    return Unsecured()


def status_claims(found: Received) -> tuple[StatusClaim, ...]:
    """Where the credential says that its status can be looked up."""
    given, place = found.raw.get("credentialStatus", []), f"{found.at}/credentialStatus"
    return tuple(status_entries(given, place, found.raw.get("id", "")))
