"""Answers that schemathesis would not expect, each with the reason why they are right."""

import json
import re
from typing import Any  # Any: members of JSON documents

import msgspec

POSITIVE, NEGATIVE = "positive_data_acceptance", "negative_data_rejection"
ON_A_PAGE = re.compile(rb'href="/problems/([\w-]+)"')
"""The code of what went wrong, where a page says so."""


class Excused(msgspec.Struct, frozen=True, kw_only=True):
    """One exception.

    Attributes:
        check: Of schemathesis.
        operations: Their ids; none for all of the document.
        holding: A pattern of what the body has to hold.
        leading: A pattern of what the Location of the answer has to hold.
        answers: Status and code, ``422 blocked``; ``422 *`` for every code, ``400`` for an answer that has none.
    """

    check: str
    operations: tuple[str, ...] = ()
    answers: tuple[str, ...]
    holding: str = ""
    leading: str = ""
    why: str

    def covers(self, checks: tuple[str, ...], operation: str, answer: str, body: str, location: str = "") -> bool:
        """Whether this is the exception."""
        if not re.search(self.holding, body) or not re.search(self.leading, location):
            return False
        of_operation = not self.operations or operation in self.operations
        return self.check in checks and of_operation and self.answers_to(answer) != ""

    def answers_to(self, answer: str) -> str:
        """Which of its answers this one is, "" for none."""
        return next((each for each in self.answers if each in (answer, f"{answer[:3]} *")), "")


def word(status: int, body: bytes) -> str:
    """An answer in short: its status, and the code of what went wrong in the words of any of the protocols."""
    try:
        said: Any = json.loads(body or b"null")
    except ValueError:
        shown = ON_A_PAGE.search(body)
        return f"{status} {shown[1].decode()}" if shown else str(status)
    if not isinstance(said, dict):
        return str(status)
    nested = said.get("status")
    code = said.get("code") or said.get("error") or said.get("type")
    if isinstance(nested, dict):
        code = nested.get("statusText") or nested.get("error") or code
    if isinstance(said.get("imsx_codeMinor"), dict):
        code = said["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]
    return f"{status} {str(code).rpartition('/')[2].rpartition('#')[2]}" if isinstance(code, str) else str(status)
