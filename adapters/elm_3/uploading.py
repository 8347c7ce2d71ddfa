"""What no upload says under the seal of whoever completes it: what only the one who seals can say of itself.

That it converted something, that it has a mandate, and who it is: it says so itself or nobody does.
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


def refuse_a_second_issuer(document: dict[str, Any]) -> None:
    """Refuse a document that says more of its issuer, wherever that is, than stands under ``issuer``.

    JSON-LD makes one of all objects with one id, also of those in members that no class of ELM holds.

    Raises:
        NotWritable: It does.
    """
    issuer = document["issuer"]
    for at, said in _values(document):
        if at == "/issuer" or not isinstance(said, dict) or issuer["id"] not in (said.get("id"), said.get("@id")):
            continue
        other = next((name for name, value in said.items() if issuer.get(name) != value), None)
        if other is not None:
            raise NotWritable(
                f"bears the id of the issuer ({issuer['id']}), and says of it what the seal does not",
                pointer=f"{at}/{escaped(other)}",
                fix="Give another organisation an id of its own; of the issuer only its id and type stand elsewhere.",
            )


def _texts(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((at, value.strip()) for at, value in _values(document) if isinstance(value, str))


def _values(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every value with its pointer; nothing recurses, whatever the depth."""
    left: list[tuple[str, Any]] = [("", document)]
    while left:
        at, value = left.pop()
        yield at, value
        if isinstance(value, dict):
            left += [(f"{at}/{escaped(name)}", child) for name, child in reversed(value.items())]
        elif isinstance(value, list):
            left += [(f"{at}/{index}", child) for index, child in reversed([*enumerate(value)])]
