"""How the received bytes were secured, and which status they claim, so that trust can check them later.

Adapters describe; they verify nothing.
"""

from typing import Any

import msgspec

from adapters.hub.disclosures import Presented


class VcJwt(msgspec.Struct, frozen=True, kw_only=True, tag="vc-jwt"):
    """A VC-JWT (OB 3.0 section 8.2): ``token`` is the exact compact JWS, ``document`` the credential inside."""

    token: str
    document: dict[str, Any]


class DataIntegrity(msgspec.Struct, frozen=True, kw_only=True, tag="data-integrity"):
    """Embedded proofs (VC Data Integrity 1.0); ``document`` is the whole secured document with its proofs."""

    document: dict[str, Any]
    proofs: tuple[dict[str, Any], ...]


class Hosted(msgspec.Struct, frozen=True, kw_only=True, tag="hosted"):
    """Vouched for by being served from its own URL (OB 2.0 HostedBadge).

    Attributes:
        url: The Assertion's id.
        badge_url: The BadgeClass's id, "" when it has none over https.
        starts_with: ``verification.startsWith`` of the issuer, empty when absent.
        allowed_origins: ``verification.allowedOrigins`` of the issuer, None when absent.
        issuer_origin: Origin of an issuer that has no Profile of its own (OB 0.5): its badges lie there; "" for none.
        differs: JSON Pointers where the received copy differs in meaning from what the URL served;
            None when that could not be compared because it was not served.
    """

    url: str
    badge_url: str = ""
    starts_with: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] | None = None
    issuer_origin: str = ""
    differs: tuple[str, ...] | None = None


class Jws(msgspec.Struct, frozen=True, kw_only=True, tag="jws"):
    """A signed Assertion of OB 1 or 2.0 (SignedBadge).

    Attributes:
        creator: The id of the key (OB 2.0), "" when it names none.
        key_url: Address of the key itself, a PEM (OB 1, ``verify.url``); None where the format names keys by id.
    """

    token: str
    creator: str = ""
    key_url: str | None = None


class Jades(msgspec.Struct, frozen=True, kw_only=True, tag="jades"):
    """Sealed with JAdES (ETSI TS 119 182-1), as European Digital Credentials are: a JWS in JSON serialisation.

    Attributes:
        payload: The signed text, UTF-8: the decoded JSON string ``payload``, byte for byte what is signed with
            ``b64: false`` (RFC 7797).
        signatures: ``{protected, header?, signature}`` of each, as received; at least one.
        document: The credential inside.
    """

    payload: bytes
    signatures: tuple[dict[str, Any], ...]
    document: dict[str, Any]


class SdJwt(msgspec.Struct, frozen=True, kw_only=True, tag="sd-jwt"):
    """An SD-JWT VC (RFC 9901; draft-ietf-oauth-sd-jwt-vc): signed by its issuer, disclosed by its holder.

    Attributes:
        token: The issuer's JWT, the exact compact JWS.
        document: Its claims with all that is disclosed in its place; each disclosure is one that the token has the
            digest of.
        places: JSON Pointer to each claim that was disclosed, into ``document``.
        withheld: Digests for which nothing was disclosed: what is withheld, or decoys.
        presented: The token and its disclosures as they were sent, a tilde after each.
        key_binding: The holder's JWT, a compact JWS; "" when there is none.
    """

    token: str
    document: dict[str, Any]
    places: tuple[str, ...] = ()
    withheld: int = 0
    presented: str = ""
    key_binding: str = ""


def of_sd_jwt(presented: Presented, claims: dict[str, Any]) -> SdJwt:
    """How an SD-JWT VC is secured that was opened to these claims."""
    return SdJwt(
        token=presented.sd_jwt.token,
        document=claims,
        places=presented.places,
        withheld=presented.withheld,
        presented=presented.sd_jwt.presented,
        key_binding=presented.sd_jwt.key_binding,
    )


class Unsecured(msgspec.Struct, frozen=True, tag="unsecured"):
    """Carries no proof at all."""


Securing = VcJwt | DataIntegrity | Hosted | Jws | Jades | SdJwt | Unsecured


class StatusClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the credential says its status can be looked up.

    Attributes:
        kind: ``BitstringStatusListEntry``, ``1EdTechRevocationList``, ``RevocationList`` (OB 1 and 2.0), ``revoked``
            (the member of a hosted OB 2.0 Assertion), or the unknown type as given.
        url: The list's address ("" for ``revoked``).
        id: The id to look for in a list of ids.
        entry: The claim as it stands in the document.
        pointer: Where it stands.
    """

    kind: str
    url: str = ""
    id: str = ""
    entry: dict[str, Any] = {}
    pointer: str = ""


LONGEST_TEXT = 1_000
"""Characters of a reason or a fix; what is beyond them is cut off."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the format that the document breaks though it could be read.

    Attributes:
        blocking: True when the rule is a MUST; False for advice.
        fix: What the issuer should change.
        check: Under which check it is reported: ``shape``, or ``vocabulary`` for a concept that its list does not hold.
    """

    pointer: str
    reason: str
    fix: str = ""
    blocking: bool = True
    check: str = "shape"

    def __post_init__(self) -> None:
        # Both may repeat what a stranger wrote, and there may be many of them.
        if len(self.reason) > LONGEST_TEXT or len(self.fix) > LONGEST_TEXT:
            msgspec.structs.force_setattr(self, "reason", self.reason[:LONGEST_TEXT])
            msgspec.structs.force_setattr(self, "fix", self.fix[:LONGEST_TEXT])
