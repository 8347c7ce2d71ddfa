"""How many letters a platform may cause: a mailbox is spared more, whoever asks for them."""

import hmac
from dataclasses import dataclass

from gateway.errors import TooManyRequests
from gateway.ports import RateLimit
from gateway.records.mailbox import normal

FROM_ONE_AN_HOUR = 5
"""Letters to one address that one platform may cause."""

TO_ONE_AN_HOUR = 20
"""Letters to one address, whichever platforms cause them."""

FROM_PLATFORM_AN_HOUR = 300
"""Letters that one platform may cause, to whichever addresses."""


@dataclass(frozen=True, slots=True)
class LetterLimits:
    """What one letter of a kind costs, taken before it is written.

    Attributes:
        kind: ``deposit letters``; each has limits of its own.
    """

    rate_limit: RateLimit
    secret: bytes
    kind: str

    async def __call__(self, platform: str, address: str) -> None:
        """Take it.

        Raises:
            TooManyRequests: This address got enough letters within the hour, or the platform caused enough.
        """
        # Hashed, because a bucket's name may be seen by whoever runs the cache.
        to = hmac.digest(self.secret, _mailbox(address).encode(), "sha256").hex()
        await self._take(f"{self.kind} to {to} from {platform}", FROM_ONE_AN_HOUR)
        await self._take(f"{self.kind} to {to}", TO_ONE_AN_HOUR)
        await self._take(f"{self.kind} from {platform}", FROM_PLATFORM_AN_HOUR)

    async def _take(self, bucket: str, an_hour: int) -> None:
        taken = await self.rate_limit.take(bucket, capacity=an_hour, per_s=an_hour / 3600)
        if not taken.allowed:
            raise TooManyRequests("too many letters went out", retry_after_s=taken.retry_after_s)


def _mailbox(address: str) -> str:
    """What large hosts deliver to one mailbox: the address without its tag."""
    local, _, domain = normal(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
