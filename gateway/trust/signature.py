"""What was found about one signature: is it right, whose key made it, and what does it leave uncovered?"""

from collections.abc import Mapping

import msgspec

from gateway.proofs.findings import Finding
from gateway.proofs.jades_report import SealSignature
from gateway.trust.keys import Found
from gateway.trust.report import Outcome

NO_KEY = Found(key=None, authority=Outcome.UNKNOWN, detail="no key was looked for")


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature, examined.

    Attributes:
        name: How to speak of it: ``the JWS``, ``proof 2``.
        verdict: PASSED when this key signed these bytes; NOTED for a kind that is not checked here.
        detail: Why, for a person.
        found: The key, and what ties it to the issuer.
        remark: What a reader should know of a signature that is right; "" when there is nothing.
        claims_issuer: It names a key of the issuer's, so it must be right.
        contexts: Context URL -> name of the body under which it is right (Data Integrity).
        uncovered: What the document says beyond what was signed, under those bodies.
        seal: All that is known of a seal (JAdES).
    """

    name: str
    verdict: Outcome
    detail: str
    fix: str = ""
    remark: str = ""
    found: Found = NO_KEY
    claims_issuer: bool = True
    contexts: Mapping[str, str] = {}
    uncovered: tuple[Finding, ...] = ()
    seal: SealSignature | None = None

    @property
    def is_the_issuers(self) -> bool:
        """Right, and by a key that the issuer itself names."""
        return self.verdict is Outcome.PASSED and self.found.authority is Outcome.PASSED
