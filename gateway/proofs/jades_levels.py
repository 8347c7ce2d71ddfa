"""Which level of the JAdES baseline a signature reaches, and why not the next.

Source: ETSI TS 119 182-1 V1.2.1 section 6.3, table 1.
"""

from typing import Final

from gateway.proofs import jades_header
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import ProofError
from gateway.proofs.jades_header import SealHeader
from gateway.proofs.jades_report import Level, Timestamp
from gateway.proofs.jades_unsigned import Added

_REFERENCES: Final = frozenset({"xRefs", "rRefs", "axRefs", "arRefs", "sigRTst", "rfsTst"})
_CERTIFICATES: Final = frozenset({"xVals", "axVals", "anyValData"})
_REVOCATION: Final = frozenset({"rVals", "arVals", "anyValData"})


def level(
    said: SealHeader, later: Added, leaf: Certificate, stamped: tuple[Timestamp, ...]
) -> tuple[Level, tuple[str, ...]]:
    """Return the level, and in words what keeps it from the next.

    A timestamp counts when it is good, whether its authority is trusted or not: that is told apart.
    """
    if said.deviations:
        return Level.NONE, tuple(f"no baseline: {deviation}" for deviation in said.deviations)
    if reason := _short_of_t(later, leaf, stamped):
        return Level.B, (f"no {Level.T}: {reason}",)
    if reason := _short_of_lt(later):
        return Level.T, (f"no {Level.LT}: {reason}",)
    if not any(one.member == "arcTst" and one.good for one in stamped):
        return Level.LT, (f"no {Level.LTA}: no good timestamp over all of it (arcTst)",)
    return Level.LTA, ()


def _short_of_t(later: Added, leaf: Certificate, stamped: tuple[Timestamp, ...]) -> str:
    good = [one.at for one in stamped if one.member == "sigTst" and one.good and one.at]
    if not good:
        return "no good timestamp of the signature (sigTst)"
    if min(good) > leaf.not_valid_after_utc:
        return "the signature was stamped only after the certificate had ended"
    for component in later.components:
        if component.name == "sigTst" and _count(component.value) != 1:
            return "a sigTst holds not exactly one token"
    return ""


def _short_of_lt(later: Added) -> str:
    names = later.names()
    if beyond := names & _REFERENCES:
        return f"{min(beyond)} is there, which the baseline does not have"
    if not names & _CERTIFICATES or not names & _REVOCATION:
        return "certificates (xVals) or revocation data (rVals) were not added"
    return ""


def _count(container: object) -> int:
    try:
        return len(jades_header.tokens(container))
    except ProofError:
        return 0
