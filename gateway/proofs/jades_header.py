"""The protected header of a seal: what it says, and the rules that make it one that can be believed or not.

Two kinds of faults. What RFC 7515 and RFC 7797 forbid, or what leaves open whose key it is, makes the seal none that is
verified (``ProofError``). What only ETSI TS 119 182-1 asks of its baseline is a deviation: the bytes are sealed all the
same, and genuine seals deviate. Source: TS 119 182-1 V1.2.1 sections 5.1, 5.2 and 6.3.
"""

import base64
import binascii
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url, certificates, timestamps
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import ProofError
from gateway.proofs.seal_algorithms import ALGORITHMS

LIMITS: Final = strict_json.Limits(max_bytes=128 * 1024, max_depth=8, max_nodes=512)
MAX_X5C: Final = 16
SIG_T_ENDS: Final = dt.datetime(2025, 7, 15, tzinfo=dt.UTC)
"""From then on only ``iat`` makes a baseline (TS 119 182-1 V1.2.1 section 6.3, requirement a)."""

_UNDERSTOOD: Final = frozenset(
    {"b64", "sigT", "iat", "exp", "adoTst", "sigPId", "sigPl", "srAts", "srCms", "x5t#o", "sigX5ts", "etsiU"}
)
# RFC 7515 section 4.1 and RFC 7518 sections 4.6 to 4.8: none of these may be called critical.
_REGISTERED: Final = frozenset(
    {"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"}
    | {"enc", "zip", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c"}
)
_REFERENCES: Final = ("x5t#S256", "x5t#o", "sigX5ts")
_DIGESTS: Final = {"S256": "sha256", "S384": "sha384", "S512": "sha512"}
_MAX_REFERENCES: Final = 16
_UNCHECKED: Final = {
    "sigPId": "a policy",
    "srAts": "attributes of the signer",
    "srCms": "commitments",
    "sigPl": "a place",
    "nbf": "a beginning",
}
_MAX_SECONDS: Final = 253_402_300_799  # the end of the year 9999
_MAX_KID_CHARS: Final = 2048


class Reference(msgspec.Struct, frozen=True):
    """A digest of a certificate: ``algorithm`` as hashlib names it."""

    algorithm: str
    digest: bytes

    def fits(self, certificate: bytes) -> bool:
        """Whether it is that of this certificate (DER)."""
        return hashlib.new(self.algorithm, certificate).digest() == self.digest


class SealHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What a protected header says.

    Attributes:
        alg: One of ``seal_algorithms.ALGORITHMS``.
        key_id: ``kid``, "" where there is none that is text.
        literal: Whether the payload is signed as it is (``b64: false``).
        claimed_at: When it was sealed by its own account; None where it does not say, or says two times.
        expires_at: ``exp``, None where absent.
        chain: ``x5c`` as DER.
        references: To the certificate of the key; one of each of several lists fits it.
        time_tokens: Of ``adoTst``, DER.
        deviations: Why it is no baseline B.
        remarks: What else it says and nobody here checks.
    """

    alg: str
    key_id: str
    literal: bool
    claimed_at: dt.datetime | None
    expires_at: dt.datetime | None
    chain: tuple[bytes, ...]
    references: tuple[tuple[Reference, ...], ...]
    time_tokens: tuple[bytes, ...]
    deviations: tuple[str, ...]
    remarks: tuple[str, ...]


def header(protected: str, unprotected: Iterable[str] = ()) -> SealHeader:
    """Read a protected header.

    Args:
        protected: base64url, as it stands in the seal.
        unprotected: Names of the members of the header that is not signed.

    Raises:
        ProofError: It breaks a rule without which nothing about the seal can be believed.
    """
    try:
        said = strict_json.decode(base64url.decode(protected), LIMITS)
    except AdapterError as error:
        raise ProofError(f"the protected header is not strict JSON: {error.reason}") from error
    if not isinstance(said, dict):
        raise ProofError("the protected header is not an object")
    alg = said.get("alg")
    if not isinstance(alg, str) or alg not in ALGORITHMS:
        raise ProofError(f"the algorithm {str(alg)[:32]!r} is not one that seals are made with")
    _require_understood(said, frozenset(unprotected))
    claimed_at, deviations = _time(said)
    references = tuple(_references(said))
    if len(references) != 1:
        deviations.append("not exactly one of x5t#S256, x5t#o and sigX5ts refers to the certificate")
    if "x5t" in said:
        deviations.append("x5t is there, with a hash that is broken")
    expires_at = _seconds(said.get("exp"))
    if "exp" in said and expires_at is None:
        if "exp" in said.get("crit", ()):
            raise ProofError("exp must be understood, and is not a number of seconds since 1970")
        deviations.append("exp is not a number of seconds since 1970")
    kid = said.get("kid")
    return SealHeader(
        alg=alg,
        key_id=kid[:_MAX_KID_CHARS] if isinstance(kid, str) else "",
        literal=said.get("b64") is False,
        claimed_at=claimed_at,
        expires_at=expires_at,
        chain=_chain(said),
        references=references,
        time_tokens=tuple(tokens(said["adoTst"])) if "adoTst" in said else (),
        deviations=tuple(deviations),
        remarks=tuple(f"{name} ({subject}) is not checked" for name, subject in _UNCHECKED.items() if name in said),
    )


def leaf(said: SealHeader, others: Iterable[bytes]) -> Certificate:
    """Return the certificate of the sealing key.

    Args:
        said: The header that refers to it.
        others: DER, from ``etsiU``: looked at only where the header holds no certificates, and only by their digest.

    Raises:
        ProofError: There is none, or a reference is to another one.
        CertificateUnusable: It cannot be read.
    """
    candidates = said.chain[:1] or tuple(
        one for one in others if said.references and all(_fits(listed, one) for listed in said.references)
    )
    if not candidates:
        raise ProofError("the certificate of the key is not in the seal")
    if not all(_fits(listed, candidates[0]) for listed in said.references):
        raise ProofError("the seal refers to another certificate than the one in it")
    return certificates.parse(candidates[0])


def tokens(container: Any) -> list[bytes]:
    """Return the RFC 3161 tokens, DER, of a member such as ``sigTst`` (TS 119 182-1 section 5.4.3).

    Raises:
        ProofError: It is no such member.
    """
    listed = container.get("tstTokens") if isinstance(container, dict) else None
    if not isinstance(listed, list) or not listed:
        raise ProofError("a timestamp without tokens")
    return [binary(one) for one in listed]


def binary(holder: Any) -> bytes:
    """Return what ``{"val": ...}`` holds in base64 (TS 119 182-1 section 5.4.1, pkiOb).

    Raises:
        ProofError: It is no such object, or in another encoding than DER.
    """
    if not isinstance(holder, dict) or not isinstance(holder.get("val"), str):
        raise ProofError("an object without val")
    encoding = holder.get("encoding", "http://uri.etsi.org/01903/v1.2.2#DER")
    if encoding != "http://uri.etsi.org/01903/v1.2.2#DER":
        raise ProofError("an object in another encoding than DER")
    return _base64(holder["val"])


def _fits(listed: tuple[Reference, ...], certificate: bytes) -> bool:
    return any(reference.fits(certificate) for reference in listed)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("is not base64") from error


def _require_understood(said: Mapping[str, Any], unprotected: frozenset[str]) -> None:
    """RFC 7515 section 4.1.11, RFC 7797 section 6, and what is not done here."""
    critical = said.get("crit", [])
    if not isinstance(critical, list) or not all(isinstance(name, str) for name in critical):
        raise ProofError("crit is not a list of names")
    if ("crit" in said and not critical) or len(set(critical)) != len(critical):
        raise ProofError("crit is empty, or names something twice")
    for name in critical:
        if name in _REGISTERED:
            raise ProofError(f"crit names {name}, which every reader understands")
        if name not in said and not (name == "etsiU" and name in unprotected):
            raise ProofError(f"crit names {name[:64]!r}, which is not in the header")
        if name not in _UNDERSTOOD and name != "sigD":
            raise ProofError(f"crit names {name[:64]!r}, which is not understood here")
    if "b64" in said and (not isinstance(said["b64"], bool) or "b64" not in critical):
        raise ProofError("b64 is there but not in crit, or neither true nor false")
    if "sigD" in said:
        raise ProofError("what is sealed is detached (sigD): only payloads inside the seal are checked here")
    if "zip" in said:
        raise ProofError("the payload is compressed")


def _time(said: Mapping[str, Any]) -> tuple[dt.datetime | None, list[str]]:
    """The claimed time, and what of it is no baseline."""
    times = {_seconds(said["iat"])} if "iat" in said else set()
    times |= {_instant(said["sigT"])} if "sigT" in said else set()
    at = times.pop() if len(times) == 1 else None
    if "iat" in said and "sigT" in said:
        return at, ["both iat and sigT say when it was sealed"]
    if "iat" not in said and "sigT" not in said:
        return None, ["neither iat nor sigT says when it was sealed"]
    if at is None:
        return None, ["the time at which it was sealed cannot be read"]
    if "sigT" in said and at >= SIG_T_ENDS:
        return at, ["sigT says when it was sealed, which from 2025-07-15 on only iat may"]
    return at, []


def _instant(value: Any) -> dt.datetime | None:
    at = timestamps.instant(value)
    try:
        return at.astimezone(dt.UTC) if at else None
    except OverflowError:  # the first and the last day that there is, in another zone
        return None


def _seconds(value: Any) -> dt.datetime | None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_SECONDS:
        return None
    return dt.datetime.fromtimestamp(value, dt.UTC)


def _chain(said: Mapping[str, Any]) -> tuple[bytes, ...]:
    listed = said.get("x5c", [])
    if (
        not isinstance(listed, list)
        or not all(isinstance(one, str) for one in listed)
        or ("x5c" in said and not listed)
    ):
        raise ProofError("x5c is not a list of certificates")
    if len(listed) > MAX_X5C:
        raise ProofError(f"x5c holds more than {MAX_X5C} certificates")
    return tuple(_base64(one) for one in listed)


def _references(said: Mapping[str, Any]) -> Iterable[tuple[Reference, ...]]:
    for name in _REFERENCES:
        if name not in said:
            continue
        value = said[name]
        listed = value if name == "sigX5ts" else [value]
        if not isinstance(listed, list) or not 0 < len(listed) <= _MAX_REFERENCES:
            raise ProofError(f"{name} is not a list of references")
        yield tuple(_reference(name, one) for one in listed)


def _reference(name: str, value: Any) -> Reference:
    said = {"digAlg": "S256", "digVal": value} if name == "x5t#S256" else value
    if not isinstance(said, dict) or not isinstance(said.get("digVal"), str):
        raise ProofError(f"{name} is not a digest of a certificate")
    algorithm = _DIGESTS.get(str(said.get("digAlg")))
    if algorithm is None:
        raise ProofError(f"{name} is a digest of a kind that is not used here")
    return Reference(algorithm, base64url.decode(said["digVal"]))
