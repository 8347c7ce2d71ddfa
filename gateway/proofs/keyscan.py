"""Looks for JSON-LD treachery in plain JSON, before any JSON-LD is done.

A signature over RDF does not protect the JSON that a reader sees: ``@graph``, ``@included``, ``@reverse``,
contexts of the document's own and the like put other JSON over the same RDF. Credentials with Data Integrity
need none of them. This scan finds what can be seen in the JSON alone; ``expansion`` finds the rest.

Sources: GHSA-9rfg-v8g9-9367, CVE-2026-46349, CVE-2026-48028: signed JSON-LD restructured under its signature.
"""

import math
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from gateway.proofs.contexts import ContextChoice, Role, role
from gateway.proofs.errors import ContextUnknown, NotCanonicalisable
from gateway.proofs.findings import Finding, Kind, step

EMBEDDED = "endorsement"
"""The one property whose values are whole credentials, with contexts and proofs of their own (OB 3.0)."""

_READABLE = frozenset({"@id", "@type", "@value", "@language"})
"""Keywords that leave a document's shape alone: canonicalised, and found."""

MAX_CONTEXTS = 10
"""In one ``@context``."""
_LARGEST_SHARED_INTEGER = 2**53 - 1
_SMALLEST_SHARED_FRACTION = 1e-6
"""JavaScript prints smaller ones as 1e-7; without a point, jsonld takes them for integers and writes 0."""
_SURROGATE = re.compile("[\ud800-\udfff]")
# Section 8.6 of JSON-LD 1.1 API prints doubles with 16 digits; C and JavaScript break ties differently.
_TIE_UP, _TIE_EVEN = Context(prec=16, rounding=ROUND_HALF_UP), Context(prec=16, rounding=ROUND_HALF_EVEN)


def scan(document: dict[str, Any], choice: ContextChoice) -> tuple[Finding, ...]:
    """Return what a signature over the document's RDF is blind to, as far as its JSON alone tells.

    Raises:
        ContextUnknown: Some ``@context`` names a URL that ``choice`` does not hold.
        NotCanonicalisable: Contexts that are no URLs, keywords that restructure, numbers and texts that
            implementations treat differently.
    """
    found: list[Finding] = []
    _object(document, "", found, choice, credential=True)
    return tuple(found)


def scan_member(key: str, value: object, pointer: str, choice: ContextChoice) -> tuple[Finding, ...]:
    """Return the same for the value of one member, which stands at ``pointer``.

    Raises:
        ContextUnknown, NotCanonicalisable: As ``scan``.
    """
    found: list[Finding] = []
    _member(key, value, pointer, found, choice)
    return tuple(found)


def context_urls(document: dict[str, Any]) -> tuple[str, ...]:
    """Return the context URLs of the document and of what it embeds, each once, sorted."""
    urls: set[str] = set()
    left: list[Any] = [document]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if "@context" in value:
                urls |= {url for url in _as_list(value["@context"]) if isinstance(url, str)}
            value = value.values()
        left += [item for item in value if isinstance(item, dict | list)]
    return tuple(sorted(urls))


def _value(value: object, pointer: str, found: list[Finding], choice: ContextChoice) -> None:
    match value:
        case dict():
            _object(value, pointer, found, choice, credential=False)
        case list():
            for index, item in enumerate(value):
                _value(item, step(pointer, index), found, choice)
        case str():
            _text(value, pointer)
        case bool() | None:
            pass
        case int() | float():
            _number(value, pointer)


def _object(
    node: dict[str, Any], pointer: str, found: list[Finding], choice: ContextChoice, *, credential: bool
) -> None:
    for key, value in node.items():
        place = step(pointer, key)
        _text(key, pointer)
        if key == "@context":
            _context(value, place, found, choice, credential=credential)
            continue
        _key(key, place, found)
        _member(key, value, place, found, choice)
    if credential and "@context" not in node:
        found.append(Finding(Kind.CONTEXT_ORDER, pointer, "there is no @context"))


def _member(key: str, value: object, pointer: str, found: list[Finding], choice: ContextChoice) -> None:
    if key != EMBEDDED:
        _value(value, pointer, found, choice)
        return
    for index, item in enumerate(_as_list(value)):
        inside = step(pointer, index) if isinstance(value, list) else pointer
        if isinstance(item, dict):
            _object(item, inside, found, choice, credential="@context" in item)
        else:
            _value(item, inside, found, choice)


def _key(key: str, pointer: str, found: list[Finding]) -> None:
    if misnomer := misnamed(key):
        finding = Finding(misnomer[0], pointer, misnomer[1])
        if misnomer[0] is Kind.KEYWORD_KEY and key not in _READABLE:
            raise NotCanonicalisable(finding)
        found.append(finding)


def misnamed(key: str) -> tuple[Kind, str] | None:
    """Say what is wrong with a member name wherever it stands, and in one clause why; None for nothing."""
    if key.startswith("@"):
        return Kind.KEYWORD_KEY, f"the member {key} is a keyword of JSON-LD"
    if ":" in key:
        return Kind.COMPACT_IRI_KEY, f"the member {key} is an IRI, not a term"
    if key[:1].isupper():
        return Kind.TYPE_AS_PROPERTY, f"the member {key} is named like a class"
    return None


def _context(value: object, pointer: str, found: list[Finding], choice: ContextChoice, *, credential: bool) -> None:
    urls = _as_list(value)
    if len(urls) > MAX_CONTEXTS or not all(isinstance(url, str) for url in urls):
        raise NotCanonicalisable(Finding(Kind.INLINE_CONTEXT, pointer, f"is not a list of at most {MAX_CONTEXTS} URLs"))
    for url in urls:
        if url not in choice.bodies:
            raise ContextUnknown(url, pointer=pointer)
    if not credential:
        found.append(Finding(Kind.NESTED_CONTEXT, pointer, "stands below the top of a credential"))
    elif reason := disorder(urls):
        found.append(Finding(Kind.CONTEXT_ORDER, pointer, reason))


def disorder(urls: list[str]) -> str:
    """Say in one clause how contexts differ from the known order: one of VCDM, one of the badge, extensions, suites.

    "" when they do not.
    """
    roles = [role(url) for url in urls]
    if not roles or roles[0] is not Role.CREDENTIAL:
        return "the first context is not one of the Verifiable Credentials Data Model"
    if roles.count(Role.CREDENTIAL) > 1 or roles.count(Role.BADGE) > 1:
        return "two contexts define the same terms"
    if roles != sorted(roles):
        return "the contexts are not in the order credential, badge, extensions, proof suites"
    return "a context is named twice" if len(set(urls)) < len(urls) else ""


def _text(text: str, pointer: str) -> None:
    if not is_unicode(text):
        raise NotCanonicalisable(Finding(Kind.TEXT, pointer, "holds half a surrogate pair"))


def is_unicode(text: str) -> bool:
    """Say whether a text is free of lone surrogates."""
    return text.isascii() or _SURROGATE.search(text) is None


def _number(number: float, pointer: str) -> None:
    if reason := unshared(number):
        raise NotCanonicalisable(Finding(Kind.NUMBER, pointer, reason))


def unshared(number: float) -> str:
    """Say why JavaScript and Python would print a number as different literals; "" when they would not."""
    if not math.isfinite(number) or abs(number) > _LARGEST_SHARED_INTEGER:
        return "is beyond 2^53 - 1"
    if number == 0 and math.copysign(1, number) < 0:
        return "is zero with a sign"
    if 0 < abs(number) < _SMALLEST_SHARED_FRACTION:
        return "is closer to zero than 10^-6"
    exact = Decimal(number)
    return "" if _TIE_UP.plus(exact) == _TIE_EVEN.plus(exact) else "has more digits than all of them keep"


def _as_list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
