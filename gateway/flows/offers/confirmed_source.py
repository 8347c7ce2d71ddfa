"""The verified source of a record: as it was found a while ago, or verified again when that is too long ago."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import detect
from gateway.apart import apart
from gateway.errors import GatewayError, Unreachable
from gateway.flows.convert import NotTrusted
from gateway.flows.receive import Received
from gateway.flows.verdict import Verdict, ends
from gateway.flows.verify import Verified, Verify
from gateway.ports import Clock
from gateway.ports.trials import acting_for
from gateway.ports.watches import WatchedSources
from gateway.records import Record, Source
from gateway.records.watches import Standing, confirmed
from gateway.trust.checks import demanded
from gateway.trust.policy import Verdict as Ruling
from gateway.trust.policy import decide
from gateway.trust.report import Outcome, Report


class NotYet(GatewayError):
    """Whether the source still holds cannot be found out at this moment; later it may."""

    code = "not-yet"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(
            f"whether the badge that this is made of still holds cannot be found out now: {'; '.join(reasons)}",
            fix="try again in a few minutes",
        )


@dataclass(frozen=True, slots=True)
class ConfirmSource:
    """A record with a source to that source, verified no longer ago than ``patience``.

    Attributes:
        patience: How old the last confirmation may be: a whole verification, or a look at the place where the source
            could be taken back (see `gateway.flows.watch`). One that says that it is yet to come is none.
    """

    clock: Clock
    verify: Verify
    sources: WatchedSources
    patience: dt.timedelta

    async def __call__(self, record: Record, source: Source) -> Verified:
        """Return it with its report.

        Raises:
            NotTrusted: It was verified again, and a check failed.
            NotYet: It had to be, and a check could not be made.
        """
        known = await self._known(record, source)
        if known is not None:
            return known
        try:
            with acting_for(record.platform):
                verified = await self.verify(source.received, source.url)
        except Unreachable as error:
            raise NotYet((error.reason,)) from error
        decision = decide(verified.report)
        if decision.verdict is Ruling.REFUSE:
            if verified.report.outcome is Outcome.UNKNOWN:
                raise NotYet(decision.reasons)
            raise NotTrusted(decision, verified.report)
        return verified

    async def _known(self, record: Record, source: Source) -> Verified | None:
        """What was found before, unless it is too old, or anything speaks against it."""
        now = self.clock()
        verdict = msgspec.json.decode(source.report, type=Verdict)
        watched = await self.sources.find(record.platform, record.id)
        if verdict.outcome is not Outcome.PASSED or watched is None or watched[0].standing is not Standing.STANDS:
            return None
        looks = [at for at in (verdict.at, confirmed(*watched)) if at <= now]
        if not looks or now - max(looks) > self.patience:
            return None
        verified = await apart(len(source.received), as_found, source, verdict)
        if verified is None or verified.received.reading is None:
            return None
        last = ends(verified.received.reading)
        over = last is not None and last <= now
        return None if over or decide(verified.report).verdict is Ruling.REFUSE else verified


def as_found(source: Source, verdict: Verdict) -> Verified | None:
    """The source read again from what is kept of it, with the checks that were made; None where that does not do."""
    try:
        opened = open_bytes(source.received)
        if not isinstance(opened, Opened):
            return None
        opened = opened.fetched_from(source.url)
        adapter, recognition = detect(opened)
        reading = adapter.read(opened, source.known)
    except AdapterError:
        return None
    report = Report(checks=verdict.checks, at=verdict.at, demanded=demanded(reading, recipient_expected=False))
    received = Received(opened, recognition, {}, source.url, reading, None, source.sha256)
    return Verified(received, report)
