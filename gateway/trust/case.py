"""What each check is given: the subject, its web, and its signatures, examined once for all checks."""

from collections.abc import Awaitable, Callable

import msgspec

from adapters.hub.securing import Hosted
from gateway.trust.report import Outcome, Report
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb, Subject

Examine = Callable[[Subject, OneWeb, int], Awaitable[Report]]
"""Makes every check over a subject, so deep inside a verification."""


class Case(msgspec.Struct, frozen=True):
    """One verification under way.

    Attributes:
        examine: For a credential that this one leads to, see `gateway.trust.nested`.
        signatures: In the document's order; empty for what is hosted or not secured at all.
        depth: 0 for what was received, 1 for what it leads to.
    """

    subject: Subject
    web: OneWeb
    examine: Examine
    signatures: tuple[Signature, ...] = ()
    depth: int = 0

    @property
    def vouched(self) -> bool:
        """Whether a signature is right, or a host is asked: only then is more fetched because the document says so."""
        right = any(signature.verdict is Outcome.PASSED for signature in self.signatures)
        return right or isinstance(self.subject.reading.securing, Hosted)
