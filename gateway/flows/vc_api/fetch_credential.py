"""The id of a credential to its signed bytes, for the platform that issued it."""

from dataclasses import dataclass

from gateway.flows.convert import Caller
from gateway.flows.vc_api.named import Named, shown


@dataclass(frozen=True, slots=True)
class FetchCredential:
    """An id to the credential as it was issued."""

    named: Named

    async def __call__(self, name: str, caller: Caller) -> bytes:
        """Return the form with a proof in it that is bound to nobody.

        Raises:
            NotFound: The platform has no such credential, or none with a proof in it.
        """
        return shown(await self.named(caller.platform, name)).sealed or b""
