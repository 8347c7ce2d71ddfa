"""Bytes to the exact original that they embed, where that is what is asked for; else to what converting makes of them.

A credential that was converted into ELM holds what it was converted from. Who wants that format again gets those very
bytes, with the signature of whoever made them: writing the badge anew could only lose something.
"""

from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from adapters.registry import original_in
from gateway.errors import Unreachable
from gateway.flows.convert import Caller, Convert, Converted
from gateway.flows.prepare import Target
from gateway.flows.verify import Verified, Verify
from gateway.trust import provenance
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome, Report


class HandedBack(msgspec.Struct, frozen=True):
    """An original, byte for byte, as it verified by itself just now; nothing was signed or stored."""

    original: Verified


@dataclass(frozen=True, slots=True)
class HandBack:
    """Bytes and formats to an original or to a record with forms."""

    verify: Verify
    convert: Convert

    async def __call__(
        self,
        body: bytes | Verified,
        targets: tuple[Target, ...],
        caller: Caller,
        *,
        award: int = 0,
        original: bool = True,
    ) -> Converted | HandedBack:
        """Hand the original back when it alone is asked for; convert in all other cases.

        It is handed back only when the credential round it passes every check, states its digest and is of the same
        awards, and it passes by itself too.

        Args:
            body: The exact bytes, or what the caller has just verified.
            original: Whether it will do: not for who asks for a certain way of sealing.

        Raises:
            As ``Convert`` does.
        """
        verified = body if isinstance(body, Verified) else await self.verify(body)
        wanted = {target.format for target in targets}
        if original and not award and len(wanted) == 1 and decide(verified.report).verdict is Verdict.REISSUE:
            found = await self._original(verified, *wanted)
            if found is not None:
                return HandedBack(found)
        return await self.convert(verified, "", targets, caller, award=award)

    async def _original(self, verified: Verified, wanted: Format) -> Verified | None:
        reading = verified.received.reading
        embedded = original_in(reading) if reading else None
        if reading is None or embedded is None or not _is_proven(verified.report):
            return None
        try:
            found = await self.verify(embedded)
        except (AdapterError, Unreachable):
            return None
        there = found.received.reading
        whole = there is not None and len(there.credentials) == len(reading.credentials)
        passed = found.report.outcome is Outcome.PASSED
        return found if passed and whole and found.received.recognition.format is wanted else None


def _is_proven(report: Report) -> bool:
    """Whether what it embeds is what it says that it was converted from; one without a digest is merely noted."""
    return any(check.name == provenance.NAME and check.outcome is Outcome.PASSED for check in report.checks)
