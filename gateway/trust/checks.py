"""The checks, in the order of Open Badges 3.0 section 9; all are always made."""

from collections.abc import Awaitable, Callable

from adapters.hub.contract import Reading
from adapters.hub.securing import DataIntegrity, Hosted, VcJwt
from gateway.trust.case import Case
from gateway.trust.claims import claims
from gateway.trust.context import context
from gateway.trust.endorsements import endorsements
from gateway.trust.hosted import hosted_scope
from gateway.trust.issuer import issuer
from gateway.trust.proof import proof
from gateway.trust.recipient import recipient
from gateway.trust.refresh import refresh
from gateway.trust.related_resources import related_resources
from gateway.trust.report import Check
from gateway.trust.schemas import schemas
from gateway.trust.shape import shape
from gateway.trust.status import status
from gateway.trust.validity import validity_period

CHECKS: tuple[tuple[str, Callable[[Case], Awaitable[Check]]], ...] = (
    ("shape", shape),  # 1
    ("schemas", schemas),
    ("proof", proof),  # 2
    ("issuer", issuer),
    ("context", context),
    ("claims", claims),
    ("hosted-scope", hosted_scope),
    ("refresh", refresh),  # 3
    ("status", status),  # 4
    ("validity-period", validity_period),
    ("recipient", recipient),  # 5
    ("related-resources", related_resources),
    ("endorsements", endorsements),  # 6
)

_ALWAYS = ("shape", "proof", "issuer", "validity-period")


def demanded(reading: Reading, *, recipient_expected: bool) -> tuple[str, ...]:
    """Name the checks that must find something good before anybody may rely on a document so secured."""
    names = list(_ALWAYS)
    match reading.securing:
        case DataIntegrity():
            names.append("context")
        case VcJwt():
            names.append("claims")
        case Hosted():
            names += ["hosted-scope", "status"]
        case _:
            pass
    if reading.status:
        names.append("status")
    if recipient_expected:
        names.append("recipient")
    return tuple(dict.fromkeys(names))
