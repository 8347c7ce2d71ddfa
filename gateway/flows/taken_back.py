"""Whether we took back what we sealed: ELM has no place where a credential could say so itself."""

from dataclasses import dataclass

from adapters.hub.contract import Format, Reading
from gateway.issuing.addresses import Addresses
from gateway.issuing.identity import CREDENTIAL_URN
from gateway.ports import Forms
from gateway.trust.report import Check, Outcome

STATUS = "status"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A document that was read to what our own record says of it."""

    forms: Forms
    public_url: str

    async def __call__(self, reading: Reading) -> Check | None:
        """Return the check of its status; None for what is in another format, or not ours as far as it says.

        It says so whoever sealed it: the signature is for other checks.
        """
        platform = reading.issuer_id.rpartition(":p:")[2]
        if reading.format is not Format.ELM_3 or reading.issuer_id != Addresses(self.public_url, platform).did:
            return None
        name = (reading.credentials[0].id or "") if reading.credentials else ""
        form = await self.forms.find(platform, name.removeprefix(CREDENTIAL_URN))
        if form is None or not name.startswith(CREDENTIAL_URN):
            return None
        if form.revoked is None:
            return Check(STATUS, Outcome.PASSED, "the record of this gateway says that it stands")
        why = f": {form.revocation_reason}" if form.revocation_reason else ""
        return Check(
            STATUS,
            Outcome.FAILED,
            f"this gateway, which issued it, revoked it on {form.revoked:%Y-%m-%d}{why}",
            fix="a revocation is for good; ask the issuer for another credential",
        )
