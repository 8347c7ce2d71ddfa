"""Document -> Reading: assembles the parts, maps them, and says how they are secured and what status they claim."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub.addresses import on_the_web
from adapters.hub.comparison import compared
from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import Malformed, Revoked
from adapters.hub.mapping import Trail
from adapters.hub.opened import Opened
from adapters.hub.parts import incomplete
from adapters.hub.recipients import identified
from adapters.hub.securing import Hosted, Jws, Securing, StatusClaim, Unsecured
from adapters.hub.wire import validated
from adapters.open_badges_1 import assembly
from adapters.open_badges_1.document import Assertion, AssertionOf2011
from adapters.open_badges_1.findings import broken_rules, broken_rules_of_2011
from adapters.open_badges_1.mapping import (
    ASSERTION,
    ASSERTION_OF_2011,
    BADGE,
    BADGE_OF_2011,
    ISSUER,
    ISSUER_OF_2011,
    step,
)
from adapters.open_badges_1.upgrade import join_names, name_assertion, recipient_of_2011
from adapters.open_badges_1.versions import Version, version_of


def reading(opened: Opened, known: Mapping[str, bytes]) -> Reading:
    """Read one Assertion.

    Raises:
        Revoked: It only says that it was revoked.
        Malformed: It cannot be read.
        ReferenceMissing: Its BadgeClass or issuer is not in ``known``.
    """
    version = version_of(opened.document)
    if version is None:
        raise Malformed("is no Assertion of Open Badges 0.5, 1.0 or 1.1")
    parts = assembly.received(opened, known)
    document, trail = parts.document, Trail(losses=[step(at, note) for at, note in parts.steps])
    if document.get("revoked") is True and not {"recipient", "badge"} <= document.keys():
        raise Revoked("the issuer has revoked this badge", pointer="/revoked")
    if version is Version.V0_5:
        old = validated(document, AssertionOf2011)
        hub = _hub_of_2011(document, trail)
        findings = (*broken_rules_of_2011(old, document),)
        issuer = assembly.origin_of(document)
    else:
        if lacking := incomplete(document):
            raise lacking
        assertion = validated(document, Assertion)
        hub = _hub(document, trail)
        findings = (*parts.findings, *broken_rules(assertion, document, token=opened.token is not None))
        issuer = str(document["badge"]["issuer"].get("id", ""))
    securing, host = _securing(opened, document, known)
    return Reading(
        format=Format.OPEN_BADGES_1,
        version=version.value,
        credentials=(_credential(hub),),
        origins={f"/0{into}": at for into, at in trail.origins.items()},
        document=document,
        issuer_id=issuer,
        securing=securing,
        status=tuple(_status(document, host)),
        findings=findings,
        losses=trail.report,
    )


def _hub(document: dict[str, Any], trail: Trail) -> dict[str, Any]:
    badge = document["badge"]
    hub = ASSERTION.read(document, "", "", trail)
    name_assertion(hub, document, trail)
    hub["recipient"] = identified(document["recipient"], trail)
    hub["achievement"] = BADGE.read(badge, "/badge", "/achievement", trail)
    hub["issuer"] = ISSUER.read(badge["issuer"], "/badge/issuer", "/issuer", trail)
    return hub


def _hub_of_2011(document: dict[str, Any], trail: Trail) -> dict[str, Any]:
    badge = document["badge"]
    hub = ASSERTION_OF_2011.read(document, "", "", trail)
    hub["recipient"] = recipient_of_2011(document, trail)
    hub["achievement"] = BADGE_OF_2011.read(badge, "/badge", "/achievement", trail)
    hub["issuer"] = ISSUER_OF_2011.read(badge["issuer"], "/badge/issuer", "/issuer", trail)
    join_names(hub["issuer"], badge["issuer"], trail)
    return hub


def _credential(hub: dict[str, Any]) -> Credential:
    try:
        return msgspec.convert(hub, Credential)
    except msgspec.ValidationError as error:
        raise Malformed(f"its parts do not make a credential: {error}") from error


def _securing(
    opened: Opened, document: dict[str, Any], known: Mapping[str, bytes]
) -> tuple[Securing, dict[str, Any] | None]:
    """How it is secured, and the whole Assertion as its hosts serve it, if they do."""
    if opened.token is not None:
        url = document.get("verify", {}).get("url", "") if assembly.kinds(document) & assembly.SIGNED else ""
        return Jws(token=opened.token, key_url=url), None
    url = assembly.own_address(document)
    if not url:
        return Unsecured(), None
    host, differs = compared(document, partial(assembly.served, url, known)) if url in known else (None, None)
    badge_url = document["badge"].get("id", "")
    securing = Hosted(
        url=url,
        badge_url=badge_url if on_the_web(badge_url) else "",
        issuer_origin=assembly.origin_of(document) if version_of(document) is Version.V0_5 else "",
        differs=differs,
    )
    return securing, host


def _status(document: dict[str, Any], host: dict[str, Any] | None) -> Iterator[StatusClaim]:
    """Where the status can be looked up: ``revoked``, here or at the host, and the issuer's list of a signed badge."""
    if any(copy.get("revoked") is True for copy in (document, host or {})):
        yield StatusClaim(kind="revoked", entry={"revoked": True}, pointer="/revoked")
    url = document["badge"]["issuer"].get("revocationList")
    if url is not None and assembly.kinds(document) & assembly.SIGNED:
        own = str(document.get("uid") or document.get("id") or "")
        yield StatusClaim(kind="RevocationList", url=url, id=own, pointer="/badge/issuer/revocationList")
