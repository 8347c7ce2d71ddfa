"""A status list as its address serves it: the issuer's own, signed, for now, and no older than it may be."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Carrier, Opened, open_bytes
from gateway.apart import apart
from gateway.errors import Unreachable
from gateway.ports import Fetched
from gateway.proofs.errors import ProofError, StatusListError, StatusListUnproven, StatusListUnreachable
from gateway.trust.addresses import authority
from gateway.trust.case import Case
from gateway.trust.known_lists import Bits, Doubt, ProvenList, bits_of
from gateway.trust.report import Check, Outcome, Replayed
from gateway.trust.served import GONE
from gateway.trust.status_meaning import shown
from gateway.trust.validity import lasts_until, untimely

LARGE_CHARACTERS = 1024
"""From this size on, expanding a list costs more than the event loop may be kept waiting: four megabytes of nothing are
packed into 5,000 characters."""

_NOTHING_ELSE = "Serve the signed status list and nothing else."
_OTHER_THINGS = ("text/html", "application/xhtml+xml", "image/", "audio/", "video/", "font/")
_WORST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


class Proof(msgspec.Struct, frozen=True):
    """What was read in the bytes of a list whose proof is right; see `ProvenList`."""

    document: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: dt.datetime | None


class ListKind(msgspec.Struct, frozen=True):
    """What is different between a list that is a credential and one that is a token.

    Attributes:
        prove: Reads bytes, and raises StatusListError unless they are proven to be the issuer's; by case, address and
            what was opened.
        lifetime: How long a copy may be relied on by what the document says, None when it does not say.
    """

    accept: str
    prove: Callable[[Case, str, Opened], Awaitable[Proof]]
    lifetime: Callable[[Mapping[str, Any]], dt.timedelta | None]


class Consulted(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was found proven and in time.

    Attributes:
        fetched_at: When its address served it.
        is_cached: It was fetched for an earlier verification.
        ends: When the list ends, by what it says itself; None when it does not say.
        until: When this copy has to be fetched anew, or ends; None when it states neither.
    """

    url: str
    proven: ProvenList
    fetched_at: dt.datetime
    is_cached: bool
    ends: dt.datetime | None
    until: dt.datetime | None

    @property
    def freshness(self) -> str:
        """How old the answer is, for a person."""
        of = f"of {self.proven.signed.isoformat()}" if self.proven.signed else "without a date"
        until = f", good until {self.until.isoformat()}" if self.until else ""
        kept = " and kept since" if self.is_cached else ""
        return f"{of}{until}, fetched {self.fetched_at.isoformat()}{kept}"


async def consulted(case: Case, url: object, kind: ListKind) -> Consulted:
    """Fetch a whole list and prove it; a copy that says itself that it is too old is fetched anew, once.

    The list is fetched whatever the entry: its host does not learn whose status is asked.

    Raises:
        StatusListError: It cannot be had or not be relied on.

    Source: Bitstring Status List v1.0 section 3.2 (validate algorithm), steps 3 and 4, and section 2.2 (``ttl``).
    """
    if not isinstance(url, str) or authority(url) is None:
        raise StatusListError(f"{shown(url)} is no address of a status list", fix="Name the list by its https address.")
    answer = await _asked(url, case.web(url, accept=kind.accept))
    proven = await _proven(case, url, kind, answer)
    is_cached = answer.at < case.subject.asked_at
    if is_cached and _outlived(proven, kind, answer.at, case.subject.asked_at):
        answer = await _asked(url, case.web.again(url, accept=kind.accept))
        proven = await _proven(case, url, kind, answer)
        is_cached = False
    _require_timely(proven, case.subject.asked_at, url)
    lifetime = kind.lifetime(proven.document)
    ends = lasts_until(proven.document, proven.claims)
    bounds = (ends, answer.at + lifetime if lifetime else None)
    return Consulted(
        url=url,
        proven=proven,
        fetched_at=answer.at,
        is_cached=is_cached,
        ends=ends,
        until=min((bound for bound in bounds if bound), default=None),
    )


async def expanded(case: Case, found: Consulted, encoded: object, decode: Callable[[str], bytes]) -> Bits:
    """Return the bits of an encoded list, from memory when they were expanded before.

    Raises:
        StatusListError: They cannot be expanded.
    """
    if not isinstance(encoded, str):
        raise StatusListError(f"{found.url}: its encoded list is no text", fix="Publish the list anew.")
    key = hashlib.sha256(found.proven.key + encoded.encode("utf-8", "surrogatepass")).digest()
    if (known := case.subject.lists.bits(key)) is not None:
        return known
    # A short text may be a long list: 5 kB hold 33 million entries.
    bits = await asyncio.to_thread(lambda: bits_of(decode(encoded)))
    case.subject.lists.expand(key, bits)
    return bits


async def doubted(case: Case, found: Consulted, bits: Bits, *, purpose: str, stated: object) -> Doubt:
    """Ask whether the list is the one that was named, and the newest of it that is known.

    A list with another id is another list: one in which nobody was revoked yet would restore everybody. The
    specification lets a list leave its id out; what cannot be told apart is not remembered either.

    Args:
        case: The verification.
        found: The list.
        bits: All of its bits.
        purpose: Of its entries; "" where it has none.
        stated: What it says that its own address is; None when it does not say.

    Source: Bitstring Status List v1.0 section 2.2 (``id``).
    """
    if stated is None:
        return Doubt(Outcome.NOTED, "does not say that it is that list", f"Write {found.url} as the id of the list.")
    if stated not in (found.url, found.url.partition("#")[0]):
        return Doubt(Outcome.UNKNOWN, f"is another status list, {shown(stated)}", "Serve every list at its own id.")
    doubt = await case.subject.lists.doubt(
        (case.subject.reading.issuer_id, found.url, purpose), found.proven.signed, bits
    )
    if doubt.outcome is Outcome.PASSED and found.proven.signed is None:
        why = "states neither when it was made nor until when it is good, so an older one could pass for it"
        return doubt if found.ends else Doubt(Outcome.NOTED, why, "State validFrom and validUntil in the list.")
    return doubt


def judged(found: Consulted, doubt: Doubt, meaning: Check, *, remembers: bool) -> Check:
    """Put together what an entry means, what is to be doubted about its list, and how fresh that is.

    An entry that means FAILED does so in whatever list of the issuer it stands. It marks what was taken back only in
    the newest list under its own id: whoever serves the address has the issuer's older ones, and those of others.
    """
    replaced = Replayed if doubt.is_replay else Check
    freshness = found.freshness if remembers else f"{found.freshness} (not compared with what was served before)"
    looked_at = (*meaning.looked_at, f"{found.url} {freshness}")
    if meaning.outcome is Outcome.FAILED or _WORST_FIRST.index(meaning.outcome) < _WORST_FIRST.index(doubt.outcome):
        kind = replaced if doubt.outcome is Outcome.UNKNOWN else type(meaning)
        return kind("status", meaning.outcome, f"{meaning.detail}, a list {freshness}", meaning.fix, looked_at)
    name = f"{StatusListUnproven.w3c}: " if doubt.outcome is Outcome.UNKNOWN else ""
    said = f", which {doubt.said}" if doubt.said else ""
    detail = f"{name}{meaning.detail}, a list {freshness}{said}"
    return replaced("status", doubt.outcome, detail, doubt.fix or meaning.fix, looked_at)


async def _asked(url: str, question: Awaitable[Fetched]) -> Fetched:
    """Fetch.

    Raises:
        StatusListUnreachable: No answer, of that host, that could be a list.
    """
    try:
        answer = await question
    except Unreachable as error:
        raise StatusListUnreachable(error.reason, fix=error.fix or "Serve the status list at its address.") from error
    if answer.status == GONE:
        raise StatusListUnreachable(f"{url}: gone (410)", fix="Serve the status list as long as it is named.")
    if authority(answer.url) != authority(url):
        # Whoever finds an open redirect on the host could otherwise serve an older list for ever.
        raise StatusListUnreachable(
            f"{url}: redirected to another host, {answer.url}", fix="Serve the status list where it is named."
        )
    if answer.media_type.startswith(_OTHER_THINGS):
        raise StatusListUnreachable(
            f"{url}: served as {answer.media_type}", fix="Serve it as application/vc, application/json or as its token."
        )
    return answer


async def _proven(case: Case, url: str, kind: ListKind, answer: Fetched) -> ProvenList:
    """Return the list once its proof is right, looked at now or a moment ago."""
    lists, now = case.subject.lists, case.subject.asked_at
    name = f"{url}\n{case.subject.reading.issuer_id}\n{kind.accept}\n"
    key = hashlib.sha256(name.encode("utf-8", "surrogatepass") + answer.body).digest()
    if (known := lists.proven(key, now)) is not None:
        return known
    opened = await _opened(url, answer.body)
    try:
        proof = await kind.prove(case, url, opened)
    except (AdapterError, ProofError) as error:
        raise StatusListUnproven(f"{url}: {error.reason}", fix=error.fix or "Publish the list anew.") from error
    found = ProvenList(key=key, document=proof.document, claims=proof.claims, signed=proof.signed, proven_at=now)
    lists.prove(found, len(answer.body))
    return found


async def _opened(url: str, body: bytes) -> Opened:
    """Open what was served.

    Raises:
        StatusListUnreachable: Neither JSON nor a token.
    """
    try:
        opened = await apart(len(body), open_bytes, body)
    except AdapterError as error:
        raise StatusListUnreachable(f"{url}: no readable status list: {error.reason}", fix=_NOTHING_ELSE) from error
    if not isinstance(opened, Opened) or opened.carrier not in (Carrier.JSON, Carrier.JWS):
        raise StatusListUnreachable(
            f"{url}: serves an address or an image in place of a status list", fix=_NOTHING_ELSE
        )
    return opened


def _outlived(proven: ProvenList, kind: ListKind, fetched_at: dt.datetime, now: dt.datetime) -> bool:
    """Say whether a copy has to be fetched anew: its own time to live is over, or it is not valid any more."""
    lifetime = kind.lifetime(proven.document)
    if lifetime is not None and now >= fetched_at + lifetime:
        return True
    try:
        return bool(untimely(proven.document, proven.claims, now))
    except AdapterError:
        return False  # a newer copy would hardly be written otherwise


def _require_timely(proven: ProvenList, now: dt.datetime, url: str) -> None:
    """Refuse a list that is not valid now, by its own dates or its token's: an old one may be replayed.

    Raises:
        StatusListUnproven: It is not valid now, or its dates cannot be read.
    """
    try:
        why = untimely(proven.document, proven.claims, now)
    except AdapterError as error:
        why = error.reason
    if why:
        raise StatusListUnproven(f"{url}: the status list cannot be relied on: {why}", fix="Publish the list anew.")
