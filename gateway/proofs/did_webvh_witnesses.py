"""Witnesses of a did:webvh: who has to attest each version, and whether enough of them did.

A witness holds a copy of the log of its own, so whoever takes over the host and the keys cannot rewrite what it saw.

Source: did:webvh v1.0, "DID Witnesses".
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs.did_webvh_proofs import signer
from gateway.proofs.errors import KeyUnusable, ProofError

_MAX_WITNESSES: Final = 32
_MAX_PROOFS: Final = 512
_LIMITS: Final = strict_json.Limits(max_bytes=512 << 10, max_depth=8, max_nodes=20_000)
_DID_KEY: Final = "did:key:"


class Witnesses(msgspec.Struct, frozen=True):
    """Whose word a version needs: at least ``threshold`` of these keys, as Multikeys."""

    threshold: int
    keys: frozenset[str]


def witnesses(parameter: object) -> Witnesses | None:
    """Read the parameter ``witness``, None when it asks for none.

    Raises:
        ProofError: It is malformed, or could be met by fewer than it says.
    """
    if parameter in ({}, None):
        return None
    listed = parameter.get("witnesses") if isinstance(parameter, dict) else None
    threshold = parameter.get("threshold") if isinstance(parameter, dict) else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= _MAX_WITNESSES:
        raise ProofError(f"does not list 1 to {_MAX_WITNESSES} witnesses")
    names = [item.get("id") if isinstance(item, dict) else None for item in listed]
    keys = {name.removeprefix(_DID_KEY) for name in names if isinstance(name, str) and name.startswith(_DID_KEY)}
    if len(keys) != len(listed):
        raise ProofError("names a witness twice, or one that is no did:key")
    if isinstance(threshold, bool) or not isinstance(threshold, int) or not 1 <= threshold <= len(keys):
        raise ProofError(f"needs a threshold from 1 to its {len(keys)} witnesses")
    return Witnesses(threshold, frozenset(keys))


def unattested(versions: Sequence[tuple[str, Witnesses | None]], proofs: bytes) -> tuple[int, ...]:
    """Return the numbers of the versions that lack the word of their witnesses.

    Proofs of versions that the log does not hold, and those that are not right, count for nothing.

    Args:
        versions: versionId and witnesses of each, oldest first.
        proofs: ``did-witness.json`` as served.

    Raises:
        ProofError: The file is malformed or too large.
    """
    seen = _approved(versions, proofs)
    return tuple(
        number
        for number, (_, asked) in enumerate(versions, start=1)
        if asked is not None and sum(seen.get(key, 0) >= number for key in asked.keys) < asked.threshold
    )


def _approved(versions: Sequence[tuple[str, Witnesses | None]], proofs: bytes) -> dict[str, int]:
    """Return for each witness the latest version that it attests, and with it all before."""
    numbers = {identifier: number for number, (identifier, _) in enumerate(versions, start=1)}
    keys = frozenset(key for _, asked in versions if asked is not None for key in asked.keys)
    latest: dict[str, int] = {}
    for identifier, proof in _records(proofs):
        number = numbers.get(identifier)
        if number is None:
            continue
        try:
            key = signer({"versionId": identifier}, proof, keys)
        except (ProofError, KeyUnusable):
            continue
        latest[key] = max(number, latest.get(key, 0))
    return latest


def _records(proofs: bytes) -> list[tuple[str, Mapping[str, Any]]]:
    try:
        listed = strict_json.decode(proofs, _LIMITS)
    except AdapterError as error:
        raise ProofError(f"the proofs of the witnesses are no strict JSON: {error.reason}") from error
    if not isinstance(listed, list):
        raise ProofError("the proofs of the witnesses are no list")
    found = [
        (item["versionId"], proof)
        for item in listed
        if isinstance(item, dict) and isinstance(item.get("versionId"), str) and isinstance(item.get("proof"), list)
        for proof in item["proof"]
    ]
    if len(found) > _MAX_PROOFS:
        raise ProofError(f"the witnesses gave more than {_MAX_PROOFS} proofs")
    return found
