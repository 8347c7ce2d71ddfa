"""A further credential that a document leads to, judged inside the verification under way.

It sees the same web, so that each address is asked once, the same instant, and what is left of one allowance.
"""

import asyncio

import msgspec

from adapters.hub.contract import Format, Reader, Reading
from adapters.hub.credential import Endorsement
from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing, Revoked
from adapters.hub.opened import Carrier, Elsewhere, Opened, open_bytes
from adapters.hub.securing import Hosted
from adapters.registry import adapter_for, detect
from gateway.errors import GatewayError
from gateway.ports import Fetched
from gateway.trust.case import Case
from gateway.trust.references import ACCEPT, answer_of, known, references
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.served import GONE
from gateway.trust.subject import Structure

MAX_DEPTH = 2
"""An endorsement's issuer may be endorsed in turn; whoever endorses that one is not asked."""

MAX_NESTED = 16
"""In one verification, at all depths together: each costs a signature and some fetches."""


class Nested(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about a further credential.

    Attributes:
        report: As for any document; of one that could not be read, or was not looked at, a single check says why.
        opened: None when the bytes could not be opened or were not looked at.
        reading: None when it could not be read.
    """

    report: Report
    opened: Opened | None = None
    reading: Reading | None = None


def short_of(case: Case) -> str:
    """Say which limit of this verification was met by what documents lead to, "" when none was.

    What was not judged for that is not known to be wrong, and whoever could bring it about must gain nothing by it.
    """
    if case.web.support.is_exhausted:
        return "canonicalising what was fetched would have cost more than one verification may"
    if case.web.nested > MAX_NESTED:
        return f"no more than {MAX_NESTED} further credentials are looked at in one verification"
    return "not all that was needed could be fetched within the limits for one caller" if case.web.fell_short else ""


async def nested_badge(case: Case, body: bytes) -> Nested:
    """Judge bytes that were just fetched: an award in any format; what it refers to is fetched.

    Bytes that only name another address are not followed.
    """
    if too_many := _too_many(case):
        return too_many
    try:
        opened = await asyncio.to_thread(open_bytes, body)
        if not isinstance(opened, Opened):
            raise Malformed("only names another address")
        reader, _ = detect(opened)
    except AdapterError as error:
        return Nested(report=_unread(case, error))
    return await _judged(case, opened, reader)


async def nested_endorsement(case: Case, endorsement: Endorsement) -> Nested:
    """Judge an endorsement: embedded with its own proof, as a token, or by the address that serves it."""
    if too_many := _too_many(case):
        return too_many
    reader = adapter_for(Format(endorsement.format)).endorsements
    try:
        opened = await _opened(case, endorsement)
    except AdapterError as error:
        return Nested(report=_unread(case, error))
    except GatewayError as error:
        return Nested(report=_unanswered(case, error))
    return await _judged(case, opened, reader)


async def _opened(case: Case, endorsement: Endorsement) -> Opened:
    """The endorsement as an opened document.

    Raises:
        AdapterError: It cannot be opened, or its address says that it is gone.
        Unreachable: Its address did not answer.
    """
    if endorsement.document is not None:
        body = msgspec.json.encode(endorsement.document)
        return Opened(received=body, carrier=Carrier.JSON, payload=body, document=endorsement.document)
    opened = open_bytes((endorsement.token or endorsement.url or "").encode())
    if isinstance(opened, Elsewhere):
        answer = await case.web(opened.url, accept=ACCEPT, fresh=True)
        if answer.status == GONE:
            raise Revoked(f"{opened.url}: gone (410)")
        opened = await asyncio.to_thread(open_bytes, answer.body)
    if not isinstance(opened, Opened):
        raise Malformed("only names another address")
    return opened


async def _judged(case: Case, opened: Opened, reader: Reader) -> Nested:
    async def fresh(url: str) -> Fetched:
        # Of what is hosted the host decides now; a remembered answer would hide that it took it back.
        return await case.web(url, accept=ACCEPT, fresh=True)

    try:
        served = await references(reader, opened, fresh)
        reading = await asyncio.to_thread(reader.read, opened, known(served))
        if isinstance(reading.securing, Hosted):
            served |= {reading.securing.url: await answer_of(reading.securing.url, fresh)}
            reading = await asyncio.to_thread(reader.read, opened, known(served))
    except AdapterError as error:
        return Nested(report=_unread(case, error), opened=opened)
    except GatewayError as error:
        return Nested(report=_unanswered(case, error), opened=opened)
    subject = msgspec.structs.replace(
        case.subject,
        opened=opened,
        reading=reading,
        served=served,
        expected_recipient=(),
        structure=Structure.FAST,
    )
    return Nested(report=await case.examine(subject, case.web, case.depth + 1), opened=opened, reading=reading)


def _too_many(case: Case) -> Nested | None:
    """Count one more; or say why it is not looked at."""
    case.web.nested += 1
    if case.depth >= MAX_DEPTH:
        why = f"stands {case.depth + 1} credentials deep, and no more than {MAX_DEPTH} are followed"
    elif case.web.nested > MAX_NESTED:
        why = f"is beyond the {MAX_NESTED} further credentials that one verification looks at"
    else:
        return None
    return Nested(report=_of_one(case, Check("proof", Outcome.UNKNOWN, f"was not looked at: {why}")))


def _unread(case: Case, error: AdapterError) -> Report:
    """What could not be read failed; or is unknown when a part of it was missing."""
    if isinstance(error, ReferenceMissing):
        return _of_one(case, Check("shape", Outcome.UNKNOWN, str(error), error.fix))
    name = "status" if isinstance(error, Revoked) else "shape"
    return _of_one(case, Check(name, Outcome.FAILED, str(error), error.fix))


def _unanswered(case: Case, error: GatewayError) -> Report:
    """What could not be had, or not be looked at, says nothing of what led to it."""
    return _of_one(case, Check("proof", Outcome.UNKNOWN, error.reason, error.fix))


def _of_one(case: Case, check: Check) -> Report:
    return Report(checks=(check,), at=case.subject.now, demanded=("proof",))
