"""``expansion`` in processes of its own: what a hostile document does to pyld ends with its process."""

from typing import Any

import msgspec

from gateway.proofs import expansion_process
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.proofs.expansion_process import Answer, Asked, Expanded, NotPinned, Refused
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.rdfc import Quad
from gateway.proofs.workers import Broken, Workers


class Processes(Workers):
    """A bounded number of processes that expand documents; arguments as for ``Workers``."""

    def __init__(self, *, limit: int = 2, deadline_s: float = 1.5, **bounds: Any) -> None:  # Any: as for Workers
        super().__init__(expansion_process.__name__, limit=limit, deadline_s=deadline_s, **bounds)

    def quads(self, document: dict[str, Any], choice: ContextChoice) -> tuple[list[Quad], tuple[Finding, ...]]:
        """Return what ``expansion.quads`` returns, from another process.

        Raises:
            NotCanonicalisable: As there, or pyld broke on the document.
            ContextUnknown: As there.
            BudgetExceeded: It took too long or too much memory, or no process was free in time.
        """
        try:
            message = self.answer(Asked(document, expansion_process.described(choice)))
        except Broken as error:
            raise NotCanonicalisable(Finding(Kind.STRUCTURE, "", "the JSON-LD processor breaks on it")) from error
        except BudgetExceeded as error:
            raise BudgetExceeded(f"expanding it: {error.reason}") from error
        return _returned(msgspec.msgpack.decode(message, type=Answer))


def _returned(answer: Answer) -> tuple[list[Quad], tuple[Finding, ...]]:
    match answer:
        case Expanded(quads, findings):
            return quads, findings
        case Refused(findings):
            raise NotCanonicalisable(*findings)
        case NotPinned(url, pointer):
            raise ContextUnknown(url, pointer=pointer)
    raise BudgetExceeded(answer.message)


PROCESSES = Processes()

quads = PROCESSES.quads
"""``Processes.quads`` of those that the whole gateway shares."""
