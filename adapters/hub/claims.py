"""A credential in the payload of a JWT: where it stands, completed by what only the claims say of it.

Sources: Open Badges 3.0 section 8.2 (VCDM 2.0: the payload is the credential); VCDM 1.1 section 6.3.1 (the ``vc``
claim, "JWT Decoding"); RFC 7519 section 2 (NumericDate).
"""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final, TypeGuard  # Any: members of JSON objects

import msgspec

REGISTERED: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
"""Claims of RFC 7519 section 4.1: of the token, never of the credential."""

OF_SD_JWT_VC: Final = frozenset({*REGISTERED, "vct", "vct#integrity", "cnf", "status"})
"""The same of an SD-JWT VC, which says its status as a claim (draft-ietf-oauth-sd-jwt-vc section 2.2.2)."""

_CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
_EPOCH: Final = dt.datetime.fromtimestamp(0, dt.UTC)
_YEARS_1_TO_9999: Final = range(-62_135_596_800, 253_402_300_800)


class Claimed(msgspec.Struct, frozen=True):
    """A credential as its token means it.

    Attributes:
        document: The credential with the members that only a claim states; nothing that it says itself is replaced.
        at: Pointer into the payload to where it stands: "/vc", or "" for the payload itself.
        filled: Pointer at which a member would stand in the payload -> pointer to the claim that states it instead.
    """

    document: dict[str, Any]
    at: str
    filled: dict[str, str]

    def source(self, pointer: str) -> str:
        """Return where the value at a pointer into the completed credential really stands in the payload."""
        for place, claim in self.filled.items():
            if pointer == place or pointer.startswith(f"{place}/"):
                return claim
        return pointer


def claimed(payload: Mapping[str, Any], registered: frozenset[str] = REGISTERED) -> Claimed:
    """Find the credential in a payload and complete it.

    In a ``vc`` claim id, issuer, subject and dates may be left to ``jti``, ``iss``, ``sub``, ``nbf`` and ``exp``; where
    ``nbf`` is missing, ``iat`` dates it. Without a ``vc`` claim only ``exp`` completes it, as its end. A claim that is
    no NumericDate dates nothing. Whether claims contradict the credential is not judged here.

    Args:
        payload: All claims.
        registered: Those that are no members of a credential beside them.
    """
    # An SD-JWT VC has no such claim: what is called so is one like any other.
    inner = payload.get("vc") if registered is REGISTERED else None
    if not isinstance(inner, dict):
        bare = {name: value for name, value in payload.items() if name not in registered}
        return _completed(bare, payload, "", {"validUntil": "exp"})
    start, end = ("validFrom", "validUntil") if _first_context(inner) == _CREDENTIALS_V2 else _OLDER_DATES
    dated = "nbf" if date_time(payload.get("nbf")) is not None else "iat"
    return _completed(inner, payload, "/vc", {"id": "jti", "issuer": "iss", start: dated, end: "exp"})


_OLDER_DATES: Final = ("issuanceDate", "expirationDate")


def date_time(claim: object) -> str | None:
    """Return a NumericDate as a date-time in UTC, whole seconds, rounded down; None when it is not one."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not math.isfinite(claim):
        return None
    if (seconds := math.floor(claim)) not in _YEARS_1_TO_9999:
        return None
    return (_EPOCH + dt.timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def _completed(document: Mapping[str, Any], payload: Mapping[str, Any], at: str, members: Mapping[str, str]) -> Claimed:
    added: dict[str, Any] = {}
    filled: dict[str, str] = {}
    for member, claim in members.items():
        value = _text(payload.get(claim)) if claim in {"jti", "iss"} else date_time(payload.get(claim))
        if value is None:
            continue
        if member not in document:
            added[member] = value
            filled[f"{at}/{member}"] = f"/{claim}"
        elif member == "issuer" and _nameless(document[member]):
            added[member] = {"id": value, **document[member]}
            filled[f"{at}/{member}/id"] = f"/{claim}"
    subject = document.get("credentialSubject")
    if at and (holder := _text(payload.get("sub"))) is not None and _nameless(subject):
        added["credentialSubject"] = {"id": holder, **subject}
        filled[f"{at}/credentialSubject/id"] = "/sub"
    return Claimed({**added, **{name: value for name, value in document.items() if name not in added}}, at, filled)


def _text(claim: object) -> str | None:
    return claim if isinstance(claim, str) else None


def _nameless(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and "id" not in value


def _first_context(document: Mapping[str, Any]) -> object:
    contexts = document.get("@context")
    return contexts[0] if isinstance(contexts, list) and contexts else contexts
