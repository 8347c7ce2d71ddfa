"""A wallet's access token to what it may fetch."""

from dataclasses import dataclass

import msgspec

from gateway.errors import Unauthorised
from gateway.flows.oauth.recognise import InvalidToken
from gateway.ports.offers import Tickets
from gateway.records.offers import Grant
from gateway.records.tickets import Kind


@dataclass(frozen=True, slots=True)
class RecogniseWallet:
    """The text of an access token to its grant."""

    tickets: Tickets

    async def __call__(self, presented: str) -> Grant:
        """Return what the bearer may fetch.

        Args:
            presented: The token, "" when none came.

        Raises:
            Unauthorised: No token came.
            InvalidToken: It is unknown or expired.
            Unavailable: That cannot be found out now.
        """
        if not presented:
            raise Unauthorised("an access token is needed", fix="get one for the code of the credential offer")
        kept = await self.tickets.look(Kind.TOKEN, presented)
        if kept is None:
            raise InvalidToken("the access token is unknown or expired", fix="get a new one with the refresh token")
        return msgspec.json.decode(kept, type=Grant)
