"""What a European Digital Credential asks of its envelope: contexts, types, id, schema, dates, status and terms.

Sources: application profile EDC; Verifiable Credentials Data Model 1.1 section 4; how the contexts go together.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3.examples import shown
from adapters.elm_3.literal_findings import absolute, instant, named
from adapters.elm_3.recognition import V3_2, is_context
from adapters.elm_3.vocabulary import (
    ALL_PROFILES,
    CONTEXTS,
    CREDENTIAL,
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    EDC_AP,
    GENERIC,
    SHACL,
    TYPES,
    listed,
)
from adapters.hub.securing import Finding

_LONGEST_SHOWN = 200
_CONTEXTS_FIX: Final = f'Write "@context": ["{CREDENTIALS_V1}", "{EDC_AP}"].'
_ADDED_IN_3_2: Final = {"credentialStatus": "CredentialStatus", "termsOfUse": "TermsOfUse"}


def no_credential(document: dict[str, Any]) -> Finding | None:
    """Tell what is no credential at all: an upload form, a graph, nothing. RDF finds no fault with any of them."""
    if "credential" in document and "credentialSubject" not in document:
        return _upload_form(document["credential"])
    if "@graph" in document:
        reason = "is a JSON-LD graph, and a credential is one object" + ("" if document["@graph"] else "; it is empty")
        return Finding(pointer="/@graph", reason=reason, fix="Send the credential as it was sealed.")
    if not document.keys() - {"@context", "id"}:
        return Finding(pointer="", reason="holds no credential", fix="Send the credential as it was sealed.")
    return None


def _upload_form(inside: Any) -> Finding:
    if isinstance(inside, dict) and inside:
        reason = "is the form in which credentials are uploaded to be sealed, and none itself"
        fix = "Send what stands in credential, sealed; or upload the form where credentials are sealed."
    else:
        reason = "is an upload form without a credential in it"
        fix = "Put the credential into it, and upload it where credentials are sealed."
    return Finding(pointer="/credential", reason=reason, fix=fix)


def broken_envelope(document: dict[str, Any], *, version: str, sealed: bool) -> Iterator[Finding]:
    """List the rules of the envelope that a credential breaks."""
    if sealed or "@context" in document:
        yield from _contexts(document)
    yield from _id(document)
    yield from _types(document)
    yield from _schemas(document)
    yield from _dates(document)
    if sealed:
        yield from _seal_owner(document)
        if not listed(document.get("issuanceDate", [])):
            reason = "is missing, and VCDM 1.1 asks for it beside issued"
            fix = "Say the same instant as in issued."
            yield Finding(pointer="/issuanceDate", reason=reason, fix=fix, blocking=False)
    for member, of in _ADDED_IN_3_2.items():
        if member in document:
            yield from _added(document[member], member, of, version)
    if "proof" in document:
        reason = "is no way to secure a European Digital Credential: the seal is round it"
        yield Finding(pointer="/proof", reason=reason, fix="Leave it out, and seal the credential.", blocking=False)


def _contexts(document: dict[str, Any]) -> Iterator[Finding]:
    contexts = listed(document.get("@context", []))
    if not contexts:
        yield Finding(pointer="/@context", reason="says under no context what its terms mean", fix=_CONTEXTS_FIX)
        return
    if CREDENTIALS_V2 in contexts:
        reason = f"{EDC_AP} defines protected terms of {CREDENTIALS_V2} anew, so that JSON-LD can read neither"
        yield Finding(pointer="/@context", reason=reason, fix=_CONTEXTS_FIX)
    elif CREDENTIALS_V1 not in contexts:
        yield Finding(pointer="/@context", reason=f"does not name {CREDENTIALS_V1}", fix=_CONTEXTS_FIX)
    if EDC_AP not in contexts:
        near = next((each for each in contexts if is_context(each) or each == EDC_AP.replace("http:", "https:")), None)
        reason = f"does not name {EDC_AP}"
        if isinstance(near, str) and near.startswith("https://data.europa.eu/"):
            reason = "names its context with https: the name has http, and nobody publishes the other"
        elif near is not None:
            reason = f"names its context by an address that nobody publishes: {str(near)[:_LONGEST_SHOWN]}"
        yield Finding(pointer="/@context", reason=reason, fix=_CONTEXTS_FIX)
    for index, each in enumerate(contexts):
        if isinstance(each, str) and (each in (*CONTEXTS, CREDENTIALS_V2) or is_context(each)):
            continue
        what = each[:_LONGEST_SHOWN] if isinstance(each, str) else "a context of the document's own"
        at = f"/@context/{index}" if isinstance(document["@context"], list) else "/@context"
        reason = f"is none of the two contexts that a European Digital Credential has: {what}"
        yield Finding(pointer=at, reason=reason, fix=_CONTEXTS_FIX)


def _id(document: dict[str, Any]) -> Iterator[Finding]:
    fix = 'Write "id": "urn:credential:" and a UUID.'
    if "id" not in document:
        yield Finding(pointer="/id", reason="has no id, and wallets take none without", fix=fix)
    elif not absolute(document["id"]):
        yield Finding(pointer="/id", reason="is no IRI that names the credential", fix=fix)


def _types(document: dict[str, Any]) -> Iterator[Finding]:
    types = listed(document.get("type", []))
    fix = f"Write {shown('type')}."
    if CREDENTIAL not in types:
        reason = f"does not say that it is a {CREDENTIAL}, so that nothing is asked of it"
        yield Finding(pointer="/type", reason=reason, fix=fix)
    if TYPES[0] not in types:
        yield Finding(pointer="/type", reason=f"does not say that it is a {TYPES[0]}", fix=fix)
    for each in types:
        if not isinstance(each, str):
            yield Finding(pointer="/type", reason=f"holds {named(each)}, which is no type", fix=fix)
        elif each not in TYPES and not absolute(each):
            reason = f"names a type that JSON-LD does not know: {each[:_LONGEST_SHOWN]}"
            yield Finding(pointer="/type", reason=reason, fix=fix, blocking=False)


def _schemas(document: dict[str, Any]) -> Iterator[Finding]:
    """Every entry is a profile of the Commission's: the shapes allow no schema of another type, and none is fetched."""
    schemas = document.get("credentialSchema", [])
    for index, each in enumerate(listed(schemas)):
        at = f"/credentialSchema/{index}" if isinstance(schemas, list) else "/credentialSchema"
        fix = f"Write {shown('credentialSchema')}."
        if not isinstance(each, dict):
            continue  # found where members are
        if SHACL not in listed(each.get("type", [])):
            reason = f"is no {SHACL}, and no other schema may stand beside it"
            yield Finding(pointer=f"{at}/type", reason=reason, fix=fix)
        elif not isinstance(each.get("id"), str) or each["id"] not in ALL_PROFILES:
            reason = f"names no profile of European Digital Credentials: {str(each.get('id'))[:_LONGEST_SHOWN]}"
            yield Finding(pointer=f"{at}/id", reason=reason, fix=f"Write one of them, such as {GENERIC}.")


def _seal_owner(document: dict[str, Any]) -> Iterator[Finding]:
    """Who seals is known by one identifier of eIDAS; other organisations may have none."""
    issuers = document.get("issuer", [])
    for index, each in enumerate(listed(issuers)):
        if not isinstance(each, dict):
            continue  # found where members are
        at = f"/issuer/{index}" if isinstance(issuers, list) else "/issuer"
        identifiers = listed(each.get("eIDASIdentifier", []))
        if not identifiers:
            reason = "the issuer has no eIDASIdentifier, by which the owner of a seal is known"
            fix = f"Add {shown('eIDASIdentifier')}, as the certificate of the seal has it."
            yield Finding(pointer=f"{at}/eIDASIdentifier", reason=reason, fix=fix)
        elif len(identifiers) > 1 and "Organisation" not in listed(each.get("type", [])):
            reason = f"has {len(identifiers)} values and takes one"
            yield Finding(pointer=f"{at}/eIDASIdentifier", reason=reason, fix="Keep the one of the certificate.")


def _dates(document: dict[str, Any]) -> Iterator[Finding]:
    """Two members say when it ends and two when it was issued; which of them readers look at differs."""
    for mine, other in (("validUntil", "expirationDate"), ("issued", "issuanceDate")):
        first, second = instant(document.get(mine)), instant(document.get(other))
        if first is not None and second is not None and first != second:
            reason = f"is another instant than {mine}"
            fix = f"Say the same in both, or leave {other} out."
            blocking = mine == "validUntil"
            yield Finding(pointer=f"/{other}", reason=reason, fix=fix, blocking=blocking)
    begins = instant(document.get("validFrom"))
    for member in ("validUntil", "expirationDate"):
        ends = instant(document.get(member))
        if begins is not None and ends is not None and ends < begins:
            reason = "is before validFrom, so that it is never valid"
            yield Finding(pointer=f"/{member}", reason=reason, fix="Write the later of the two here.", blocking=False)


def _added(value: Any, member: str, of: str, version: str) -> Iterator[Finding]:
    """Under 3.1 no value conforms; 3.2 takes a node of its own class, by name and with an id."""
    every = listed(value)
    if member == "credentialStatus" and len(every) > 1:
        yield Finding(pointer=f"/{member}", reason=f"has {len(every)} values and takes one", fix="Keep one.")
    for index, each in enumerate(every):
        at = f"/{member}/{index}" if isinstance(value, list) else f"/{member}"
        if version != V3_2:
            reason = "can be said in version 3.2 of the model alone"
            fix = f'Write it as 3.2 has it, "type": "{of}", or leave it out.'
            yield Finding(pointer=at, reason=reason, fix=fix)
        elif not isinstance(each, dict) or of not in listed(each.get("type", [])) or not absolute(each.get("id")):
            reason = f"is no {of} with an id"
            fix = f'Write "{member}": {{"id": "https://issuer.example/status/1", "type": "{of}"}}.'
            yield Finding(pointer=at, reason=reason, fix=fix)
