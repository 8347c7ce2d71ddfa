"""What the value of an entry means for the verdict, by the purpose of its list; and the messages of the issuer."""

import re
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

from gateway.proofs.errors import StatusListError
from gateway.trust.report import Outcome
from gateway.trust.served import listed

SHOWN_CHARACTERS = 200

_HEX = re.compile(r"0x[0-9A-Fa-f]{1,8}", re.ASCII)
_FAILS = {"revocation": "revoked", "suspension": "suspended, which its issuer may lift again"}


def meaning(purpose: str, value: int, messages: Mapping[int, str]) -> tuple[Outcome, str]:
    """Return what a value means, and how to say it.

    Zero is good for every purpose, and a purpose that is not understood is noted. What is not zero fails for
    ``revocation`` and ``suspension``; for ``refresh`` it says that there is a newer version, which "does not
    invalidate"; for ``message``, and for a purpose that is not understood, the specification calls the credential not
    valid and leaves it to a person why, so it is UNKNOWN here.

    Args:
        purpose: ``statusPurpose``.
        value: Of the entry, not negative.
        messages: What the issuer says of each value.

    Source: Bitstring Status List v1.0 section 2.1 (``statusPurpose``), section 3.2 steps 12 to 16.
    """
    said = f", and says {quoted(messages[value])} of it" if value in messages else ""
    if purpose in _FAILS:
        if value:
            return Outcome.FAILED, f"{_FAILS[purpose]}: the issuer has set its entry{said}"
        return Outcome.PASSED, f"not set for {purpose}{said}"
    if purpose == "refresh":
        if value:
            return Outcome.NOTED, f"a newer version is to be had from its refresh service{said}"
        return Outcome.PASSED, f"not set for {purpose}{said}"
    if purpose == "message":
        return (Outcome.UNKNOWN if value else Outcome.NOTED), f"the issuer has set its status to {value:#x}{said}"
    shown = f"its value for the purpose {quoted(purpose)}, which is not understood, is {value:#x}{said}"
    return (Outcome.UNKNOWN if value else Outcome.NOTED), shown


def messages_of(entry: Mapping[str, Any], size: int) -> dict[int, str]:
    """Return what the issuer says of each value of an entry.

    Args:
        entry: A BitstringStatusListEntry.
        size: Bits an entry.

    Raises:
        StatusListError: A message cannot be read, two are of one value, or none is there though the specification
            demands it (more than one bit, or the purpose ``message``).

    Source: Bitstring Status List v1.0 section 2.1 (``statusMessage``).
    """
    found: dict[int, str] = {}
    for item in listed(entry.get("statusMessage")):
        status, message = (item.get("status"), item.get("message")) if isinstance(item, dict) else (None, None)
        if not isinstance(status, str) or not _HEX.fullmatch(status) or not isinstance(message, str):
            raise _malformed("a statusMessage is not a status such as 0x0 and a message")
        value = int(status, 16)
        if value in found or value >= 1 << size:
            raise _malformed(
                f"the statusMessage of {status} is there twice, or of a value that {size} bits cannot have"
            )
        found[value] = message
    if not found and (size > 1 or entry.get("statusPurpose") == "message"):
        raise _malformed("there is no statusMessage")
    return found


def quoted(text: str) -> str:
    """Quote what an issuer wrote: short, in one line, without characters that cannot be seen."""
    plain = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return f'"{plain[:SHOWN_CHARACTERS]}{"..." if len(plain) > SHOWN_CHARACTERS else ""}"'


def shown(value: object) -> str:
    """Repeat a value of any kind that stood where another one was expected, as short as `quoted`."""
    return quoted(value) if isinstance(value, str) else quoted(repr(value))[1:-1]


def _malformed(reason: str) -> StatusListError:
    return StatusListError(
        reason, fix='Give the entry a statusMessage for each value: [{"status": "0x0", "message": "..."}, ...].'
    )
