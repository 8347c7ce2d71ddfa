"""What is wrong with a command itself, and errors as a terminal and a program read them."""

from typing import Protocol

# Control characters (of both sets), those that turn the direction of a line, and bytes of names that are no text.
_STEERING = [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_UNSHOWN = dict.fromkeys([*_STEERING, *range(0xD800, 0xE000)], "\ufffd")


class Said(Protocol):
    """Any error of ours."""

    code: str
    pointer: str
    fix: str


class Usage(Exception):
    """The command cannot be meant as it was given: exit status 2.

    Attributes:
        pointer: The argument at fault, "" for all of them.
        fix: How to give it instead.
    """

    code = "usage"

    def __init__(self, reason: str, *, pointer: str = "", fix: str = "") -> None:
        super().__init__(reason)
        self.pointer = pointer
        self.fix = fix


def problem(error: Said) -> dict[str, str]:
    """An error as ``--json`` prints it: the members of a problem document over HTTP that are not HTTP's own."""
    fix = " ".join(error.fix.split())
    return {"code": error.code, "detail": str(error), "fix": fix, "pointer": error.pointer}


def plain(text: str) -> str:
    """Text of strangers as a terminal may have it: what could steer the terminal is replaced."""
    return text.translate(_UNSHOWN)
