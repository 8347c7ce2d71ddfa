"""Who can mend what a check found, and how: each failed or unknown check in steps that can be carried out.

Checks say what is wrong; this says it again for whoever has to act: which member, what should stand there, an example.
"""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping

import msgspec

from adapters.hub.contract import Adapter
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from adapters.hub.repair import compact
from adapters.hub.securing import Hosted, VcJwt
from adapters.registry import adapter_for
from gateway.proofs import jws, vc_jwt
from gateway.proofs.errors import ProofError
from gateway.proofs.findings import Kind
from gateway.trust.case import Case
from gateway.trust.remedies_of_keys import not_answered, of_issuer, of_proof
from gateway.trust.remedies_of_seals import of_certificate
from gateway.trust.report import Check, Mender, Outcome, Remedy
from gateway.trust.shape import that_run

MOST = 20
"""Of one check; the first ones are enough to begin with."""

_OF_FINDINGS = frozenset({"shape", "vocabulary"})
_A_YEAR = dt.timedelta(days=365)
_CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_UNCOVERED: Mapping[Kind, tuple[str, str]] = {
    Kind.UNDEFINED_TERM: ("a member that one of the published contexts defines, or none", ""),
    Kind.UNDEFINED_TYPE: ("a type that one of the published contexts defines", '"Achievement"'),
    Kind.RELATIVE_IRI: ("an id with a scheme", '"https://issuer.example/achievements/1"'),
    Kind.COMPACT_IRI: ("the address written out", '"https://issuer.example/achievements/1"'),
    Kind.BLANK_NODE_ID: ("an id that names the thing, or none", '"urn:uuid:1f6a0f3e-8a52-4c0b-9a51-0d6ad7a1f7c2"'),
    Kind.CONTEXT_ORDER: ("the published contexts, that of credentials first", compact(_CONTEXTS)),
    Kind.NESTED_CONTEXT: ("no context here: the one at the top counts", ""),
    Kind.WITHHELD: (
        "another proof of the issuer beside it, over all of the document",
        '{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"}',
    ),
    Kind.SPLIT_NODE: ("one description of each id, and mere references elsewhere", '{"id":"https://issuer.example"}'),
}

_Remedies = Iterator[Remedy]


async def mended(check: Check, case: Case) -> Check:
    """Return the check with its remedies: at least one when it failed or stayed unknown."""
    if check.outcome not in (Outcome.FAILED, Outcome.UNKNOWN) or check.remedies:
        return check
    if check.name in _OF_FINDINGS:
        found = await asyncio.to_thread(_of_findings, check.name, case)
    else:
        found = list(dict.fromkeys(_BY_CHECK.get(check.name, _nothing)(check, case)))
    if not found and check.outcome is Outcome.UNKNOWN and (address := case.web.unanswered(check.looked_at)):
        found = [*not_answered(address, check.fix)]
    return msgspec.structs.replace(check, remedies=tuple(found[:MOST]) or (_in_general(check),))


def unreadable(error: AdapterError, opened: Opened, adapter: Adapter) -> tuple[Remedy, ...]:
    """Return who can mend a document that could not be read at all."""
    repair = adapter.repair(opened)
    places = {each.pointer: each.now for each in repair.corrections}
    steps = [
        Remedy(Mender.ISSUER, each.pointer, f"{each.reason}. {each.fix}".strip(), each.example)
        for each in repair.lacking
    ]
    return (
        Remedy(Mender.ISSUER, error.pointer, error.fix or error.reason, places.get(error.pointer, "")),
        *(step for step in steps[: MOST - 1] if step.place != error.pointer),
    )


def _in_general(check: Check) -> Remedy:
    return Remedy(Mender.ISSUER, "", check.fix or f"something other than this: {check.detail}")


def _nothing(_check: Check, _case: Case) -> _Remedies:
    yield from ()


def _of_findings(name: str, case: Case) -> list[Remedy]:
    """Each broken rule, with the value that the corrected copy has there."""
    reading, opened = case.subject.reading, case.subject.opened
    examples: dict[str, str] = {}
    if case.depth == 0:
        repair = adapter_for(reading.format).repair(opened)
        examples = {each.pointer: each.example for each in repair.lacking}
        examples |= {each.pointer: each.now for each in repair.corrections}
    found = [*reading.findings, *that_run(reading.document)]
    return [
        Remedy(
            # What was sent may be less than what was issued.
            Mender.HOLDER if each.fix.startswith("Send ") else Mender.ISSUER,
            each.pointer,
            each.fix or each.reason,
            examples.get(each.pointer, ""),
        )
        for each in found
        if each.blocking and each.check == name
    ]


def _context(_check: Check, case: Case) -> _Remedies:
    for signature in case.signatures:
        for finding in signature.uncovered:
            expected, example = _UNCOVERED.get(
                finding.kind, (f"nothing that is only in the JSON: {finding.detail}", "")
            )
            yield Remedy(Mender.ISSUER, finding.pointer, expected, example)


def _claims(_check: Check, case: Case) -> _Remedies:
    """The value that each claim would have to have."""
    securing = case.subject.reading.securing
    if not isinstance(securing, VcJwt):
        return
    try:
        token = jws.parse(securing.token)
    except ProofError:
        return
    payload = json.loads(token.payload)
    inner = payload.get("vc", payload)
    try:
        right = vc_jwt.claims(inner) if isinstance(inner, dict) else {}
    except ValueError:
        right = {}
    for finding in vc_jwt.claim_findings(token.header, payload):
        if finding.severity is vc_jwt.Severity.ERROR:
            example = compact(right[finding.claim]) if finding.claim in right else ""
            yield Remedy(Mender.ISSUER, f"/{finding.claim}", finding.fix, example)


def _hosted_scope(check: Check, case: Case) -> _Remedies:
    securing, issuer = case.subject.reading.securing, case.subject.reading.issuer_id
    if check.fix and isinstance(securing, Hosted):
        prefix = securing.url.rpartition("/")[0] + "/"
        yield Remedy(Mender.ISSUER, issuer, check.fix, compact({"verification": {"startsWith": [prefix]}}))


def _status(check: Check, case: Case) -> _Remedies:
    for claim in case.subject.reading.status:
        if check.outcome is Outcome.FAILED:
            expected = check.fix or "nothing, if it was meant; if not, clear the entry and sign the list again"
            yield Remedy(Mender.ISSUER, claim.url or claim.pointer, expected)
        elif claim.url and case.web.unanswered([claim.url]):
            yield from not_answered(claim.url, check.fix)
        else:
            yield Remedy(Mender.ISSUER, claim.pointer, check.fix or f"an entry that can be looked up: {check.detail}")


def _validity(check: Check, case: Case) -> _Remedies:
    """The first date that the detail names; without it the dates have to be readable at all."""
    dates = [place.partition(" ")[0] for place in check.looked_at]
    named = next((date for date in dates if date and date in check.detail), "")
    place = named if named.startswith("/") or not named else f"/{named}"
    if "not valid yet" in check.detail:
        yield Remedy(Mender.HOLDER, place, "wait, and present it again from then on")
    expired = check.detail.startswith("expired")
    moment = case.subject.now.replace(microsecond=0) + (_A_YEAR if expired else dt.timedelta())
    seconds = place.strip("/") in ("nbf", "exp", "iat")
    example = compact(int(moment.timestamp()) if seconds else moment.isoformat().replace("+00:00", "Z"))
    expected = check.fix or "dates with a zone, the end after the beginning"
    # Of two dates that contradict each other nobody here knows which is wrong.
    yield Remedy(Mender.ISSUER, place, expected, example if expired or "not valid yet" in check.detail else "")


def _recipient(check: Check, case: Case) -> _Remedies:
    credential = case.subject.reading.credentials[0] if case.subject.reading.credentials else None
    kinds = sorted({each.kind for each in credential.recipient.identities}) if credential else []
    if check.outcome is Outcome.FAILED:
        wanted = f"the address to which it was issued ({', '.join(kinds)})" if kinds else "the id of the recipient"
        yield Remedy(Mender.READER, "", f"as recipient: {wanted}", '"learner@example.org"')
    else:
        example = {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "a@example.org",
            "identityType": "emailAddress",
        }
        yield Remedy(Mender.ISSUER, "/credentialSubject/identifier", check.fix, compact([example]))


_BY_CHECK: Mapping[str, Callable[[Check, Case], _Remedies]] = {
    "proof": of_proof,
    "issuer": of_issuer,
    "certificate": of_certificate,
    "context": _context,
    "claims": _claims,
    "hosted-scope": _hosted_scope,
    "status": _status,
    "validity-period": _validity,
    "recipient": _recipient,
}
