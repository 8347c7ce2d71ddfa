"""A corrected copy of an Open Badges 3.0 credential: contexts, types, dates and forms as version 3.0.3 wants them.

Walks the same class table as ``shape``; what cannot be corrected stands in the list of what is lacking.
"""

import re
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.claims import claimed
from adapters.hub.errors import AdapterError, Malformed
from adapters.hub.losses import escaped
from adapters.hub.moments import ENDS, moment
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.repair import Lack, Mending, Repair, compact
from adapters.hub.wire import validated
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.classes import CLASSES, Class
from adapters.open_badges_3.examples import value
from adapters.open_badges_3.reading import reading, received, registered
from adapters.open_badges_3.vocabulary import (
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXTENSION_TYPES,
    EXTENSIONS,
    LANGUAGE,
    OPEN_BADGES,
    allowed,
    listed,
    nameable,
)

_OWN_TYPES = ("VerifiableCredential", "OpenBadgeCredential")
_SPELLINGS = {"@id": "id", "@type": "type"}
_DATES = {
    "issuanceDate": "validFrom",
    "issuedOn": "validFrom",
    "expirationDate": "validUntil",
    "expires": "validUntil",
}
_ALIGNED = {"name": "targetName", "url": "targetUrl", "description": "targetDescription"}
"""Members of an alignment in Open Badges 1."""
_SYNONYMS = {"email": "emailAddress"}
_OTHERS_DOCUMENTS = frozenset({"@context", "endorsement"})
"""Members that are not looked into: an endorsement is somebody else's, and signed as it stands."""
_KNOWN_CONTEXTS = (CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS, DATA_INTEGRITY_V2)
_EXTENDED = ("credentialSchema", "credentialStatus", "refreshService")
_FOREIGN_CONTEXT = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:w3id\.org/openbadges|openbadgespec\.org|w3\.org/(?:ns|2018)/credentials/v\d(?:[/#]|\Z)"
    r"|(?:imsglobal|1edtech)\.(?:org|github\.io)/(?:.*/)?(?:ob|ob_[\w-]*|openbadges[\w-]*)/)",
    re.IGNORECASE,
)
"""Another version or draft of the two contexts that every credential begins with: no signature covers both."""


_OF_PROOFS = re.compile(r"https://w3id\.org/security/(?:suites/|data-integrity/v1)")
"""Contexts of proofs that define terms of VCDM 2.0 anew."""


def repair(opened: Opened) -> Repair:
    """Correct the form of a credential, signed or not, as far as it tells by itself what is meant."""
    mending = _taken_out(opened)
    credential = mending.document

    def once() -> None:
        _spellings(mending, credential, "")
        _contexts(mending)
        if _only_known(credential):
            _cased(mending, credential, "AchievementCredential", "")
        _dates(mending)
        _aligned(mending, credential, CLASSES["AchievementCredential"], "")
        mending.retype(lambda document: validated(document, ob3.AchievementCredential), _WRAPPED)
        _class(mending, credential, CLASSES["AchievementCredential"], "")
        _own_type(mending)
        mending.unsign()

    mending.until_nothing_changes(once)
    return Repair(document=credential, corrections=mending.corrections, lacking=_lacking(credential, mending.unshaped))


def _taken_out(opened: Opened) -> Mending:
    """The credential alone: of its token, what only a claim said of it."""
    found = received(opened)
    if opened.token is None or not isinstance(found.raw, dict):
        return Mending(found.raw if isinstance(found.raw, dict) else {})
    token = claimed(opened.document, registered(opened))
    mending = Mending(token.document)
    if token.at:
        reason = "under VCDM 2.0 the payload of a token is the credential itself"
        mending.note(token.at, compact("vc"), "", reason)
    for place, claim in token.filled.items():
        said: Any = token.document
        for step in (pointer := place.removeprefix(token.at)).split("/")[1:]:
            said = said[step]
        mending.note(pointer, "", compact(said), f"only the claim {claim[1:]} of its token said so")
    return mending


def _spellings(mending: Mending, value: Any, at: str) -> None:
    """Write the aliases of the contexts for the keywords of JSON-LD, everywhere but in contexts."""
    if isinstance(value, dict):
        for keyword, alias in _SPELLINGS.items():
            mending.rename(value, keyword, alias, at, f"is written {alias} in Open Badges 3.0")
        for name, child in value.items():
            if name not in _OTHERS_DOCUMENTS:
                _spellings(mending, child, f"{at}/{escaped(name)}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _spellings(mending, item, f"{at}/{index}")


def _contexts(mending: Mending) -> None:
    """The two contexts of 3.0.3 in their order, then whatever further ones there were that go with them."""
    credential = mending.document
    given = [item for item in listed(credential.get("@context", [])) if item is not None]
    own = (CREDENTIALS_V2, OPEN_BADGES)
    further = [item for item in given if item not in own and not _foreign(item)]
    kinds = {str(name) for _, item in _parts(credential, _EXTENDED, "") for name in listed(item.get("type"))}
    if kinds & EXTENSION_TYPES and EXTENSIONS not in further:
        further.insert(0, EXTENSIONS)
    reason = "begins with the contexts of VCDM 2.0 and of Open Badges 3.0.3, and names no other version of them"
    mending.put(credential, "@context", [*own, *further], "", reason)
    if mending.corrections or "proof" not in credential:
        kept = [item for item in further if not (isinstance(item, str) and _OF_PROOFS.match(item))]
        mending.put(credential, "@context", [*own, *kept], "", "names no context for a proof that is not there")


def _foreign(context: Any) -> bool:
    return isinstance(context, str) and context != EXTENSIONS and _FOREIGN_CONTEXT.match(context) is not None


def _only_known(credential: dict[str, Any]) -> bool:
    """Whether nothing but the contexts of the format says what a name means."""
    return all(context in _KNOWN_CONTEXTS for context in listed(credential["@context"]))


def _undefined(credential: dict[str, Any], names: list[str]) -> list[str]:
    """The types that no context defines, so that no signature over RDF covers them."""
    if not _only_known(credential):
        return []
    extended = EXTENSION_TYPES if EXTENSIONS in credential["@context"] else frozenset()
    return [name for name in names if not nameable(name) and name not in extended]


def _cased(mending: Mending, value: dict[str, Any], of: str, at: str) -> None:
    """Write members as their class does that differ from it in capital letters alone."""
    members = {field.encode_name.casefold(): field.encode_name for field in msgspec.structs.fields(getattr(ob3, of))}
    for name in list(value):
        if (term := members.get(name.casefold(), name)) != name:
            mending.rename(value, name, term, at, f"is written {term} in Open Badges 3.0")
    for member, held in CLASSES[of].members.items():
        for place, item in _parts(value, (member,), at):
            _cased(mending, item, held, place)


def _dates(mending: Mending) -> None:
    """The names that other versions have for when a credential begins and ends."""
    credential = mending.document
    for old, new in _DATES.items():
        reason = f"is called {new} since VCDM 2.0"
        first, second = (moment(credential.get(name), end=new in ENDS) for name in (old, new))
        if first is not None and second is not None and first.text == second.text:
            mending.leave_out(credential, old, "", reason)
        mending.rename(credential, old, new, "", reason)


def _aligned(mending: Mending, value: dict[str, Any], of: Class, at: str) -> None:
    for member, held in of.members.items():
        for place, item in _parts(value, (member,), at):
            if held == "Alignment":
                for old, new in _ALIGNED.items():
                    mending.rename(item, old, new, place, f"is called {new} since Open Badges 2.0")
            _aligned(mending, item, CLASSES[held], place)


def _parts(value: dict[str, Any], members: tuple[str, ...], at: str) -> list[tuple[str, dict[str, Any]]]:
    """The objects that members hold, one or many, with the pointer of each; no documents of others."""
    found = []
    for member in members:
        given = value.get(member)
        for index, item in enumerate(listed(given)):
            if isinstance(item, dict) and member not in _OTHERS_DOCUMENTS:
                found.append((f"{at}/{member}/{index}" if isinstance(given, list) else f"{at}/{member}", item))
    return found


def _own_type(mending: Mending) -> None:
    given = [name for name in listed(mending.document.get("type", [])) if isinstance(name, str)]
    undefined = _undefined(mending.document, given)
    kept = [name for name in given if name not in undefined]
    known = {"AchievementCredential", "OpenBadgeCredential"} & set(given)
    first = [_OWN_TYPES[0]] if _OWN_TYPES[0] not in given else []
    second = [] if known else [_OWN_TYPES[1]]
    if first or second or undefined or not isinstance(mending.document.get("type"), list):
        reason = "names both classes of the credential" + _none_defines(undefined)
        mending.put(mending.document, "type", [*first, *kept, *second], "", reason)


def _none_defines(undefined: list[str]) -> str:
    return f"; no context defines {', '.join(undefined)}, so it could not be signed" if undefined else ""


def _class(mending: Mending, value: dict[str, Any], of: Class, at: str) -> None:
    """The type and the words of a value, and of all that it holds."""
    if of.type and at:
        _typed(mending, value, of, at)
    for member, words in of.words.items():
        if isinstance(given := value.get(member), str) and given and not allowed(given, words):
            word = _word(given, words)
            reason = "is how the enumeration writes it" if word in words else "words of your own begin with ext"
            mending.put(value, member, word if allowed(word, words) else given, at, reason)
    if isinstance(language := value.get("inLanguage"), str) and not LANGUAGE.fullmatch(language):
        _language(mending, value, language, at)
    for member, name in of.members.items():
        for place, item in _parts(value, (member,), at):
            _class(mending, item, CLASSES[name], place)


def _word(given: str, words: frozenset[str]) -> str:
    """The word of an enumeration that is meant, whatever its case and punctuation; else an extension of it."""
    bare = _bare(given)
    meant = _SYNONYMS.get(bare, "")
    if meant in words:
        return meant
    return next((word for word in words if bare and _bare(word) == bare), f"ext:{given.replace(' ', '_')}")


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", word).casefold()


def _typed(mending: Mending, value: dict[str, Any], of: Class, at: str) -> None:
    every = [name for name in listed(value.get("type", [])) if isinstance(name, str)]
    undefined = _undefined(mending.document, every)
    given = [name for name in every if name not in undefined]
    if of.single:
        if of.type in given or not given:
            mending.put(value, "type", of.type, at, f"is {of.type}, one value{_none_defines(undefined)}")
    elif of.type not in given or undefined or not isinstance(value.get("type"), list):
        rest = [name for name in given if name != of.type]
        reason = f"is a list that holds {of.type}{_none_defines(undefined)}"
        mending.put(value, "type", [of.type, *rest], at, reason)


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


def _lacking(document: dict[str, Any], unshaped: tuple[Malformed, ...]) -> tuple[Lack, ...]:
    """Every rule that the corrected copy still breaks; while it cannot be read, every value that it is for."""
    try:
        opened = open_bytes(msgspec.json.encode(document))
        findings = reading(opened).findings if isinstance(opened, Opened) else ()
    except AdapterError as error:
        return tuple(_lack(each.pointer, each.reason, each.fix) for each in unshaped or (error,))
    return tuple(_lack(finding.pointer, finding.reason, finding.fix) for finding in findings if finding.blocking)


def _lack(pointer: str, reason: str, fix: str) -> Lack:
    owner, _, absent = reason.partition(" has no ")
    _, _, unread = reason.partition("missing required field ")
    named = absent.partition(" ")[0] or unread
    at = pointer if named else pointer.rpartition("/")[0]
    named = named or pointer.rpartition("/")[2]
    shown = value(named, at, owner if absent else "")
    return Lack(
        pointer=pointer,
        reason=reason,
        fix=fix or f"Write {named or 'it'} as the specification says.",
        example="" if shown is None else compact(shown),
    )
