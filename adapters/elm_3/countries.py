"""Countries: ISO 3166-1 codes, as Open Badges have them, and codes of the authority table, as concepts have them."""

import functools
from collections.abc import Mapping
from typing import Any  # Any: JSON values

from adapters.elm_3.vocabulary import PROVISIONAL, Vocabulary, code, concept, table


def authority_code(country: str) -> str | None:
    """The code of a country, from ISO 3166-1 alpha-2 or alpha-3; None where the table has none.

    Kosovo, that has no alpha-3, is ``XK`` there and ``1A0`` here.
    """
    found, spelled = table(Vocabulary.COUNTRY), country.strip().upper()
    return found.alpha2.get(spelled) or (spelled if spelled in found.concepts else None)


def alpha2(authority: str) -> str | None:
    """ISO 3166-1 alpha-2 (Kosovo: ``XK``) of a code; None for one that is no country, such as ``OP_DATPRO``."""
    return _alpha2().get(authority)


def alpha2_of(iri: object) -> str | None:
    """ISO 3166-1 alpha-2 of a country's IRI; None for any other IRI."""
    found = code(Vocabulary.COUNTRY, iri)
    return None if found is None else alpha2(found)


def country_concept(country: str) -> dict[str, Any]:
    """The concept of a country (alpha-2, alpha-3 or authority code); "provisional data" where the table has none."""
    return concept(Vocabulary.COUNTRY, authority_code(country) or PROVISIONAL)


@functools.cache
def _alpha2() -> Mapping[str, str]:
    return {authority: short for short, authority in table(Vocabulary.COUNTRY).alpha2.items()}
