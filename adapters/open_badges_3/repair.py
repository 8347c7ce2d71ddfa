"""A corrected copy of an Open Badges 3.0 credential: contexts, types, dates and forms as version 3.0.3 wants them.

Walks the same class table as ``shape``; what cannot be corrected stands in the list of what is lacking.
"""

from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.repair import Lack, Mending, Repair, compact
from adapters.hub.wire import validated
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.classes import CLASSES, Class
from adapters.open_badges_3.examples import EXAMPLES
from adapters.open_badges_3.reading import reading, received
from adapters.open_badges_3.vocabulary import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    LANGUAGE,
    OPEN_BADGES,
    allowed,
    is_open_badges_context,
    listed,
)

_OWN_TYPES = ("VerifiableCredential", "OpenBadgeCredential")
_SPELLINGS = {"@id": "id", "@type": "type"}
_RENAMED = {"issuanceDate": "validFrom", "expirationDate": "validUntil"}


def repair(opened: Opened) -> Repair:
    """Correct the form of a credential, signed or not, as far as it tells by itself what is meant."""
    found = received(opened)
    mending = Mending(found.raw if isinstance(found.raw, dict) else {})
    credential = mending.document
    _spellings(mending, credential, "")
    _contexts(mending)
    for old, new in _RENAMED.items():
        mending.rename(credential, old, new, "", f"is called {new} since VCDM 2.0")
    mending.retype(lambda document: validated(document, ob3.AchievementCredential), _WRAPPED)
    _class(mending, credential, CLASSES["AchievementCredential"], "")
    _own_type(mending)
    mending.unsign()
    return Repair(document=credential, corrections=mending.corrections, lacking=_lacking(credential))


def _spellings(mending: Mending, value: Any, at: str) -> None:
    """Write the aliases of the contexts for the keywords of JSON-LD, everywhere but in contexts."""
    if isinstance(value, dict):
        for keyword, alias in _SPELLINGS.items():
            mending.rename(value, keyword, alias, at, f"is written {alias} in Open Badges 3.0")
        for name, child in value.items():
            if name != "@context":
                _spellings(mending, child, f"{at}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _spellings(mending, item, f"{at}/{index}")


def _contexts(mending: Mending) -> None:
    """The two contexts of 3.0.3 in their order, then whatever further ones there were."""
    given = listed(mending.document.get("@context", []))
    further = [item for item in given if item not in (CREDENTIALS_V1, CREDENTIALS_V2)]
    further = [item for item in further if not is_open_badges_context(item)]
    reason = "begins with the contexts of VCDM 2.0 and of Open Badges 3.0.3"
    mending.put(mending.document, "@context", [CREDENTIALS_V2, OPEN_BADGES, *further], "", reason)


def _own_type(mending: Mending) -> None:
    given = [name for name in listed(mending.document.get("type", [])) if isinstance(name, str)]
    known = {"AchievementCredential", "OpenBadgeCredential"} & set(given)
    first = [_OWN_TYPES[0]] if _OWN_TYPES[0] not in given else []
    second = [] if known else [_OWN_TYPES[1]]
    if first or second or not isinstance(mending.document.get("type"), list):
        mending.put(mending.document, "type", [*first, *given, *second], "", "names both classes of the credential")


def _class(mending: Mending, value: dict[str, Any], of: Class, at: str) -> None:
    """The type and the words of a value, and of all that it holds."""
    if of.type and at:
        _typed(mending, value, of, at)
    for member, words in of.words.items():
        if isinstance(given := value.get(member), str) and given and not allowed(given, words):
            word = next((word for word in words if word.casefold() == given.casefold()), f"ext:{given}")
            reason = "is a word of the enumeration, or begins with ext:"
            mending.put(value, member, word.replace(" ", "_"), at, reason)
    if isinstance(language := value.get("inLanguage"), str) and not LANGUAGE.fullmatch(language):
        _language(mending, value, language, at)
    for member, name in of.members.items():
        given = value.get(member)
        for index, item in enumerate(listed(given)):
            if isinstance(item, dict):
                place = f"{at}/{member}/{index}" if isinstance(given, list) else f"{at}/{member}"
                _class(mending, item, CLASSES[name], place)


def _typed(mending: Mending, value: dict[str, Any], of: Class, at: str) -> None:
    given = [name for name in listed(value.get("type", [])) if isinstance(name, str)]
    if of.single:
        if of.type in given or not given:
            mending.put(value, "type", of.type, at, f"is {of.type}, one value")
    elif of.type not in given or not isinstance(value.get("type"), list):
        rest = [name for name in given if name != of.type]
        mending.put(value, "type", [of.type, *rest], at, f"is a list that holds {of.type}")


def _language(mending: Mending, value: dict[str, Any], language: str, at: str) -> None:
    """Write a tag of BCP 47 in the customary case: language, script, region."""
    first, *rest = language.replace("_", "-").split("-")
    cased = [part.title() if len(part) == len("Latn") else part.upper() for part in rest]
    if LANGUAGE.fullmatch(tag := "-".join([first.lower(), *cased])):
        mending.put(value, "inLanguage", tag, at, "is written in the customary case of BCP 47")


def _image(text: str) -> dict[str, Any]:
    return {"id": text, "type": "Image"}


def _said_or_named(text: str) -> dict[str, Any]:
    return {"id": text} if text.startswith(("https://", "http://")) else {"narrative": text}


_WRAPPED = {
    "image": _image,
    "criteria": _said_or_named,
    "evidence": lambda text: {**_said_or_named(text), "type": ["Evidence"]},
    "creator": lambda text: {"id": text, "type": ["Profile"]},
    "source": lambda text: {"id": text, "type": ["Profile"]},
    "parentOrg": lambda text: {"id": text, "type": ["Profile"]},
}


def _lacking(document: dict[str, Any]) -> tuple[Lack, ...]:
    """Every rule that the corrected copy still breaks."""
    try:
        opened = open_bytes(msgspec.json.encode(document))
        findings = reading(opened).findings if isinstance(opened, Opened) else ()
    except AdapterError as error:
        return (_lack(error.pointer, error.reason, error.fix),)
    return tuple(_lack(finding.pointer, finding.reason, finding.fix) for finding in findings if finding.blocking)


def _lack(pointer: str, reason: str, fix: str) -> Lack:
    _, _, absent = reason.partition(" has no ")
    named = absent.partition(" ")[0] or pointer.rpartition("/")[2]
    return Lack(
        pointer=pointer,
        reason=reason,
        fix=fix or f"Write {named or 'it'} as the specification says.",
        example=compact(EXAMPLES[named]) if named in EXAMPLES else "",
    )
