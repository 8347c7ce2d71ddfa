"""Who controls a key: the documents of did:web, did:webvh and https issuers, and what they let each key be used for."""

import asyncio
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import NoDocument, Unreachable
from gateway.proofs import did_webvh
from gateway.proofs.data_integrity import PURPOSE
from gateway.proofs.errors import ProofError
from gateway.trust.addresses import authority, without_fragment
from gateway.trust.did_addresses import METHODS, DidAddress, did_address
from gateway.trust.served import listed, served_body, served_json
from gateway.trust.subject import OneWeb
from gateway.trust.withdrawals import ENDS, is_material

ACCEPT = "application/did+json, application/did+ld+json, application/cid, application/ld+json, application/json"

_ACCEPT_LOG = "text/jsonl, application/jsonl, application/json"
_LISTS = ("verificationMethod", "assertionMethod")
_OTHER_LISTS = ("authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation", "publicKey")
_SPELT_OUT = (*_LISTS, "@graph")
_SKEW = dt.timedelta(seconds=60)


class Controller(msgspec.Struct, frozen=True, kw_only=True):
    """A controller document, its relative ids resolved.

    Attributes:
        id: Of whom it speaks.
        url: Where it was served.
        methods: The verification methods it holds, by id, as they were served.
        asserts: Ids of the methods it allows for the purpose asked for (``assertionMethod``, unless another is said);
            some may be held elsewhere.
        entries: Every key it describes, for whatever purpose and under whatever id, that says of an end.
        unread: It lists something as a key that is not understood.
        former: Ids of methods that it allowed before, and until when; only a did:webvh can prove it.
    """

    id: str
    url: str
    methods: Mapping[str, Mapping[str, Any]]
    asserts: frozenset[str]
    entries: tuple[Mapping[str, Any], ...] = ()
    unread: bool = False
    former: Mapping[str, str] = {}


async def controller(web: OneWeb, now: dt.datetime, subject: str, purpose: str = PURPOSE) -> Controller:
    """Fetch the controller document of a did:web, a did:webvh or an https id.

    Args:
        purpose: What the keys are asked for: the verification relationship by its name in the document.

    Raises:
        NoDocument: The host itself serves none there.
        Unreachable: It could not be had or read, lists the keys of another subject, or the id leads nowhere.

    Source: W3C Controlled Identifiers 1.0 section 3.3; did:web method specification and did:webvh v1.0, "Read
    (Resolve)".
    """
    if subject.startswith(METHODS):
        address = did_address(subject)
        if address.scid:
            return await _of_log(web, now, subject, address, purpose)
        url = address.url
    elif authority(subject) is not None:
        url = without_fragment(subject)
    else:
        raise Unreachable(
            f"{subject} cannot be resolved: neither an address nor a DID of the methods web, webvh, key or jwk",
            fix="Use an https issuer id, or a DID of the methods web, webvh, key or jwk.",
        )
    served = await served_json(web, url, accept=ACCEPT)
    if served.document.get("id") != subject:
        # A document of another name that lists keys may be the issuer's, misspelt; a page of another kind is not.
        raise (Unreachable if _speaks_of_keys(served.document) else NoDocument)(
            f"{url}: is the document of {served.document.get('id')}, not of {subject}",
            fix=f"Serve a controller document with the id {subject} at {url}.",
        )
    return _read(served.document, subject, url, purpose)


async def _of_log(web: OneWeb, now: dt.datetime, subject: str, address: DidAddress, purpose: str) -> Controller:
    """Read the log of a did:webvh; what it says now counts, and what it said before explains.

    Raises:
        Unreachable: The log is not to be had or not right, its witnesses do not attest it, or the DID has moved.
    """
    log = await served_body(web, address.url, accept=_ACCEPT_LOG)
    try:
        found = await asyncio.to_thread(did_webvh.history, address.scid, log, now + _SKEW)
    except ProofError as error:
        fix = f"Serve the whole log of {subject}, as its update keys signed it, at {address.url}."
        raise Unreachable(f"{address.url}: {error.reason}", fix=fix) from error
    if found.witnessed:
        await _attested(web, subject, address, found)
    latest = found.latest
    if latest.document["id"] != subject:
        fix = f"Issue under {latest.document['id']}."
        raise Unreachable(f"{subject} has moved and is now {latest.document['id']}", fix=fix)
    read = _read({"id": subject} if found.deactivated else latest.document, subject, address.url, purpose)
    return msgspec.structs.replace(read, former=dict(_former(found, read, purpose)))


async def _attested(web: OneWeb, subject: str, address: DidAddress, found: did_webvh.History) -> None:
    """Return when the witnesses of a DID attest every version that needs their word.

    Raises:
        Unreachable: They do not, or their proofs are not to be had.
    """
    url = address.url.removesuffix("did.jsonl") + "did-witness.json"
    proofs = await served_body(web, url, accept="application/json")
    try:
        missing = await asyncio.to_thread(found.unattested, proofs)
    except ProofError as error:
        fix = f"Serve the proofs of the witnesses of {subject} at {url}."
        raise Unreachable(f"{url}: {error.reason}", fix=fix) from error
    if missing:
        reason = f"{url}: too few of the witnesses of {subject} attest its version {missing[0]}"
        fix = f"Let the witnesses sign the versionId of version {missing[0]} or a later one, and add their proofs."
        raise Unreachable(reason, fix=fix)


def _former(found: did_webvh.History, now: Controller, purpose: str) -> Iterator[tuple[str, str]]:
    """Name the methods that one version allowed and a later one did not; what is allowed now is not among them."""
    for version, following in zip(found.versions, (*found.versions[1:], None), strict=True):
        until = version.at if following is None else following.at
        for name in _read(version.document, now.id, now.url, purpose).asserts - now.asserts:
            yield name, until.isoformat()


def host(subject: str) -> str | None:
    """Return on whose host an issuer id lives, None when it lives on none."""
    if not subject.startswith(METHODS):
        return authority(subject)
    try:
        return authority(did_address(subject).url)
    except Unreachable:
        return None


def absolute(name: str, subject: str) -> str:
    """Resolve an id that is only a fragment against the document it stands in."""
    return subject + name if name.startswith("#") else name


def _speaks_of_keys(document: Mapping[str, Any]) -> bool:
    """Say whether a document lists keys under any spelling of the two members, or in parts that are not looked into."""
    return _speaks_otherwise(document) or not document.keys().isdisjoint(_LISTS)


def _speaks_otherwise(document: Mapping[str, Any]) -> bool:
    # The end of a name spares most of them, of which a document may hold ten thousand, being taken apart.
    doubtful = [name for name in document if name not in _LISTS and name.endswith(_SPELT_OUT)]
    return any(re.split(r"[#/:]", name)[-1] in _SPELT_OUT for name in doubtful)


def _ending(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the entries that may have ended; one under ``publicKey`` that only names a key says nothing here."""
    for purpose in (*_LISTS, *_OTHER_LISTS):
        for member in listed(document.get(purpose)):
            if not isinstance(member, dict) or (purpose == "publicKey" and not any(map(is_material, member))):
                continue
            inner = member.get("publicKeyJwk")
            if not member.keys().isdisjoint(ENDS) or (isinstance(inner, dict) and not inner.keys().isdisjoint(ENDS)):
                yield member


def _read(document: Mapping[str, Any], subject: str, url: str, purpose: str) -> Controller:
    """Collect the methods of a document.

    Raises:
        Unreachable: Two methods have one id: nobody may choose between two keys.
    """
    described, allowed = listed(document.get("verificationMethod")), listed(document.get(purpose))
    methods: dict[str, Mapping[str, Any]] = {}
    unread = _speaks_otherwise(document) or not all(isinstance(name, str | dict) for name in allowed)
    for member in (*described, *(item for item in allowed if isinstance(item, dict))):
        if not isinstance(member, dict) or not isinstance(member.get("id"), str):
            unread = True
            continue
        name = absolute(member["id"], subject)
        if methods.setdefault(name, member) != member:
            raise Unreachable(f"{url}: describes two keys as {name}", fix=f"Give each key at {url} an id of its own.")
    names = [item.get("id") if isinstance(item, dict) else item for item in allowed]
    return Controller(
        id=subject,
        url=url,
        methods=methods,
        asserts=frozenset(absolute(name, subject) for name in names if isinstance(name, str)),
        entries=tuple(_ending(document)),
        unread=unread,
    )
