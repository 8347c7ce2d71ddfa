"""A badge into its owner's hands: verified once, matched with the owner's addresses, kept exactly as it came."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.errors import AdapterError
from adapters.hub.opened import media_type
from adapters.hub.securing import Unsecured
from gateway.errors import GatewayError, NotFound, Refused
from gateway.flows.convert import Caller, Convert
from gateway.flows.inspect import title_of
from gateway.flows.match import matched, may_name_a_mailbox
from gateway.flows.prepare import target
from gateway.flows.verdict import ends, verdict
from gateway.flows.verify import Verified, Verify
from gateway.ports import Clock
from gateway.ports.holdings import NewHoldings
from gateway.ports.people import People
from gateway.records.holdings import Change, Holding, HoldingOutcome, Matched, Via
from gateway.records.people import PEOPLE, Person
from gateway.trust.report import Outcome, Report

_EARLIER = (Format.OPEN_BADGES_1, Format.OPEN_BADGES_2)
"""Formats of which a form in Open Badges 3.0 is made at once, for wallets."""

FORGED = frozenset({"shape", "proof", "issuer", "hosted-scope", "claims", "references", "context"})
FORGED |= {"vocabulary", "certificate", "provenance"}
"""Checks that tell a badge from a forgery. What fails another one (expired, revoked, suspended) once was a badge."""


class InvalidBadge(Refused):
    """The badge is not what it claims to be, so nobody holds it; ``report`` says which checks stood against it."""

    code = "invalid-badge"

    def __init__(self, report: Report) -> None:
        found = [check for check in report.checks if check.outcome is Outcome.FAILED and check.name in FORGED]
        super().__init__(
            "; ".join(f"{check.name} {check.outcome}: {check.detail}" for check in found) or "it carries no proof",
            fix=next((check.fix for check in found if check.fix), ""),
        )
        self.report = report


class RecipientMismatch(Refused):
    """The badge names somebody, and it is not the person who is to hold it."""

    code = "recipient-mismatch"

    def __init__(self) -> None:
        super().__init__(
            "the badge was awarded to an address that this person has not confirmed",
            fix="confirm the address that the badge was sent to, then send the badge again",
        )


class BackpackFull(Refused):
    """The person holds as many badges as anybody may."""

    code = "backpack-full"

    def __init__(self, at_most: int) -> None:
        super().__init__(f"a backpack holds at most {at_most} badges", fix="remove a badge that is not needed first")


class Held(msgspec.Struct, frozen=True):
    """What the person holds now, and what happened.

    Attributes:
        report: Of this very verification.
        unconverted: Code of the reason why it has no Open Badges 3.0 form, "" when it has or needs none.
    """

    holding: Holding
    change: Change
    report: Report
    unconverted: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Received bytes and a person to what the person holds."""

    clock: Clock
    verify: Verify
    convert: Convert
    people: People
    holdings: NewHoldings
    new_id: Callable[[], str]
    at_most: int

    async def __call__(self, received: bytes, person: str, via: Via, url: str = "") -> Held:
        """Verify a badge once and keep its exact bytes; an Open Badges 2.0 badge that passed is converted to 3.0, too.

        What is expired, revoked or suspended is held, and so is what could not be found out: the outcome says so. A
        badge whose parts cannot be had is no badge yet, so it is refused with the reason why it cannot be read.

        Args:
            received: The badge, or its address.
            person: Id of somebody of the tenant ``people``.
            url: Where the bytes came from, if from anywhere.

        Raises:
            AdapterError: It cannot be read.
            InvalidBadge: It is forged or broken.
            RecipientMismatch: It was awarded to somebody else.
            BackpackFull: It is new, and the person holds enough. Of many at once, some may still find room.
            Unreachable: It is only an address, and nothing could be fetched from there.
            NotFound: There is no such person.
        """
        owner = await self.people.find(PEOPLE, person)
        if owner is None:
            raise NotFound("there is no such person")
        verified = await self.verify(received, url)
        reading = _genuine(verified)
        recipient = _recipient(reading, owner)
        holding = self._holding(verified, reading, recipient, person, via)
        if not await self.holdings.has_room(holding, self.at_most):
            raise BackpackFull(self.at_most)
        record, unconverted = await self._converted(verified, reading, person)
        kept, change = await self.holdings.put(msgspec.structs.replace(holding, record=record))
        return Held(kept, change, verified.report, unconverted)

    async def _converted(self, verified: Verified, reading: Reading, person: str) -> tuple[str, str]:
        """Id of the record that holds its Open Badges 3.0 form, or the code of why there is none."""
        if reading.format not in _EARLIER or verified.report.outcome is not Outcome.PASSED:
            return "", ""
        try:
            made = await self.convert(verified, "", (target(Format.OPEN_BADGES_3),), Caller(PEOPLE, person))
        except (AdapterError, GatewayError) as error:
            return "", error.code
        return made.record.id, ""

    def _holding(self, verified: Verified, reading: Reading, matched: Matched, person: str, via: Via) -> Holding:
        received, now = verified.received, self.clock()
        [credential, *_] = reading.credentials
        return Holding(
            id=self.new_id(),
            platform=PEOPLE,
            person=person,
            received=received.opened.received,
            media_type=media_type(received.opened.carrier),
            carrier=received.opened.carrier,
            format=reading.format,
            version=reading.version,
            securing=received.securing,
            title=title_of(credential.achievement.name),
            issuer=reading.issuer_id,
            credential=credential.id or "",
            url=received.url,
            outcome=HoldingOutcome(verified.report.outcome.value),
            matched=matched,
            via=via,
            report=msgspec.json.encode(verdict(reading, verified.report)),
            record="",
            valid_from=credential.valid_from if reading.format is Format.OPEN_BADGES_3 else None,
            created=now,
            updated=now,
            valid_until=ends(reading),
        )


def _genuine(verified: Verified) -> Reading:
    """The reading of a badge that is none of the things that nobody should hold."""
    received, report = verified.received, verified.report
    if received.reading is None:
        raise received.unread or InvalidBadge(report)
    failed = {check.name for check in report.checks if check.outcome is Outcome.FAILED}
    if failed & FORGED or isinstance(received.reading.securing, Unsecured):
        raise InvalidBadge(report)
    return received.reading


def _recipient(reading: Reading, owner: Person) -> Matched:
    """Which address of the owner the badge was awarded to.

    A badge that names nobody who can be compared (a DID, an account elsewhere, a name) is the owner's by their own
    word: wallets make such ids, and nobody else can say whose they are.

    Raises:
        RecipientMismatch: It names an e-mail address, whatever it calls it, or by a hash that may be of one, and none
            of the owner's.
    """
    recipients = [credential.recipient for credential in reading.credentials]
    for recipient in recipients:
        if found := matched(recipient, owner.addresses):
            form = f"hashed ({found.algorithm})" if found.hashed else "plain"
            return Matched(address=found.address.value, how=f"{form}, {found.spelling.value}")
    if any(map(may_name_a_mailbox, recipients)):
        raise RecipientMismatch
    return Matched(how="names nobody who can be compared")
