"""What a seal round a credential of 150 kB costs: made, verified with structure and dates, and with its RDF."""

import json
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub.opened import Opened, open_bytes
from adapters.registry import detect
from gateway.proofs import jades
from gateway.trust.case import Case as Examined
from gateway.trust.checks import asked
from gateway.trust.guard import answered
from gateway.trust.proof_jades import seal_signatures
from gateway.trust.report import Outcome
from gateway.trust.subject import OneWeb, Subject
from gateway.trust.verify import examine
from tests.bench.measuring import Case
from tests.simulators import seals
from tests.simulators.clock import NOON
from tests.simulators.sealer import ISSUED, SimulatedSealer, credential, media
from tests.simulators.web import SimulatedWeb

LIMIT_US = 15_000.0
LIMIT_WITH_RDF_US = 30_000.0
SIZE_BYTES = 150_000
OUTCOMES = 60
_PICTURES = 2


def document() -> dict[str, Any]:
    """About 150 kB, as official samples are: most of it pictures, and some 400 statements."""
    made = credential()
    claim = made["credentialSubject"]["hasClaim"][0]
    claim["specifiedBy"] = {
        "id": "urn:epass:qualification:1",
        "type": "Qualification",
        "title": {"en": "Knots"},
        "learningOutcome": [
            {"id": f"urn:epass:learningOutcome:{number}", "type": "LearningOutcome", "title": {"en": f"Knot {number}"}}
            for number in range(OUTCOMES)
        ],
    }
    left = SIZE_BYTES - len(json.dumps(made))
    picture = "A" * (left // _PICTURES // 4 * 4)
    detail = made["displayParameter"]["individualDisplay"][0]["displayDetail"][0]
    detail["image"] = media("1", picture)
    made["issuer"]["logo"] = media("3", picture)
    return made


def cases() -> list[tuple[Case, float]]:
    """Each with the CPU time that it may take, in microseconds."""
    web = SimulatedWeb()
    sealer = SimulatedSealer(web)
    made = document()
    body = sealer.sealed(made)

    async def seal() -> None:
        header = jades.header("ES256", sealer.chain, "did:web:university.example#seal", ISSUED)
        signing_input = jades.signing_input(header, msgspec.json.encode(made))
        jades.assembled(signing_input, seals.signature(sealer.private, signing_input))

    async def without_rdf() -> None:
        subject = _subject(body, sealer)
        one_web = OneWeb(web, {})
        securing: Any = subject.reading.securing  # Any: a Jades, as it was sealed above
        found = await seal_signatures(one_web, subject, securing)
        case = Examined(subject, one_web, examine, found)
        checks = [await answered(name, check(case), one_web) for name, check in asked(subject) if name != "context"]
        _require(all(check.outcome in (Outcome.PASSED, Outcome.NOTED, Outcome.SKIPPED) for check in checks))

    async def with_rdf() -> None:
        report = await examine(_subject(body, sealer), OneWeb(web, {}), 0)
        _require(report.outcome is Outcome.PASSED)

    size = f"{len(body) // 1000} kB"
    return [
        (Case(f"seal ELM of {size}, ES256", seal), LIMIT_US),
        (Case(f"open, read, verify ELM of {size}: seal, structure, dates", without_rdf), LIMIT_US),
        (Case(f"the same and its RDF ({size})", with_rdf), LIMIT_WITH_RDF_US),
    ]


def _subject(body: bytes, sealer: SimulatedSealer) -> Subject:
    opened = open_bytes(body)
    if not isinstance(opened, Opened):
        raise TypeError("a sealed credential is no address")
    reading = detect(opened)[0].read(opened, {})
    return Subject(opened, reading, {}, fetch=sealer.web, now=NOON, anchors=sealer.anchors)


def _require(holds: bool) -> None:
    if not holds:
        raise RuntimeError("what is measured does not verify")
