"""The checks, in the order of Open Badges 3.0 section 9; all that a format can need are always made."""

from collections.abc import Awaitable, Callable

from adapters.hub.contract import Format, Reading
from adapters.hub.securing import DataIntegrity, Hosted, Jades, SdJwt, VcJwt
from gateway.trust.accreditation import accreditation
from gateway.trust.case import Case
from gateway.trust.certificate import certificate
from gateway.trust.claims import claims
from gateway.trust.context import context
from gateway.trust.endorsements import endorsements
from gateway.trust.hosted import hosted_scope
from gateway.trust.issuer import issuer
from gateway.trust.key_binding import key_binding
from gateway.trust.proof import proof
from gateway.trust.provenance import provenance
from gateway.trust.recipient import recipient
from gateway.trust.refresh import refresh
from gateway.trust.related_resources import related_resources
from gateway.trust.report import Check
from gateway.trust.schemas import schemas
from gateway.trust.shacl import shacl
from gateway.trust.shape import shape
from gateway.trust.status import status
from gateway.trust.subject import Structure, Subject
from gateway.trust.validity import validity_period
from gateway.trust.vocabulary import vocabulary

Checks = tuple[tuple[str, Callable[[Case], Awaitable[Check]]], ...]
"""Each with its name."""

CHECKS: Checks = (
    ("shape", shape),  # 1
    ("vocabulary", vocabulary),
    ("schemas", schemas),
    ("shacl", shacl),
    ("proof", proof),  # 2
    ("certificate", certificate),
    ("issuer", issuer),
    ("context", context),
    ("claims", claims),
    ("key-binding", key_binding),
    ("hosted-scope", hosted_scope),
    ("refresh", refresh),  # 3
    ("status", status),  # 4
    ("validity-period", validity_period),
    ("recipient", recipient),  # 5
    ("related-resources", related_resources),
    ("endorsements", endorsements),  # 6
    ("accreditation", accreditation),
    ("provenance", provenance),
)
"""All of them, of all formats."""

OF_ELM = frozenset({"vocabulary", "shacl", "certificate", "accreditation", "provenance"})
"""Those that ask what only a European Digital Credential can answer."""

OF_SD_JWT = frozenset({"key-binding"})
"""The same of SD-JWTs."""

_NOT_OF_ELM = (
    frozenset({"schemas", "claims", "hosted-scope", "refresh", "related-resources", "endorsements"}) | OF_SD_JWT
)
_ALWAYS = ("shape", "proof", "issuer", "validity-period")


def asked(subject: Subject) -> Checks:
    """The checks that are made of a document: those of its format, and `shacl` for whom wants its full structure."""
    if subject.reading.format is not Format.ELM_3:
        others = OF_ELM if isinstance(subject.reading.securing, SdJwt) else OF_ELM | OF_SD_JWT
        return tuple(each for each in CHECKS if each[0] not in others)
    left_out = _NOT_OF_ELM if subject.structure is Structure.FULL else _NOT_OF_ELM | {"shacl"}
    return tuple(each for each in CHECKS if each[0] not in left_out)


def demanded(reading: Reading, *, recipient_expected: bool) -> tuple[str, ...]:
    """Name the checks that must find something good before anybody may rely on a document so secured."""
    names = list(_ALWAYS)
    match reading.securing:
        case DataIntegrity():
            names.append("context")
        case VcJwt():
            names.append("claims")
        case SdJwt():
            names += ["context", "claims"]
        case Jades():
            names += ["vocabulary", "certificate", "context"]
        case Hosted():
            names += ["hosted-scope", "status"]
        case _:
            pass
    if reading.status:
        names.append("status")
    if recipient_expected:
        names.append("recipient")
    return tuple(dict.fromkeys(names))
