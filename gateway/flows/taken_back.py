"""Whether we took back what we sealed: ELM has no place where a credential could say so itself."""

import re
from dataclasses import dataclass

from adapters.hub.contract import Format, Reading
from adapters.hub.securing import Jades
from gateway.flows.uploaded_id import KnownUploads
from gateway.issuing.addresses import Addresses
from gateway.ports import Forms
from gateway.ports.erasure import Tombstones
from gateway.ports.seals import SealPlatforms
from gateway.proofs import jades, jwk, multikey
from gateway.proofs.errors import KeyUnusable
from gateway.records import CLOSED, Form, Securing
from gateway.records.europass import CREDENTIAL_URN
from gateway.trust.report import Check, Outcome

STATUS = "status"
_ONLY_A_KEY = "did:key:"
_FORM_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A document that was read to what our own record says of it.

    Attributes:
        uploads: Finds what platforms uploaded, which keeps the id that they gave it.
        seals: Says whose key the issuer is, where that is but a key: without https.
    """

    forms: Forms
    public_url: str
    uploads: KnownUploads
    seals: SealPlatforms
    tombstones: Tombstones

    async def __call__(self, reading: Reading) -> Check | None:
        """Return the check of its status; None for what is in another format, or not ours as far as it says.

        It says so whoever sealed it: the signature is for other checks.
        """
        platform = await self._platform(reading.issuer_id) if reading.format is Format.ELM_3 else None
        if platform is None:
            return None
        name = (reading.credentials[0].id or "") if reading.credentials else ""
        uploaded = await self._uploaded(platform, name)
        if uploaded is not None:
            return uploaded
        form = await form_named(self.forms, platform, name)
        if form is None:
            return await self._erased(platform, name)
        if form.revoked is None:
            # Another document may well bear the id of this one: of that nothing is known.
            stands = Check(STATUS, Outcome.PASSED, "the record of this gateway says that it stands")
            return stands if _is(form, reading) else None
        why = f": {form.revocation_reason}" if form.revocation_reason else ""
        return Check(
            STATUS,
            Outcome.FAILED,
            f"this gateway, which issued it, revoked it on {form.revoked:%Y-%m-%d}{why}",
            fix="a revocation is for good; ask the issuer for another credential",
        )

    async def _platform(self, issuer_id: str) -> str | None:
        if issuer_id.startswith(_ONLY_A_KEY):
            try:
                return await self.seals.seal_platform(jwk.thumbprint(multikey.from_did(issuer_id)))
            except KeyUnusable:
                return None
        platform = issuer_id.rpartition(":p:")[2]
        return platform if issuer_id == Addresses(self.public_url, platform).did else None

    async def _erased(self, platform: str, name: str) -> Check | None:
        form_id = named_form(name)
        if not form_id or await self.tombstones.form(platform, form_id) is None:
            return None
        return Check(
            STATUS,
            Outcome.FAILED,
            "this gateway, which issued it, revoked it, and erased what it knew of it",
            fix="a revocation is for good; ask the issuer for another credential",
        )

    async def _uploaded(self, platform: str, name: str) -> Check | None:
        """Of what the platform uploaded to be sealed only that it took it back is known by its id."""
        record = await self.uploads(platform, name)
        if record is None or record.state not in CLOSED:
            return None
        return Check(
            STATUS,
            Outcome.FAILED,
            "this gateway, which sealed it, says that its platform took it back",
            fix="ask the issuer for another credential",
        )


async def form_named(forms: Forms, platform: str, name: str) -> Form | None:
    """The form of a platform that the id of a credential in ELM names."""
    form_id = named_form(name)
    return await forms.find(platform, form_id) if form_id else None


def named_form(name: str) -> str:
    """The id of the form that the id of a credential in ELM may name; "" where it is no such id."""
    form_id = name.removeprefix(CREDENTIAL_URN)
    return "" if form_id == name or not _FORM_ID.fullmatch(form_id) else form_id.lower()


def _is(form: Form, reading: Reading) -> bool:
    """Whether what was read is what was sealed, to the byte."""
    if not isinstance(reading.securing, Jades) or form.intent.securing is not Securing.JADES:
        return False
    return jades.payload_of(form.intent.unsigned) == reading.securing.payload
