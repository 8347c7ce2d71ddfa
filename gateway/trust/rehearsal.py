"""Judge what is about to be sealed: by every check that no signature decides."""

from typing import Final

from gateway.trust.case import Case
from gateway.trust.checks import asked
from gateway.trust.guard import answered
from gateway.trust.remedies import mended
from gateway.trust.report import Outcome, Report, shortened
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb, Subject
from gateway.trust.verify import examine

OF_SIGNATURES: Final = frozenset({"proof", "certificate", "issuer"})
"""What only a signature answers, and the key that made it."""

OF_THE_WEB: Final = frozenset(
    {"hosted-scope", "refresh", "status", "shacl", "related-resources", "endorsements", "accreditation"}
)
"""What others serve, or say, beside the document; and the official shapes, which take a second."""

_TO_COME: Final = Signature(name="the seal", verdict=Outcome.PASSED, detail="is still to be made")


async def rehearsed(subject: Subject, *, alone: bool = False) -> Report:
    """Judge a document as if its signature were right; nothing is demanded of the report beyond these checks.

    Args:
        alone: Whether only the document itself is judged: nobody is asked for anything.
    """
    left_out = OF_SIGNATURES | OF_THE_WEB if alone else OF_SIGNATURES
    web = OneWeb(subject.fetch, subject.served)
    case = Case(subject, web, examine, (_TO_COME,))
    questions = [(name, check) for name, check in asked(subject) if name not in left_out]
    checks = [await mended(await answered(name, check(case), web), case) for name, check in questions]
    return Report(checks=tuple(map(shortened, checks)), at=subject.now, demanded=("shape",))
