"""Logs of did:webvh, written and signed as a controller does; each step may be spoiled."""

import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON objects

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.proofs import multikey
from gateway.proofs.did_webvh import multihash
from gateway.proofs.did_webvh_proofs import canonical, signed_bytes

Change = Callable[[dict[str, Any]], object]


def update_key(seed: int) -> Ed25519PrivateKey:
    """One of the controller's own keys; the same for the same seed."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def public(key: Ed25519PrivateKey) -> str:
    """The key as ``updateKeys`` name it."""
    return multikey.encode(key.public_key())


def commitment(key: Ed25519PrivateKey) -> str:
    """The key as ``nextKeyHashes`` name it."""
    return multihash(public(key).encode())


class WebvhLog:
    """The log of one DID, from its first entry on.

    log = WebvhLog("issuer.example", {"assertionMethod": []})
    log.add(parameters={"deactivated": True})

    Args:
        place: Host, port and path as the DID writes them.
        document: Members of the first document beside ``id``; text may hold ``{DID}``.
        key: Of the controller.
        parameters: Added to those of the first entry.
        at: versionTime.
    """

    def __init__(
        self,
        place: str,
        document: dict[str, Any],
        *,
        key: Ed25519PrivateKey | None = None,
        parameters: dict[str, Any] | None = None,
        at: str = "2025-01-01T00:00:00Z",
    ) -> None:
        self.key = key or update_key(1)
        self.entries: list[dict[str, Any]] = []
        first = {"method": "did:webvh:1.0", "scid": "{SCID}", "updateKeys": [public(self.key)], **(parameters or {})}
        name = f"did:webvh:{{SCID}}:{place}"
        state = json.loads(json.dumps({"id": name, **document}).replace("{DID}", name))
        draft = {"versionId": "{SCID}", "versionTime": at, "parameters": first, "state": state}
        self.scid = multihash(canonical(draft))
        self.did = name.replace("{SCID}", self.scid)
        entry = json.loads(json.dumps(draft).replace("{SCID}", self.scid))
        self._append(entry, self.scid, (self.key,))

    def add(
        self,
        document: dict[str, Any] | None = None,
        *,
        key: Ed25519PrivateKey | None = None,
        parameters: dict[str, Any] | None = None,
        at: str = "",
        change: Change = bool,
    ) -> None:
        """Append a version.

        Args:
            document: Its whole document; None repeats the one before.
            key: That signs it.
            parameters: Of this entry.
            at: versionTime; by default a day after the one before.
            change: Spoils the entry before it is hashed and signed; the default does nothing to it.
        """
        before = self.entries[-1]
        entry = {
            "versionTime": at or f"2025-01-{len(self.entries) + 1:02}T00:00:00Z",
            "parameters": parameters or {},
            "state": json.loads(json.dumps(before["state"])) if document is None else {"id": self.did, **document},
        }
        change(entry)
        self._append(entry, before["versionId"], (key or self.key,))

    def lines(self) -> bytes:
        """The file ``did.jsonl``."""
        return b"".join(json.dumps(entry).encode() + b"\n" for entry in self.entries)

    def witness_file(self, *words: tuple[int, Ed25519PrivateKey]) -> bytes:
        """The file ``did-witness.json``: which version each witness attests."""
        records = []
        for number, key in words:
            said = {"versionId": self.entries[number - 1]["versionId"]}
            records.append({**said, "proof": [proof({**said, "versionTime": "2025-01-01T00:00:00Z"}, key, over=said)]})
        return json.dumps(records).encode()

    def _append(self, entry: dict[str, Any], before: str, keys: tuple[Ed25519PrivateKey, ...]) -> None:
        entry["versionId"] = f"{len(self.entries) + 1}-{multihash(canonical({**entry, 'versionId': before}))}"
        entry["proof"] = [proof(entry, key) for key in keys]
        self.entries.append(entry)


def proof(
    entry: dict[str, Any], key: Ed25519PrivateKey, over: dict[str, Any] | None = None, **changes: object
) -> dict[str, Any]:
    """A proof of an entry, or ``over`` something else; ``changes`` are members of it, signed as well."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": entry["versionTime"],
        "verificationMethod": f"did:key:{public(key)}#{public(key)}",
        "proofPurpose": "assertionMethod",
        **changes,
    }
    signed = over or {name: value for name, value in entry.items() if name != "proof"}
    return {**options, "proofValue": multikey.base58btc(key.sign(signed_bytes(signed, options)))}
