"""The timestamps of a seal: each against what it stands at, and whether its authority leads to an anchor.

Source: ETSI TS 119 182-1 V1.2.1 sections 5.2.6 (adoTst), 5.3.4 (sigTst) and 5.3.6 (arcTst).
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from gateway.proofs import certificates, jades_header, rfc3161
from gateway.proofs.certificate_paths import Standing, Work, path
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import ProofError
from gateway.proofs.jades_header import SealHeader
from gateway.proofs.jades_report import Timestamp
from gateway.proofs.jades_unsigned import Added, Additions, Component

MAX_TOKENS: Final = 24
MAX_PATH_CHECKS: Final = 96


class Means(msgspec.Struct, frozen=True):
    """What verifying one document may use, shared by its signatures.

    Attributes:
        anchors: Trusted, for seals and for timestamps.
        now: When this is asked; whole and aware.
        work: Signatures of certificates that may still be tried.
        tokens: The timestamps that may still be read, the one item of the list.
        additions: Reads what was added to the signatures.
    """

    anchors: frozenset[Certificate]
    now: dt.datetime
    work: Work
    tokens: list[int]
    additions: Additions


class Sealed(msgspec.Struct, frozen=True):
    """The three texts that imprints are made of, as they stand in the signing input; ``signature`` in base64url."""

    payload: bytes
    protected: bytes
    signature: bytes


class _Running:
    """Digests of a text that grows, each byte hashed once for each algorithm."""

    def __init__(self, *parts: bytes) -> None:
        self._parts = list(parts)
        self._known: dict[str, tuple[Any, int]] = {}  # Any: an object of hashlib, whose type has no name

    def add(self, part: bytes) -> None:
        self._parts.append(part)

    def digest(self, name: str) -> bytes:
        state, done = self._known.get(name) or (hashlib.new(name), 0)
        for part in self._parts[done:]:
            state.update(part)
        self._known[name] = (state, len(self._parts))
        return bytes(state.copy().digest())


def gathered(
    said: SealHeader, later: Added, sealed: Sealed, pool: tuple[Certificate, ...], means: Means
) -> tuple[tuple[Timestamp, ...], tuple[str, ...]]:
    """Return all that are checked, and remarks on those that are not."""
    found = [_timestamp("adoTst", one, _Running(sealed.payload).digest, pool, means) for one in said.time_tokens]
    remarks: list[str] = []
    before = _Running(sealed.payload, b".", sealed.protected, b".", sealed.signature, b".")
    for component in later.components:
        if component.name == "sigTst":
            imprint = _Running(sealed.signature).digest
        elif component.name == "arcTst" and component.raw:
            imprint = before.digest
        elif component.name in ("arcTst", "sigRTst", "rfsTst"):
            remarks.append(f"{component.name} is not checked: it is over what has no settled form, or is no baseline")
            continue
        else:
            before.add(component.raw.encode())
            continue
        found += _of(component, imprint, pool, means, remarks)
        before.add(component.raw.encode())
    remarks += [f"{one.member}: {one.reason}" for one in found if not one.good]
    return tuple(found), tuple(remarks)


def proven_at(found: tuple[Timestamp, ...]) -> dt.datetime | None:
    """Return by when it was sealed: the earliest good timestamp of the signature whose authority is trusted."""
    return min(
        (
            one.at
            for one in found
            if one.member == "sigTst" and one.good and one.standing is Standing.TRUSTED and one.at
        ),
        default=None,
    )


def _of(
    component: Component,
    imprint: Callable[[str], bytes],
    pool: tuple[Certificate, ...],
    means: Means,
    remarks: list[str],
) -> Iterator[Timestamp]:
    try:
        held = jades_header.tokens(component.value)
    except ProofError as error:
        remarks.append(f"{component.name}: {error.reason}")
        return
    for one in held:
        yield _timestamp(component.name, one, imprint, pool, means)


def _timestamp(
    member: str, data: bytes, imprint: Callable[[str], bytes], pool: tuple[Certificate, ...], means: Means
) -> Timestamp:
    if means.tokens[0] <= 0:
        return Timestamp(member=member, good=False, reason="not read: there are too many timestamps")
    means.tokens[0] -= 1
    try:
        token = rfc3161.token(data, pool)
    except ProofError as error:
        return Timestamp(member=member, good=False, reason=error.reason)
    authority = certificates.owner(token.authority).name or certificates.owner(token.authority).common_name
    if imprint(token.hash_name) != token.imprint:
        reason = "a timestamp of something else than what it stands at"
        return Timestamp(member=member, good=False, at=token.at, authority=authority, reason=reason)
    if token.at > means.now:
        reason = "a timestamp of the future"
        return Timestamp(member=member, good=False, at=token.at, authority=authority, reason=reason)
    way = path(token.authority, (*token.others, *pool), means.anchors, token.at, means.work)
    return Timestamp(
        member=member, good=True, at=token.at, authority=authority, standing=way.standing, reason=way.reason
    )
