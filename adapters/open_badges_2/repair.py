"""A corrected copy of an Open Badges 2.0 Assertion: context, names, types, dates and flags as version 2.0 wants them.

What it refers to by address is not fetched: only what the received document holds is corrected.
"""

import re
from collections.abc import Iterator
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing
from adapters.hub.losses import escaped
from adapters.hub.moments import ENDS, moment
from adapters.hub.opened import Opened
from adapters.hub.repair import Lack, Mending, Repair, compact
from adapters.hub.wire import validated
from adapters.open_badges_2 import assembly, terms
from adapters.open_badges_2.codecs import instant
from adapters.open_badges_2.document import (
    AlignmentObject,
    Assertion,
    BadgeClass,
    IdentityObject,
    Profile,
    VerificationObject,
)
from adapters.open_badges_2.examples import value
from adapters.open_badges_2.findings import HASHES
from adapters.open_badges_2.identifiers import on_the_web
from adapters.open_badges_2.reading import reading

_SPELLINGS = {"@id": "id", "@type": "type", "verify": "verification"}
_VERIFICATIONS = {"hosted": "HostedBadge", "hostedbadge": "HostedBadge", "signed": "SignedBadge"}
_VERIFICATIONS |= {"signedbadge": "SignedBadge"}
_IDENTITY_TYPES = {"email": "email", "emailaddress": "email", "id": "id", "telephone": "telephone", "url": "url"}
_ALIASES = {"hosted", "signed"}
"""Terms of the context for the two classes of verification: as good as their names."""
_CLASSES = {"": "Assertion", "/badge": "BadgeClass", "/badge/issuer": "Issuer"}
_MEMBERS: dict[str, type[msgspec.Struct]] = {"": Assertion, "/badge": BadgeClass, "/badge/issuer": Profile}
_HELD: dict[str, type[msgspec.Struct]] = {
    "recipient": IdentityObject,
    "verification": VerificationObject,
    "alignment": AlignmentObject,
}
_ALIGNED = {"name": "targetName", "url": "targetUrl", "description": "targetDescription"}
"""Members of an alignment in Open Badges 1."""
_OTHERS_DOCUMENTS = {"@context", "endorsement"}
_ISSUER = {"type": "Issuer", "name": "-", "url": "https://issuer.example", "email": "badges@issuer.example"}
_STAND_INS: dict[str, dict[str, Any]] = {
    "/badge": {
        "type": "BadgeClass",
        "name": "-",
        "description": "-",
        "criteria": {"narrative": "-"},
        "issuer": {"id": "https://issuer.example/issuer.json", **_ISSUER},
    },
    "/badge/issuer": _ISSUER,
}
"""Sound parts, to be judged in place of those at other addresses."""


def repair(opened: Opened) -> Repair:
    """Correct the form of an Assertion and of what it holds, as far as it tells by itself what is meant."""
    mending = Mending(opened.document)
    assertion = mending.document

    def once() -> None:
        _names(mending, assertion, "")
        for at, thing in _parts(assertion):
            _cased(mending, thing, at)
            if at == "/badge":
                mending.rename(thing, "alignments", "alignment", at, "is called alignment in Open Badges 2.0")
            _of_class(mending, thing, at)
        _context(mending, assertion)
        _verification(mending, assertion, token=opened.token is not None)
        _dates(mending, assertion)
        _recipient(mending, assertion)
        mending.retype(lambda document: validated(document, Assertion), {})

    mending.until_nothing_changes(once)
    lacking, unjudged = _lacking(opened, assertion, mending.unshaped)
    return Repair(document=assertion, corrections=mending.corrections, lacking=lacking, unjudged=unjudged)


def _parts(assertion: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The Assertion, and its BadgeClass and issuer where they are inside of it."""
    yield "", assertion
    if isinstance(badge := assertion.get("badge"), dict):
        yield "/badge", badge
        if isinstance(issuer := badge.get("issuer"), dict):
            yield "/badge/issuer", issuer


def _names(mending: Mending, value: Any, at: str) -> None:
    """Write every member by its term, everywhere but in contexts and extensions."""
    if isinstance(value, dict):
        for name in list(value):
            if (term := _SPELLINGS.get(name) or terms.spelled_out(name)) is not None:
                mending.rename(value, name, term, at, f"is called {term} in Open Badges 2.0")
        for name, child in value.items():
            if name not in _OTHERS_DOCUMENTS and not name.startswith("extensions:"):
                _names(mending, child, f"{at}/{escaped(name)}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _names(mending, item, f"{at}/{index}")


def _cased(mending: Mending, thing: dict[str, Any], at: str) -> None:
    """Write members as their class does that differ from it in capital letters alone, and alignments as since 2.0."""
    _cased_as(mending, thing, _MEMBERS[at], at)
    for name, of in _HELD.items():
        held = thing.get(name)
        for index, item in enumerate(terms.listed(held)):
            if isinstance(item, dict):
                place = f"{at}/{name}/{index}" if isinstance(held, list) else f"{at}/{name}"
                _cased_as(mending, item, of, place)
                for old, new in _ALIGNED.items() if name == "alignment" else ():
                    mending.rename(item, old, new, place, f"is called {new} since Open Badges 2.0")


def _cased_as(mending: Mending, thing: dict[str, Any], of: type[msgspec.Struct], at: str) -> None:
    members = {field.encode_name.casefold(): field.encode_name for field in msgspec.structs.fields(of)}
    for name in list(thing):
        if (term := members.get(name.casefold(), name)) != name:
            mending.rename(thing, name, term, at, f"is written {term} in Open Badges 2.0")


def _context(mending: Mending, assertion: dict[str, Any]) -> None:
    if not terms.brings_the_terms(assertion.get("@context")):
        further = [item for item in terms.listed(assertion.get("@context", [])) if item and item != terms.CONTEXT]
        context = [terms.CONTEXT, *further] if further else terms.CONTEXT
        mending.put(assertion, "@context", context, "", "begins with the context of Open Badges 2.0")


def _of_class(mending: Mending, thing: dict[str, Any], at: str) -> None:
    wanted = _CLASSES[at]
    given = [name for name in terms.listed(thing.get("type", [])) if isinstance(name, str)]
    if wanted not in given and not (wanted == "Issuer" and "Profile" in given):
        mending.put(thing, "type", [wanted, *given] if given else wanted, at, f"is of the class {wanted}")


def _verification(mending: Mending, assertion: dict[str, Any], *, token: bool) -> None:
    verification = assertion.get("verification")
    if isinstance(verification, str):
        verification = {"type": verification}
        mending.put(assertion, "verification", verification, "", "is an object")
    if isinstance(verification, dict) and isinstance(given := verification.get("type"), str):
        word = _VERIFICATIONS.get(_bare(given), given)
        if given not in _ALIASES:
            mending.put(verification, "type", word, "/verification", "is a class of Open Badges 2.0")
    if verification is None and not token and on_the_web(str(assertion.get("id", ""))):
        reason = "has an address, whose host can vouch for it"
        mending.put(assertion, "verification", {"type": "HostedBadge"}, "", reason)


def _dates(mending: Mending, assertion: dict[str, Any]) -> None:
    for name in ("issuedOn", "expires"):
        given = assertion.get(name)
        readable = isinstance(given, str) and instant(given) is not None
        if not readable and (read := moment(given, end=name in ENDS)) is not None:
            mending.put(assertion, name, read.text, "", read.reason)


def _recipient(mending: Mending, assertion: dict[str, Any]) -> None:
    """Say of the identity what it is: a hash or not."""
    recipient = assertion.get("recipient")
    if not isinstance(recipient, dict) or not isinstance(identity := recipient.get("identity"), str):
        return
    hashed = HASHES.fullmatch(identity) is not None
    if recipient.get("hashed") is None or (hashed and recipient["hashed"] is False):
        mending.put(recipient, "hashed", hashed, "/recipient", "says whether the identity is a hash")
    given = recipient.get("type")
    if given is None and "@" in identity:
        mending.put(recipient, "type", "email", "/recipient", "says what kind of identity it is")
    elif isinstance(given, str):
        word = _IDENTITY_TYPES.get(_bare(given), given)
        mending.put(recipient, "type", word, "/recipient", "is one of the four kinds of identity")


def _bare(word: str) -> str:
    """A word without case and punctuation."""
    return re.sub(r"[\W_]", "", word).casefold()


def _lacking(
    opened: Opened, document: dict[str, Any], unshaped: tuple[Malformed, ...]
) -> tuple[tuple[Lack, ...], tuple[str, ...]]:
    """Every rule that the corrected copy still breaks, and the parts at other addresses, of which nothing is known."""
    copy: dict[str, Any] = assembly.normalised(document)
    unjudged: list[str] = []
    elsewhere: list[str] = []
    while True:
        try:
            findings = reading(msgspec.structs.replace(opened, document=copy), {}).findings
        except ReferenceMissing as error:
            unjudged.append(_stood_in(copy, error.pointer))
            elsewhere.append(error.pointer)
        except AdapterError as error:
            unread = tuple(_lack(each.pointer, each.reason, each.fix) for each in unshaped or (error,))
            return unread, tuple(unjudged)
        else:
            break
    lacking = (finding for finding in findings if finding.blocking and not _within(finding.pointer, elsewhere))
    return tuple(_lack(each.pointer, each.reason, each.fix) for each in lacking), tuple(unjudged)


def _stood_in(document: dict[str, Any], pointer: str) -> str:
    """Put a sound part in the place of one that is only named, and return its address."""
    holder, name = (document, "badge") if pointer == "/badge" else (document["badge"], "issuer")
    named = holder[name]
    url = str(named["id"] if isinstance(named, dict) else named)
    holder[name] = {**_STAND_INS[pointer], "id": url}
    return url


def _within(pointer: str, places: list[str]) -> bool:
    return any(pointer == place or pointer.startswith(f"{place}/") for place in places)


def _lack(pointer: str, reason: str, fix: str) -> Lack:
    _, _, absent = reason.partition("missing required field ")
    at, _, last = pointer.rpartition("/")
    shown = value(absent, pointer) if absent else value(last, at)
    return Lack(
        pointer=pointer,
        reason=reason,
        fix=fix or f"Write {absent or last or 'it'} as the specification says.",
        example="" if shown is None else compact(shown),
    )
