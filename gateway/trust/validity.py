"""Check `validity-period`: is now between the dates that the document states?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.errors import Malformed
from adapters.hub.securing import Jws, SdJwt, VcJwt
from gateway.proofs.timestamps import instant
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.subject import as_issued

SKEW = dt.timedelta(seconds=60)
"""How far an issuer's clock may be ahead of ours."""

_PERIODS = (("validFrom", "validUntil"), ("issuanceDate", "expirationDate"))
_SEALED = "issued"
"""When a European Digital Credential says that it was sealed."""


class _Date(msgspec.Struct, frozen=True):
    place: str
    at: dt.datetime


class _Period(msgspec.Struct, frozen=True):
    starts: _Date | None
    ends: _Date | None


async def validity_period(case: Case) -> Check:
    """Judge every period that the document states: of each credential in it, of either data model, and of the token.

    Raises:
        AdapterError: A date cannot be read; an end that nobody can read is no end that can be relied on.

    Source: Open Badges 3.0 section 9 step 4; RFC 7519 sections 4.1.4 to 4.1.6; Open Badges 2.0 ``issuedOn``,
    ``expires``.
    """
    reading, now = case.subject.reading, case.subject.now
    stated = (*_of_credentials(reading), *_of_endorsement(reading), *_of_document(*as_issued(reading)))
    if reading.format is Format.ELM_3:
        stated = (*stated, *_of_elm(reading.document))
    periods = (*stated, *_of_token(_claims(reading)))
    dates = {date.place: date for period in periods for date in (period.starts, period.ends) if date}
    looked_at = tuple(f"{date.place} {date.at.isoformat()}" for date in dates.values())
    for period in periods:
        if fault := _fault(period, now):
            return Check("validity-period", Outcome.FAILED, *fault, looked_at)
    for awarded in _awarded(reading):
        if awarded.at > now + SKEW:
            detail = f"valid now, though {awarded.place} is {awarded.at.isoformat()}"
            fix = f"Correct {awarded.place}: nothing is awarded before its day."
            return Check("validity-period", Outcome.NOTED, detail, fix, looked_at)
    if not dates:
        return Check("validity-period", Outcome.NOTED, "states neither when it begins nor when it ends")
    ends = [period.ends.at for period in periods if period.ends]
    until = f"until {min(ends).isoformat()}" if ends else "without end"
    return Check("validity-period", Outcome.PASSED, f"valid now and {until}", looked_at=looked_at)


def untimely(document: Mapping[str, Any], claims: Mapping[str, Any], now: dt.datetime) -> str:
    """Say why a secured document, such as a status list, is not valid now, "" when it is.

    Args:
        document: A credential of either data model.
        claims: Of the token round it, empty for none.
        now: Of this verification.

    Raises:
        AdapterError: A date cannot be read.
    """
    for period in (*_of_document(document, ""), *_of_token(claims)):
        if fault := _fault(period, now):
            return fault[0]
    return ""


def lasts_until(document: Mapping[str, Any], claims: Mapping[str, Any]) -> dt.datetime | None:
    """Return the first end that a secured document states, None when it states none; arguments as for `untimely`.

    Raises:
        AdapterError: A date cannot be read.
    """
    periods = (*_of_document(document, ""), *_of_token(claims))
    return min((period.ends.at for period in periods if period.ends), default=None)


def last_start(document: Mapping[str, Any], claims: Mapping[str, Any]) -> dt.datetime | None:
    """Return the latest of the dates from which a secured document says it holds; the like of `lasts_until`."""
    periods = (*_of_document(document, ""), *_of_token(claims))
    return max((period.starts.at for period in periods if period.starts), default=None)


def _fault(period: _Period, now: dt.datetime) -> tuple[str, str] | None:
    """What is wrong with a period, and the fix."""
    starts, ends = period.starts, period.ends
    if starts and ends and ends.at < starts.at:
        return f"{ends.place} ({ends.at.isoformat()}) is before {starts.place} ({starts.at.isoformat()})", (
            f"Correct {ends.place} or {starts.place} and issue it again."
        )
    if ends and ends.at <= now:
        return f"expired: {ends.place} is {ends.at.isoformat()}", "Issue it anew if it is still deserved."
    if starts and starts.at > now + SKEW:
        return f"not valid yet: {starts.place} is {starts.at.isoformat()}", (
            f"Wait until then, or issue it with a {starts.place} that is not in the future."
        )
    return None


def _of_elm(document: Mapping[str, Any]) -> Iterator[_Period]:
    """What only ELM dates.

    Raises:
        Malformed: No date-time with a zone, or two ends: readers know one member or the other, and so two ends.
    """
    yield _Period(_stated(document, _SEALED, ""), None)
    ends = [_stated(document, name, "") for name in ("validUntil", "expirationDate")]
    if len({end.at for end in ends if end}) > 1:
        raise Malformed(
            "validUntil and expirationDate differ", pointer="/expirationDate", fix="Write the same end in both."
        )


def _of_credentials(reading: Reading) -> Iterator[_Period]:
    for index, credential in enumerate(reading.credentials):
        starts = "valid_from" if credential.valid_from else "awarded"
        yield _Period(
            _date(reading, f"/{index}/{starts}", credential.valid_from or credential.awarded),
            _date(reading, f"/{index}/valid_until", credential.valid_until),
        )


def _of_endorsement(reading: Reading) -> Iterator[_Period]:
    """Open Badges 2.0 dates an Endorsement by ``issuedOn``; whether that is a date at all, `shape` judges."""
    if reading.about and "credentialSubject" not in reading.document:
        moment = instant(reading.document.get("issuedOn"))
        yield _Period(_Date("/issuedOn", moment) if moment else None, None)


def _awarded(reading: Reading) -> Iterator[_Date]:
    for index, credential in enumerate(reading.credentials):
        if date := _date(reading, f"/{index}/awarded", credential.awarded):
            yield date


def _date(reading: Reading, pointer: str, at: dt.datetime | None) -> _Date | None:
    """Name a date by its place in the document that its issuer wrote."""
    return None if at is None else _Date(reading.origins.get(pointer, pointer), at)


def _of_document(document: Mapping[str, Any], at: str) -> Iterator[_Period]:
    """The dates of both data models, whichever it follows: one that a reader passes over still binds.

    Raises:
        Malformed: One of them is no date-time with a zone.
    """
    for starts, ends in _PERIODS:
        yield _Period(_stated(document, starts, at), _stated(document, ends, at))


def _stated(document: Mapping[str, Any], member: str, at: str) -> _Date | None:
    if member not in document:
        return None
    moment = instant(document[member])
    if moment is None:
        raise Malformed(f"{at}/{member} is not a date-time with a zone")
    return _Date(f"{at}/{member}", moment)


def _claims(reading: Reading) -> Mapping[str, Any]:
    """The claims of the token; what Open Badges 2.0 signs is a token's payload too, so its claims bind there."""
    return reading.document if isinstance(reading.securing, VcJwt | Jws | SdJwt) else {}


def _of_token(claims: Mapping[str, Any]) -> Iterator[_Period]:
    yield _Period(_numeric_date(claims, "nbf"), _numeric_date(claims, "exp"))
    yield _Period(_numeric_date(claims, "iat"), None)


def _numeric_date(claims: Mapping[str, Any], claim: str) -> _Date | None:
    """Read a NumericDate; what is none of the kind is a fault that the check `claims` reports."""
    seconds = claims.get(claim)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return _Date(claim, dt.datetime.fromtimestamp(seconds, dt.UTC))
    except (ValueError, OverflowError, OSError):
        return None
