"""A small N-Quads reader for test vectors: lines of RDF to the quads that rdfc takes."""

import re

from gateway.proofs.rdfc import XSD_STRING, Quad, literal

_IRI = r"<([^>]*)>"
_BLANK = r"(_:[^\s<>\"]+)"
_LITERAL = r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?'
_LINE = re.compile(
    rf"\s*(?:{_IRI}|{_BLANK})\s*{_IRI}\s*(?:{_IRI}|{_BLANK}|{_LITERAL})\s*(?:{_IRI}|{_BLANK})?\s*\.\s*(?:#.*)?"
)
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def read(text: str) -> list[Quad]:
    # Not splitlines(): a literal may hold U+2028.
    return [_quad(line) for line in re.split(r"[\r\n]+", text) if line.strip() and not line.startswith("#")]


def _quad(line: str) -> Quad:
    match = _LINE.fullmatch(line)
    assert match, line
    s_iri, s_blank, predicate, o_iri, o_blank, text, datatype, language, g_iri, g_blank = match.groups()
    if text is not None:
        obj = literal(_unescaped(text), datatype=_unescaped(datatype or XSD_STRING), language=language or "")
    else:
        obj = _resource(o_iri, o_blank)
    graph = "" if g_iri is None and g_blank is None else _resource(g_iri, g_blank)
    return _resource(s_iri, s_blank), f"<{_unescaped(predicate)}>", obj, graph


def _resource(iri: str | None, blank: str | None) -> str:
    return blank if iri is None and blank else f"<{_unescaped(iri or '')}>"


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        short, long, letter = match.groups()
        return _LETTERS.get(letter, letter) if letter else chr(int(short or long, 16))

    return _ESCAPE.sub(one, text)
