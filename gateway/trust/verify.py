"""Run every check over one document; nothing stops early."""

from adapters.hub.securing import Jades, SdJwt
from gateway.trust.case import Case
from gateway.trust.checks import asked, demanded
from gateway.trust.guard import answered
from gateway.trust.proof_jades import seal_signatures
from gateway.trust.proof_sd_jwt import sd_jwt_signature
from gateway.trust.remedies import mended
from gateway.trust.report import Report, shortened
from gateway.trust.signatures import signatures
from gateway.trust.subject import OneWeb
from gateway.trust.subject import Subject as Subject


async def verify(subject: Subject) -> Report:
    """Judge one document; whatever is wrong with it stands in the report, which also says what was demanded."""
    return await examine(subject, OneWeb(subject.fetch, subject.served), 0)


async def examine(subject: Subject, web: OneWeb, depth: int) -> Report:
    """The same for a document so deep inside a verification, under the one web of it all."""
    reading = subject.reading
    allowance = web.support if depth else web.allowance
    if isinstance(reading.securing, Jades):
        found = await seal_signatures(web, subject, reading.securing)
    elif isinstance(reading.securing, SdJwt):
        token = reading.securing.token
        found = (await sd_jwt_signature(web, subject.now, token, reading.issuer_id, subject.anchors),)
    else:
        found = await signatures(web, subject.now, reading.securing, reading.issuer_id, allowance)
    case = Case(subject, web, examine, found, depth)
    checks = [await mended(await answered(name, check(case), web), case) for name, check in asked(subject)]
    return Report(
        checks=tuple(map(shortened, checks)),
        at=subject.now,
        demanded=demanded(reading, recipient_expected=bool(subject.expected_recipient)),
    )
