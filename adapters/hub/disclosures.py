"""SD-JWT taken apart: the issuer's JWT, what its holder discloses of it, and the claims that this makes up.

No signature is checked here; what is disclosed stands in the issuer's JWT by its digest, and is refused otherwise.

Source: RFC 9901 (SD-JWT) sections 4, 7.1 and 8.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError, Malformed, TooLarge
from adapters.hub.losses import escaped
from adapters.hub.strict_json import DEFAULT, Limits

HASHES: Final[Mapping[str, Callable[[bytes], Any]]] = {
    "sha-256": hashlib.sha256,
    "sha-384": hashlib.sha384,
    "sha-512": hashlib.sha512,
}
"""By the names of the IANA registry "Named Information Hash Algorithm"."""

USUAL_HASH: Final = "sha-256"
"""Where ``_sd_alg`` is absent (section 4.1.1)."""

RESERVED: Final = frozenset({"_sd", "_sd_alg", "..."})
"""Names that no claim may have."""

MAX_DISCLOSURES: Final = 1_000

_MAX_PLACES_CHARS: Final = 4_000_000
"""Of the ways to all values together, as for one text: a name that is disclosed stands in the way to all below it."""

_JWT: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_SEGMENT: Final = re.compile(r"[\w-]+", re.ASCII)
_OF_MEMBER: Final = 3
_OF_ELEMENT: Final = 2
_AS_HELD: Final = "Send the SD-JWT as its issuer made it, with all of its disclosures, character for character."
_ANEW: Final = "Its issuer has to make it anew, as RFC 9901 section 4 says."


class SdJwt(msgspec.Struct, frozen=True):
    """An SD-JWT, or with ``key_binding`` an SD-JWT+KB; nothing about it is verified yet.

    Attributes:
        token: The issuer's JWT, a compact JWS.
        disclosures: As they were sent, base64url.
        key_binding: The holder's JWT, a compact JWS; "" when there is none.
    """

    token: str
    disclosures: tuple[str, ...] = ()
    key_binding: str = ""

    @property
    def presented(self) -> str:
        """All but the holder's JWT, which has the digest of this text (section 4.3.1, ``sd_hash``)."""
        return "".join(f"{part}~" for part in (self.token, *self.disclosures))

    @property
    def compact(self) -> str:
        """The one line of text that it is sent as."""
        return self.presented + self.key_binding


class Disclosed(msgspec.Struct, frozen=True):
    """The claims of an SD-JWT, and what is known of those that are not among them.

    Attributes:
        claims: What the issuer's JWT says, with all that was disclosed in its place.
        withheld: How many digests stand there for nothing: claims withheld by the holder, or none (decoys).
        places: JSON Pointer to each member and element that was disclosed, into ``claims``.
    """

    claims: dict[str, Any]
    withheld: int
    places: tuple[str, ...]


class Presented(msgspec.Struct, frozen=True):
    """An SD-JWT as its holder sent it, and what of its claims is and is not among those that were opened.

    Attributes:
        withheld: As in `Disclosed`.
        places: As in `Disclosed`.
    """

    sd_jwt: SdJwt
    withheld: int
    places: tuple[str, ...]


def serialised(document: Mapping[str, Any]) -> SdJwt | None:
    """Take a JSON serialisation with one signature apart; None when it is none.

    Source: RFC 9901 section 8: ``disclosures`` and ``kb_jwt`` stand in the header that is not signed.
    """
    parts: Mapping[str, Any] = document
    if document.keys() == {"payload", "signatures"}:
        signatures = document["signatures"]
        if not isinstance(signatures, list) or len(signatures) != 1 or not isinstance(signatures[0], dict):
            return None
        parts = {"payload": document["payload"], **signatures[0]}
    header = parts.get("header")
    if parts.keys() != {"payload", "protected", "signature", "header"} or not isinstance(header, dict):
        return None
    disclosures, binding = header.get("disclosures"), header.get("kb_jwt", "")
    texts = [parts[name] for name in ("protected", "payload", "signature")]
    if header.keys() - {"disclosures", "kb_jwt"} or not isinstance(disclosures, list):
        return None
    if not all(isinstance(text, str) for text in (*texts, *disclosures, binding)):
        return None
    return parted("~".join((".".join(texts), *disclosures, binding)))


def parted(text: str) -> SdJwt | None:
    """Take the compact serialisation apart; None when it is none.

    Source: RFC 9901 section 4: what follows the last tilde is the holder's JWT.
    """
    token, *rest = text.split("~")
    if not rest or not _JWT.fullmatch(token):
        return None
    *disclosures, binding = rest
    if (binding and not _JWT.fullmatch(binding)) or not all(map(_SEGMENT.fullmatch, disclosures)):
        return None
    return SdJwt(token, tuple(disclosures), binding)


def disclosed(payload: Mapping[str, Any], disclosures: Iterable[str], limits: Limits = DEFAULT) -> Disclosed:
    """Put what is disclosed in its place.

    Args:
        payload: Of the issuer's JWT, strictly parsed.
        disclosures: As they were sent.
        limits: Bounds on what comes out.

    Raises:
        Malformed: A rule of section 7.1 is broken: the holder's doing, or the issuer's.
        TooLarge: More than the bounds allow.
    """
    name = payload.get("_sd_alg", USUAL_HASH)
    if not isinstance(name, str) or name not in HASHES:
        reason = f"_sd_alg names a hash that is not known here, not one of {', '.join(HASHES)}"
        raise Malformed(reason, pointer="/_sd_alg", fix=_ANEW)
    known = _by_digest(tuple(disclosures), HASHES[name], limits)
    process = _Process(known, limits)
    claims = process.members({name: value for name, value in payload.items() if name != "_sd_alg"}, "", 1)
    if unused := known.keys() - process.seen:
        raise Malformed(
            f"{len(unused)} of its disclosures stand nowhere in it: their digests are not what the issuer signed",
            fix=_AS_HELD,
        )
    return Disclosed(claims, len(process.seen - known.keys()), tuple(process.places))


def digest(disclosure: str, hashed: Callable[[bytes], Any] = hashlib.sha256) -> str:
    """The digest that stands for a disclosure (section 4.2.3): over its text, not over what that decodes to."""
    return urlsafe_b64encode(hashed(disclosure.encode()).digest()).rstrip(b"=").decode()


def _by_digest(disclosures: tuple[str, ...], hashed: Callable[[bytes], Any], limits: Limits) -> dict[str, list[Any]]:
    if len(disclosures) > MAX_DISCLOSURES:
        raise TooLarge(f"{len(disclosures)} disclosures, at most {MAX_DISCLOSURES} are accepted")
    known: dict[str, list[Any]] = {}
    for disclosure in disclosures:
        if known.setdefault(digest(disclosure, hashed), content := _content(disclosure, limits)) is not content:
            raise Malformed("one of its disclosures is there twice", fix=_AS_HELD)
    return known


def _content(disclosure: str, limits: Limits) -> list[Any]:
    """The array that a disclosure is.

    Raises:
        Malformed: It is none of ``[salt, name, value]`` and ``[salt, value]``, or its name is reserved.
    """
    try:
        text = urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))
    except ValueError:
        text = b""
    if not text or urlsafe_b64encode(text).rstrip(b"=") != disclosure.encode():
        raise Malformed("a disclosure is not base64url as it is written canonically", fix=_AS_HELD)
    try:
        content = strict_json.decode(text, limits)
    except AdapterError as error:
        reason = f"{error.reason} (in a disclosure)"
        raise type(error)(reason, pointer=error.pointer, fix=error.fix or _ANEW) from error
    if not isinstance(content, list) or len(content) not in (_OF_ELEMENT, _OF_MEMBER):
        raise Malformed("a disclosure is no array of two or three", fix=_ANEW)
    if not isinstance(content[0], str) or (len(content) == _OF_MEMBER and not isinstance(content[1], str)):
        raise Malformed("a disclosure whose salt, or whose name, is no text", fix=_ANEW)
    if len(content) == _OF_MEMBER and content[1] in RESERVED:
        raise Malformed(f"a disclosure of a claim called {content[1]}, which none may be called", fix=_ANEW)
    return content


class _Process:
    """Section 7.1 step 3, depth first; each digest may be met once, wherever it stands."""

    def __init__(self, known: Mapping[str, list[Any]], limits: Limits) -> None:
        self.seen: set[str] = set()
        self.places: list[str] = []
        self._known = known
        self._limits = limits
        self._values = 0
        self._chars = 0

    def members(self, value: Mapping[str, Any], at: str, depth: int) -> dict[str, Any]:
        """An object without ``_sd``, with the members that are disclosed in it."""
        if reserved := value.keys() & (RESERVED - {"_sd"}):
            where = f"{at}/{min(reserved)}"
            raise Malformed(f"{min(reserved)} stands where it means nothing", pointer=where, fix=_ANEW)
        made = {name: self._any(each, f"{at}/{escaped(name)}", depth) for name, each in value.items() if name != "_sd"}
        for name, each in self._added(value.get("_sd", []), f"{at}/_sd"):
            if name in made:
                reason = "is disclosed, and stands there already"
                raise Malformed(reason, pointer=f"{at}/{escaped(name)}", fix=_ANEW)
            self.places.append(f"{at}/{escaped(name)}")
            made[name] = self._any(each, self.places[-1], depth)
        return made

    def _added(self, digests: object, at: str) -> Iterator[tuple[str, Any]]:
        if not isinstance(digests, list) or not all(isinstance(each, str) for each in digests):
            raise Malformed("is no list of digests", pointer=at, fix=_ANEW)
        for each in digests:
            content = self._met(each, at)
            if content is None:
                continue
            if len(content) != _OF_MEMBER:
                raise Malformed("the digest of an element of an array, among those of members", pointer=at, fix=_ANEW)
            yield content[1], content[2]

    def _elements(self, value: list[Any], at: str, depth: int) -> list[Any]:
        made: list[Any] = []
        for each in value:
            place = f"{at}/{len(made)}"
            if not isinstance(each, dict) or "..." not in each:
                made.append(self._any(each, place, depth))
                continue
            if each.keys() != {"..."} or not isinstance(each["..."], str):
                raise Malformed("is no digest of an element alone", pointer=f"{place}/...", fix=_ANEW)
            content = self._met(each["..."], place)
            if content is None:
                continue
            if len(content) != _OF_ELEMENT:
                raise Malformed("the digest of a member, in place of an element", pointer=place, fix=_ANEW)
            self.places.append(place)
            made.append(self._any(content[1], place, depth))
        return made

    def _met(self, found: str, at: str) -> list[Any] | None:
        if found in self.seen:
            raise Malformed("a digest that stands twice in it", pointer=at, fix=_ANEW)
        self.seen.add(found)
        return self._known.get(found)

    def _any(self, value: Any, at: str, depth: int) -> Any:
        self._values += 1
        self._chars += len(at)
        # What is disclosed inside what is disclosed may go deeper than any one text does.
        if depth > self._limits.max_depth or self._values > self._limits.max_nodes:
            raise TooLarge(f"deeper than {self._limits.max_depth} or more than {self._limits.max_nodes} values")
        if self._chars > _MAX_PLACES_CHARS:
            raise TooLarge("names that are too long for all that stands below them")
        if isinstance(value, dict):
            return self.members(value, at, depth + 1)
        return self._elements(value, at, depth + 1) if isinstance(value, list) else value
