"""A corrected copy of a document that breaks its format, unsigned, for its issuer to look over and sign again.

Only what can be told from the document itself is corrected: the form of a value, never what it says. What only the
issuer knows is listed as lacking, with an example.
"""

import copy
import json
import re
from collections.abc import Callable, Mapping
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.losses import escaped
from adapters.hub.moments import ENDS, moment

_TYPES = re.compile(r"Expected (?P<expected>.+), got (?P<got>\w+)")
_ABSENT = "missing required field "
_NO_DATE_TIME = ("Invalid RFC3339 encoded datetime", "Expected datetime with a timezone component")
_MOST = 64
"""More misshapen values than this are not worth correcting one by one."""
_ROUNDS = 8

_PROOF_GONE = "a proof does not cover a changed document; sign the corrected one"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One value that the corrected document has otherwise.

    Attributes:
        pointer: JSON Pointer to it in the corrected document; for one that was left out, to where it stood.
        was: As it came, compact JSON; "" when it was not there; the name of a member that was renamed.
        now: As it is now, compact JSON; "" when it was left out; the new name.
        reason: Why, one clause.
    """

    pointer: str
    was: str = ""
    now: str = ""
    reason: str


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that the corrected document still breaks, because only its issuer knows how to keep it.

    Attributes:
        pointer: JSON Pointer into the corrected document.
        example: Compact JSON of a value that would do there, "" when none can be made up.
    """

    pointer: str
    reason: str
    fix: str = ""
    example: str = ""


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """The corrected document.

    Attributes:
        document: Unsigned once anything was corrected: proofs are left out. As it came when nothing was.
        unjudged: Parts that stand at other addresses, which were not fetched: nothing is known of their form.
    """

    document: dict[str, Any]
    corrections: tuple[Correction, ...]
    lacking: tuple[Lack, ...] = ()
    unjudged: tuple[str, ...] = ()


class Mending:
    """A document while it is being corrected.

    Args:
        document: As it came; not changed.

    Attributes:
        document: The copy as it is now.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document: dict[str, Any] = copy.deepcopy(document)
        self._corrections: list[Correction] = []
        self._unshaped: list[Malformed] = []

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was corrected so far, in order."""
        return tuple(self._corrections)

    def put(self, holder: dict[str, Any], name: str, now: Any, at: str, reason: str) -> None:
        """Give a member of an object another value, or add it; ``at`` points to the object."""
        was = compact(holder[name]) if name in holder else ""
        if was == compact(now):
            return
        holder[name] = now
        self.note(f"{at}/{escaped(name)}", was, compact(now), reason)

    def rename(self, holder: dict[str, Any], old: str, new: str, at: str, reason: str) -> None:
        """Give a member its name in the format, in its old place; nothing happens where the new one exists."""
        if old not in holder or new in holder:
            return
        members = [(new if name == old else name, value) for name, value in holder.items()]
        holder.clear()
        holder.update(members)
        self.note(f"{at}/{escaped(new)}", compact(old), compact(new), reason)

    def leave_out(self, holder: dict[str, Any], name: str, at: str, reason: str) -> None:
        """Take a member away, if it is there."""
        if name in holder:
            self.note(f"{at}/{escaped(name)}", compact(holder.pop(name)), "", reason)

    def note(self, pointer: str, was: str, now: str, reason: str) -> None:
        """List a correction that was made outside of this class; as in `Correction`."""
        self._corrections.append(Correction(pointer=pointer, was=was, now=now, reason=reason))

    def until_nothing_changes(self, round_of_corrections: Callable[[], None]) -> None:
        """Correct again what one correction lays open to another, so that a corrected copy needs none."""
        for _ in range(_ROUNDS):
            before = len(self._corrections)
            round_of_corrections()
            if len(self._corrections) == before:
                return

    def unsign(self) -> None:
        """Leave the proofs out of a document that was changed."""
        if self._corrections:
            self.leave_out(self.document, "proof", "", _PROOF_GONE)

    def retype(self, check: Callable[[dict[str, Any]], object], wrap: Mapping[str, Callable[[str], Any]]) -> None:
        """Correct the JSON type of one value after the other, as far as the format's own types tell.

        Args:
            check: Raises ``Malformed`` at the first value of a wrong type.
            wrap: Member that holds an object -> the object that a mere text there stands for.
        """
        self._unshaped = []
        aside: dict[str, tuple[dict[str, Any], list[str], str, Any]] = {}
        for _ in range(_MOST):
            try:
                check(self.document)
            except Malformed as error:
                if self._retyped(error, wrap):
                    continue
                _, _, absent = error.reason.partition(_ABSENT)
                if f"{error.pointer}/{absent}" not in aside:
                    self._unshaped.append(error)
                holder, name, place = self._member(error.pointer)
                if holder is None:
                    break
                # Out of the way, so that the check goes on to the next one.
                aside[place] = holder, list(holder), name, holder.pop(name)
            else:
                break
        for holder, order, name, value in reversed(aside.values()):
            holder[name] = value
            back = {member: holder[member] for member in order if member in holder}
            holder.clear()
            holder.update(back)

    @property
    def unshaped(self) -> tuple[Malformed, ...]:
        """The values whose type could not be corrected."""
        return tuple(self._unshaped)

    def _member(self, pointer: str) -> tuple[dict[str, Any] | None, str, str]:
        """The object, member and pointer of what holds a value, a whole list for one of its items; None for all."""
        holder, name = self._find(pointer)
        while isinstance(holder, list):
            pointer = pointer.rpartition("/")[0]
            holder, name = self._find(pointer)
        return holder, name, pointer

    def _retyped(self, error: Malformed, wrap: Mapping[str, Callable[[str], Any]]) -> bool:
        holder, key = self._find(error.pointer)
        if holder is None or "endorsement" in error.pointer.split("/"):
            return False  # an endorsement is somebody else's document
        was = holder[key]
        name = next((step for step in reversed(error.pointer.split("/")) if not step.isdigit()), "")
        try:
            now, reason = _shaped(was, error.reason, name, wrap.get(name))
        except (ValueError, msgspec.ValidationError):
            return False
        if was is not None and compact(now) == compact(was):
            return False
        if now is None:
            del holder[key]
        else:
            holder[key] = now
        self.note(error.pointer, compact(was), "" if now is None else compact(now), reason)
        return True

    def _find(self, pointer: str) -> tuple[Any, Any]:
        """The object or list that holds what a pointer points to, and the key; (None, "") for the whole."""
        holder: Any = None
        key: Any = ""
        value: Any = self.document
        for token in pointer.split("/")[1:]:
            holder, key = value, token.replace("~1", "/").replace("~0", "~")
            if isinstance(holder, list) and key.isdigit() and int(key) < len(holder):
                key = int(key)
            elif not isinstance(holder, dict) or key not in holder:
                return None, ""
            value = holder[key]
        return holder, key


def compact(value: object) -> str:
    """Write a value as compact JSON, as it would stand in a document."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shaped(was: Any, reason: str, name: str, wrap: Callable[[str], Any] | None) -> tuple[Any, str]:
    """Give one value the type that its member wants; None leaves it out.

    Raises:
        ValueError: What it should be cannot be told.
    """
    if was is None:
        return None, "null says nothing"
    found = _TYPES.fullmatch(reason)
    wanted = set(found["expected"].split(" | ")) if found else set()
    if reason.startswith(_NO_DATE_TIME) or "datetime" in wanted:
        if (read := moment(was, end=name in ENDS)) is None:
            raise ValueError(reason)
        return read.text, read.reason
    match was:
        case bool():
            pass
        case int() | float() if "str" in wanted:
            return compact(was), "is text in this format"
        case str():
            return _from_text(was, wanted, wrap)
        case [only]:
            return only, "is one value in this format, not a list"
        case {"id": str(name)} if "str" in wanted:
            return name, "is an address in this format"
    raise ValueError(reason)


def _from_text(was: str, wanted: set[str], wrap: Callable[[str], Any] | None) -> tuple[Any, str]:
    if wanted & {"int", "float"}:
        return msgspec.convert(was, float, strict=False), "is a number in this format"
    if "bool" in wanted:
        return msgspec.convert(was, bool, strict=False), "is true or false in this format"
    if "object" in wanted and wrap is not None:
        return wrap(was), "is an object in this format"
    raise ValueError(was)
