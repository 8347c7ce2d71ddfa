"""Check `context`: does every word of the document mean what it says, under the very contexts that verified?"""

from collections.abc import Mapping, Sequence
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Format
from adapters.hub.securing import DataIntegrity, Hosted, Jades, Jws, SdJwt, Unsecured, VcJwt
from gateway.apart import apart
from gateway.proofs import contexts
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.keyscan import context_urls
from gateway.proofs.type_iris import types_by_iri
from gateway.trust.case import Case
from gateway.trust.elm_rdf import EDC_AP, ElmRdf, elm_rdf
from gateway.trust.report import Check, Outcome
from gateway.trust.signature import Signature
from gateway.trust.status_meaning import shown
from gateway.trust.subject import as_issued

_SHOWN = 5

_ELSEWISE = {
    Jades: "the seal covers the bytes",
    Jws: "the token's signature covers the bytes",
    Hosted: "the host vouches for the bytes",
    Unsecured: "there is no proof whose reach could be judged",
}

_DEFINE = "Define every term by a published context, or leave it out, and sign again; or issue it as a VC-JWT."
_BY_TERM = "Write each type by its term in the published contexts, as the issuer did or is to."
_NOT_SIGNED = "what it says is not all signed as it reads"
_DISCLOSE = "The holder sends it with all of its disclosures. Where its issuer added decoys, only a VC-JWT is whole."
_STATUS = "/credentialStatus/"
_NOT_SHOWN = "what it says is not all read as it stands"
_IN_ELM = "Leave out what ELM has no term for, or say it by a term of ELM, and seal it again."
_WHOLE = (
    "The issuer secures it, beside or instead, with a proof over all of it (eddsa-rdfc-2022, ecdsa-rdfc-2019) or as a"
    " VC-JWT, and the holder sends that."
)


async def context(case: Case) -> Check:
    """Judge what a signature leaves uncovered, or covers as something else than it reads.

    Most ways of adding a property to a document that is secured over its RDF leave the signature valid: a converter
    that copies ``credits`` under contexts that do not define it has forged it. Such a document is not convertible.
    A signature over single statements covers each of them, but not that they are all there are: such a document is
    UNKNOWN, unless another of the issuer's signatures is over all of it. Where the host vouches for the bytes, there is
    nothing to ask.

    A token's signature covers the bytes as well; but its words are read by name, and a context that is not pinned may
    give the end or the status another one: UNKNOWN, as under a proof over JSON. So may a type that is written as the
    IRI of a published term: it FAILED under all of them. An SD-JWT is a token of which a part may be withheld: while
    any is, nobody can tell what it says, and it is UNKNOWN.

    A seal covers the bytes too. But who reads a sealed credential reads its RDF, as Europass does: a member without a
    term was sealed and never shown to anybody.

    Source: VC Data Integrity 1.0 section 5.5 (unsigned properties); VCDM 2.0 section 5.2.
    """
    reading, securing = case.subject.reading, case.subject.reading.securing
    if isinstance(securing, VcJwt):
        return _of_token(case)
    if isinstance(securing, SdJwt):
        return _of_sd_jwt(case, securing)
    if reading.format is Format.ELM_3 and isinstance(securing, Jades | Unsecured):
        return await apart(len(case.subject.opened.payload), _of_elm, reading.document)
    if not isinstance(securing, DataIntegrity):
        return Check("context", Outcome.SKIPPED, _ELSEWISE[type(securing)])
    right = [signature for signature in case.signatures if signature.is_the_issuers] or [
        signature for signature in case.signatures if signature.verdict is Outcome.PASSED
    ]
    if not right:
        detail = "no proof was found right, so no contexts are known to be the signed ones"
        return Check("context", Outcome.UNKNOWN, detail, "Mend what the check proof names first.")
    return _of_proofs(right, securing.document)


def _of_proofs(right: Sequence[Signature], document: Mapping[str, Any]) -> Check:
    used = {url: body for signature in right for url, body in signature.contexts.items()}
    looked_at = tuple(f"{url} ({body})" for url, body in used.items())
    found = [finding for signature in right for finding in signature.uncovered]
    if uncovered := [finding for finding in found if finding.kind is not Kind.WITHHELD]:
        return _failed(uncovered, _DEFINE, looked_at)
    if by_iri := types_by_iri(document):
        return _failed(by_iri, _BY_TERM, looked_at)
    if all(map(_over_single_statements, right)):
        withheld = next(finding for finding in found if finding.kind is Kind.WITHHELD)
        return Check("context", Outcome.UNKNOWN, f"not convertible, {withheld.detail}", _WHOLE, looked_at)
    older = [url for url, body in used.items() if contexts.bodies(url)[0].name != body]
    if older:
        return Check(
            "context", Outcome.NOTED, f"signed under an older content of {', '.join(older)}", looked_at=looked_at
        )
    return Check("context", Outcome.PASSED, "the signature covers every term", looked_at=looked_at)


def _of_token(case: Case) -> Check:
    document, at = as_issued(case.subject.reading)
    if by_iri := types_by_iri(document):
        return _failed([msgspec.structs.replace(each, pointer=at + each.pointer) for each in by_iri], _BY_TERM)
    urls = context_urls(dict(document))
    if unknown := [url for url in urls if not contexts.known(url)]:
        detail = f"not convertible, the context {shown(unknown[0])} is not one of the pinned ones"
        fix = "Use the published contexts of the credential's specification alone."
        return Check("context", Outcome.UNKNOWN, detail, fix, urls)
    return Check("context", Outcome.SKIPPED, "the token's signature covers the bytes")


def _of_sd_jwt(case: Case, securing: SdJwt) -> Check:
    """A digest for which nothing was disclosed may stand for an end, for whom it is, or for nothing."""
    if securing.withheld:
        detail = f"not convertible, {securing.withheld} digests in it stand for what is withheld, or for nothing"
        return Check("context", Outcome.UNKNOWN, detail, _DISCLOSE)
    found = _of_token(case)
    if found.outcome is not Outcome.SKIPPED:
        return found
    return Check("context", Outcome.PASSED, "all that the token has digests of is disclosed")


def _of_elm(document: dict[str, Any]) -> Check:
    found = elm_rdf(document)
    # What a kind of status adds to ELM's is for who looks it up, and so read as JSON.
    if dropped := [each for each in found.dropped if not each.pointer.startswith(_STATUS)]:
        return _failed(dropped, _IN_ELM, _read_under(found), _NOT_SHOWN)
    if not found.holds_a_credential:
        detail = "not convertible, nothing in its RDF is a EuropeanDigitalCredential"
        return Check("context", Outcome.FAILED, detail, _IN_ELM, _read_under(found))
    if found.undefined:
        detail = "; ".join(f"{each.pointer}: {each.detail}" for each in found.undefined[:_SHOWN])
        return Check("context", Outcome.NOTED, f"no reader of RDF sees it: {detail}", looked_at=_read_under(found))
    return Check("context", Outcome.PASSED, "each of its members is in its RDF", looked_at=_read_under(found))


def _read_under(found: ElmRdf) -> tuple[str, ...]:
    return (f"{EDC_AP} ({found.version})",)


def _failed(found: Sequence[Finding], fix: str, looked_at: tuple[str, ...] = (), why: str = _NOT_SIGNED) -> Check:
    said = [f"{finding.pointer or '/'}: {finding.kind}, {finding.detail}" for finding in found[:_SHOWN]]
    more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    detail = f"not convertible, {why}: {'; '.join(said + more)}"
    return Check("context", Outcome.FAILED, detail, fix, looked_at)


def _over_single_statements(signature: Signature) -> bool:
    return any(finding.kind is Kind.WITHHELD for finding in signature.uncovered)
