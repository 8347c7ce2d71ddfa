"""What no upload says under the seal of whoever completes it: that it was converted, or is issued by mandate.

Both are statements of the one who seals about what it did itself, so it makes them or nobody does.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.vocabulary import BY_MANDATE, CONVERSION, CONVERTED, CONVERTED_CREDENTIAL, Vocabulary, stem
from adapters.hub.errors import NotWritable
from adapters.hub.losses import escaped

_MANDATE: Final = "c_18016257"
_BY_MANDATE_CREDENTIAL: Final = "c_9a31f32a"
_CONVERSIONS: Final = frozenset(
    {CONVERTED, stem(Vocabulary.EVIDENCE) + CONVERSION, stem(Vocabulary.CREDENTIAL) + CONVERTED_CREDENTIAL}
)
_MANDATES: Final = frozenset(
    {BY_MANDATE, stem(Vocabulary.EVIDENCE) + _MANDATE, stem(Vocabulary.CREDENTIAL) + _BY_MANDATE_CREDENTIAL}
)


def refuse_claims_of_the_sealer(document: dict[str, Any]) -> None:
    """Refuse a document that says anywhere that it was converted or is issued by mandate.

    Raises:
        NotWritable: It does.
    """
    for at, said in _texts(document):
        if said in _CONVERSIONS:
            raise NotWritable(
                "says that it was converted, which only who converted it says",
                pointer=at,
                fix="Upload it without this under the profile edc-generic-full, or have the original converted here.",
            )
        if said in _MANDATES:
            raise NotWritable(
                "says that it is issued by mandate, and nobody here has seen one",
                pointer=at,
                fix="Upload it without this under the profile edc-generic-full; who awards it is awardingBody.",
            )


def _texts(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text with its pointer; nothing recurses, whatever the depth."""
    left: list[tuple[str, Any]] = [("", document)]
    while left:
        at, value = left.pop()
        if isinstance(value, str):
            yield at, value.strip()
        elif isinstance(value, dict):
            left += [(f"{at}/{escaped(name)}", child) for name, child in reversed(value.items())]
        elif isinstance(value, list):
            left += [(f"{at}/{index}", child) for index, child in reversed([*enumerate(value)])]
