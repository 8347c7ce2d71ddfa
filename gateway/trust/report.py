"""The outcome of verifying one credential: a report of named checks, never a bare yes or no."""

import datetime as dt
from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """What one check found.

    ``NOTED`` is a warning that blocks nothing. ``SKIPPED`` means "does not apply here" and never stands for "was not
    done". ``UNKNOWN`` means that we could not find out, and is never good enough to sign.
    """

    PASSED = "passed"
    NOTED = "noted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Mender(StrEnum):
    """Who can put right what a check found.

    ``issuer`` who issued the badge (or, of an endorsement, its author); ``holder`` who presents it; ``host`` whoever
    runs the server at the address named; ``reader`` who asked the gateway.
    """

    ISSUER = "issuer"
    HOLDER = "holder"
    HOST = "host"
    READER = "reader"


class Remedy(msgspec.Struct, frozen=True):
    """One change that would put right what a check found.

    Attributes:
        place: JSON Pointer into the document that was judged ("" for all of it), or the address of another one.
        expected: What should stand or happen there.
        example: Compact JSON of such a value; "" where it is not a value that has to change.
    """

    by: Mender
    place: str
    expected: str
    example: str = ""


class Check(msgspec.Struct, frozen=True, rename="camel"):
    """One question asked of a credential, and its answer.

    Attributes:
        name: Stable: ``shape``, ``proof``, ``issuer``, ``validity-period``, ``status``, ``recipient`` ...; or
            ``references``, alone, when a document that the badge consists of could not be had.
        detail: What was found, for a person.
        fix: What should change, in one sentence; "" when nothing is wrong. ``remedies`` say who and where.
        looked_at: Addresses, keys and list entries that the answer rests on.
        remedies: Who can mend what failed or stayed unknown, and how exactly; ``fix`` in single steps.
    """

    name: str
    outcome: Outcome
    detail: str = ""
    fix: str = ""
    looked_at: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()


class Revoked(Check, frozen=True):
    """FAILED because whoever may say so said that it was taken back: a bit, an entry, ``revoked``, 410.

    Every other FAILED or UNKNOWN says nothing of that. Only inside `gateway.trust`; a report holds plain checks.
    """


class Suspended(Check, frozen=True):
    """FAILED because its issuer suspended it, and may lift that again."""


class Replayed(Check, frozen=True):
    """Another version of a list was served than the newest one that is known: UNKNOWN, or FAILED where a bit is set."""


LONGEST = 2_000
"""Characters of one text in a report: a stranger's words are repeated as far as somebody may read them."""


def shortened(check: Check) -> Check:
    """The check without more of a stranger's words than a reader can use: an id may be a megabyte long."""
    remedies = tuple(
        Remedy(each.by, _short(each.place), _short(each.expected), each.example if len(each.example) <= LONGEST else "")
        for each in check.remedies
    )
    looked_at = tuple(map(_short, check.looked_at))
    return Check(check.name, check.outcome, _short(check.detail), _short(check.fix), looked_at, remedies)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


class Report(msgspec.Struct, frozen=True):
    """All checks of one verification, in the order they ran, judged at one instant.

    Attributes:
        at: When they were made, by the clock on the wall: all that is written down or signed is dated by it.
        demanded: Names of the checks that this kind of securing demands; one that is missing makes the report UNKNOWN.
        judged_for: The instant by which periods were judged, where a clock was set to another one; else None.
    """

    checks: tuple[Check, ...]
    at: dt.datetime
    demanded: tuple[str, ...] = ()
    judged_for: dt.datetime | None = None

    @property
    def outcome(self) -> Outcome:
        """FAILED beats UNKNOWN beats PASSED; an empty or incomplete report is UNKNOWN."""
        found = {check.outcome for check in self.checks}
        if Outcome.FAILED in found:
            return Outcome.FAILED
        done = {check.name for check in self.checks if check.outcome in (Outcome.PASSED, Outcome.NOTED)}
        if Outcome.UNKNOWN in found or not done or not done.issuperset(self.demanded):
            return Outcome.UNKNOWN
        return Outcome.PASSED
