"""An access token to what its bearer may do."""

from dataclasses import dataclass
from hashlib import sha256

from gateway.errors import Unauthorised
from gateway.ports import Clock
from gateway.ports.oauth import Tokens
from gateway.records.oauth import ACCESS_PREFIX, Grant
from gateway.records.people import PEOPLE


class InvalidToken(Unauthorised):
    """The access token is unknown, expired or revoked (RFC 6750 section 3.1)."""

    code = "invalid-token"


@dataclass(frozen=True, slots=True)
class Recognise:
    """The text of an access token that a person granted to what it allows."""

    clock: Clock
    tokens: Tokens

    async def __call__(self, presented: str, platform: str = PEOPLE) -> Grant:
        """Return what the bearer may do.

        Args:
            presented: The token, "" when none came.
            platform: Whose tokens count: a platform's own clients have none of a person's rights, nor the reverse.

        Raises:
            Unauthorised: No token came.
            InvalidToken: It is unknown, expired or revoked; the same answer for each.
        """
        if not presented:
            raise Unauthorised("an access token is needed", fix="send the header Authorization: Bearer bga_…")
        found = None
        if presented.startswith(ACCESS_PREFIX):
            found = await self.tokens.access(sha256(presented.encode()).digest(), platform, self.clock())
        if found is None:
            raise InvalidToken(
                "the access token is unknown, expired or revoked",
                fix="get a new one with the refresh token, or ask the person again",
            )
        return found.grant
