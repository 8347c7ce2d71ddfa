"""Rules of the format that a learning credential breaks though it could be read."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON, validated against document.py

from adapters.hub.securing import Finding
from adapters.learning_credential_1.codecs import COUNTRY_CODE, LEVELS, day
from adapters.learning_credential_1.document import INDISPENSABLE, MANDATORY
from adapters.learning_credential_1.learner import HASH

_BLANK = "says nothing"


def findings(document: dict[str, Any]) -> tuple[Finding, ...]:
    """Every rule that is broken.

    That a claim is not there is advice, except for those without which nobody can tell who says what: a holder may
    withhold it, and no published schema demands it.
    """
    return (*_absent(document), *_misshapen(document), *_of_learner(document))


def _absent(document: dict[str, Any]) -> Iterator[Finding]:
    for name in MANDATORY:
        value = document.get(name)
        if value is None:
            blocking = name in INDISPENSABLE
            yield Finding(pointer=f"/{name}", reason="it is not there", fix=f"Add {name}.", blocking=blocking)
        elif not value or (isinstance(value, str) and not value.strip()):
            yield Finding(pointer=f"/{name}", reason=_BLANK, fix=f"Say it, or withhold {name}.", blocking=False)


def _misshapen(document: dict[str, Any]) -> Iterator[Finding]:
    for name in ("date_of_issuance", "date_of_expiry"):
        if name in document and day(document[name]) is None:
            fix = "Write a date, such as 2026-01-31."
            yield Finding(pointer=f"/{name}", reason=f"{document[name]} is not a date", fix=fix)
    for name in ("validUntil", "expirationDate"):
        if name in document and not _is_instant(document[name]):
            fix = "Say the end as date_of_expiry, a date such as 2026-01-31."
            yield Finding(pointer=f"/{name}", reason="is no date-time with a zone", fix=fix)
    if (country := document.get("issuing_country")) and not COUNTRY_CODE.fullmatch(country):
        fix = "Write a code of ISO 3166-1 alpha-2, such as FR."
        yield Finding(pointer="/issuing_country", reason=f"{country} is not a country code", fix=fix, blocking=False)
    if (level := document.get("level_of_learning_experience")) is not None and level not in LEVELS:
        fix = "Write a level of the European Qualifications Framework, 1 to 8."
        yield Finding(pointer="/level_of_learning_experience", reason=f"{level} is no level", fix=fix, blocking=False)


def _is_instant(value: object) -> bool:
    return isinstance(value, str) and "T" in value and day(value) is not None


def _of_learner(document: dict[str, Any]) -> Iterator[Finding]:
    """What looks like a hash is one, and the other way round: else nobody can tell whom it identifies."""
    text = document.get("learner_identification")
    if text is None:
        return
    hashed, is_hash = document.get("learner_identity", {}).get("hashed", False), HASH.fullmatch(text) is not None
    if hashed and not is_hash:
        fix = "Write sha256$ and 64 hexadecimal digits, or leave hashed out."
        yield Finding(pointer="/learner_identification", reason="is no hash, though hashed is true", fix=fix)
    if is_hash and not hashed:
        fix = "Write the identity itself, or say hashed in learner_identity."
        yield Finding(pointer="/learner_identification", reason="is a hash, though nothing says so", fix=fix)
