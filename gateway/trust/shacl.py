"""Check `shacl`: does the document conform to the official shapes of its profile?"""

from typing import Any, Final  # Any: members of JSON objects

from gateway.apart import apart
from gateway.trust.case import Case
from gateway.trust.elm_rdf import elm_rdf
from gateway.trust.report import Check, Outcome
from gateway.trust.served import listed
from gateway.trust.shacl_messages import Judged
from gateway.trust.shapes import PROCESSES

NAME: Final = "shacl"
SETTING: Final = "GATEWAY_SHACL_SHAPES"

_SHOWN: Final = 5
_CONFIGURE: Final = f"Set {SETTING} to a folder with the official shapes (EDC-*.ttl), and install the extra shacl."


async def shacl(case: Case) -> Check:
    """Hold the RDF of the document against the shapes of the profiles that it names, in another process.

    The shapes have holes, which the checks `shape`, `vocabulary` and `context` close: so this can only take away.

    Raises:
        ShapesUnavailable, BudgetExceeded: It could not be done.

    Source: ELM 3.1 or 3.2, application profile EDC; SHACL (W3C).
    """
    shapes, document = case.subject.shapes, case.subject.reading.document
    if shapes is None:
        return Check(NAME, Outcome.UNKNOWN, "no shapes are configured here", _CONFIGURE)
    files = shapes.files(_profiles(document))
    found = await apart(len(case.subject.opened.payload), elm_rdf, document, shapes.version)
    judged = await PROCESSES.judged(found.made.ntriples, shapes, files)
    looked_at = tuple(f"{name} (ELM {shapes.version})" for name in files)
    if judged.conforms and not found.holds_a_credential:
        detail = "conforms, but nothing in it is a EuropeanDigitalCredential"
        return Check(NAME, Outcome.FAILED, detail, looked_at=looked_at)
    if judged.conforms:
        return Check(NAME, Outcome.PASSED, f"conforms to the shapes of ELM {shapes.version}", looked_at=looked_at)
    return Check(NAME, Outcome.FAILED, _said(judged), "Correct what the shapes name, and seal it again.", looked_at)


def _profiles(document: dict[str, Any]) -> tuple[str, ...]:
    named = [each.get("id") for each in listed(document.get("credentialSchema")) if isinstance(each, dict)]
    return tuple(profile for profile in named if isinstance(profile, str))


def _said(judged: Judged) -> str:
    shown = [f"{each.focus} {each.path}: {each.message}" for each in judged.violations[:_SHOWN]]
    more = [f"and {judged.count - _SHOWN} more"] if judged.count > _SHOWN else []
    return "; ".join([*shown, *more])
