"""XML that is no SVG: said what it is by its first tag alone, without a parser.

A European Digital Credential of version 2 (EDCI) is XML with an XAdES seal; version 3 is JSON-LD with a JAdES seal,
which is read here. A seal over XML covers its canonical form, and to verify that takes a parser with entities and
transforms of the document's choice: not here.
"""

import re
from typing import Final

_LOOKED_AT: Final = 16 * 1024
"""Bytes in which the first tag has to end: the largest real one has 2 kB."""

# Possessive, so that nothing hostile takes more than one pass.
_PROLOGUE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?+(?:[ \t\r\n]++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^\[<>]*+>)*+", re.DOTALL
)
_TAG: Final = re.compile(rb"<([A-Za-z_][\w.:-]*+)((?:[^<>\"']|\"[^<\"]*+\"|'[^<']*+')*+)>")
_NAMESPACE: Final = re.compile(rb"(?<!\S)xmlns(?::([\w.-]++))?+\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_SIGNATURE: Final = re.compile(rb"<(?:[\w.-]++:)?+Signature[\s>]")

_SVG: Final = ("http://www.w3.org/2000/svg", "svg")
_EDCI: Final = "http://data.europa.eu/snb"
_EDCI_ROOTS: Final = {"europassCredential": "credential", "europassPresentation": "presentation"}
_ELMO: Final = "https://github.com/emrex-eu/elmo-schemas/"
_XADES: Final = b"http://uri.etsi.org/01903/"
_LONGEST_NAME: Final = 64

_FROM_EDCI: Final = (
    "Open it at Europass, which gives it out as version 3 (a .jsonld file, sealed with JAdES), and send that;"
    " or ask its issuer for one."
)


def other_xml(text: bytes) -> tuple[str, str] | None:
    """Say what XML is that is no SVG, and how to get what is accepted; None for an SVG, and where nobody can tell."""
    start = text[:_LOOKED_AT]
    prologue = _PROLOGUE.match(start)
    tag = _TAG.match(start, prologue.end() if prologue else 0)
    if tag is None:
        return None
    prefix, _, name = tag[1].decode("ascii").rpartition(":")
    namespace = _namespace(tag[2], prefix)
    if (namespace, name) == _SVG:
        return None
    if name in _EDCI_ROOTS and namespace == _EDCI:
        return f"a Europass {_EDCI_ROOTS[name]} of version 2 (EDCI) in XML, {_seal(text)}", _FROM_EDCI
    if namespace.startswith(_ELMO):
        return f"an ELMO document (EMREX) in XML, {_seal(text)}", "Ask its issuer for a European Digital Credential."
    return f"XML whose root is {tag[1][:_LONGEST_NAME].decode('ascii')}, not svg of {_SVG[0]}", ""


def _namespace(attributes: bytes, prefix: str) -> str:
    """The namespace that the first tag binds to a prefix, "" for none."""
    for declared, double, single in _NAMESPACE.findall(attributes):
        if declared.decode("ascii", "replace") == prefix:
            return str((double or single).decode("utf-8", "replace"))
    return ""


def _seal(text: bytes) -> str:
    """How it is sealed, as far as a look at the text tells: nothing relies on it."""
    if not _SIGNATURE.search(text):
        return "not sealed"
    return "sealed with XAdES" if _XADES in text else "with an XML signature"
