"""Who can mend what a check found, and how: each failed or unknown check in steps that can be carried out.

Checks say what is wrong; this says it again for whoever has to act: which member, what should stand there, an example.
"""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any  # Any: values of JSON documents

import msgspec

from adapters.hub.contract import Adapter
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from adapters.hub.repair import compact
from adapters.hub.securing import DataIntegrity, Hosted, Jws, VcJwt
from adapters.registry import adapter_for
from gateway.proofs import jwk, jws, multikey, vc_jwt
from gateway.proofs.data_integrity import PURPOSE
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.findings import Kind
from gateway.proofs.signatures import PublicKey
from gateway.trust.addresses import authority
from gateway.trust.case import Case
from gateway.trust.report import Check, Mender, Outcome, Remedy
from gateway.trust.signature import Signature

MOST = 20
"""Of one check; the first ones are enough to begin with."""

_A_YEAR = dt.timedelta(days=365)
_ORIGINAL = "the document exactly as its issuer signed it: every change after signing breaks the proof"
_SERVED = "answers over https with status 200 and the document itself, without a redirect to another host"
_LISTED = "answers over https with a document that lists the key that signed for assertions"
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
    if check.name == "shape":
        found = await asyncio.to_thread(_shape, case)
    else:
        found = list(_BY_CHECK.get(check.name, _nothing)(check, case))
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


def away(addresses: Iterable[str]) -> tuple[Remedy, ...]:
    """Return who can mend that addresses did not answer."""
    return tuple(Remedy(Mender.HOST, address, _SERVED) for address in addresses)


def _in_general(check: Check) -> Remedy:
    address = next((place for place in check.looked_at if authority(place)), "")
    if check.outcome is Outcome.UNKNOWN and address:
        return Remedy(Mender.HOST, address, check.fix or _SERVED)
    return Remedy(Mender.ISSUER, "", check.fix or f"something other than this: {check.detail}")


def _nothing(_check: Check, _case: Case) -> _Remedies:
    yield from ()


def _shape(case: Case) -> list[Remedy]:
    """Each broken rule, with the value that the corrected copy has there."""
    reading, opened = case.subject.reading, case.subject.opened
    examples: dict[str, str] = {}
    if case.depth == 0:
        repair = adapter_for(reading.format).repair(opened)
        examples = {each.pointer: each.example for each in repair.lacking}
        examples |= {each.pointer: each.now for each in repair.corrections}
    return [
        Remedy(Mender.ISSUER, each.pointer, each.fix or each.reason, examples.get(each.pointer, ""))
        for each in reading.findings
        if each.blocking
    ]


def _proof(check: Check, case: Case) -> _Remedies:
    securing = case.subject.reading.securing
    if isinstance(securing, Hosted):
        yield from _copy(check, securing)
        return
    example = _unsigned_proof(case)
    if not case.signatures:
        yield Remedy(Mender.ISSUER, "/proof", "a proof over the document, or the whole of it as a VC-JWT", example)
        return
    for index, signature in enumerate(case.signatures):
        if signature.verdict is Outcome.PASSED:
            continue
        place = _place_of(case, index)
        if signature.found.key is None and signature.found.looked_at and signature.verdict is Outcome.UNKNOWN:
            yield Remedy(Mender.HOST, signature.found.looked_at[0], signature.fix or _SERVED)
            continue
        if signature.verdict is Outcome.FAILED:
            yield Remedy(Mender.HOLDER, "", _ORIGINAL)
        yield Remedy(Mender.ISSUER, place, signature.fix or f"a proof that is right: {signature.detail}", example)


def _copy(check: Check, securing: Hosted) -> _Remedies:
    if check.outcome is Outcome.UNKNOWN:
        yield Remedy(Mender.HOST, securing.url, _SERVED)
        return
    yield from (
        Remedy(Mender.HOLDER, pointer, f"what {securing.url} serves there: present that copy")
        for pointer in securing.differs or ()
    )


def _place_of(case: Case, index: int) -> str:
    """Where one signature stands: a proof among several, the only one, or the token as a whole."""
    securing = case.subject.reading.securing
    if not isinstance(securing, DataIntegrity):
        return ""
    return f"/proof/{index}" if isinstance(securing.document.get("proof"), list) else "/proof"


def _unsigned_proof(case: Case) -> str:
    issuer = case.subject.reading.issuer_id or "https://issuer.example"
    return compact(
        {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": case.subject.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "verificationMethod": f"{issuer}#key-1",
            "proofPurpose": PURPOSE,
            "proofValue": "z...",
        }
    )


def _issuer(check: Check, case: Case) -> _Remedies:
    """The issuer's own document has to list the key that signed."""
    reading = case.subject.reading
    if not reading.issuer_id:
        place = "/issuer" if "issuer" in reading.document else ""
        example = compact({"id": "https://issuer.example", "type": ["Profile"], "name": "Issuer"})
        yield Remedy(Mender.ISSUER, place, "an issuer with an id that is an https address or a DID", example)
        return
    signed = [each for each in case.signatures if each.found.authority is not Outcome.PASSED]
    for signature in signed:
        by = Mender.HOST if signature.found.authority is Outcome.UNKNOWN else Mender.ISSUER
        expected = signature.found.fix or check.fix or _LISTED
        yield Remedy(by, reading.issuer_id, expected, _listing(reading.issuer_id, signature, case))


def _listing(issuer: str, signature: Signature, case: Case) -> str:
    """What the issuer's document would say of the key that signed; "" of a key that is not known."""
    if signature.found.key is None:
        return ""
    if isinstance(case.subject.reading.securing, Jws):
        return compact({"id": issuer, "publicKey": next(iter(signature.found.looked_at), f"{issuer}#key-1")})
    named = next((place for place in signature.found.looked_at if place.startswith(f"{issuer}#")), f"{issuer}#key-1")
    method = {"id": named, "controller": issuer, **_key(signature.found.key.public)}
    return compact({"id": issuer, "verificationMethod": [method], "assertionMethod": [named]})


def _key(public: PublicKey) -> dict[str, Any]:
    try:
        return {"type": "Multikey", "publicKeyMultibase": multikey.encode(public)}
    except KeyUnusable:
        return {"type": "JsonWebKey", "publicKeyJwk": jwk.public_jwk(public)}


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
            expected = f"what the credential says there; it {finding.detail}"
            yield Remedy(Mender.ISSUER, f"/{finding.claim}", expected, example)


def _hosted_scope(check: Check, case: Case) -> _Remedies:
    securing, issuer = case.subject.reading.securing, case.subject.reading.issuer_id
    if check.fix and isinstance(securing, Hosted):
        prefix = securing.url.rpartition("/")[0] + "/"
        yield Remedy(Mender.ISSUER, issuer, check.fix, compact({"verification": {"startsWith": [prefix]}}))


def _status(check: Check, case: Case) -> _Remedies:
    for claim in case.subject.reading.status:
        if check.outcome is Outcome.FAILED:
            yield Remedy(
                Mender.ISSUER,
                claim.url or claim.pointer,
                check.fix or "nothing, if it was meant; else the entry cleared and the list signed again",
                compact(claim.entry) if claim.entry else "",
            )
        elif claim.url:
            yield Remedy(Mender.HOST, claim.url, check.fix or _SERVED, compact(claim.entry) if claim.entry else "")


def _validity(check: Check, case: Case) -> _Remedies:
    """The first date that the detail names; without it the dates have to be readable at all."""
    dates = [place.partition(" ")[0] for place in check.looked_at]
    named = next((date for date in dates if date and date in check.detail), "")
    now = case.subject.now.replace(microsecond=0)
    later = now + _A_YEAR if "expired" in check.detail else now
    if "not valid yet" in check.detail:
        yield Remedy(Mender.HOLDER, named, "present it again from then on")
    place = named if named.startswith("/") else f"/{named}" if named else ""
    moment = int(later.timestamp()) if named in ("nbf", "exp", "iat") else later.isoformat().replace("+00:00", "Z")
    yield Remedy(Mender.ISSUER, place, check.fix or "dates with a zone, the end after the beginning", compact(moment))


def _recipient(check: Check, case: Case) -> _Remedies:
    credential = case.subject.reading.credentials[0] if case.subject.reading.credentials else None
    kinds = sorted({each.kind for each in credential.recipient.identities}) if credential else []
    if check.outcome is Outcome.FAILED:
        wanted = f"the address to which it was issued ({', '.join(kinds)})" if kinds else "the id of the recipient"
        yield Remedy(Mender.READER, "", f"as recipient: {wanted}", '"learner@example.org"')
    else:
        example = {"type": "IdentityObject", "hashed": False, "identityHash": "a@example.org", "identityType": "email"}
        yield Remedy(Mender.ISSUER, "/credentialSubject/identifier", check.fix, compact([example]))


_BY_CHECK: Mapping[str, Callable[[Check, Case], _Remedies]] = {
    "proof": _proof,
    "issuer": _issuer,
    "context": _context,
    "claims": _claims,
    "hosted-scope": _hosted_scope,
    "status": _status,
    "validity-period": _validity,
    "recipient": _recipient,
}
