"""Check `related-resources`: is what stands at an address what the issuer fixed by its digest?"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.losses import escaped
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.proofs import base64url, contexts
from gateway.proofs.context_bytes import PUBLISHED
from gateway.proofs.digests import Promise, promises
from gateway.proofs.errors import ProofError
from gateway.trust.addresses import authority
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import GONE, listed
from gateway.trust.subject import as_issued

MAX_FETCHED = 4
"""Each is up to 1 MiB from a host of the issuer's choice; what lies beyond is not used, so it need not be compared."""

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}", re.IGNORECASE)
_NAME = "related-resources"
_DIGESTS = ("digestSRI", "digestMultibase")
_ELSEWHERE = frozenset({"endorsement", "endorsementJwt", "proof"})
"""Members whose content is a document of its own, or signed apart."""


class _Resource(msgspec.Struct, frozen=True):
    """An object with a digest, and where it stands."""

    pointer: str
    value: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.value.get("id", ""))


class _Compared(msgspec.Struct, frozen=True):
    outcome: Outcome
    said: str
    fix: str = ""


async def related_resources(case: Case) -> Check:
    """Compare what can be had with the digests in ``relatedResource`` and in any other object.

    Who makes use of such a resource must compare it. The gateway uses the contexts, which it knows by the digests of
    their published bytes; a picture or a page it only names. So what cannot be had is noted and makes no badge false.
    But what is there and is something else failed: a copy would name it under the gateway's signature.

    Source: VCDM 2.0 section 5.3 (integrity of related resources), one object for each id.
    """
    document, at = as_issued(case.subject.reading)
    resources = await apart(len(case.subject.opened.payload), _fixed, document, at)
    if not resources:
        return Check(_NAME, Outcome.SKIPPED, "fixes nothing by its digest")
    compared = [*_twice(document, at)]
    left = MAX_FETCHED
    for resource in resources:
        found, fetched = await _compared(case, resource, left)
        left -= fetched
        compared.append(found)
    worst = min((each.outcome for each in compared), key=_WORST_FIRST.index)
    said = "; ".join(each.said for each in compared if each.outcome is worst)
    fix = next((each.fix for each in compared if each.outcome is worst and each.fix), "")
    return Check(_NAME, worst, said, fix, tuple(resource.id for resource in resources))


_WORST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


def _fixed(document: Mapping[str, Any], at: str) -> list[_Resource]:
    # One look at the text spares most documents a walk.
    return list(_resources(document, at)) if b'"digest' in msgspec.json.encode(document) else []


def _resources(value: Any, at: str) -> Iterator[_Resource]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _resources(item, f"{at}/{index}")
    elif isinstance(value, dict):
        if any(member in value for member in _DIGESTS):
            yield _Resource(at, value)
        for name, child in value.items():
            if name not in _ELSEWHERE:
                yield from _resources(child, f"{at}/{escaped(name)}")


def _twice(document: Mapping[str, Any], at: str) -> Iterator[_Compared]:
    ids = [item.get("id") for item in listed(document.get("relatedResource")) if isinstance(item, dict)]
    counts = Counter(name for name in ids if isinstance(name, str))
    for name in (name for name, count in counts.items() if count > 1):
        fix = "Write one object for each id in relatedResource."
        yield _Compared(Outcome.FAILED, f"{at}/relatedResource: says twice what {name} is", fix)


async def _compared(case: Case, resource: _Resource, left: int) -> tuple[_Compared, int]:
    """Compare one, and say how many addresses were asked for it."""
    try:
        promised = promises(resource.value)
    except ProofError as error:
        return _Compared(Outcome.FAILED, f"{resource.pointer}: {error.reason}", error.fix), 0
    if _is_published(resource.id, promised):
        return _Compared(Outcome.PASSED, f"{resource.id} is the published context"), 0
    if resource.id.startswith("ni:"):
        return _by_name(resource, promised), 0
    if why := _not_asked(case, resource, promised, left):
        return _noted(resource, why), 0
    return await _fetched(case, resource, promised), 1


def _not_asked(case: Case, resource: _Resource, promised: tuple[Promise, ...], left: int) -> str:
    """Say why an address is not asked, "" when it is."""
    if not all(promise.digests for promise in promised):
        return "is fixed by a digest of a kind that is not known here"
    if authority(resource.id) is None:
        return "is no address that can be asked"
    if not case.vouched:
        return "was not compared: nobody vouches for the digest"
    return "" if left > 0 else f"was not compared: no more than {MAX_FETCHED} are fetched"


def _is_published(url: str, promised: tuple[Promise, ...]) -> bool:
    """Whether every promise is kept by one of the spellings under which a pinned context was published."""
    known = [bytes.fromhex(digest) for digest in PUBLISHED.get(url, ())]
    return any(
        all(any(d.algorithm == "sha256" and d.value == digest for d in promise.digests) for promise in promised)
        for digest in known
    )


def _by_name(resource: _Resource, promised: tuple[Promise, ...]) -> _Compared:
    """A name that holds the digest itself needs nobody to be asked (RFC 6920)."""
    sha256 = [digest for promise in promised for digest in promise.digests if digest.algorithm == "sha256"]
    if sha256 and all(resource.id == _ni(digest.value) for digest in sha256):
        return _Compared(Outcome.PASSED, f"{resource.id} names its own digest")
    return _noted(resource, "is a name by digest that the digest given does not repeat")


def _ni(digest: bytes) -> str:
    return f"ni:///sha-256;{base64url.encode(digest)}"


async def _fetched(case: Case, resource: _Resource, promised: tuple[Promise, ...]) -> _Compared:
    given = resource.value.get("mediaType")
    accept = given if isinstance(given, str) and _MEDIA_TYPE.fullmatch(given) else "*/*"
    try:
        answer = await case.web(resource.id, accept=accept)
    except GatewayError as error:
        return _noted(resource, f"could not be had: {error.reason}")
    if answer.status == GONE:
        return _noted(resource, "is gone (410)")
    if not all(promise.kept(answer.body) for promise in promised):
        if contexts.known(resource.id):
            # Published anew under the same address, or never so: which bytes were meant, nobody can say.
            said = f"{resource.pointer}: is no digest of {resource.id} that is known here or served now"
            return _Compared(Outcome.UNKNOWN, said, "Repeat the digest of the published context, or leave it out.")
        found = hashlib.sha256(answer.body).hexdigest()
        said = f"{resource.pointer}: {resource.id} serves something else now, sha256 {found}"
        return _Compared(Outcome.FAILED, said, f"Serve at {resource.id} what was signed, or sign the digest anew.")
    return _Compared(Outcome.PASSED, f"{resource.id} serves what was signed")


def _noted(resource: _Resource, why: str) -> _Compared:
    return _Compared(Outcome.NOTED, f"{resource.pointer}: {resource.id or 'no id'} {why}")
