"""Our own status lists, as credentials (Bitstring Status List) and as tokens (Token Status List) to be signed."""

import datetime as dt
from typing import Any, Final

from adapters.hub.mapping import timestamp
from gateway.issuing.addresses import Addresses
from gateway.issuing.seal import proof_options
from gateway.proofs import bitstring, token_status_list
from gateway.records import StatusPurpose
from gateway.records.status_lists import StatusList


def entry(addresses: Addresses, list_id: str, index: int, purpose: str) -> dict[str, Any]:
    """The ``credentialStatus`` of one issued form (Bitstring Status List v1.0 section 2.1; the index is a string)."""
    url = addresses.status_list(list_id)
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def credential(
    status_list: StatusList, addresses: Addresses, issuer: str, method: str, at: dt.datetime, valid_for: dt.timedelta
) -> dict[str, Any]:
    """The list as a credential whose proof lacks only its ``proofValue`` (Bitstring Status List v1.0 section 2.2).

    It starts at the very instant, fractions of a second included: that is how two versions are told apart.
    """
    url = addresses.status_list(status_list.id)
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(at),
        "validUntil": timestamp(at + valid_for),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": status_list.purpose,
            "encodedList": bitstring.encode(status_list.bits),
        },
        "proof": [proof_options(method, at)],
    }


TOKEN_TYPE: Final = "statuslist+jwt"  # noqa: S105  # a type of JWT
TOKEN_MEDIA_TYPE: Final = f"application/{TOKEN_TYPE}"

_TTL_S: Final = 60
"""How long a copy may be relied on: after that it may be too old to show what was revoked."""


def token_claims(
    status_list: StatusList, addresses: Addresses, at: dt.datetime, valid_for: dt.timedelta
) -> dict[str, Any]:
    """The same list as the claims of a status list token, the same entries in it.

    One bit a status says who is revoked; of a list whose entries are suspended, two, as their type SUSPENDED has 2.

    ``iat`` is a whole second, as some readers want it. Only where the version before is of the same second a fraction
    tells them apart: whoever saw both would take the newer one for a replay.

    Source: draft-ietf-oauth-status-list sections 4, 5.1 and 7.1.
    """
    suspends = status_list.purpose == StatusPurpose.SUSPENSION
    value = token_status_list.SUSPENDED if suspends else token_status_list.INVALID
    before, whole = (0 if status_list.valid_from is None else status_list.valid_from.timestamp()), int(at.timestamp())
    size, listed = token_status_list.listed(status_list.bits, value)
    return {
        "iss": addresses.origin_issuer,
        "sub": addresses.status_list_token(status_list.id),
        "iat": whole if before < whole else round(at.timestamp(), 3),
        "exp": int((at + valid_for).timestamp()),
        "ttl": _TTL_S,
        "status_list": {"bits": size, "lst": token_status_list.encode(listed)},
    }
