"""Embedded Data Integrity proofs: each is examined by itself, and one that is not understood spoils no other."""

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from gateway.errors import GatewayError
from gateway.proofs import data_integrity
from gateway.proofs.canonical import Path
from gateway.proofs.errors import (
    BudgetExceeded,
    ContextUnknown,
    KeyUnusable,
    NotCanonicalisable,
    ProofError,
    ProofUnsupported,
)
from gateway.trust.addresses import without_fragment
from gateway.trust.keys import Found, named_key
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb
from gateway.trust.validity import SKEW

_BROKEN = "Sign the document again: it was changed after signing, or signed with another key."
_MALFORMED = "Write {} of the proof as VC Data Integrity 1.0 section 2.1 says, and sign again."
_UNREADABLE = "Use the published contexts in their order, and nothing that they do not define; then sign again."
_UNSUPPORTED = "Secure it with a DataIntegrityProof of the cryptosuite {}, or as a VC-JWT."
_ON_PATH: Final[Mapping[Path | None, str]] = {"general": ", canonicalised on the general path"}


async def data_integrity_signature(
    web: OneWeb,
    now: dt.datetime,
    secured: data_integrity.Secured,
    proof: dict[str, Any],
    issuer: str,
    name: str,
) -> Signature:
    """Examine one proof of a document.

    ``gateway.proofs.data_integrity.SUITES`` alone says which cryptosuites there are: a new one needs nothing here.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        secured: The document with its proofs.
        proof: One of them, as it stands there.
        issuer: Id of the issuer that the document claims.
        name: How to speak of this proof.

    Source: W3C VC Data Integrity 1.0 section 4.4; Open Badges 3.0 section 8.3.
    """
    claims = _claims_issuer(proof, issuer)
    try:
        members = data_integrity.read(proof, secured.purpose)
        secured.before(proof)
    except ProofUnsupported as error:
        fix = _UNSUPPORTED.format(" or ".join(sorted(data_integrity.SIGNING)))
        return Signature(
            name=name, verdict=Outcome.NOTED, detail=f"{name}: {error.reason}", fix=fix, claims_issuer=claims
        )
    except ProofError as error:
        fix = error.fix or _MALFORMED.format(error.pointer or "the proof")
        return Signature(name=name, verdict=Outcome.FAILED, detail=_said(name, error), fix=fix, claims_issuer=claims)
    found = await named_key(web, now, members.verification_method, issuer, secured.purpose)
    examined = await _examined(secured, proof, found, name, members.cryptosuite)
    if examined.verdict is Outcome.PASSED and (fault := _untimely(members, now)):
        examined = Signature(
            name=name, verdict=Outcome.FAILED, detail=f"{name} {fault}", fix="Sign the document anew.", found=found
        )
    return msgspec.structs.replace(examined, claims_issuer=claims)


def _untimely(members: data_integrity.Proof, now: dt.datetime) -> str:
    """Say why a proof does not hold now, "" when it does."""
    if members.expires is not None and members.expires <= now:
        return f"expired at {members.expires.isoformat()}"
    if members.created is not None and members.created > now + SKEW:
        return f"says that it was made at {members.created.isoformat()}, which is still to come"
    return ""


async def _examined(
    secured: data_integrity.Secured, proof: dict[str, Any], found: Found, name: str, cryptosuite: str
) -> Signature:
    if found.key is None:
        verdict = Outcome.FAILED if found.authority is Outcome.FAILED else Outcome.UNKNOWN
        return Signature(name=name, verdict=verdict, detail=f"{name}: {found.detail}", fix=found.fix, found=found)
    try:
        # Canonicalisation is work for the processor; the event loop has other callers.
        verified = await asyncio.to_thread(secured.verify, proof, found.key.public)
    except (ProofError, NotCanonicalisable) as error:
        fix = error.fix or (_UNREADABLE if isinstance(error, NotCanonicalisable) else _BROKEN)
        return Signature(name=name, verdict=Outcome.FAILED, detail=_said(name, error), fix=fix, found=found)
    except (ContextUnknown, BudgetExceeded, KeyUnusable, ProofUnsupported) as error:
        return Signature(name=name, verdict=Outcome.UNKNOWN, detail=_said(name, error), fix=error.fix, found=found)
    return Signature(
        name=name,
        verdict=Outcome.PASSED,
        detail=f"{name} is right ({cryptosuite}{_ON_PATH.get(verified.path, '')})",
        remark="; ".join(_remarks(proof, name, cryptosuite)),
        found=found,
        contexts=verified.contexts,
        uncovered=verified.findings,
    )


def _remarks(proof: Mapping[str, Any], name: str, cryptosuite: str) -> Iterator[str]:
    """A proof made for one occasion is right on every other; but its signer meant that one (section 2.1)."""
    if cryptosuite in data_integrity.LEGACY:
        yield f"{cryptosuite} has been replaced by eddsa-rdfc-2022"
    for member in ("domain", "challenge"):
        if member in proof:
            yield f"{name} was made for one {member}, and nobody here knows whether this is it"


def _said(name: str, error: GatewayError) -> str:
    """Name the place where the error has one."""
    return f"{name} {error.pointer}: {error.reason}" if error.pointer else f"{name}: {error.reason}"


def _claims_issuer(proof: Mapping[str, Any], issuer: str) -> bool:
    method = proof.get("verificationMethod")
    return isinstance(method, str) and without_fragment(method) == issuer
