"""What a test platform has sealed says so wherever its name is shown: in its title, and in those of what it awards."""

from collections.abc import Callable
from typing import Any  # Any: decoded JSON

from gateway.issuing.mark import marked

_AWARDED = ("hasClaim", "hasPart", "specifiedBy")


def marked_document(credential: dict[str, Any]) -> dict[str, Any]:
    """A credential in ELM with the mark in each of these titles, once, however often it is marked."""
    found = _within(credential, "displayParameter", _titled)
    return _within(found, "credentialSubject", _awards)


def _awards(node: dict[str, Any]) -> dict[str, Any]:
    for name in _AWARDED:
        node = _within(node, name, lambda award: _awards(_titled(award)))
    return node


def _titled(node: dict[str, Any]) -> dict[str, Any]:
    return _within(node, "title", lambda title: {tag: _text(said) for tag, said in title.items()})


def _text(said: Any) -> Any:
    if isinstance(said, list):
        return [_text(each) for each in said]
    return marked(said) if isinstance(said, str) else said


def _within(node: dict[str, Any], name: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """The node with each object under a name changed; anything else stays for the rules of ELM to judge."""
    value = node.get(name)
    if isinstance(value, dict):
        return {**node, name: change(value)}
    if isinstance(value, list):
        return {**node, name: [change(each) if isinstance(each, dict) else each for each in value]}
    return node
