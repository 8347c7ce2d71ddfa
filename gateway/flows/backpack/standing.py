"""How a badge that somebody holds stands now, as far as is known, and since when that is known."""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.flows.verdict import Verdict
from gateway.records import Instant
from gateway.records.holdings import Holding, HoldingOutcome
from gateway.records.watches import Seen as Look
from gateway.records.watches import SourceState, WatchedPlace, WatchedSource, confirmed, state
from gateway.trust.report import Outcome

SUSPENSION = "which its issuer may lift again"
"""Of the check ``status`` when the badge is suspended, not revoked."""

Watched = tuple[WatchedSource, WatchedPlace | None]


class Standing(StrEnum):
    """How a badge stands."""

    VALID = "valid"
    EXPIRED = "expired"
    EARLY = "early"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Stands(msgspec.Struct, frozen=True):
    """How a badge stands, and when that was found out.

    Attributes:
        at: When it was last looked at, by its owner or by the watch over what was made of it.
        confirmed: When it was last seen valid; None when that is not known, or is no news beside ``standing``.
    """

    standing: Standing
    at: Instant
    confirmed: Instant | None = None


def stands(holding: Holding, verdict: Verdict, watched: Watched | None, now: dt.datetime) -> Stands:
    """The worst that is known: what was taken back, before what ended, before what failed or could not be checked.

    Args:
        verdict: Of the latest verification of the badge itself.
        watched: What is known of it since a record was made of it, None where there is none.
    """
    at = max(verdict.at, _asked(watched) or verdict.at)
    taken_back = _taken_back(verdict, watched)
    if taken_back is not None:
        return Stands(taken_back, at)
    if holding.valid_until is not None and holding.valid_until <= now:
        return Stands(Standing.EXPIRED, at)
    if holding.outcome is not HoldingOutcome.PASSED:
        return _not_passed(holding, verdict, watched, now)
    found = state(*watched) if watched else SourceState.UNWATCHED
    if watched and found in (SourceState.MISSING, SourceState.UNREACHABLE) and at > verdict.at:
        return Stands(Standing.UNKNOWN, at, max(verdict.at, confirmed(*watched)))
    seen_valid = max(verdict.at, confirmed(*watched)) if watched else verdict.at
    return Stands(Standing.VALID, seen_valid)


def _asked(watched: Watched | None) -> dt.datetime | None:
    return watched[1].asked_at if watched and watched[1] else None


def _taken_back(verdict: Verdict, watched: Watched | None) -> Standing | None:
    """What its issuer decided: revoked is for good, suspended until the watch has seen it valid since."""
    found = state(*watched) if watched else SourceState.UNWATCHED
    said = [check.detail for check in verdict.checks if check.name == "status" and check.outcome is Outcome.FAILED]
    if found is SourceState.REVOKED or any(SUSPENSION not in detail for detail in said):
        return Standing.REVOKED
    if found is SourceState.SUSPENDED:
        return Standing.SUSPENDED
    lifted = watched and watched[0].seen is Look.VALID and confirmed(*watched) > verdict.at
    return Standing.SUSPENDED if said and not lifted else None


def _not_passed(holding: Holding, verdict: Verdict, watched: Watched | None, now: dt.datetime) -> Stands:
    """What the latest verification had against it, unless only time did that has come since."""
    failed = {check.name: check.detail for check in verdict.checks if check.outcome is Outcome.FAILED}
    failed.pop("status", None)
    period = failed.pop("validity-period", "")
    if failed:
        return Stands(Standing.FAILED, verdict.at)
    if period.startswith("not valid yet"):
        if holding.valid_from is None or holding.valid_from > now:
            return Stands(Standing.EARLY, verdict.at)
    elif period:
        return Stands(Standing.EXPIRED, verdict.at)
    if holding.outcome is HoldingOutcome.UNKNOWN or any(check.outcome is Outcome.UNKNOWN for check in verdict.checks):
        return Stands(Standing.UNKNOWN, verdict.at, confirmed(*watched) if watched else None)
    return Stands(Standing.VALID, max(verdict.at, confirmed(*watched)) if watched else verdict.at)
