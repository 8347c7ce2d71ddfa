"""The vocabulary of Open Badges 2.0: which context brings it, and which IRI each term stands for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any  # Any: a JSON-LD context, whatever it holds

import msgspec

from adapters.hub.wire import listed as listed

CONTEXT = "https://w3id.org/openbadges/v2"

ALIASES = frozenset({CONTEXT, "http://w3id.org/openbadges/v2", "https://openbadgespec.org/v2/context.json"})
"""Addresses of the one context; the last is where the first leads to."""

PREFIXES: Mapping[str, str] = {
    "extensions": "https://w3id.org/openbadges/extensions#",
    "obi": "https://w3id.org/openbadges#",
    "cred": "https://w3id.org/credentials#",
    "dc": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "sec": "https://w3id.org/security#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_OWN = (
    "Assertion BadgeClass Criteria Evidence Extension FrameValidation IdentityObject Image HostedBadge Issuer Profile "
    "RevocationList SignedBadge TypeValidation VerificationObject alignment allowedOrigins audience badge criteria "
    "endorsementComment evidence hashed issuer narrative recipient revocationList revocationReason revoked salt "
    "targetCode uid validatesType validation validationFrame validationSchema verificationProperty"
)
_SCHEMA_ORG = (
    "AlignmentObject author caption description email genre image name targetDescription targetName targetUrl "
    "telephone url version"
)

TERMS: Mapping[str, str] = {
    **{term: f"obi:{term}" for term in _OWN.split()},
    **{term: f"schema:{term}" for term in _SCHEMA_ORG.split()},
    "id": "@id",
    "type": "@type",
    "hosted": "obi:HostedBadge",
    "signed": "obi:SignedBadge",
    "identity": "obi:identityHash",
    "issuedOn": "obi:issueDate",
    "revokedAssertions": "obi:revoked",
    "verification": "obi:verify",
    "verify": "obi:verify",
    "tags": "schema:keywords",
    "targetFramework": "schema:targetFramework",
    "CryptographicKey": "sec:Key",
    "Endorsement": "cred:Credential",
    "claim": "cred:claim",
    "endorsement": "cred:credential",
    "created": "dc:created",
    "creator": "dc:creator",
    "related": "dc:relation",
    "expires": "sec:expiration",
    "owner": "sec:owner",
    "publicKey": "sec:publicKey",
    "publicKeyPem": "sec:publicKeyPem",
    "startsWith": "http://purl.org/dqm-vocabulary/v1/dqm#startsWith",
}
"""Term -> IRI, as far as a prefix shortens it. Source: https://w3id.org/openbadges/v2."""

_OTHER_MEANING = ("targetFramework", "http://schema.org/educationalFramework")
"""The published context has had two bodies, which differ in this one term."""


_MAX_STEPS = 8
"""A name may be defined by another, and that by a third."""


def expanded(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the IRI that a compact IRI stands for, or what was given."""
    prefix, colon, rest = iri.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes and not rest.startswith("//") else iri


_MEANINGS = {term: expanded(iri) for term, iri in TERMS.items()}
_BY_IRI = {iri: term for term, iri in reversed(_MEANINGS.items()) if not iri.startswith("@")}


class Words(msgspec.Struct, frozen=True):
    """What the contexts of a document that stand in place add to those of Open Badges 2.0.

    Attributes:
        names: Prefix or term -> IRI in full; the prefixes of Open Badges 2.0 are among them.
        vocabularies: What stands before a member that no context defines, ``@vocab``.
    """

    names: Mapping[str, str]
    vocabularies: frozenset[str]


_PUBLISHED = Words(PREFIXES, frozenset())


def words_of(contexts: Iterable[Any]) -> Words:
    """Return what all definitions in place add; whatever is defined anywhere may be used everywhere."""
    own: dict[str, str] = {}
    vocabularies = set()
    for name, iri in (pair for context in contexts for pair in _definitions(context)):
        if name == "@vocab":
            vocabularies.add(iri)
        elif not name.startswith("@"):
            own[name] = iri
    names = {**PREFIXES, **{name: iri for name, iri in own.items() if name not in TERMS}}
    full = {name: _in_full(iri, names) for name, iri in names.items()}
    return Words(full, frozenset(_in_full(iri, names) for iri in vocabularies))


def defined_twice(contexts: Iterable[Any]) -> Iterator[str]:
    """Yield the names of the document's own to which definitions in place give two meanings, each once.

    Which of them holds depends on where a name stands; `words_of` knows one.
    """
    first: dict[str, str] = {}
    twice: dict[str, None] = {}
    for name, iri in (pair for context in contexts for pair in _definitions(context)):
        if first.setdefault(name, iri) != iri and name not in TERMS and (name == "@vocab" or name[:1] != "@"):
            twice[name] = None
    yield from twice


def spelled_out(member: str, words: Words = _PUBLISHED) -> str | None:
    """Return the term that a member is another spelling of: ``schema:name`` and its IRI in full are ``name``."""
    if ":" in member:
        return _BY_IRI.get(expanded(member, words.names))
    if member in TERMS or member.startswith("@"):
        return None
    return next((_BY_IRI[iri + member] for iri in words.vocabularies if iri + member in _BY_IRI), None)


def aliased(context: Any) -> Iterator[tuple[str, str]]:
    """Yield each name to which definitions in place give the meaning of a term or a keyword, and that term.

    Whoever reads by name passes the member by: an end, or a revocation.
    """
    words = words_of([context])
    for name, iri in _definitions(context):
        if name in TERMS or name.startswith("@"):
            continue
        meant = _in_full(iri, words.names)
        known = _BY_IRI.get(meant, meant if meant.startswith("@") else None)
        if known is not None and meant != expanded(name):
            yield name, known


def _definitions(context: Any) -> Iterator[tuple[str, str]]:
    """Each name that is defined in place and what it is defined as, in contexts of a term as well."""
    waiting = list(listed(context))
    for item in waiting:  # to which the contexts of terms are added on the way
        for name, definition in item.items() if isinstance(item, dict) else ():
            iri = definition
            if isinstance(definition, dict):
                waiting += listed(definition.get("@context"))
                iri = definition.get("@id", definition.get("@reverse"))
            if isinstance(iri, str):
                yield name, iri


def _in_full(iri: str, names: Mapping[str, str]) -> str:
    """The IRI that a definition stands for, through the names that stand in it; the last one where they go round."""
    for _ in range(_MAX_STEPS):
        found = names.get(iri) or _MEANINGS.get(iri) or expanded(iri, names)
        if found == iri:
            break
        iri = found
    return iri


def brings_the_terms(context: Any) -> bool:
    """Say whether a context, or one of several, defines the terms of Open Badges 2.0."""
    for item in listed(context):
        if isinstance(item, str) and item.rstrip("/#") in ALIASES:
            return True
        if isinstance(item, dict) and {"badge", "issuer", "recipient"} <= item.keys():
            return True
    return False


def redefined(context: Any) -> Iterator[str]:
    """Yield the terms to which definitions in place give another meaning.

    Whoever reads by name and whoever reads by context would then read two different badges.
    """
    for item in listed(context):
        if not isinstance(item, dict):
            continue
        prefixes = {**PREFIXES, **{name: iri for name, iri in item.items() if _is_prefix(name, iri)}}
        for name, definition in item.items():
            known = PREFIXES.get(name) or _MEANINGS.get(name)
            iri = definition.get("@id") if isinstance(definition, dict) else definition
            iri = _MEANINGS.get(iri, iri) if isinstance(iri, str) else iri
            meant = expanded(iri, prefixes) if isinstance(iri, str) else None
            if known not in (None, meant) and (name, meant) != _OTHER_MEANING:
                yield name


def _is_prefix(name: str, iri: Any) -> bool:
    return isinstance(iri, str) and name not in TERMS and iri.endswith(("#", "/"))
