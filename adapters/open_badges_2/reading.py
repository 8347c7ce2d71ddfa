"""Document -> Reading: assembles the parts, maps them, and says how they are secured and what status they claim."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub.comparison import compared
from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import Malformed, Revoked
from adapters.hub.losses import Loss
from adapters.hub.mapping import NO_MEMBER, Trail
from adapters.hub.opened import Opened
from adapters.hub.parts import incomplete
from adapters.hub.securing import Hosted, Jws, Securing, StatusClaim, Unsecured
from adapters.hub.wire import validated
from adapters.open_badges_2 import assembly
from adapters.open_badges_2.described import described
from adapters.open_badges_2.document import Assertion
from adapters.open_badges_2.endorsed import carried
from adapters.open_badges_2.findings import broken_rules
from adapters.open_badges_2.identifiers import on_the_web
from adapters.open_badges_2.languages import tagged
from adapters.open_badges_2.mapping import ASSERTION, BADGE, PROFILE
from adapters.open_badges_2.recipients import recipient_read
from adapters.open_badges_2.terms import listed

VERSION = "2.0"

_HOSTED = ("HostedBadge", "hosted")
_SIGNED = ("SignedBadge", "signed")
_EXTENSION = "an extension: only its own specification says what it means"


def reading(opened: Opened, known: Mapping[str, bytes]) -> Reading:
    """Read one Assertion.

    Raises:
        Revoked: It only says that it was revoked.
        Malformed: It cannot be read.
        ReferenceMissing: Its BadgeClass or issuer is not in ``known``.
    """
    parts = assembly.received(opened.document, known)
    document = parts.document
    _refuse_what_is_left_of_a_revoked(document)
    if lacking := incomplete(document):
        raise lacking
    assertion = validated(document, Assertion)
    trail = Trail()
    credential = _credential(document, trail)
    securing, vouching = _securing(opened, document, known)
    return Reading(
        format=Format.OPEN_BADGES_2,
        version=VERSION,
        credentials=(credential,),
        origins={f"/0{into}": at for into, at in trail.origins.items()},
        document=document,
        issuer_id=str(document["badge"]["issuer"].get("id", "")),
        securing=securing,
        status=tuple(_status(document, vouching, known)),
        findings=(*parts.findings, *broken_rules(assertion, document, token=opened.token is not None)),
        losses=trail.report,
        endorsements=carried(document),
    )


def is_hosted(opened: Opened) -> bool:
    """Say whether the badge's own address vouches for it: unless it was signed or says that it is."""
    verification = assembly.normalised(opened.document).get("verification")
    named = verification.get("type") if isinstance(verification, dict) else None
    return opened.token is None and not _is(named, _SIGNED)


def securing_at_sight(opened: Opened) -> str:
    """The tag of the securing, which the Assertion alone shows; "" for one that is not well-formed."""
    document = assembly.normalised(opened.document)
    verification, url = document.get("verification"), document.get("id", "")
    if opened.token is not None:
        return "jws"
    if not isinstance(verification, dict) or not isinstance(url, str):
        return ""
    return "hosted" if is_hosted_at(url, verification) else "unsecured"


def is_hosted_at(url: str, verification: dict[str, Any]) -> bool:
    """Say whether a document with this id and ``verification`` is vouched for by its address."""
    return on_the_web(url) and _is(verification.get("type"), _HOSTED)


def _is(named: Any, types: tuple[str, ...]) -> bool:
    return any(name in types for name in listed(named))


def _refuse_what_is_left_of_a_revoked(document: dict[str, Any]) -> None:
    if document.get("revoked") is True and not {"recipient", "badge"} <= document.keys():
        reason = document.get("revocationReason")
        why = f": {reason}" if isinstance(reason, str) else ""
        raise Revoked(f"the issuer has revoked this badge{why}", pointer="/revoked")


def _credential(document: dict[str, Any], trail: Trail) -> Credential:
    badge = document["badge"]
    hub = ASSERTION.read(document, "", "", trail)
    tagged(hub, document, trail)
    hub["recipient"] = recipient_read(document, trail)
    hub["achievement"] = BADGE.read(badge, "/badge", "/achievement", trail)
    described(badge, hub["achievement"], trail)
    hub["issuer"] = PROFILE.read(badge["issuer"], "/badge/issuer", "/issuer", trail)
    trail.losses[:] = [_explained(loss) for loss in trail.losses]
    try:
        return msgspec.convert(hub, Credential)
    except msgspec.ValidationError as error:
        raise Malformed(f"its parts do not make a credential: {error}") from error


def _explained(loss: Loss) -> Loss:
    if loss.note == NO_MEMBER and "/extensions:" in (loss.source or ""):
        return msgspec.structs.replace(loss, note=_EXTENSION)
    return loss


def _securing(
    opened: Opened, document: dict[str, Any], known: Mapping[str, bytes]
) -> tuple[Securing, dict[str, Any] | None]:
    """How it is secured, and the whole Assertion as its hosts serve it, if they do."""
    verification = document.get("verification", {})
    if opened.token is not None:
        creator = verification.get("creator", "")
        return Jws(token=opened.token, creator=creator if isinstance(creator, str) else creator.get("id", "")), None
    url = document.get("id", "")
    if not is_hosted_at(url, verification):
        return Unsecured(), None
    badge = document["badge"]
    scope = badge["issuer"].get("verification", {})
    host, differs = _compared(document, url, known)
    securing = Hosted(
        url=url,
        badge_url=badge["id"] if on_the_web(badge.get("id", "")) else "",
        starts_with=_texts(scope.get("startsWith")),
        allowed_origins=_texts(scope["allowedOrigins"]) if "allowedOrigins" in scope else None,
        differs=differs,
    )
    return securing, host


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(listed(value))


def _compared(
    document: dict[str, Any], url: str, known: Mapping[str, bytes]
) -> tuple[dict[str, Any] | None, tuple[str, ...] | None]:
    """What the hosts serve, and where the copy differs from that; None for what could not be had.

    Its issuer has to be told as the issuer's own address tells it now, or as the host tells it in what it serves for
    this badge: to rename an issuer does not make false what still stands there. Each is compared as a whole.
    """
    if url not in known:
        return None, None

    def tellings(host: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from _told(host, url, known)
        yield host

    return compared(document, partial(assembly.served, url, known), tellings)


def _told(host: dict[str, Any], url: str, known: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """The same Assertion with the issuer in the words of its host."""
    badge = host.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    if isinstance(badge, dict) and isinstance(issuer, dict):
        for told in assembly.told_issuers(url, known):
            if told.get("id") == issuer.get("id"):
                yield {**host, "badge": {**badge, "issuer": told}}


def _status(document: dict[str, Any], host: dict[str, Any] | None, known: Mapping[str, bytes]) -> list[StatusClaim]:
    """Where the status can be looked up: the member ``revoked``, here or at the host, and the RevocationList."""
    claims = revoked_claims(document, host)
    if not _is(document.get("verification", {}).get("type"), _SIGNED):
        return claims
    looked_up = document.get("id") or document.get("uid") or ""
    for url in _revocation_lists(document["badge"]["issuer"], known):
        pointer = "/badge/issuer/revocationList"
        claims.append(StatusClaim(kind="RevocationList", url=url, id=looked_up, pointer=pointer))
    return claims


def revoked_claims(document: dict[str, Any], host: dict[str, Any] | None) -> list[StatusClaim]:
    """What the member ``revoked`` claims, here or at the host; nothing where neither says that it is."""
    for copy in (document, host or {}):
        if copy.get("revoked") is True:
            entry: dict[str, Any] = {name: copy[name] for name in ("revoked", "revocationReason") if name in copy}
            return [StatusClaim(kind="revoked", entry=entry, pointer="/revoked")]
    return []


def _revocation_lists(issuer: dict[str, Any], known: Mapping[str, bytes]) -> list[str]:
    """The lists that the badge's copy of the issuer names, and that the issuer's own address names."""
    served: dict[str, Any] = {}
    if issuer.get("id") in known:
        served = assembly.profile(issuer["id"], known)
    lists = (issuer.get("revocationList"), served.get("revocationList"))
    return list(dict.fromkeys(url for url in lists if isinstance(url, str)))
