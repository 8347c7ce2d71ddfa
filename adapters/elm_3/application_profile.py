"""What each class of a European Digital Credential may and must hold: ``application_profile.json``, a table of facts.

Its rows are those of the SHACL shapes ``edc-generic-full`` (cardinality, type of value, scheme of concepts) under the
names that the JSON-LD context gives to their paths; 3.1 and 3.2 have the same ones but for ``credentialStatus``,
``termsOfUse`` and ``proof``, which are left out here, see ``envelope_findings``. Paths without a name are left out,
because no document can have them; a plain Claim must have a type, as the node shape for claims says.
"""

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Final

import msgspec

from adapters.elm_3.vocabulary import Vocabulary, vocabulary_of

CLAIMS: Final = ("LearningAchievement", "LearningActivity", "LearningAssessment", "LearningEntitlement", "Claim")
_ANY_NUMBER = "*"


class Row(msgspec.Struct, frozen=True):
    """One member of one class.

    Attributes:
        least: How many values it has at least.
        most: At most; None for any number.
        kind: ``text`` (a language map), ``node``, or the name of an XML Schema type.
        single: Of a text: whether it has one value in each language, and no more.
        classes: Of a node: those that may stand there.
        scheme: Of a concept: the scheme that it has to be in, "" for any.
        vocabulary: Of a concept: the list of that scheme, None where we have none.
    """

    least: int
    most: int | None
    kind: str
    single: bool = False
    classes: tuple[str, ...] = ()
    scheme: str = ""
    vocabulary: Vocabulary | None = None


class _Written(msgspec.Struct, frozen=True):
    """The file: class -> member -> ``least..most kind scheme``; kind of value -> names of terms."""

    classes: dict[str, dict[str, str]]
    terms: dict[str, str]


@functools.cache
def classes() -> Mapping[str, Mapping[str, Row]]:
    """Name of a class -> its members."""
    return {name: {member: _row(text) for member, text in rows.items()} for name, rows in _written().classes.items()}


@functools.cache
def terms() -> Mapping[str, str]:
    """Name of a term -> its kind of value, for every term that the contexts of a credential define."""
    named = {name: kind for kind, names in _written().terms.items() for name in names.split()}
    return named | {member: row.kind for member, row in classes()["EuropeanDigitalCredential"].items()}


@functools.cache
def _written() -> _Written:
    file = resources.files("adapters.elm_3").joinpath("application_profile.json")
    return msgspec.json.decode(file.read_bytes(), type=_Written)


def _row(text: str) -> Row:
    number, kind, *scheme = text.split()
    least, _, most = number.partition("..")
    in_scheme = scheme[0] if scheme else ""
    node = kind[0].isupper() and kind != "IRI"
    return Row(
        least=int(least),
        most=None if most == _ANY_NUMBER else int(most),
        kind="node" if node else kind.rstrip("!"),
        single=kind.endswith("!"),
        classes=(CLAIMS if kind == "Claim" else tuple(kind.split("|"))) if node else (),
        scheme=in_scheme,
        vocabulary=vocabulary_of(in_scheme),
    )
