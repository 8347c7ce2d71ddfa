"""A report as the list of checks that Europass shows: each a concept of the Commission's, and how it stands.

Europass knows three states, and this gateway more. What could not be found out is never "OK": of the seal it is an
error, because a seal that nobody vouches for proves nothing; of other checks it is "skipped", as of what was not done.
What is signed or hosted and not sealed has no seal that could be "OK": "skipped", in words of its own.
An accreditation that fits, and that nobody looked up in the database of the EU, is "skipped" as well.

Source: European Digital Credentials 2.x, ``VerificationCheck``; EU vocabularies ``verification`` and
``verification-status``.
"""

from enum import StrEnum

import msgspec

from gateway.trust.report import Check, Outcome, Report

_KIND = "http://data.europa.eu/snb/verification/"
_STATE = "http://data.europa.eu/snb/verification-status/"


class CheckKind(StrEnum):
    """What is asked, by the concept's address; in the order of Europass."""

    FORMAT = f"{_KIND}2f5b89b96f"
    SEAL = f"{_KIND}f9c2016fe9"
    OWNER = f"{_KIND}1faf8d450f"
    REVOCATION = f"{_KIND}271aef9eb4"
    EXPIRY = f"{_KIND}94d828f160"
    ACCREDITATION = f"{_KIND}e2bbc86a28"
    CUSTOM = f"{_KIND}c_50990fe3"


class CheckState(StrEnum):
    """What was found, by the concept's address."""

    OK = f"{_STATE}9895008394"
    ERROR = f"{_STATE}9d26eb9a37"
    SKIPPED = f"{_STATE}641f0c5e5d"


_OF = {
    CheckKind.FORMAT: frozenset({"shape", "vocabulary", "shacl", "context", "claims", "references"}),
    CheckKind.SEAL: frozenset({"proof", "issuer", "certificate", "hosted-scope"}),
    CheckKind.OWNER: frozenset({"recipient"}),
    CheckKind.REVOCATION: frozenset({"status"}),
    CheckKind.EXPIRY: frozenset({"validity-period"}),
    CheckKind.ACCREDITATION: frozenset({"accreditation"}),
}
"""Checks of ours by what Europass calls them; all others are ``CUSTOM``."""


class ListedCheck(msgspec.Struct, frozen=True):
    """One line of the list.

    Attributes:
        checks: Those of ours that it stands for.
        is_unknown: Whether one of them could not be made.
    """

    kind: CheckKind
    state: CheckState
    checks: tuple[Check, ...]

    @property
    def is_sealed(self) -> bool:
        """Whether there is a seal: a signature, or the host of a badge, is none."""
        return any(check.name == "certificate" and check.outcome is not Outcome.SKIPPED for check in self.checks)

    @property
    def is_hosted(self) -> bool:
        """Whether its issuer's host stands for it."""
        return any(check.name == "hosted-scope" and check.outcome is not Outcome.SKIPPED for check in self.checks)

    @property
    def is_unknown(self) -> bool:
        """Whether something could not be found out."""
        return any(check.outcome is Outcome.UNKNOWN for check in self.checks)


def check_list(report: Report) -> tuple[ListedCheck, ...]:
    """The list; ``CUSTOM`` is in it only when there is something to say."""
    named = frozenset().union(*_OF.values())
    listed = [
        _listed(kind, tuple(check for check in report.checks if check.name in names)) for kind, names in _OF.items()
    ]
    others = tuple(check for check in report.checks if check.name not in named and check.outcome is not Outcome.SKIPPED)
    return (*listed, *((_listed(CheckKind.CUSTOM, others),) if others else ()))


def _listed(kind: CheckKind, checks: tuple[Check, ...]) -> ListedCheck:
    listed = ListedCheck(kind, CheckState.SKIPPED, checks)
    return msgspec.structs.replace(listed, state=_state(listed))


def _state(listed: ListedCheck) -> CheckState:
    kind, checks = listed.kind, listed.checks
    found = {check.outcome for check in checks}
    if Outcome.FAILED in found:
        return CheckState.ERROR
    if kind is CheckKind.SEAL and checks and not _is_vouched(checks):
        return CheckState.ERROR
    if kind is CheckKind.SEAL and not listed.is_sealed:
        return CheckState.SKIPPED
    good = {Outcome.PASSED} if kind is CheckKind.ACCREDITATION else {Outcome.PASSED, Outcome.NOTED}
    if Outcome.UNKNOWN in found or not found & good:
        return CheckState.SKIPPED
    return CheckState.OK


def _is_vouched(checks: tuple[Check, ...]) -> bool:
    """Whether it is intact and somebody vouches for whose it is."""
    passed = {check.name for check in checks if check.outcome in (Outcome.PASSED, Outcome.NOTED)}
    return passed >= {"proof", "issuer"}
