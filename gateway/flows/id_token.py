"""ID tokens of an OpenID Connect provider: whose address does it vouch for?"""

import datetime as dt
import hmac
from collections.abc import Mapping, Sequence
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError
from gateway.proofs import jwk, jws
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.records.mailbox import MalformedAddress, mailbox

TOLERANCE_S = 60
"""By which clocks may differ."""

OLDEST_S = 600
"""An ID token was made for this very sign-in, so it is new."""


class ProviderRefused(GatewayError):
    """The provider did not say who this is, or not in a way that can be relied on."""

    code = "provider-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"nobody was signed in: {reason}", fix="try again, or have a link mailed to you")


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What an ID token has to say."""

    issuer: str
    client_id: str
    nonce: str
    at: dt.datetime


def verified_address(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected) -> str:
    """Return the e-mail address that the provider has itself verified.

    Args:
        token: A compact JWS.
        keys: Members of the provider's JWK Set.

    Raises:
        ProviderRefused: A signature, a claim or the address is not as it must be.

    Source: OpenID Connect Core 1.0 sections 3.1.3.7 and 5.1; RFC 8725.
    """
    claims = _claims(token, keys)
    _require(claims.get("iss") == expected.issuer, "the token is another issuer's")
    _require(_is_for(claims, expected.client_id), "the token is for somebody else")
    _require(_is_current(claims, expected.at.timestamp()), "the token is not of now")
    nonce = claims.get("nonce")
    _require(
        isinstance(nonce, str) and hmac.compare_digest(nonce.encode(), expected.nonce.encode()),
        "the token was made for another sign-in",
    )
    email = claims.get("email")
    # Only the JSON true: a provider that says "true" or 1 says what anybody typed there.
    _require(claims.get("email_verified") is True and isinstance(email, str), "it has not verified an e-mail address")
    try:
        return mailbox(str(email))
    except MalformedAddress as error:
        raise ProviderRefused("what it names is no e-mail address") from error


def _claims(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    try:
        parsed = jws.parse(token)
        _require(parsed.header.get("typ", "JWT").upper() == "JWT", "the token is of another type")
        _verify(parsed, keys)
        claims = strict_json.decode(parsed.payload)
    except (ProofError, AdapterError) as error:
        raise ProviderRefused("the token is not signed by it") from error
    if not isinstance(claims, dict):
        raise ProviderRefused("the token says nothing")
    return claims


def _verify(parsed: jws.CompactJws, keys: Sequence[Mapping[str, Any]]) -> None:
    """By the key with the token's ``kid``; without one by the only key that goes with the algorithm."""
    kid, usable = parsed.header.get("kid"), []
    for key in keys:
        try:
            if (kid is None or key.get("kid") == kid) and parsed.header["alg"] in jwk.allowed(key):
                usable.append(key)
        except KeyUnusable:
            continue  # sets hold keys for other uses, too
    if len(usable) != 1:
        raise ProviderRefused("its keys do not say which one signed")
    jws.verify(parsed, jwk.public_key(usable[0]), jwk.allowed(usable[0]))


def _is_for(claims: Mapping[str, Any], client_id: str) -> bool:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        return False
    return bool(claims.get("azp", client_id if len(audiences) == 1 else None) == client_id)


def _is_current(claims: Mapping[str, Any], now_s: float) -> bool:
    times = [claims.get("exp"), claims.get("iat"), claims.get("nbf", claims.get("iat"))]
    if not all(isinstance(time, int | float) and not isinstance(time, bool) for time in times):
        return False
    expires, issued, begins = times
    return bool(
        expires > now_s - TOLERANCE_S
        and now_s - OLDEST_S <= issued <= now_s + TOLERANCE_S
        and begins <= now_s + TOLERANCE_S
    )


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ProviderRefused(otherwise)
