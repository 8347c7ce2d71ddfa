"""Any format that is read here to a European Digital Credential, and one of those to a badge, or to its original."""

from dataclasses import dataclass

from adapters.hub.contract import Format, Written
from adapters.hub.opened import media_type
from gateway.flows.convert import Caller, NotTrusted
from gateway.flows.hand_back import HandBack, HandedBack
from gateway.flows.prepare import target
from gateway.flows.show import Page, Show, Wanted
from gateway.flows.verify import Verify
from gateway.trust.policy import Verdict, decide


@dataclass(frozen=True, slots=True)
class ConvertFile:
    """Bytes to the exact bytes of one form in another format, or of the original in it, and how the file is called."""

    verify: Verify
    hand_back: HandBack
    show: Show

    async def __call__(self, file: bytes, to: Written | None, caller: Caller) -> tuple[Page, str]:
        """Verify, convert, seal and record, or hand the original back, as ``hand_back`` does it.

        Args:
            to: None for ELM, or, of what is in ELM, Open Badges 3.0.

        Returns:
            The file, and the id of its record; of an original, which has none, the beginning of its digest.

        Raises:
            AdapterError: It cannot be opened or recognised (XML is not), or the format cannot hold it.
            NotTrusted: A check failed or could not be made; nothing was signed.
        """
        verified = await self.verify(file)
        in_elm = verified.received.recognition.format is Format.ELM_3
        chosen = Format(to) if to else Format.OPEN_BADGES_3 if in_elm else Format.ELM_3
        made = await self.hand_back(verified, (target(chosen),), caller)
        if isinstance(made, HandedBack):
            received = made.original.received
            page = Page(received.opened.received, media_type(received.opened.carrier))
            return page, f"original-{received.sha256.hex()[:12]}"
        decision = decide(verified.report)
        if decision.verdict is Verdict.REFUSE:
            raise NotTrusted(decision, verified.report)
        form = next(form for form in made.record.unbound if form.intent.format is chosen)
        return await self.show.to_holder(Wanted(form.platform, "issued", form.intent.id)), made.record.id
