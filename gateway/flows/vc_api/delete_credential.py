"""The id of a credential to nothing: it is erased, as by our own API."""

from dataclasses import dataclass

from gateway.flows.convert import Caller
from gateway.flows.erase import Erase
from gateway.flows.vc_api.named import Named


@dataclass(frozen=True, slots=True)
class DeleteCredential:
    """The id by which a platform's software knows a credential to nothing."""

    named: Named
    erase: Erase

    async def __call__(self, name: str, caller: Caller) -> None:
        """Revoke every form of it and erase all that is kept of it.

        Source: VCALM 1.0, "Delete Credential" (``DELETE /credentials/{id}``, 202).

        Raises:
            NotFound: The platform has no such credential, or it was erased before.
        """
        record = await self.named(caller.platform, name)
        await self.erase(record.id, caller)
