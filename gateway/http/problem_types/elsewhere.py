"""What a problem is called where a protocol has words of its own."""

from typing import Annotated

import msgspec

from gateway.flows.oauth.refusals import OAuthRefused
from gateway.flows.oid4vci.refusals import Oid4vciRefused
from gateway.http.oauth import failed as oauth
from gateway.http.oid4vci import failed as oid4vci
from gateway.http.open_badges_3 import status_info as open_badges_3
from gateway.http.vc_api import failed as vc_api


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """How one interface says it.

    Attributes:
        surface: The name of the interface.
        says: Member and value of the answer.
        status: The HTTP status there.
    """

    surface: Annotated[str, msgspec.Meta(max_length=100)]
    says: Annotated[str, msgspec.Meta(max_length=200)]
    status: int


BUSY = frozenset({"too-many-requests", "unavailable", "internal"})
"""What can befall every interface."""

TO_CLIENTS = BUSY | {kind.code for kind in OAuthRefused.__subclasses__()}
TO_WALLETS = BUSY | {kind.code for kind in Oid4vciRefused.__subclasses__()} | {"unauthorised", "invalid-token"}
TO_APPLICATIONS = BUSY | {
    "backpack-full",
    "bad-request",
    "body-timeout",
    "insufficient-scope",
    "invalid-badge",
    "invalid-token",
    "malformed",
    "malformed-host",
    "method-not-allowed",
    "no-credential",
    "not-acceptable",
    "not-found",
    "recipient-mismatch",
    "too-large",
    "too-many-fields",
    "unauthorised",
    "unstorable",
    "unsupported-carrier",
    "unsupported-media-type",
}


def elsewhere(code: str, status: int) -> tuple[Wording, ...]:
    """The words of every interface that may answer with this problem and words it otherwise."""
    found = []
    if code in TO_CLIENTS:
        found.append(Wording(surface="OAuth 2.0", says=f"error: {oauth.error_of(code, status)}", status=status))
    if code in TO_WALLETS:
        found.append(Wording(surface="OpenID4VCI 1.0", says=f"error: {oid4vci.error_of(code, status)}", status=status))
    if code in TO_APPLICATIONS:
        there = open_badges_3.status_of(code, status)
        minor = open_badges_3.status_info(there, "").code_minor.fields[0].value
        says = f"imsx_codeMinorFieldValue: {minor}"
        found.append(Wording(surface="Open Badges 3.0 API", says=says, status=there))
    if code in vc_api.NAMED:
        said = Wording(surface="VC API", says=f"type: {vc_api.NAMED[code]}", status=vc_api.BAD_REQUEST)
        found.append(said)
    return tuple(found)
