"""The issuer Profile of Open Badges 2.0 as its own address serves it; a copy inside a badge says nothing."""

from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import Unreachable
from gateway.trust.addresses import authority
from gateway.trust.served import identifier, listed, served_json
from gateway.trust.subject import OneWeb


class IssuerProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an issuer says of itself that others rest on.

    Attributes:
        id: The address that served it. A document that calls itself something else is still the one of its address:
            otherwise any page could pass for an issuer elsewhere.
        keys: Each an id, or an embedded CryptographicKey.
        starts_with: URL prefixes under which it hosts Assertions, empty when it does not say.
        allowed_origins: Hosts all of whose Assertions are its own; None when it does not say.
    """

    id: str
    keys: tuple[str | dict[str, Any], ...]
    revocation_list: str | None
    starts_with: tuple[str, ...]
    allowed_origins: tuple[str, ...] | None


async def issuer_profile(web: OneWeb, issuer: str) -> IssuerProfile:
    """Fetch the Profile that the id leads to.

    Raises:
        Unreachable: The id is no address, or what it serves is no JSON object.

    Source: Open Badges 2.0, Profile and VerificationObject (issuer form).
    """
    if authority(issuer) is None:
        raise Unreachable(
            f"the issuer's id {issuer} is not an address, so nobody can be asked who it is",
            fix="Give the issuer Profile an https address as its id, and serve it there.",
        )
    served = await served_json(web, issuer, accept="application/ld+json, application/json")
    document = served.document
    scope = document.get("verification", document.get("verify"))
    scope = scope if isinstance(scope, dict) else {}
    return IssuerProfile(
        id=issuer,
        keys=tuple(key for key in listed(document.get("publicKey")) if isinstance(key, str | dict)),
        revocation_list=identifier(document.get("revocationList")),
        starts_with=_texts(scope.get("startsWith")),
        allowed_origins=_texts(scope["allowedOrigins"]) if "allowedOrigins" in scope else None,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in listed(value) if isinstance(text, str))
