"""Numbers of JSON as JSON Schema counts them: 1.0 is a whole number."""

from typing import Any  # Any: a JSON value

_FIRST_UNSURE = 2**53
"""From it on a double may stand for a number that nobody wrote: this one is also what 2**53 + 1 becomes."""


def whole(value: Any) -> Any:
    """The same with whole numbers as such.

    Source: JSON Schema 2020-12, Core, section 4.2.3.
    """
    if isinstance(value, dict):
        return {name: whole(child) for name, child in value.items()}
    if isinstance(value, list):
        return [whole(child) for child in value]
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _FIRST_UNSURE
    return int(value) if is_whole else value
