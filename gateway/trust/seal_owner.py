"""Whether the organisation that a certificate names is the issuer of the sealed document, and who says so."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any  # Any: members of JSON objects

from adapters.hub.contract import Format
from adapters.hub.credential import Profile
from gateway.proofs.certificates import SealOwner
from gateway.proofs.jades_report import SealSignature
from gateway.records.seals import NOT_QUALIFIED
from gateway.trust.served import identifier, listed

ORGANISATION = "Organisation"
EIDAS = "ext:eidas"
"""The kind of identifier that ELM writes as ``eIDASIdentifier``, and a certificate as organizationIdentifier."""


def difference(owner: SealOwner, issuer: Profile, document: Mapping[str, Any]) -> str:
    """Say where certificate and document name different organisations, "" where they name the same.

    All that the certificate says of it must be said of the issuer, and nothing else beside it: its identifier, its name
    (as the legal name in every language) and its country. Europass writes all three from the certificate into what it
    seals.

    Args:
        owner: By the certificate; a certificate without a name is nobody's.
        issuer: As the document names it.
        document: All of it: what stands about the issuer elsewhere counts too.

    Source: ETSI EN 319 412-1 section 5.1.4 and EN 319 412-3 section 4.2; EDC issuer, sealing.
    """
    if not owner.name:
        return "the certificate names no organisation"
    identifiers = [each for each in issuer.other_identifiers if each.kind == EIDAS]
    said = [each.value for each in identifiers]
    if owner.organisation_identifier or said:
        found = _other("identifier", {owner.organisation_identifier}, said)
        if found:
            return found
    nodes = list(_nodes_of(document))
    if any(ORGANISATION not in listed(node["type"]) for node in nodes if "type" in node):
        return "the issuer in the document is no organisation"
    names = [*issuer.name.values(), *(name for node in nodes for name in _texts(node.get("legalName")))]
    if found := _other("legal name", {owner.organisation, owner.common_name}, names):
        return found
    countries = [each.country for each in identifiers] + ([issuer.address.country_code] if issuer.address else [])
    stated = [country for country in countries if country]
    # One of them is enough: a seal may be registered in one country, and its owner have its seat in another.
    if owner.country and stated and _plain(owner.country) not in map(_plain, stated):
        return _other("country", {owner.country}, stated)
    return ""


def _nodes_of(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The issuer's object, and all others in the document that bear its id: in RDF they are one."""
    issuer = identifier(document.get("issuer"))
    if issuer is None and isinstance(document.get("issuer"), dict):
        yield document["issuer"]
    pending: list[Any] = [document]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            if issuer and here.get("id") == issuer:
                yield here
            pending += here.values()
        elif isinstance(here, list):
            pending += here


def _texts(value: Any) -> list[str]:  # Any: a JSON value
    """The texts of a language map."""
    found = value.values() if isinstance(value, dict) else [value]
    return [text for each in found for text in listed(each) if isinstance(text, str)]


def proven_id(issuer: Profile, format: Format) -> str:
    """The id by which the issuer of a verified credential may be known to a policy.

    An anchored seal proves an organisation and its number, and none of the ids that the organisation gives itself, but
    for a DID, which is asked. So without one it is ``urn:eidas:`` with the number, "" where it has none.
    """
    if format is not Format.ELM_3 or (issuer.id or "").startswith("did:"):
        return issuer.id or ""
    return next((f"urn:eidas:{each.value}" for each in issuer.other_identifiers if each.kind == EIDAS), "")


def qualification(seal: SealSignature) -> str:
    """Say what the certificate of a seal is by its own word; nothing here examines whether it is qualified."""
    if seal.leaf is not None and seal.leaf.subject == seal.leaf.issuer:
        return NOT_QUALIFIED
    if seal.qualified_claims:
        return f"claims to be {', '.join(seal.qualified_claims)}, which is not examined here"
    return "does not claim to be qualified"


def _other(what: str, certified: set[str], said: Sequence[str]) -> str:
    """Say that not everything which is said is what the certificate says, "" where it is."""
    plain = {_plain(each) for each in certified} - {""}
    if said and plain.issuperset(map(_plain, said)):
        return ""
    by_certificate = " or ".join(sorted(certified - {""})) or "none"
    named = ", ".join(dict.fromkeys(said)) or "none"
    return f"the {what} in the certificate is {by_certificate}, and that of the issuer in the document {named}"


def _plain(text: str) -> str:
    """A name as readers compare it: compatible characters, case and white space aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
