"""Is this what it claims to be? A report of every check, whatever the verdict."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing, Revoked
from adapters.registry import adapter_for
from gateway.errors import Unreachable
from gateway.flows.receive import Receive, Received
from gateway.flows.taken_back import TakenBack
from gateway.ports import Clock, Fetch
from gateway.ports.seals import OwnSeals
from gateway.ports.trials import TRIAL, Trial
from gateway.trust import remedies
from gateway.trust.anchors import NO_ANCHORS, Anchors
from gateway.trust.known_lists import KnownLists
from gateway.trust.remedies_of_keys import not_answered
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.shapes import Shapes
from gateway.trust.subject import Asked as Asked
from gateway.trust.subject import Structure as Structure
from gateway.trust.verify import Subject, verify


class Verified(msgspec.Struct, frozen=True):
    """One document and what its verification found."""

    received: Received
    report: Report


@dataclass(frozen=True, slots=True)
class Verify:
    """Bytes, or the address of bytes, to a report.

    Attributes:
        clock: Of whoever asks: in test mode it may be off.
        wall: The clock on the wall, where ``clock`` may be off.
        trusted_in_trial: Whose certificates a twin trusts besides, and nobody else.
        lists: What the process knows of status lists. Test mode neither reads it nor adds to it, and remembers nothing:
            what is proven in one twin may be so at another time or by its own test issuer alone.
        anchors: Whose certificates of seals the operator trusts.
        shapes: The official shapes of ELM, where the operator has them.
        judges_originals: Whether what a converted credential embeds is verified too.
        taken_back: Knows what we revoked that cannot say so itself.
        own_seals: Knows which seals are ours; without it a seal of ours under a did:key is a stranger's.
    """

    clock: Clock
    fetch: Fetch
    receive: Receive
    lists: KnownLists = field(default_factory=KnownLists)
    anchors: Anchors = NO_ANCHORS
    shapes: Shapes | None = None
    judges_originals: bool = True
    taken_back: TakenBack | None = None
    own_seals: OwnSeals | None = None
    wall: Clock | None = None
    trusted_in_trial: Callable[[str], Anchors] | None = None

    async def __call__(
        self,
        body: bytes,
        url: str = "",
        recipients: tuple[str, ...] = (),
        *,
        structure: Structure = Structure.FAST,
        asked_holder: Asked | None = None,
    ) -> Verified:
        """Verify one document.

        Args:
            recipients: E-mail addresses, DIDs or URLs that the badge is said to be for; each is tried.
            structure: Of a European Digital Credential: whether it is held against the official shapes as well.
            asked_holder: What the holder of an SD-JWT was asked for, who then has to answer it with a JWT of its own.

        Raises:
            AdapterError: The bytes cannot be opened, or no format recognises them.
            Unreachable: They only name an address, and it could not be fetched.
        """
        received = await self.receive(body, url)
        trial = TRIAL.get()
        now, wall = self.clock(), self.wall() if self.wall and trial and trial.offset else None
        if received.reading is None:
            problem = received.unread or Malformed("the document could not be read")
            return Verified(received, _dated(unreadable(problem, received, now), wall))
        subject = Subject(
            opened=received.opened,
            reading=received.reading,
            served=received.served,
            fetch=self.fetch,
            now=now,
            expected_recipient=recipients,
            lists=KnownLists() if trial else self.lists,
            structure=structure,
            anchors=self._anchors(trial),
            shapes=self.shapes,
            judges_originals=self.judges_originals,
            own_seals=self.own_seals,
            asked_holder=asked_holder,
            wall=wall,
        )
        report = _dated(await verify(subject), wall)
        own = await self.taken_back(received.reading) if self.taken_back else None
        return Verified(received, report if own is None else _with(report, own))

    def _anchors(self, trial: Trial | None) -> Anchors:
        if trial is None or self.trusted_in_trial is None:
            return self.anchors
        return Anchors((*self.anchors.certificates, *self.trusted_in_trial(trial.platform).certificates))


def _dated(report: Report, wall: dt.datetime | None) -> Report:
    """The report of a verification for another time than it is, dated by when it was made."""
    if wall is None:
        return report
    return msgspec.structs.replace(report, at=wall, judged_for=report.at)


def _with(report: Report, own: Check) -> Report:
    """The report with what we know ourselves in the place of what the document could say."""
    checks = tuple(own if check.name == own.name else check for check in report.checks)
    return msgspec.structs.replace(report, checks=checks)


def unreadable(problem: AdapterError, received: Received, now: dt.datetime) -> Report:
    """The report on a document that could not be read: failed, or unknown when a part of it was missing."""
    missing = isinstance(problem, ReferenceMissing)
    away = {url: str(answer) for url, answer in received.served.items() if isinstance(answer, Unreachable)}
    reasons = [why if why.startswith(url) else f"{url}: {why}" for url, why in away.items()]
    detail = "; ".join([str(problem), *reasons]) if missing else str(problem)
    adapter = adapter_for(received.recognition.format)
    steps = tuple(step for url in away for step in not_answered(url))
    check = Check(
        name="references" if missing else "status" if isinstance(problem, Revoked) else "shape",
        outcome=Outcome.UNKNOWN if missing else Outcome.FAILED,
        detail=detail,
        fix=problem.fix,
        looked_at=tuple(received.served),
        remedies=steps if missing else remedies.unreadable(problem, received.opened, adapter),
    )
    return Report(checks=(check,), at=now, demanded=("proof",))
