"""A report on a presentation that a JWT secures, as `gateway.trust.presented` makes it of one with a proof inside.

Sources: W3C Securing Verifiable Credentials using JOSE and COSE sections 3.1.2 and 3.1.3 (``vp+jwt``); Verifiable
Credentials Data Model 1.1 section 6.3.1 (``vp``); RFC 7519 section 4.1.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.apart import apart
from gateway.errors import PresentationRefused
from gateway.ports import Fetch
from gateway.proofs import jws
from gateway.proofs.data_integrity import AUTHENTICATION
from gateway.proofs.errors import ProofError
from gateway.trust.addresses import without_fragment
from gateway.trust.controllers import absolute
from gateway.trust.keys import named_key
from gateway.trust.presentation import holder_of, is_presentation
from gateway.trust.presented import Occasion, answered, by_holder, of_signatures
from gateway.trust.proof_jws import examined
from gateway.trust.report import Check, Outcome, Report, shortened
from gateway.trust.subject import OneWeb
from gateway.trust.validity import SKEW

DEMANDED = ("shape", "proof", "holder")

TYPES: Final = ("vp+jwt", "vp+ld+jwt", "jwt")
"""What the header may call it, in whatever case; a token for another purpose is none."""

_SIGN = "Sign it as a vp+jwt whose kid is a DID URL of the holder's key."


class Token(msgspec.Struct, frozen=True):
    """A presentation that came as a token.

    Attributes:
        presentation: What the token says, {} where it cannot be read.
    """

    presentation: dict[str, Any]
    report: Report


async def presented_token(fetch: Fetch, now: dt.datetime, token: str, occasion: Occasion) -> Token:
    """Judge who presents; the checks have the names that they have for other presentations.

    The key is one that ``kid`` names by a DID URL, and that the holder is or lists for ``authentication``. ``nonce`` is
    the challenge, ``aud`` the domain.

    Args:
        fetch: For the holder's document.
        now: Of this verification.
    """
    presentation: dict[str, Any] = {}
    try:
        parsed, payload = await apart(len(token), _opened, token)
        presentation = payload["vp"] if isinstance(payload.get("vp"), dict) else payload
        holder = _holder(payload, presentation, parsed.header)
    except (ProofError, AdapterError, PresentationRefused) as error:
        return Token(presentation, _report(now, Check("shape", Outcome.FAILED, str(error), _SIGN)))
    web = OneWeb(fetch, {})
    name = absolute(str(parsed.header.get("kid", "")), holder)
    found = await named_key(web, now, name, holder, AUTHENTICATION)
    signature = await apart(len(token), examined, "the token", parsed, found)
    claims = {"challenge": payload.get("nonce"), "domain": _sole(payload.get("aud"))}
    said = [{name: value for name, value in claims.items() if value is not None}]
    checks = (
        Check("shape", Outcome.PASSED),
        _in_time(payload, now) or of_signatures((signature,)),
        by_holder((signature,), holder),
        Check("context", Outcome.SKIPPED, "the token's signature covers the bytes"),
        answered("challenge", occasion.challenge, said),
        answered("domain", occasion.domain, said),
    )
    return Token(presentation, _report(now, *checks))


def _opened(token: str) -> tuple[jws.CompactJws, dict[str, Any]]:
    parsed = jws.parse(token)
    if str(parsed.header.get("typ", "jwt")).lower() not in TYPES:
        raise ProofError("typ is not that of a presentation")
    payload = strict_json.decode(parsed.payload)
    if not isinstance(payload, dict):
        raise ProofError("the payload is not an object")
    return parsed, payload


def _holder(payload: Mapping[str, Any], presentation: Mapping[str, Any], header: Mapping[str, Any]) -> str:
    """Who presents: all that name somebody name the same; else whose key the header names.

    Raises:
        PresentationRefused: They do not, or it is no presentation.
    """
    if not is_presentation(presentation):
        raise PresentationRefused("is no VerifiablePresentation")
    named = {name for name in (holder_of(presentation), payload.get("iss")) if name is not None}
    if len(named) > 1 or not all(isinstance(name, str) for name in named):
        raise PresentationRefused("iss and holder name two")
    return next(iter(named), without_fragment(str(header.get("kid", ""))))


def _in_time(payload: Mapping[str, Any], now: dt.datetime) -> Check | None:
    """FAILED where the token does not hold now."""
    for claim, value in _dates(payload):
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            return Check("proof", Outcome.FAILED, f"{claim} is not a number of seconds since 1970", _SIGN)
        if claim == "exp" and value <= now.timestamp():
            return Check("proof", Outcome.FAILED, "the token has expired", "Sign it anew.")
        if claim != "exp" and value > (now + SKEW).timestamp():
            return Check("proof", Outcome.FAILED, f"{claim} lies in the future", "Set the clock, and sign again.")
    return None


def _dates(payload: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    yield from ((claim, payload[claim]) for claim in ("exp", "nbf", "iat") if claim in payload)


def _sole(audience: object) -> object:
    """RFC 7519 lets an audience of one be a text or a list."""
    return audience[0] if isinstance(audience, list) and len(audience) == 1 else audience


def _report(now: dt.datetime, *checks: Check) -> Report:
    return Report(checks=tuple(map(shortened, checks)), at=now, demanded=DEMANDED)
