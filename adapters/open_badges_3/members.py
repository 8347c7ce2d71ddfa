"""The class table applied: what a value of a class lacks or has otherwise, and all that it holds."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON, validated against document.py

from adapters.hub.losses import escaped
from adapters.hub.securing import Finding
from adapters.open_badges_3.classes import CLASSES, Class
from adapters.open_badges_3.examples import example
from adapters.open_badges_3.vocabulary import COMPACT_JWS, LANGUAGE, allowed, listed

Findings = Iterator[Finding]
_ONE_ONLY = ("credentialStatus", "refreshService")
_TOKEN_FIX = "Write the compact JWS: three parts of base64url with dots between, eyJ...e30.c2ln."  # noqa: S105  (no secret)


def broken(value: dict[str, Any], of: Class, at: str) -> Findings:
    """The rules of a class that a value breaks, and those that what it holds breaks."""
    yield from _class_type(value, of, at)
    yield from _presence(value, of, at)
    yield from _further(value, of, at)
    yield from _values(value, of, at)
    for member, name in of.members.items():
        for pointer, item in items(value, member, at):
            if isinstance(item, dict):
                yield from broken(item, CLASSES[name], pointer)


def sound(value: dict[str, Any], name: str) -> bool:
    """Whether a value keeps the rules of its class."""
    return not any(finding.blocking for finding in broken(value, CLASSES[name], ""))


def absent(member: str, owner: str, at: str) -> Finding:
    """The finding that a member is not there; of several with " or " between, any one would do."""
    return Finding(pointer=at, reason=f"{owner} has no {member}", fix=f"Add {example(member, at, owner)}.")


def items(value: dict[str, Any], member: str, at: str) -> Iterator[tuple[str, Any]]:
    """The values of a member that holds one or many, with the pointer of each."""
    given = value.get(member, [])
    if not isinstance(given, list):
        yield f"{at}/{member}", given
        return
    for index, item in enumerate(given):
        yield f"{at}/{member}/{index}", item


def _presence(value: dict[str, Any], of: Class, at: str) -> Findings:
    for member in of.required:
        if member not in value or value[member] == []:
            yield absent(member, of.type or "this", at)
    if of.some and not any(value.get(member) not in (None, []) for member in of.some):
        yield absent(" or ".join(of.some), of.type or "this", at)


def _further(value: dict[str, Any], of: Class, at: str) -> Findings:
    """Members of a class that cannot be extended; in a token no context keeps anybody from reading them."""
    for member in value:
        if of.only and member not in of.only:
            fix = f"Leave out {member}; {of.type} has {', '.join(of.only)} and nothing else."
            reason = f"is no member of {of.type}, which cannot be extended"
            yield Finding(pointer=f"{at}/{escaped(member)}", reason=reason, fix=fix)


def _values(value: dict[str, Any], of: Class, at: str) -> Findings:
    for member, words in of.words.items():
        if member in value and not allowed(value[member], words):
            reason = f"{value[member]!r} is not in the enumeration, and no ext: value"
            fix = f"Write one of {', '.join(sorted(words))}; or ext:{value[member]} for your own."
            yield Finding(pointer=f"{at}/{member}", reason=reason, fix=fix)
    tag = value.get("inLanguage", "en")
    if not (isinstance(tag, str) and LANGUAGE.fullmatch(tag)):
        # Advice only: language tags do not care for case, and the schema knows fewer forms than BCP 47.
        reason, fix = "not a language tag of the form that the schema allows", "Write it like en or pt-BR."
        yield Finding(pointer=f"{at}/inLanguage", reason=reason, fix=fix, blocking=False)
    for pointer, token in items(value, "endorsementJwt", at):
        if not (isinstance(token, str) and COMPACT_JWS.fullmatch(token)):
            yield Finding(pointer=pointer, reason="not a compact JWS", fix=_TOKEN_FIX)
    for member in _ONE_ONLY:
        if isinstance(value.get(member), list):
            # Advice only: every entry is looked at, so that nothing hides behind the first.
            reason, fix = "the format has one, not a list", f'Write "{member}": {{...}}, one object.'
            yield Finding(pointer=f"{at}/{member}", reason=reason, fix=fix, blocking=False)


def _class_type(value: dict[str, Any], of: Class, at: str) -> Findings:
    if not of.type:
        return
    given = value.get("type", [])
    if of.type not in listed(given):
        shown = f'"{of.type}"' if of.single else f'["{of.type}"]'
        reason = f"type does not contain {of.type}" if given else f"has no type {of.type}"
        yield Finding(pointer=f"{at}/type", reason=reason, fix=f'Write "type": {shown}.')
    elif of.single and isinstance(given, list):
        fix = f'Write "type": "{of.type}".'
        yield Finding(pointer=f"{at}/type", reason="is one value, not a list", fix=fix, blocking=False)
