"""Numbers of JSON as JSON Schema counts them: 1.0 is a whole number."""

from typing import Any  # Any: a JSON value

_DIGITS_OF_A_DOUBLE = 2**53
"""Beyond it a double may stand for a number that nobody wrote."""


def whole(value: Any) -> Any:
    """The same with whole numbers as such.

    Source: JSON Schema 2020-12, Core, section 4.2.3.
    """
    if isinstance(value, dict):
        return {name: whole(child) for name, child in value.items()}
    if isinstance(value, list):
        return [whole(child) for child in value]
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= _DIGITS_OF_A_DOUBLE
    return int(value) if is_whole else value
