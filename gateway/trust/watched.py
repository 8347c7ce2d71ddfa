"""A source that was verified once, looked at again: where it can be taken back, and what is said there now."""

from collections.abc import Iterator

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from adapters.hub.securing import Hosted, Jws
from adapters.registry import adapter_for
from gateway.apart import apart
from gateway.errors import NoDocument, NotAsked, Unreachable
from gateway.ports import Fetched
from gateway.records.watches import Seen, WatchKind
from gateway.trust.addresses import authority
from gateway.trust.asked_once import AskedOnce
from gateway.trust.case import Case
from gateway.trust.guard import answered
from gateway.trust.hosted import hosted_scope
from gateway.trust.references import OK
from gateway.trust.report import Check, Outcome, Replayed, Revoked, Suspended
from gateway.trust.served import GONE
from gateway.trust.status import status
from gateway.trust.subject import OneWeb, Subject
from gateway.trust.verify import examine

_GOOD = (Outcome.PASSED, Outcome.NOTED)
_LISTS_OF_IDS = ("1EdTechRevocationList", "RevocationList")


class Places(msgspec.Struct, frozen=True):
    """Where a source can be taken back; ``addresses`` have to be asked anew each time, nothing else."""

    kind: WatchKind
    addresses: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """What one look showed.

    Attributes:
        firm: That it is valid, without any reservation: only then is a suspension taken to be over. A list that
            bears no date may be an older one.
        silent: That none of its addresses answered, so it is the same for whatever else depends on them.
    """

    seen: Seen
    firm: bool = False
    silent: bool = False


def places(opened: Opened, reading: Reading) -> Places:
    """Return the addresses that decide over a document, the one that most others share first.

    A refresh service is none: its silence means nothing, and what it serves takes nothing back. Nor are the documents
    that name the issuer's keys: a key that was withdrawn says that *new* signatures are not to be trusted, and this
    one was verified while the key was good. When the issuer means the badge, it has a list to say so; when its key
    signs the list as well, the list is not believed any more, and nothing changes.
    """
    if isinstance(reading.securing, Hosted):
        return Places(WatchKind.HOSTED, (reading.securing.url,))
    addresses = list(dict.fromkeys(_lists(opened, reading)))
    of_ids = any(claim.kind in _LISTS_OF_IDS for claim in reading.status)
    if isinstance(reading.securing, Jws):
        # The Profile may name a list that it did not name before.
        addresses = list(dict.fromkeys([*addresses, reading.issuer_id]))
        of_ids = True
    addresses = [address.partition("#")[0] for address in addresses if authority(address)]
    if not addresses:
        return Places(WatchKind.NONE)
    return Places(WatchKind.REVOCATION_LIST if of_ids else WatchKind.STATUS_LIST, tuple(dict.fromkeys(addresses)))


def _lists(opened: Opened, reading: Reading) -> Iterator[str]:
    named: list[object] = [claim.entry.get("statusListCredential", claim.url) for claim in reading.status]
    inner = opened.document.get("vc")
    for members in (opened.document, inner if isinstance(inner, dict) else {}) if opened.token is not None else ():
        mechanisms = members.get("status")
        entry = mechanisms.get("status_list") if isinstance(mechanisms, dict) else None
        named.append(entry.get("uri") if isinstance(entry, dict) else None)
    yield from (address for address in named if isinstance(address, str) and address)


async def looked_at(subject: Subject, web: AskedOnce, known: dict[str, bytes]) -> Finding:
    """Ask for the status of a source, and for nothing else, by the same check that every verification makes.

    Only what is positively seen counts: a bit of a list that is proven to be the issuer's, an entry of a list at the
    address that the issuer named, ``revoked`` or 410 at the badge's own address.

    Args:
        subject: The source as it was read when it was converted.
        web: Asked anew for the places of the source, and from memory for what vouches for them.
        known: The documents that the source was read with.
    """
    found = places(subject.opened, subject.reading)

    async def anew(url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        return await web(url, accept=accept, fresh=fresh or url in found.addresses)

    case = Case(subject, OneWeb(anew, {}), examine)
    check = await answered("status", status(case), case.web)
    answers = {address: web.answers[address] for address in found.addresses if address in web.answers}
    case = msgspec.structs.replace(case, subject=msgspec.structs.replace(subject, served=answers))
    if isinstance(check, Revoked | Suspended):
        return Finding(await _taken_back(case, check))
    lacking = [lack for answer in answers.values() if (lack := lacks(answer, found.kind))]
    if case.web.fell_short or Seen.NOT_ASKED in lacking:
        return Finding(Seen.NOT_ASKED)
    if lacking:
        seen = Seen.UNREACHABLE if Seen.UNREACHABLE in lacking else Seen.MISSING
        return Finding(seen, silent=len(lacking) == len(found.addresses))
    if isinstance(check, Replayed):
        return Finding(Seen.REPLAYED)
    names_no_list = check.outcome is Outcome.SKIPPED and isinstance(subject.reading.securing, Jws)
    if (check.outcome in _GOOD or names_no_list) and await _is_the_same(case, known):
        return Finding(Seen.VALID, firm=check.outcome is Outcome.PASSED)
    return Finding(Seen.UNPROVEN)


def lacks(answer: Fetched | Unreachable, kind: WatchKind) -> Seen | None:
    """Say in which way an address answered nothing, None when it did.

    410 is a word of the badge's own address; a list that is gone says nothing of the badges that stood in it.
    """
    if isinstance(answer, NotAsked):
        return Seen.NOT_ASKED
    if isinstance(answer, NoDocument):
        return Seen.MISSING
    if isinstance(answer, Unreachable):
        return Seen.UNREACHABLE
    return Seen.MISSING if answer.status == GONE and kind is not WatchKind.HOSTED else None


async def _taken_back(case: Case, check: Check) -> Seen:
    """Name what was seen; an answer of another host, after a redirect, counts only where the issuer vouches for it."""
    if isinstance(check, Suspended):
        return Seen.SUSPENDED
    securing = case.subject.reading.securing
    if not isinstance(securing, Hosted):
        return Seen.REVOKED
    answer = case.subject.served.get(securing.url)
    if not isinstance(answer, Fetched):
        return Seen.UNREACHABLE
    if authority(answer.url) != authority(securing.url):
        scope = await answered("hosted-scope", hosted_scope(case), case.web)
        if scope.outcome not in _GOOD:
            return Seen.UNPROVEN
    return Seen.GONE if answer.status == GONE else Seen.REVOKED


async def _is_the_same(case: Case, known: dict[str, bytes]) -> bool:
    """Say whether a hosted badge is still what its address serves; whatever else stands there confirms nothing."""
    subject, securing = case.subject, case.subject.reading.securing
    if not isinstance(securing, Hosted):
        return True
    answer = subject.served.get(securing.url)
    if not isinstance(answer, Fetched) or answer.status != OK or authority(answer.url) is None:
        return False
    documents = {**known, securing.url: answer.body}
    try:
        adapter = adapter_for(subject.reading.format)
        again = await apart(len(subject.opened.payload), adapter.read, subject.opened, documents)
    except AdapterError:
        return False
    if authority(answer.url) != authority(securing.url):
        scope = await answered("hosted-scope", hosted_scope(case), case.web)
        if scope.outcome not in _GOOD:
            return False
    return isinstance(again.securing, Hosted) and not again.securing.differs and again.securing.differs is not None
