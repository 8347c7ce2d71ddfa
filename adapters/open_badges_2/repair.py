"""A corrected copy of an Open Badges 2.0 Assertion: context, names, types, dates and flags as version 2.0 wants them.

What it refers to by address is not fetched: only what the received document holds is corrected.
"""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.errors import AdapterError, ReferenceMissing
from adapters.hub.losses import escaped
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.repair import Lack, Mending, Repair, compact, zoned
from adapters.hub.wire import validated
from adapters.open_badges_2 import terms
from adapters.open_badges_2.codecs import instant
from adapters.open_badges_2.document import Assertion
from adapters.open_badges_2.examples import EXAMPLES
from adapters.open_badges_2.findings import HASHES
from adapters.open_badges_2.identifiers import on_the_web
from adapters.open_badges_2.reading import reading

_SPELLINGS = {"@id": "id", "@type": "type", "verify": "verification"}
_VERIFICATIONS = {"hosted": "HostedBadge", "signed": "SignedBadge"}
_CLASSES = {"": "Assertion", "/badge": "BadgeClass", "/badge/issuer": "Issuer"}


def repair(opened: Opened) -> Repair:
    """Correct the form of an Assertion and of what it holds, as far as it tells by itself what is meant."""
    mending = Mending(opened.document)
    assertion = mending.document
    _names(mending, assertion, "")
    for at, thing in _parts(assertion):
        _of_class(mending, thing, at)
    if not terms.brings_the_terms(assertion.get("@context")):
        further = [item for item in terms.listed(assertion.get("@context", [])) if item and item != terms.CONTEXT]
        context = [terms.CONTEXT, *further] if further else terms.CONTEXT
        mending.put(assertion, "@context", context, "", "begins with the context of Open Badges 2.0")
    _verification(mending, assertion, token=opened.token is not None)
    _dates(mending, assertion)
    _recipient(mending, assertion)
    mending.retype(lambda document: validated(document, Assertion), {})
    return Repair(document=assertion, corrections=mending.corrections, lacking=_lacking(assertion))


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
            if name != "@context" and not name.startswith("extensions:"):
                _names(mending, child, f"{at}/{escaped(name)}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _names(mending, item, f"{at}/{index}")


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
    if isinstance(verification, dict) and (word := _VERIFICATIONS.get(str(verification.get("type")))):
        mending.put(verification, "type", word, "/verification", "is a class of Open Badges 2.0")
    if verification is None and not token and on_the_web(str(assertion.get("id", ""))):
        reason = "has an address, whose host can vouch for it"
        mending.put(assertion, "verification", {"type": "HostedBadge"}, "", reason)


def _dates(mending: Mending, assertion: dict[str, Any]) -> None:
    for name in ("issuedOn", "expires"):
        given = assertion.get(name)
        readable = isinstance(given, str) and instant(given) is not None
        if not readable and (now := zoned(given)) is not None:
            mending.put(assertion, name, now, "", "is a date-time with a zone; it was taken to mean UTC")


def _recipient(mending: Mending, assertion: dict[str, Any]) -> None:
    """Say of the identity what it is: a hash or not."""
    recipient = assertion.get("recipient")
    if not isinstance(recipient, dict) or not isinstance(identity := recipient.get("identity"), str):
        return
    hashed = HASHES.fullmatch(identity) is not None
    if "hashed" not in recipient or (hashed and recipient["hashed"] is False):
        mending.put(recipient, "hashed", hashed, "/recipient", "says whether the identity is a hash")
    if "type" not in recipient and "@" in identity:
        mending.put(recipient, "type", "email", "/recipient", "says what kind of identity it is")


def _lacking(document: dict[str, Any]) -> tuple[Lack, ...]:
    """Every rule that the corrected copy still breaks, as far as it shows without what it refers to."""
    try:
        opened = open_bytes(msgspec.json.encode(document))
        findings = reading(opened, {}).findings if isinstance(opened, Opened) else ()
    except ReferenceMissing:
        return ()
    except AdapterError as error:
        return (_lack(error.pointer, error.reason, error.fix),)
    return tuple(_lack(finding.pointer, finding.reason, finding.fix) for finding in findings if finding.blocking)


def _lack(pointer: str, reason: str, fix: str) -> Lack:
    _, _, absent = reason.partition("missing required field ")
    named = absent or pointer.rpartition("/")[2]
    return Lack(
        pointer=pointer,
        reason=reason,
        fix=fix or f"Write {named or 'it'} as the specification says.",
        example=compact(EXAMPLES[named]) if named in EXAMPLES else "",
    )
