"""An SD-JWT VC of ours: the claims that a writer made, what stands beside them, and what may be withheld.

Source: draft-ietf-oauth-sd-jwt-vc section 2.2.
"""

import datetime as dt
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Draft
from gateway.issuing.withholding import KINDS, withheld
from gateway.proofs import sd_jwt
from gateway.proofs.timestamps import instant
from gateway.records import PublicKey

_ELSEWHERE: Final = frozenset({"proof", "credentialStatus"})
"""What an SD-JWT VC says in ways of its own: by its signature, and by ``status``."""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says beside its document.

    Attributes:
        issuer: The platform, as ``iss``.
        public_url: Of the installation, where its kinds of credentials are described.
        receipt: Address of the form's receipt.
        holder: The holder's key as JWK, JSON; "" when it is bound to nobody's.
        status_list: Address of the status list token, "" for no status; ``index`` is the entry in it.
    """

    issuer: str
    public_url: str
    receipt: str
    holder: str = ""
    status_list: str = ""
    index: int = -1


def unsigned(draft: Draft, key: PublicKey, kid: str, at: dt.datetime, beside: Beside) -> bytes:
    """What is signed, and all disclosures with their salts, see `gateway.proofs.sd_jwt.unsigned`."""
    kind = KINDS[draft.format]
    document = {name: value for name, value in draft.document.items() if name not in _ELSEWHERE}
    claims: dict[str, Any] = {
        "iss": beside.issuer,
        "vct": kind.type(beside.public_url),
        "iat": int(at.timestamp()),
        **_period(document),
        **({"cnf": {"jwk": msgspec.json.decode(beside.holder)}} if beside.holder else {}),
        **_status(beside),
    }
    header = {"alg": key.algorithm.value, "typ": sd_jwt.TYPE, "kid": kid}
    return sd_jwt.unsigned(header, {**document, **claims}, withheld(kind, document, beside.receipt))


def _period(document: dict[str, Any]) -> dict[str, int]:
    """``nbf`` and ``exp``, whole seconds, rounded down, as the document says from when to when it holds."""
    found = {claim: instant(document.get(member)) for claim, member in (("nbf", "validFrom"), ("exp", "validUntil"))}
    return {claim: int(moment.timestamp()) for claim, moment in found.items() if moment is not None}


def _status(beside: Beside) -> dict[str, Any]:
    """Source: draft-ietf-oauth-status-list section 6.1."""
    if not beside.status_list:
        return {}
    return {"status": {"status_list": {"idx": beside.index, "uri": beside.status_list}}}
