"""Whether the organisation that a certificate names is the issuer that the sealed document names."""

import unicodedata

from adapters.hub.credential import Profile
from gateway.proofs.certificates import SealOwner

EIDAS = "ext:eidas"
"""The kind of identifier that ELM writes as ``eIDASIdentifier``, and a certificate as organizationIdentifier."""


def difference(owner: SealOwner, issuer: Profile) -> str:
    """Say where certificate and document name different organisations, "" where they name the same.

    All that the certificate says of it must be said of the issuer: its identifier, its name (as the legal name in any
    language) and its country. Europass writes all three from the certificate into what it seals.

    Args:
        owner: By the certificate; a certificate without a name is nobody's.
        issuer: As the document names it.

    Source: ETSI EN 319 412-1 section 5.1.4 and EN 319 412-3 section 4.2; EDC issuer, sealing.
    """
    if not owner.name:
        return "the certificate names no organisation"
    identifiers = [each for each in issuer.other_identifiers if each.kind == EIDAS]
    if owner.organisation_identifier:
        said = [each.value for each in identifiers]
        if _plain(owner.organisation_identifier) not in map(_plain, said):
            return _other("identifier", owner.organisation_identifier, said)
    names = list(issuer.name.values())
    if not {_plain(owner.organisation), _plain(owner.common_name)} & set(map(_plain, names)) - {""}:
        return _other("legal name", owner.name, names)
    countries = [each.country for each in identifiers] + ([issuer.address.country_code] if issuer.address else [])
    said = [country for country in countries if country]
    if owner.country and said and _plain(owner.country) not in map(_plain, said):
        return _other("country", owner.country, said)
    return ""


def _other(what: str, certified: str, said: list[str]) -> str:
    named = ", ".join(dict.fromkeys(said)) or "none"
    return f"the {what} in the certificate is {certified}, and that of the issuer in the document {named}"


def _plain(text: str) -> str:
    """A name as readers compare it: compatible characters, case and white space aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
