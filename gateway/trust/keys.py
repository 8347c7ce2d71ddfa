"""From the name of a key to the key, and whether it is the issuer's: DIDs, https controller and key documents."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import Unreachable
from gateway.proofs import jwk, multikey
from gateway.proofs.data_integrity import PURPOSE
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.signatures import PublicKey, algorithms
from gateway.trust.addresses import authority, without_fragment
from gateway.trust.controllers import ACCEPT, Controller, controller, host
from gateway.trust.did_addresses import METHODS
from gateway.trust.report import Outcome
from gateway.trust.served import served_json
from gateway.trust.subject import OneWeb
from gateway.trust.withdrawals import ended, holds, is_material, withdrawal

_ITS_OWN = ("did:key:", "did:jwk:")
_MAX_NAMES = 8
_PUBLISH = "Serve the controller document of {}, with the key under assertionMethod."
_ADD = "Add the key to verificationMethod and assertionMethod at {}."
_FORMER = "Sign anew with a key that is in force, or list the former key under assertionMethod at {} again."
_ONE = "Write one key in each verification method; give another key an id of its own."
_KEY = "Write the key as publicKeyMultibase (Multikey) or publicKeyJwk: Ed25519, P-256, P-384 or RSA of 2048 bits."


class Key(msgspec.Struct, frozen=True):
    """A public key and the JOSE algorithms it may be used with."""

    public: PublicKey
    algorithms: frozenset[str]

    def same(self, other: "Key") -> bool:
        """Say whether both are the same key, however they are written."""
        return jwk.thumbprint(self.public) == jwk.thumbprint(other.public)

    @property
    def spelling(self) -> "Spelling":
        """How documents write this key."""
        try:
            multibase = multikey.encode(self.public)
        except KeyUnusable:
            multibase = ""
        return Spelling(jwk.public_jwk(self.public), multibase)


class Spelling(msgspec.Struct, frozen=True):
    """The one way to write a key in each form; a long list is searched for it without reading every key in it.

    Attributes:
        web_key: The required members of its JWK.
        multibase: As Multikey, "" when it has none.
    """

    web_key: Mapping[str, str]
    multibase: str

    def is_web_key(self, members: Mapping[str, Any]) -> bool:
        """Say whether a JWK is this key."""
        return all(members.get(name) == value for name, value in self.web_key.items())

    def is_method(self, members: Mapping[str, Any]) -> bool:
        """Say whether a verification method holds this key."""
        text, web_key = members.get("publicKeyMultibase"), members.get("publicKeyJwk")
        if isinstance(text, str) and text == self.multibase:
            return True
        return isinstance(web_key, dict) and self.is_web_key(web_key)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The key that a signature names, and what ties it to the issuer.

    Attributes:
        key: None when no key could be had at all. It may be one that the signature itself brought: enough to say that
            the signature is right, never to say whose it is.
        authority: PASSED when the issuer itself names this key; FAILED when it names others, or the key is somebody
            else's; UNKNOWN when nobody could be asked.
        detail: Why, as the end of a sentence about the key.
    """

    key: Key | None
    authority: Outcome
    detail: str
    fix: str = ""
    looked_at: tuple[str, ...] = ()


async def named_key(web: OneWeb, now: dt.datetime, name: str, issuer: str, purpose: str = PURPOSE) -> Found:
    """Find the key that a ``verificationMethod``, or a ``kid`` that is a URL, names.

    The key in the fragment of ``https://issuer.example#z6Mk...`` is what anybody can write there; it is used only to
    say whether the signature is right, and the issuer's own document decides whose it is. Nothing is fetched from
    elsewhere than the issuer's own host: a document must not choose whom we ask.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        name: Absolute URI or DID URL.
        issuer: Id of the issuer that the signed document claims.
        purpose: What its document must allow the key for.

    Source: W3C Controlled Identifiers 1.0 section 3.3, "Retrieve Verification Method"; Open Badges 3.0 section 8.5.
    """
    found = await _named(web, now, name, issuer, purpose)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _named(web, now, name, issuer, purpose)
    return found


async def _named(web: OneWeb, now: dt.datetime, name: str, issuer: str, purpose: str) -> Found:
    base = without_fragment(name)
    if name.startswith(_ITS_OWN):
        return _its_own(name, base, issuer)
    if authority(base) is None and not base.startswith(METHODS):
        return _unresolvable(name)
    has_document = base == name and base != issuer and authority(name) == host(issuer)
    if base != issuer and not has_document:
        return _somebody_elses(name, base, issuer)
    try:
        if has_document:
            return await _key_document(web, now, name, issuer, purpose)
        document = await controller(web, now, base, purpose)
    except Unreachable as error:
        return Found(
            key=_stated(name),
            authority=Outcome.UNKNOWN,
            detail=error.reason,
            fix=error.fix or _PUBLISH.format(base),
            looked_at=(base,),
        )
    return _held(document, now, name, issuer)


def material(members: Mapping[str, Any]) -> Key:
    """Read the key of a verification method, whatever its type is called.

    Raises:
        KeyUnusable: It holds none of a kind that is used here, or two, of which readers may take either.
    """
    text, web_key = members.get("publicKeyMultibase"), members.get("publicKeyJwk")
    if isinstance(web_key, dict):
        key = of_jwk(web_key)
    elif isinstance(text, str):
        public = multikey.decode(text)
        key = Key(public, algorithms(public))
    else:
        raise KeyUnusable("the verification method holds neither publicKeyMultibase nor publicKeyJwk")
    if not holds({name: value for name, value in members.items() if is_material(name)}, key.public):
        raise KeyUnusable("the verification method holds two keys, or one that cannot be read", fix=_ONE)
    return key


def of_jwk(members: Mapping[str, Any]) -> Key:
    """Read a JSON Web Key and what it may be used for.

    Raises:
        KeyUnusable: It is not a public key for signatures of a kind that is used here.
    """
    return Key(jwk.public_key(members), jwk.allowed(members))


def own_key(did: str) -> Key:
    """Return the key that a did:key or did:jwk is, and what it may be used for.

    Raises:
        KeyUnusable: It is none, or says of itself that it is not for verifying.
    """
    return Key(*multikey.verifying(did))


def disallowed(members: Mapping[str, Any], controlled_by: str, issuer: str, now: dt.datetime) -> str:
    """Say why a verification method may not speak for the issuer now, "" when it may.

    Source: W3C Controlled Identifiers 1.0 section 2.2 (``controller``, ``expires``, ``revoked``).
    """
    if controlled_by != issuer:
        return f"is controlled by {controlled_by or 'nobody'}, not by the issuer {issuer}"
    return ended(members, now)


def listed_key(document: Controller, now: dt.datetime, key: Key) -> Found | None:
    """Judge a key by what its issuer's document says of it under any name; None when it does not hold the key.

    Args:
        document: The issuer's own controller document.
        now: Of this verification.
        key: Compared by thumbprint, however either is written.
    """
    spelling = key.spelling
    named = [name for name, members in document.methods.items() if spelling.is_method(members)]
    held = [_of_name(document, now, name, document.id) for name in named[:_MAX_NAMES]]
    found = next((found for found in held if found.authority is Outcome.PASSED), held[0] if held else None)
    return found and unless_withdrawn(found, document.entries, now, document.url)


def unless_withdrawn(found: Found, entries: Iterable[Mapping[str, Any]], now: dt.datetime, url: str) -> Found:
    """Take a key back that one of these entries, of one document at ``url``, withdraws or may withdraw."""
    if found.authority is not Outcome.PASSED or found.key is None:
        return found
    said = withdrawal(entries, found.key.public, now, url)
    if said is None:
        return found
    looked_at = tuple(dict.fromkeys((*found.looked_at, url)))
    return msgspec.structs.replace(found, authority=said.outcome, detail=said.detail, fix=said.fix, looked_at=looked_at)


def _somebody_elses(name: str, base: str, issuer: str) -> Found:
    return Found(
        key=_stated(name),
        authority=Outcome.FAILED,
        detail=f"the key is {base}'s, and the issuer calls itself {issuer or 'nothing'}",
        fix="Sign with a key that the issuer's own document lists.",
        looked_at=(name,),
    )


def _its_own(name: str, base: str, issuer: str) -> Found:
    try:
        key = own_key(name)
    except KeyUnusable as error:
        return Found(key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=_KEY, looked_at=(name,))
    if base == issuer:
        return Found(key=key, authority=Outcome.PASSED, detail="the issuer is this key", looked_at=(name,))
    return Found(
        key=key,
        authority=Outcome.FAILED,
        detail=f"the key is {base}, and the issuer calls itself {issuer}",
        fix=f"Make {base} the id of the issuer, or sign with a key that the document of {issuer} lists.",
        looked_at=(name,),
    )


def _unresolvable(name: str) -> Found:
    scheme = ":" in name
    return Found(
        key=None,
        authority=Outcome.UNKNOWN if scheme else Outcome.FAILED,
        detail=f"{name} cannot be resolved" if scheme else f"{name} is not a URL, so it leads to no key",
        fix="Name the key by an https URL or a DID URL of the methods web, webvh, key or jwk.",
        looked_at=(name,),
    )


def _stated(name: str) -> Key | None:
    """The key that the name itself spells, if any; it proves nothing about whose it is."""
    try:
        public = multikey.decode(name.rpartition("#")[2])
    except KeyUnusable:
        return None
    return Key(public, algorithms(public))


def _held(document: Controller, now: dt.datetime, name: str, issuer: str) -> Found:
    return unless_withdrawn(_of_name(document, now, name, issuer), document.entries, now, document.url)


def _of_name(document: Controller, now: dt.datetime, name: str, issuer: str) -> Found:
    """Judge a method that should stand in the controller document its name leads to."""
    members = document.methods.get(name)
    looked_at = (document.url, name)
    if members is None:
        until = document.former.get(name)
        return Found(
            key=_stated(name),
            authority=Outcome.FAILED,
            detail=f"the document of {document.id} holds no key {name}" + _was(until),
            fix=(_FORMER if until else _ADD).format(document.url),
            looked_at=looked_at,
        )
    reason = disallowed(members, str(members.get("controller", "")), issuer, now)
    return _judged(members, name, reason or _unlisted(document, name), looked_at)


def _unlisted(document: Controller, name: str) -> str:
    """Say why the issuer's document does not let a key of its own sign, "" when it does."""
    if name not in document.asserts:
        return f"is not listed in assertionMethod at {document.url}" + _was(document.former.get(name))
    return ""


def _was(until: str | None) -> str:
    return f"; it was the issuer's until {until}, and nothing proves that it signed before" if until else ""


def _judged(members: Mapping[str, Any], name: str, reason: str, looked_at: tuple[str, ...]) -> Found:
    try:
        key = material(members)
    except KeyUnusable as error:
        return Found(
            key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix or _KEY, looked_at=looked_at
        )
    if reason:
        return Found(
            key=key,
            authority=Outcome.FAILED,
            detail=f"the key {name} {reason}",
            fix="Let the issuer's own document list the key under assertionMethod, with the issuer as its controller.",
            looked_at=looked_at,
        )
    return Found(
        key=key, authority=Outcome.PASSED, detail="the issuer's own document lists the key", looked_at=looked_at
    )


async def _key_document(web: OneWeb, now: dt.datetime, name: str, issuer: str, purpose: str) -> Found:
    """Judge a key that has a document of its own: it names its controller, and the controller must list it.

    Raises:
        Unreachable: The key's document cannot be had.
    """
    served = await served_json(web, name, accept=ACCEPT)
    members = served.document
    if members.get("id") != name:
        reason = f"{name}: serves a key with another id, {members.get('id')}"
        raise Unreachable(reason, fix=f"Write {name} as the id of the key there.")
    reason = disallowed(members, str(members.get("controller", "")), issuer, now)
    if reason:
        return _judged(members, name, reason, (name,))
    try:
        document = await controller(web, now, issuer, purpose)
    except Unreachable as error:
        unknown = _judged(members, name, "", (name, issuer))
        return msgspec.structs.replace(
            unknown, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix or _PUBLISH.format(issuer)
        )
    found = _judged(members, name, _unlisted(document, name), (name, document.url))
    return unless_withdrawn(found, document.entries, now, document.url)
