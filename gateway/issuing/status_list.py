"""Our own Bitstring Status Lists as credentials to be signed."""

import datetime as dt
from typing import Any

from adapters.hub.mapping import timestamp
from gateway.issuing.addresses import Addresses
from gateway.issuing.seal import proof_options
from gateway.proofs import bitstring
from gateway.records import StatusList


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
