"""Rules of Open Badges 2.0 that a document breaks though it could be read.

The rules are those of the specification's class tables and of both reference validators; each says how to keep it.
"""

import re
from collections.abc import Iterator
from typing import Any  # Any: members of JSON objects

from msgspec import UNSET, UnsetType

from adapters.hub.errors import Malformed
from adapters.hub.foreign import limits
from adapters.hub.losses import escaped
from adapters.hub.securing import Finding
from adapters.hub.wire import validated
from adapters.open_badges_2 import terms
from adapters.open_badges_2.codecs import instant
from adapters.open_badges_2.document import (
    Assertion,
    BadgeClass,
    Claim,
    Endorsement,
    IdentityObject,
    Image,
    Profile,
    VerificationObject,
)
from adapters.open_badges_2.examples import example
from adapters.open_badges_2.identifiers import acceptable, data_uri, embedded_picture, on_the_web

HASHES = re.compile(r"md5\$[0-9a-fA-F]{32}|sha256\$[0-9a-fA-F]{64}")
"""What `identity` is when it is hashed: the algorithm, `$`, hexadecimal digits (Open Badges 2.0, IdentityHash)."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TELEPHONE = re.compile(r"\+?[1-9]\d{1,14}(?:;ext=\d+)?")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:(?!-)[a-zA-Z0-9-]{0,62}[a-zA-Z0-9]\.)+[a-zA-Z]{2,63}")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
_IDENTITY_TYPES = {"email", "id", "telephone", "url"}
_HOSTED = {"HostedBadge", "hosted"}
_SIGNED = {"SignedBadge", "signed"}
_SECURED_APART = {"@context", "endorsement"}
_HOLD_MEMBERS = {"@graph", "@included", "@nest", "@reverse"}
_SAID_TWICE = {"verify", "@id", "@type"}


def broken_rules(assertion: Assertion, document: dict[str, Any], *, token: bool) -> Iterator[Finding]:
    """Yield what is wrong, in the order of the document.

    Args:
        assertion: The validated document, BadgeClass and issuer in place.
        document: The same as JSON: contexts, extensions and unknown members are looked up here.
        token: Whether it came as a JWS.
    """
    badge = assertion.badge if isinstance(assertion.badge, BadgeClass) else None
    issuer = badge.issuer if badge is not None and isinstance(badge.issuer, Profile) else None
    yield from _contexts(document)
    yield from _classes("", assertion.type, {"Assertion"})
    yield from _identity(assertion.recipient)
    yield from _verification(assertion, token=token)
    yield from _times(assertion)
    yield from limits(document, token=token)
    yield from _assertion_image(assertion.image)
    yield from _language("", assertion.language)
    if badge is not None:
        yield from _badge(badge)
    if issuer is not None:
        yield from _issuer(issuer)
    yield from _addresses(document)
    for at, thing in (("", document), ("/badge", document["badge"]), ("/badge/issuer", document["badge"]["issuer"])):
        yield from _endorsements(at, thing)
    contexts = [context for _, context in _contexts_in_place(document, "")]
    for name in terms.defined_twice(contexts):
        reason, fix = f"gives {name} two meanings", f"Define {name} once, or under two names."
        yield Finding(pointer="/@context", reason=reason, fix=fix)
    words = terms.words_of(contexts)
    yield from _members(document, "", words)


def _contexts(document: dict[str, Any]) -> Iterator[Finding]:
    places = {"": document, "/badge": document["badge"], "/badge/issuer": document["badge"]["issuer"]}
    for at, place in places.items():
        if not at and "@context" not in place:
            yield Finding(pointer="/@context", reason="is missing", fix=f'Add "@context": "{terms.CONTEXT}".')
        elif "@context" in place and not terms.brings_the_terms(place["@context"]):
            reason = f"is not the context of Open Badges 2.0: {place['@context']}"
            yield Finding(pointer=f"{at}/@context", reason=reason, fix=f'Use "{terms.CONTEXT}".')
    for at, context in _contexts_in_place(document, ""):
        yield from misleading(context, f"{at}/@context")


def misleading(context: Any, at: str) -> Iterator[Finding]:
    """Definitions in place by which whoever reads by name and whoever reads by context read two different badges."""
    for term in terms.redefined(context):
        reason = f"gives the term {term} another meaning than Open Badges 2.0"
        yield Finding(pointer=at, reason=reason, fix=f"Leave out the definition of {term}.")
    for name, term in terms.aliased(context):
        reason = f"makes {name} another name of {term}, by which it is not read"
        yield Finding(pointer=at, reason=reason, fix=f"Leave out the definition of {name}, and write {term}.")


def _contexts_in_place(value: dict[str, Any] | list[Any], at: str) -> Iterator[tuple[str, Any]]:
    """Every context of the document, outside of extensions and of what is secured apart."""
    if isinstance(value, dict) and "@context" in value:
        yield at, value["@context"]
    for name, member in enumerate(value) if isinstance(value, list) else value.items():
        apart = name in _SECURED_APART or (isinstance(member, dict) and _is_extension(str(name), member))
        if isinstance(member, dict | list) and not apart:
            yield from _contexts_in_place(member, f"{at}/{escaped(str(name))}")


def _classes(at: str, given: str | list[str] | UnsetType, allowed: set[str]) -> Iterator[Finding]:
    names = _listed(given)
    if not allowed & set(names):
        wanted = " or ".join(sorted(allowed))
        reason = f"is not {wanted}, but {', '.join(names) or 'missing'}"
        yield Finding(pointer=f"{at}/type", reason=reason, fix=f'Write "type": "{min(allowed)}".')
        return
    for name in names:
        if name not in terms.TERMS and ":" not in name:
            fix = "Use a class of Open Badges 2.0, or an IRI."
            yield Finding(pointer=f"{at}/type", reason=f"names {name}, which no context defines", fix=fix)


def _identity(recipient: IdentityObject) -> Iterator[Finding]:
    names, value = _listed(recipient.type), recipient.identity
    hashed = HASHES.fullmatch(value) is not None
    if not _IDENTITY_TYPES & set(names):
        fix = 'Write "type": "email", or id, url, telephone.'
        yield Finding(pointer="/recipient/type", reason=f"is none of the four kinds: {', '.join(names)}", fix=fix)
    if recipient.hashed and not hashed:
        fix = f"Write sha256$ and 64 hexadecimal digits: {example('identity')}; or hashed: false."
        yield Finding(pointer="/recipient/identity", reason="is no hash, though hashed is true", fix=fix)
    if hashed and not recipient.hashed:
        reason = "is a hash, though hashed is false"
        yield Finding(pointer="/recipient/identity", reason=reason, fix='Write "hashed": true.')
    elif "email" in names and not recipient.hashed and not _EMAIL.fullmatch(value):
        reason = "is no e-mail address"
        yield Finding(pointer="/recipient/identity", reason=reason, fix='Write "identity": "learner@example.org".')


def _verification(assertion: Assertion, *, token: bool) -> Iterator[Finding]:
    verification = assertion.verification
    names = _listed(verification.type) if isinstance(verification, VerificationObject) else []
    hosted, signed = bool(_HOSTED & set(names)), bool(_SIGNED & set(names))
    at = "/verification/type" if names else "/verification"
    if hosted == signed:
        reason = f"says neither or both of hosted and signed: {', '.join(names) or 'missing'}"
        yield Finding(pointer=at, reason=reason, fix=f"Add {example('verification')}, or SignedBadge.")
    elif signed and not token:
        fix = "Send the JWS that the issuer signed."
        yield Finding(pointer=at, reason="says that the badge is signed, but no signature came with it", fix=fix)
    elif hosted and token:
        fix = 'Sign it with "verification": {"type": "SignedBadge", "creator": the key}.'
        yield Finding(pointer=at, reason="says that the badge is hosted, but it came signed", fix=fix)
    if isinstance(verification, VerificationObject) and signed and token and verification.creator is UNSET:
        fix = f"Name the CryptographicKey in verification: {example('creator')}."
        reason = "names no key, and some validators do not look for it"
        yield Finding(pointer="/verification/creator", reason=reason, fix=fix, blocking=False)
    yield from _own_id(assertion.id, hosted=hosted)


def _own_id(iri: str | UnsetType, *, hosted: bool) -> Iterator[Finding]:
    if iri is UNSET:
        yield Finding(pointer="/id", reason="is missing", fix=f"Add {example('id')}.")
    elif hosted and not on_the_web(iri):
        fix = f"Serve the Assertion, and make that address its id: {example('id')}."
        yield Finding(pointer="/id", reason=f"is no web address, so no host can vouch for it: {iri}", fix=fix)
    else:
        yield from _accepted_id("/id", iri)


def _accepted_id(at: str, iri: str) -> Iterator[Finding]:
    if not acceptable(iri):
        fix = f"Write an https address, or a urn:uuid of versions 1 to 5: {example('id', at.removesuffix('/id'))}."
        yield Finding(pointer=at, reason=f"is an id that validators refuse: {iri}", fix=fix, blocking=False)


def _times(assertion: Assertion) -> Iterator[Finding]:
    found = {}
    for name, text in (("issuedOn", assertion.issued_on), ("expires", assertion.expires)):
        if text is UNSET:
            continue
        found[name] = instant(text)
        if found[name] is None:
            fix = f"Write {example(name)}."
            yield Finding(pointer=f"/{name}", reason=f"is no date and time with a zone: {text}", fix=fix)
    if assertion.issued_on is UNSET:
        yield Finding(pointer="/issuedOn", reason="is missing", fix=f"Add {example('issuedOn')}.")
    issued, expires = found.get("issuedOn"), found.get("expires")
    if issued and expires and expires < issued:
        yield Finding(
            pointer="/expires",
            reason="is before issuedOn",
            fix=f"Correct one of the two: {example('issuedOn')}, {example('expires')}.",
        )


def _assertion_image(image: str | Image | UnsetType) -> Iterator[Finding]:
    source = image.id if isinstance(image, Image) else image
    if isinstance(source, str) and data_uri(source):
        fix = f"Serve the image, and give its address: {example('image')}."
        yield Finding(pointer="/image", reason="is a data URI, which an Assertion may not have", fix=fix)


def _badge(badge: BadgeClass) -> Iterator[Finding]:
    at = "/badge"
    yield from _classes(at, badge.type, {"BadgeClass"})
    yield from _required(at, {"id": badge.id, "name": badge.name, "description": badge.description})
    yield from () if badge.id is UNSET else _accepted_id(f"{at}/id", badge.id)
    yield from _language(at, badge.language)
    if badge.image is UNSET:
        fix = f"Add an image (PNG or SVG): {example('image')}."
        yield Finding(pointer="/badge/image", reason="is missing; some validators demand it", fix=fix, blocking=False)
    yield from _picture("/badge/image", badge.image)
    criteria = badge.criteria
    if criteria is UNSET or (not isinstance(criteria, str) and criteria.id is UNSET and criteria.narrative is UNSET):
        fix = f"Say what had to be done: an address, or {example('criteria')}."
        yield Finding(pointer="/badge/criteria", reason="has neither an id nor a narrative", fix=fix)


def _issuer(issuer: Profile) -> Iterator[Finding]:
    at = "/badge/issuer"
    yield from _classes(at, issuer.type, {"Issuer", "Profile"})
    yield from _required(at, {"id": issuer.id, "name": issuer.name, "url": issuer.url, "email": issuer.email})
    if issuer.id is not UNSET and not on_the_web(issuer.id):
        fix = "Give the issuer an https address as its id, and serve its Profile there."
        reason = f"is no web address, so nobody can look the issuer up: {issuer.id}"
        yield Finding(pointer=f"{at}/id", reason=reason, fix=fix, blocking=False)
    yield from _language(at, issuer.language)
    yield from _picture(f"{at}/image", issuer.image)
    for number in _listed(issuer.telephone):
        if not _TELEPHONE.fullmatch(number):
            reason = f"is not in the form of E.164: {number}"
            yield Finding(
                pointer=f"{at}/telephone", reason=reason, fix='Write "telephone": "+15550100".', blocking=False
            )
    scope = issuer.verification
    if not isinstance(scope, VerificationObject):
        return
    if scope.verification_property not in (UNSET, "id", "@id"):
        reason = f"is {scope.verification_property}; only the id can be compared"
        yield Finding(
            pointer=f"{at}/verification/verificationProperty", reason=reason, fix='Write "id".', blocking=False
        )
    for host in _listed(scope.allowed_origins):
        if not _HOST.fullmatch(host):
            reason = f"is no host name: {host}"
            fix = 'Write the name of the host alone: "allowedOrigins": ["issuer.example"].'
            yield Finding(pointer=f"{at}/verification/allowedOrigins", reason=reason, fix=fix, blocking=False)


def _required(at: str, members: dict[str, Any]) -> Iterator[Finding]:
    for name, value in members.items():
        if value is UNSET or value in ("", []):
            yield Finding(pointer=f"{at}/{name}", reason="is missing", fix=f"Add {example(name, at)}.")


def _picture(at: str, image: str | Image | UnsetType) -> Iterator[Finding]:
    source = image.id if isinstance(image, Image) else image
    if isinstance(source, str) and data_uri(source) and not embedded_picture(source):
        yield Finding(
            pointer=at,
            reason="is neither PNG nor SVG",
            fix=f"Embed a PNG or an SVG, or give its address: {example('image')}.",
        )


def _language(at: str, language: str | UnsetType) -> Iterator[Finding]:
    if language is not UNSET and not _LANGUAGE.fullmatch(language):
        fix = 'Write a tag of BCP 47: "@language": "en".'
        yield Finding(pointer=f"{at}/@language", reason=f"is no language tag: {language}", fix=fix, blocking=False)


def _endorsements(at: str, thing: dict[str, Any]) -> Iterator[Finding]:
    """Embedded Endorsements that cannot be read, or that endorse something else. They are no fault of the badge."""
    found = thing.get("endorsement", [])
    for index, endorsement in enumerate(terms.listed(found)):
        place = f"{at}/endorsement/{index}" if isinstance(found, list) else f"{at}/endorsement"
        if not isinstance(endorsement, dict):
            continue
        try:
            claim = validated(endorsement, Endorsement, place).claim
        except Malformed as error:
            fix = "Correct the Endorsement, or leave it out."
            yield Finding(pointer=error.pointer, reason=error.reason, fix=fix, blocking=False)
            continue
        if isinstance(claim, Claim) and claim.id != thing.get("id"):
            fix = "Hang the Endorsement on what its claim names."
            reason = f"endorses something else: {claim.id}"
            yield Finding(pointer=f"{place}/claim/id", reason=reason, fix=fix, blocking=False)


def _addresses(document: dict[str, Any]) -> Iterator[Finding]:
    """Members that hold the address of a page, and what validators demand of them beyond the specification's prose."""
    badge, issuer = document["badge"], document["badge"]["issuer"]
    for at, value in (
        ("/badge/issuer/url", issuer.get("url") if isinstance(issuer, dict) else None),
        ("/badge/criteria", badge.get("criteria") if isinstance(badge, dict) else None),
        *_each("/evidence", document.get("evidence")),
        *_each("/badge/alignment", badge.get("alignment") if isinstance(badge, dict) else None, "targetUrl"),
    ):
        for text in _listed(UNSET if value is None else value):
            if isinstance(text, str) and not on_the_web(text):
                fix = 'Write a web address: "https://issuer.example/page".'
                yield Finding(pointer=at, reason=f"is no web address: {text}", fix=fix, blocking=False)
    for text in _listed(issuer.get("email", UNSET) if isinstance(issuer, dict) else UNSET):
        if isinstance(text, str) and not _EMAIL.fullmatch(text):
            reason, fix = f"is no e-mail address: {text}", f"Write {example('email')}."
            yield Finding(pointer="/badge/issuer/email", reason=reason, fix=fix, blocking=False)
    if "uid" in document:
        fix = "Leave it out; the id names the Assertion."
        yield Finding(pointer="/uid", reason="is deprecated", fix=fix, blocking=False)


def _each(at: str, given: Any, member: str = "id") -> Iterator[tuple[str, Any]]:
    """The address of each of one or many: itself where it is text, else its member."""
    for index, item in enumerate(terms.listed(given)):
        place = f"{at}/{index}" if isinstance(given, list) else at
        yield (f"{place}/{member}", item.get(member)) if isinstance(item, dict) else (place, item)


def _members(value: dict[str, Any] | list[Any], at: str, words: terms.Words) -> Iterator[Finding]:
    """Members that another spelling hides from whoever reads by name, and extensions that nobody could tell."""
    named = enumerate(value) if isinstance(value, list) else value.items()
    for name, member in named:
        if isinstance(name, str):
            yield from _odd_member(name, f"{at}/{escaped(name)}", words)
        if not isinstance(member, dict | list) or name in _SECURED_APART:
            continue
        place = f"{at}/{escaped(str(name))}"
        if isinstance(member, dict) and _is_extension(str(name), member):
            yield from _extension(member, place)
        else:
            yield from _members(member, place, words)


def _odd_member(name: str, at: str, words: terms.Words) -> Iterator[Finding]:
    term = terms.spelled_out(name, words)
    if term is not None:
        reason = f"is the term {term} by its IRI, which is not read"
        yield Finding(pointer=at, reason=reason, fix=f"Write it as {term}.")
    elif name in _SAID_TWICE:
        yield Finding(pointer=at, reason="says twice what another member says", fix=f"Leave out {name}.")
    elif name in _HOLD_MEMBERS:
        reason = "holds members of JSON-LD where they are not read"
        yield Finding(pointer=at, reason=reason, fix=f"Write what stands in {name} outside of it.")


def _is_extension(name: str, member: dict[str, Any]) -> bool:
    return name.startswith("extensions:") or "Extension" in terms.listed(member.get("type"))


def _extension(extension: dict[str, Any], at: str) -> Iterator[Finding]:
    """An extension has its own context, and the type that this context validates.

    Source: Open Badges 2.0, Extensions.
    """
    if "@context" not in extension:
        fix = "Put the address of the extension's context into the extension itself."
        yield Finding(pointer=f"{at}/@context", reason="is missing, so the extension cannot be told", fix=fix)
    types = terms.listed(extension.get("type", []))
    if "Extension" not in types or len(types) < len(("Extension", "its own")):
        fix = "Name both in type: Extension, and the extension's own type."
        yield Finding(pointer=f"{at}/type", reason="does not say which extension it is", fix=fix)


def _listed(value: Any) -> list[Any]:
    return [] if value is UNSET else terms.listed(value)
