"""`python -m tests.differential [COUNT] [FIRST]`: compare both paths over COUNT credentials made by chance.

The corpora come first, and COUNT / 10 documents under contexts that are made by chance too come last.
"""

import json
import sys
import time
from collections import Counter
from typing import Any  # Any: members of JSON documents

from gateway.proofs.contexts import NEWEST, ContextChoice
from tests.differential.comparing import Said, collected, made, minimal, said
from tests.gateway.proofs import made_contexts

PROGRESS_S = 10.0


class Tally:
    """What was compared so far."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.differences = 0

    def compare(self, name: str, document: dict[str, Any], choice: ContextChoice = NEWEST) -> None:
        """Compare one document, and print it if the paths differ."""
        one, other = said(document, "compiled", choice), said(document, "general", choice)
        self.outcomes[_kind(one)] += 1
        if not one.same(other):
            self.differences += 1
            small = minimal(document, choice)
            _say(f"\n{name} differs. As small as it gets:\n{json.dumps(small)}")
            _say(f"  compiled: {_told(said(small, 'compiled', choice))}")
            _say(f"  general:  {_told(said(small, 'general', choice))}")

    def __str__(self) -> str:
        counted = ", ".join(f"{count} {kind}" for kind, count in sorted(self.outcomes.items()))
        return f"{self.outcomes.total()} compared, {self.differences} differ ({counted})"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a command prints


def _kind(one: Said) -> str:
    if one.refused:
        return f"refused: {one.refused}"
    return f"{one.path}, {'with findings' if one.found else 'clean'}"


def _told(one: Said) -> str:
    places = ", ".join(f"{kind} at {pointer!r}" for kind, pointer in sorted(one.found))
    return f"{one.refused or one.path}; {places or 'nothing found'}; {one.nquads!r}"


def main(count: int, first: int) -> int:
    """Compare, print, and return the exit status."""
    tally = Tally()
    started_s = shown_s = time.monotonic()
    for name, document in collected():
        tally.compare(name, document)
    _say(f"corpora: {tally}")
    for number in range(first, first + count):
        tally.compare(f"credential {number}", *made(number))
        if time.monotonic() - shown_s > PROGRESS_S:
            shown_s = time.monotonic()
            _say(f"{number - first + 1} of {count} after {shown_s - started_s:.0f} s: {tally}")
    for number in range(first, first + count // 60):
        choice, documents = made_contexts.made(number)
        for document in documents:
            tally.compare(f"document {number} under contexts made by chance", document, choice)
    _say(f"done in {time.monotonic() - started_s:.0f} s: {tally}")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [20_000, 0][len(given) :])))
