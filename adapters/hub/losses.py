"""What a conversion could not carry across, what it bent, and what it had to make up."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

ABOUT_WRITING = frozenset({"@context", "credentialStatus", "id", "proof", "type", "verification"})
"""Members at the top of a badge that say how it is written and secured, and nothing of what it is for."""

PERSONAL = "personal data that no badge needs: left behind, so that it goes to nobody who was not given it"
"""The note of every leaf that was left behind because it is personal: birth, nationality, national id, sex, address.

Who converts a document with this note in its report must not embed the original either.
"""


class Change(StrEnum):
    """How a value differs between what came in and what goes out."""

    DROPPED = "dropped"
    APPROXIMATED = "approximated"
    SUPPLIED = "supplied"


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """One place where output and input differ in meaning.

    Attributes:
        source: JSON Pointer into what came in; null when nothing there corresponds.
        target: JSON Pointer into what goes out; null when nothing there corresponds.
        note: Why, in one clause for a person.
    """

    change: Change
    source: str | None = None
    target: str | None = None
    note: str


class LossReport(msgspec.Struct, frozen=True):
    """All losses of one reading, one draft, or one whole conversion."""

    losses: tuple[Loss, ...] = ()

    def __add__(self, other: "LossReport") -> "LossReport":
        return LossReport(self.losses + other.losses)


def escaped(name: str) -> str:
    """One reference token of a JSON Pointer (RFC 6901 section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def pointers(value: object, at: str = "") -> Iterator[str]:
    """Yield the JSON Pointer of every leaf in a decoded JSON value; empty objects and lists are leaves."""
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from pointers(child, f"{at}/{escaped(key)}")
    elif isinstance(value, list | tuple) and value:
        for index, child in enumerate(value):
            yield from pointers(child, f"{at}/{index}")
    else:
        yield at


def traced(losses: LossReport, origins: dict[str, str]) -> LossReport:
    """Move the sources of a draft's losses from the neutral model to the document that was read.

    Args:
        losses: Of a draft; sources are pointers into the neutral credential.
        origins: Pointer in the neutral credential -> pointer in the document it was read from.

    Returns:
        The same losses; a source that no document corresponds to becomes None. What was dropped and never stood in
        the document is left out, such as a name that the gateway gave the credential itself: nobody lost it.
    """
    return LossReport(
        tuple(
            msgspec.structs.replace(loss, source=_origin(loss.source, origins))
            for loss in losses.losses
            if not _is_own(loss, origins)
        )
    )


def _is_own(loss: Loss, origins: dict[str, str]) -> bool:
    """Whether it drops a value of which no part was read from the document."""
    if loss.change is not Change.DROPPED or not loss.source or _origin(loss.source, origins) is not None:
        return False
    return not any(at.startswith(f"{loss.source}/") for at in origins)


def _origin(pointer: str | None, origins: dict[str, str]) -> str | None:
    """The nearest place in the source: the leaf itself, or the value that it was made from."""
    while pointer:
        if pointer in origins:
            return origins[pointer]
        pointer = pointer.rpartition("/")[0]
    return None
