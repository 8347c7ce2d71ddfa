"""What becomes of a check that could not be carried through: an answer like any other, never a crash."""

from collections.abc import Awaitable

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError, Unreachable
from gateway.proofs.errors import ProofError
from gateway.trust.report import Check, Outcome
from gateway.trust.subject import OneWeb

_SERVE = "Serve it over https with status 200, to everybody and without redirects to other hosts; then try again."


async def answered(name: str, question: Awaitable[Check], web: OneWeb) -> Check:
    """Return the answer, or why there is none and which addresses were asked.

    A proof or a document that breaks its rules FAILED; a document that could not be had, an unusable key, a store that
    does not answer leave it UNKNOWN.
    """
    before = len(web.asked)
    try:
        return await question
    except (ProofError, AdapterError) as error:
        outcome, reason, fix = Outcome.FAILED, error.reason, error.fix
    except Unreachable as error:
        outcome, reason, fix = Outcome.UNKNOWN, error.reason, error.fix or _SERVE
    except GatewayError as error:
        outcome, reason, fix = Outcome.UNKNOWN, error.reason, error.fix
    return Check(name, outcome, reason, fix, tuple(dict.fromkeys(web.asked[before:])))
