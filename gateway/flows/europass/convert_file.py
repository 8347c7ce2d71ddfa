"""Any format that is read here to a European Digital Credential, and one of those back to a badge."""

from dataclasses import dataclass

from adapters.hub.contract import Format, Written
from gateway.flows.convert import Caller, Convert, NotTrusted
from gateway.flows.prepare import target
from gateway.flows.show import Page, Show, Wanted
from gateway.flows.verify import Verify
from gateway.records import Record
from gateway.trust.policy import Verdict, decide


@dataclass(frozen=True, slots=True)
class ConvertFile:
    """Bytes to the exact bytes of one form in another format, and its record."""

    verify: Verify
    convert: Convert
    show: Show

    async def __call__(self, file: bytes, to: Written | None, caller: Caller) -> tuple[Page, Record]:
        """Verify, convert, seal and record, as ``convert`` does it.

        Args:
            to: None for ELM, or, of what is in ELM, Open Badges 3.0.

        Raises:
            AdapterError: It cannot be opened or recognised (XML is not), or the format cannot hold it.
            NotTrusted: A check failed or could not be made; nothing was signed.
        """
        verified = await self.verify(file)
        in_elm = verified.received.recognition.format is Format.ELM_3
        chosen = Format(to) if to else Format.OPEN_BADGES_3 if in_elm else Format.ELM_3
        made = await self.convert(verified, "", (target(chosen),), caller)
        decision = decide(verified.report)
        if decision.verdict is Verdict.REFUSE:
            raise NotTrusted(decision, verified.report)
        form = next(form for form in made.record.forms if form.intent.format is chosen)
        return await self.show(Wanted(form.platform, "issued", form.intent.id)), made.record
