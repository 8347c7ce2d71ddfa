"""Check `validity-period`: is now between the dates that the document states?"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.securing import VcJwt
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome

SKEW = dt.timedelta(seconds=60)
"""How far an issuer's clock may be ahead of ours."""


class _Date(msgspec.Struct, frozen=True):
    place: str
    at: dt.datetime


class _Period(msgspec.Struct, frozen=True):
    starts: _Date | None
    ends: _Date | None


async def validity_period(case: Case) -> Check:
    """Judge every period that the document states: of each credential in it, and of the token round it.

    Source: Open Badges 3.0 section 9 step 4; RFC 7519 sections 4.1.4 and 4.1.5; Open Badges 2.0 ``issuedOn``,
    ``expires``.
    """
    periods = (*_of_credentials(case.subject.reading), *_of_token(case.subject.reading, case.subject.opened.document))
    dates = [date for period in periods for date in (period.starts, period.ends) if date]
    looked_at = tuple(f"{date.place} {date.at.isoformat()}" for date in dates)
    for period in periods:
        if fault := _fault(period, case.subject.now):
            return Check("validity-period", Outcome.FAILED, *fault, looked_at)
    if not dates:
        return Check("validity-period", Outcome.NOTED, "states neither when it begins nor when it ends")
    ends = [date.at for date in dates if any(date is period.ends for period in periods)]
    until = f"until {min(ends).isoformat()}" if ends else "without end"
    return Check("validity-period", Outcome.PASSED, f"valid now and {until}", looked_at=looked_at)


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


def _of_credentials(reading: Reading) -> Iterator[_Period]:
    for index, credential in enumerate(reading.credentials):
        starts = "valid_from" if credential.valid_from else "awarded"
        yield _Period(
            _date(reading, f"/{index}/{starts}", credential.valid_from or credential.awarded),
            _date(reading, f"/{index}/valid_until", credential.valid_until),
        )


def _date(reading: Reading, pointer: str, at: dt.datetime | None) -> _Date | None:
    """Name a date by its place in the document that its issuer wrote."""
    return None if at is None else _Date(reading.origins.get(pointer, pointer), at)


def _of_token(reading: Reading, payload: dict[str, Any]) -> Iterator[_Period]:
    if isinstance(reading.securing, VcJwt):
        yield _Period(_numeric_date(payload, "nbf"), _numeric_date(payload, "exp"))


def _numeric_date(payload: dict[str, Any], claim: str) -> _Date | None:
    """Read a NumericDate; what is none of the kind is a fault that the check `claims` reports."""
    seconds = payload.get(claim)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return _Date(claim, dt.datetime.fromtimestamp(seconds, dt.UTC))
    except (ValueError, OverflowError, OSError):
        return None
