"""What each check is given: the subject, its web, and its signatures, examined once for all checks."""

import msgspec

from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb, Subject


class Case(msgspec.Struct, frozen=True):
    """One verification under way.

    Attributes:
        signatures: In the document's order; empty for what is hosted or not secured at all.
    """

    subject: Subject
    web: OneWeb
    signatures: tuple[Signature, ...] = ()
