"""Languages: tags of BCP 47, as language maps have them, and codes of the authority table, as concepts have them."""

import functools
from collections.abc import Mapping
from typing import Any, Final  # Any: JSON values

from adapters.elm_3.vocabulary import PROVISIONAL, Vocabulary, code, concept, table

UNDETERMINED: Final = "und"
_THREE_LETTERS = 3


def authority_code(tag: str) -> str | None:
    """The code of the language of a tag: ``fr`` and ``fr-CA`` are ``FRA``; None where the table has none.

    Script and region are lost; the table knows languages alone.
    """
    language = tag.replace("_", "-").partition("-")[0].lower()
    found = table(Vocabulary.LANGUAGE)
    if language in found.iso639_1:
        return found.iso639_1[language]
    spelled = language.upper()
    return spelled if len(spelled) == _THREE_LETTERS and code(Vocabulary.LANGUAGE, found.stem + spelled) else None


def tag(authority: str) -> str:
    """The shortest tag for a code: ``FRA`` is ``fr``, ``GSW`` is ``gsw``, a code without a language is ``und``."""
    if authority == PROVISIONAL:
        return UNDETERMINED
    return _tags().get(authority, authority.lower())


def tag_of(iri: object) -> str | None:
    """The tag of a language's IRI; None for any other IRI."""
    found = code(Vocabulary.LANGUAGE, iri)
    return None if found is None else tag(found)


def language_concept(tag: str) -> dict[str, Any]:
    """The concept of a tag's language; that of "undetermined" where the table has none."""
    return concept(Vocabulary.LANGUAGE, authority_code(tag) or "UND")


@functools.cache
def _tags() -> Mapping[str, str]:
    return {authority: short for short, authority in table(Vocabulary.LANGUAGE).iso639_1.items()}
