"""A corrected copy of an Assertion of Open Badges 0.5, 1.0 or 1.1, in its own version: names, dates and flags.

What it refers to by address is not fetched: only what the received document holds is corrected.
"""

import copy
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.addresses import on_the_web
from adapters.hub.errors import AdapterError
from adapters.hub.moments import instant, moment
from adapters.hub.opened import Opened
from adapters.hub.repair import Lack, Mending, Repair
from adapters.open_badges_1.findings import HASHES
from adapters.open_badges_1.reading import reading

_SPELLINGS = {"@id": "id", "@type": "type", "verification": "verify"}
_TIMES = ("issued_on", "issuedOn", "expires")
_ISSUER = {"id": "https://issuer.example/issuer.json", "name": "-", "url": "https://issuer.example"}
_BADGE = {"name": "-", "description": "-", "image": "-", "criteria": "-", "issuer": _ISSUER}
"""Sound parts, to be judged in place of those at other addresses."""


def repair(opened: Opened) -> Repair:
    """Correct the form of an Assertion, as far as it tells by itself what is meant."""
    mending = Mending(opened.document)
    assertion = mending.document

    def once() -> None:
        for old, new in _SPELLINGS.items():
            mending.rename(assertion, old, new, "", f"is called {new} in Open Badges 1")
        if isinstance(badge := assertion.get("badge"), dict):
            mending.rename(badge, "alignments", "alignment", "/badge", "is called alignment in Open Badges 1")
        _times(mending, assertion)
        _recipient(mending, assertion.get("recipient"))

    mending.until_nothing_changes(once)
    lacking, unjudged = _lacking(opened, assertion)
    return Repair(document=assertion, corrections=mending.corrections, lacking=lacking, unjudged=unjudged)


def _times(mending: Mending, assertion: dict[str, Any]) -> None:
    for name in _TIMES:
        given = assertion.get(name)
        exact = isinstance(given, str) and instant(given) is not None
        if not exact and (read := moment(given)) is not None:
            mending.put(assertion, name, read.text, "", read.reason)


def _recipient(mending: Mending, recipient: Any) -> None:
    """Say of the identity what it is: a hash or not, and an e-mail address."""
    if not isinstance(recipient, dict) or not isinstance(identity := recipient.get("identity"), str):
        return
    hashed = HASHES.fullmatch(identity) is not None
    if recipient.get("hashed") is None or (hashed and recipient["hashed"] is False):
        mending.put(recipient, "hashed", hashed, "/recipient", "says whether the identity is a hash")
    if recipient.get("type") is None and "@" in identity:
        mending.put(recipient, "type", "email", "/recipient", "says what kind of identity it is")


def _lacking(opened: Opened, document: dict[str, Any]) -> tuple[tuple[Lack, ...], tuple[str, ...]]:
    """Every rule that the corrected copy still breaks, and the parts at other addresses, of which nothing is known."""
    judged = copy.deepcopy(document)
    unjudged = tuple(_stand_in(judged))
    try:
        findings = reading(msgspec.structs.replace(opened, document=judged), {}).findings
    except AdapterError as error:
        return (Lack(pointer=error.pointer, reason=error.reason, fix=error.fix),), unjudged
    lacking = [Lack(pointer=each.pointer, reason=each.reason, fix=each.fix) for each in findings if each.blocking]
    return tuple(lacking), unjudged


def _stand_in(document: dict[str, Any]) -> list[str]:
    """Put a sound part in the place of one that is only named, and return its address."""
    badge = document.get("badge")
    if isinstance(badge, str) and on_the_web(badge):
        document["badge"] = {**_BADGE, "id": badge}
        return [badge]
    if isinstance(badge, dict) and isinstance(url := badge.get("issuer"), str) and on_the_web(url):
        badge["issuer"] = {**_ISSUER, "id": url}
        return [url]
    return []
