"""Check `key-binding`: did the holder, to whose key an SD-JWT is bound, make this presentation?"""

import datetime as dt

from adapters.hub.securing import SdJwt
from gateway.apart import apart
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.sd_jwt_vc import KeyBinding
from gateway.proofs.sd_jwt_vc import key_binding as binding_of
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.status_meaning import shown
from gateway.trust.subject import Asked
from gateway.trust.validity import SKEW

NAME = "key-binding"


async def key_binding(case: Case) -> Check:
    """Judge the holder's JWT of an SD-JWT, where there is one.

    Whether it was made for whom it is shown to, and now, only the one who asked the holder knows: then both are
    compared, and otherwise said. A credential that is bound to a key and comes without the holder's JWT is what its
    issuer gave the holder: it says of whom it speaks, not who sent it.

    Source: RFC 9901 section 7.3.
    """
    securing, asked = case.subject.reading.securing, case.subject.asked_holder
    if not isinstance(securing, SdJwt):
        return Check(NAME, Outcome.SKIPPED, "is no SD-JWT")
    if not securing.key_binding:
        return _unshown(securing, asked)
    try:
        found = await apart(len(securing.presented), binding_of, securing)
    except KeyUnusable as error:
        return Check(NAME, Outcome.UNKNOWN, f"the holder's key cannot be used: {error.reason}", error.fix)
    return _judged(found, asked, case.subject.now)


def _unshown(securing: SdJwt, asked: Asked | None) -> Check:
    if asked is not None:
        fix = f"The holder presents it with a JWT of its own, for {asked.audience}."
        return Check(NAME, Outcome.FAILED, "comes without the holder's JWT, which was asked for", fix)
    if "cnf" in securing.document:
        return Check(NAME, Outcome.NOTED, "is bound to a key, and nothing shows that its holder sent it")
    return Check(NAME, Outcome.SKIPPED, "is bound to no key")


def _judged(found: KeyBinding, asked: Asked | None, now: dt.datetime) -> Check:
    made = f"made for {shown(found.audience)} at {found.issued.isoformat()}"
    if found.issued > now + SKEW:
        fix = "The holder sets its clock, and presents it anew."
        return Check(NAME, Outcome.FAILED, f"the holder's JWT is {made}, which is still to come", fix)
    if asked is None:
        return Check(NAME, Outcome.NOTED, f"the holder's key signed it, {made}; nobody here knows whether this is it")
    if (found.audience, found.nonce) != (asked.audience, asked.nonce):
        fix = f"The holder presents it for {asked.audience}, with the nonce that it was given."
        return Check(NAME, Outcome.FAILED, f"the holder's JWT is {made}, or with another nonce", fix)
    return Check(NAME, Outcome.PASSED, f"the holder's key signed it, {made}")
