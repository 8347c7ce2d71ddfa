"""What is wrong with a command itself, and errors as a terminal and a program read them."""

from typing import Protocol

from gateway.flows.tame import tame


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
    return tame(text)
