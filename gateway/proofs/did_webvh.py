"""The log of a did:webvh, verified: who may write it, that nothing in it was changed, and every version it holds.

Each entry is chained to the one before by a hash and signed by a key that the entries before it authorise; the DID
itself holds the hash of the first. So whoever serves the log can cut it short, but not change it.

Source: did:webvh v1.0, "Read (Resolve)", "DID Method Parameters", "SCID Generation and Verification", "Entry Hash
Generation and Verification", "Authorized Keys", "Pre-Rotation", "DID Portability".
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import multikey
from gateway.proofs.did_webvh_proofs import canonical, signer
from gateway.proofs.did_webvh_witnesses import Witnesses, unattested, witnesses
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.timestamps import instant

MAX_ENTRIES: Final = 256
"""Each costs a signature and three hashes; a DID that changes every month needs them in twenty years."""

_MAX_BYTES: Final = 512 << 10
_ENTRY_LIMITS: Final = strict_json.Limits(max_bytes=64 << 10, max_depth=16, max_nodes=4096)
_METHOD: Final = "did:webvh:1.0"
_MEMBERS: Final = frozenset({"versionId", "versionTime", "parameters", "state", "proof"})
_PARAMETERS: Final = frozenset(
    {"method", "scid", "updateKeys", "nextKeyHashes", "witness", "watchers", "portable", "deactivated", "ttl"}
)
_MAX_PROOFS: Final = 4
_MAX_KEYS: Final = 32
_VERSION: Final = re.compile(r"([1-9][0-9]{0,5})-([1-9A-HJ-NP-Za-km-z]{46})")
_SCID: Final = re.compile(r"[1-9A-HJ-NP-Za-km-z]{46}")
_SHA_256: Final = b"\x12\x20"  # multihash: function, length
_PLACEHOLDER: Final = "{SCID}"


class Version(msgspec.Struct, frozen=True):
    """One state of a DID: its document from ``at`` on, until the next version; ``witnesses`` have to attest it."""

    number: int
    id: str
    at: dt.datetime
    document: dict[str, Any]
    witnesses: Witnesses | None = None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A log that is right from the first entry to the last.

    Attributes:
        versions: Oldest first; at least one.
        deactivated: Its controller has ended the DID: nothing is signed under it any more.
    """

    versions: tuple[Version, ...]
    deactivated: bool

    @property
    def latest(self) -> Version:
        """The version that holds now."""
        return self.versions[-1]

    @property
    def witnessed(self) -> bool:
        """Whether any version has to be attested; the log itself does not say whether it was."""
        return any(version.witnesses is not None for version in self.versions)

    def unattested(self, proofs: bytes) -> tuple[int, ...]:
        """Return the numbers of the versions that lack the word of their witnesses, given ``did-witness.json``.

        Raises:
            ProofError: The file is malformed or too large.
        """
        return unattested([(version.id, version.witnesses) for version in self.versions], proofs)


class _Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters in force after an entry."""

    scid: str
    update_keys: tuple[str, ...] = ()
    next_key_hashes: tuple[str, ...] = ()
    portable: bool = False
    deactivated: bool = False
    witnesses: Witnesses | None = None


def history(scid: str, log: bytes, now: dt.datetime) -> History:
    """Verify a whole log (``did.jsonl``); one wrong entry spoils all.

    Args:
        scid: Of the DID, its third part.
        log: JSON Lines as served.
        now: No entry may be later.

    Raises:
        ProofError: The log is malformed, forged, of another DID, or too large.
    """
    versions: list[Version] = []
    before: _Rules | None = None
    identifier = scid
    for number, entry in enumerate(_entries(log), start=1):
        try:
            after = _rules(entry, scid, before)
            _chained(entry, number, identifier)
            _authorised(entry, _active(before, after))
            at = _dated(entry, versions, now)
            # Those of the entry before still attest the change of them; where there were none, the new ones do.
            asked = (before.witnesses if before else None) or after.witnesses
            version = Version(number, entry["versionId"], at, entry["state"], asked)
            _named(version.document, scid, versions, after)
        except (ProofError, KeyUnusable) as error:
            raise ProofError(f"entry {number} {error.reason}") from error
        versions.append(version)
        before, identifier = after, version.id
    if before is None:
        raise ProofError("the log is empty")
    return History(versions=tuple(versions), deactivated=before.deactivated)


def multihash(data: bytes) -> str:
    """Return SHA-256 of the bytes as a multihash in base58btc, as SCIDs and entry hashes are written."""
    return multikey.base58btc(_SHA_256 + hashlib.sha256(data).digest()).removeprefix("z")


def _entries(log: bytes) -> Iterator[dict[str, Any]]:
    if len(log) > _MAX_BYTES:
        raise ProofError(f"the log is larger than {_MAX_BYTES} bytes")
    lines = log.removesuffix(b"\n").split(b"\n")
    if len(lines) > MAX_ENTRIES:
        raise ProofError(f"the log has more than {MAX_ENTRIES} entries")
    for number, line in enumerate(lines, start=1):
        try:
            entry = strict_json.decode(line, _ENTRY_LIMITS)
        except AdapterError as error:
            raise ProofError(f"entry {number} is no strict JSON: {error.reason}") from error
        if not isinstance(entry, dict) or entry.keys() != _MEMBERS:
            raise ProofError(f"entry {number} does not have exactly the members {', '.join(sorted(_MEMBERS))}")
        for name, kind in (("versionId", str), ("versionTime", str), ("parameters", dict), ("state", dict)):
            if not isinstance(entry[name], kind):
                raise ProofError(f"entry {number} has a {name} of the wrong type")
        yield entry


def _rules(entry: Mapping[str, Any], scid: str, before: _Rules | None) -> _Rules:
    """Apply the parameters of an entry to those in force before it."""
    given: dict[str, Any] = entry["parameters"]
    if unknown := given.keys() - _PARAMETERS:
        raise ProofError(f"has the parameter {min(unknown)}, which {_METHOD} does not define")
    if given.get("method", None if before is None else _METHOD) != _METHOD:
        raise ProofError(f"is not of {_METHOD}, which alone is read here")
    if before is None:
        before = _Rules(scid=scid)
        if given.get("scid") != scid or _scid(entry, scid) != scid:
            raise ProofError("is not the first entry of this DID: its hash is another")
        if not given.get("updateKeys"):
            raise ProofError("names no updateKeys")
    elif before.deactivated:
        raise ProofError("follows the end of the DID")
    elif "scid" in given or (given.get("portable") is True and not before.portable):
        raise ProofError("sets what only the first entry may set")
    if before.next_key_hashes and not given.keys() >= {"updateKeys", "nextKeyHashes"}:
        raise ProofError("lacks updateKeys or nextKeyHashes, though the entry before committed to its keys")
    return _Rules(
        scid=scid,
        update_keys=_texts(given, "updateKeys", before.update_keys),
        next_key_hashes=_texts(given, "nextKeyHashes", before.next_key_hashes),
        portable=_flag(given, "portable", before.portable),
        deactivated=_flag(given, "deactivated", before.deactivated),
        witnesses=witnesses(given["witness"]) if "witness" in given else before.witnesses,
    )


def _active(before: _Rules | None, after: _Rules) -> tuple[str, ...]:
    """Return the keys that may sign an entry."""
    if before is None:
        return after.update_keys
    if not before.next_key_hashes:
        return before.update_keys
    for key in after.update_keys:
        if multihash(key.encode()) not in before.next_key_hashes:
            raise ProofError(f"uses the key {key}, to which the entry before did not commit")
    return after.update_keys


def _scid(entry: Mapping[str, Any], scid: str) -> str:
    if not _SCID.fullmatch(scid):
        raise ProofError(f"cannot be of the DID: {scid!r} is no SCID")
    bare = canonical({**_without(entry, "proof"), "versionId": _PLACEHOLDER}).decode()
    # Names of members are replaced as well, and may then stand in another order.
    return multihash(canonical(msgspec.json.decode(bare.replace(scid, _PLACEHOLDER))))


def _chained(entry: Mapping[str, Any], number: int, identifier: str) -> None:
    found = _VERSION.fullmatch(entry["versionId"])
    if found is None or int(found[1]) != number:
        raise ProofError(f"has the versionId {entry['versionId']!r}, not {number}- and its hash")
    if multihash(canonical({**_without(entry, "proof"), "versionId": identifier})) != found[2]:
        raise ProofError("was changed: its hash is another than the one in its versionId")


def _authorised(entry: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Every proof must be right, and by a key that may sign this entry."""
    proofs = entry["proof"] if isinstance(entry["proof"], list) else [entry["proof"]]
    if not 1 <= len(proofs) <= _MAX_PROOFS:
        raise ProofError(f"has {len(proofs)} proofs, not 1 to {_MAX_PROOFS}")
    for proof in proofs:
        signer(_without(entry, "proof"), proof, keys)


def _dated(entry: Mapping[str, Any], versions: list[Version], now: dt.datetime) -> dt.datetime:
    at = instant(entry["versionTime"])
    if at is None or at.utcoffset() != dt.timedelta():
        raise ProofError("has a versionTime that is no date-time in UTC")
    if at > now:
        raise ProofError(f"is of {at.isoformat()}, which is still to come")
    if versions and at <= versions[-1].at:
        raise ProofError("is not later than the entry before it")
    return at


def _named(document: Mapping[str, Any], scid: str, versions: list[Version], rules: _Rules) -> None:
    """The DID keeps its name, unless it was portable from the first; then it says what it was called."""
    name = document.get("id")
    if not isinstance(name, str) or not name.startswith(f"did:webvh:{scid}:"):
        raise ProofError("holds the document of another DID")
    before = versions[-1].document["id"] if versions else name
    if name == before:
        return
    others = document.get("alsoKnownAs")
    if not rules.portable or not isinstance(others, list) or before not in others:
        raise ProofError("moves the DID, which is not portable or does not say where it was")


def _texts(given: Mapping[str, Any], name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(name, before)
    value = [] if value is None else value  # early logs wrote null for "none"
    if not isinstance(value, list | tuple) or len(value) > _MAX_KEYS or not all(isinstance(v, str) for v in value):
        raise ProofError(f"has {name} that is no list of at most {_MAX_KEYS} texts")
    return tuple(value)


def _flag(given: Mapping[str, Any], name: str, before: bool) -> bool:
    value = given.get(name, before)
    if not isinstance(value, bool):
        raise ProofError(f"has {name} that is neither true nor false")
    return value


def _without(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {member: held for member, held in value.items() if member != name}
