"""A rate limit that stays one when the shared one is away."""

import logging
import time
from collections.abc import Callable

from gateway.errors import Unavailable
from gateway.ports import Allowance, RateLimit

log = logging.getLogger("badge_gateway.rate_limit")


class LocalWhenAway:
    """Asks shared buckets; while they are away, buckets of this process stand in.

    Refusing everybody would let an outage of Redis take down what does not need it, and letting everybody in would
    make that outage worth causing. Meanwhile each process grants the whole limit, so a deployment of n processes
    grants it n times.

    Args:
        again_after_s: After a silence the shared buckets are not asked for so long: waiting for nothing would make
            every request slow.
        monotonic: Seconds from any starting point, never falling.
    """

    def __init__(
        self,
        shared: RateLimit,
        local: RateLimit,
        *,
        again_after_s: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._local = local
        self._again_after_s = again_after_s
        self._monotonic = monotonic
        self._asked_again_at = monotonic()

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        """Take one token from a bucket of ``capacity`` (1 or more) that refills ``per_s`` (above 0) a second."""
        if self._monotonic() >= self._asked_again_at:
            try:
                return await self._shared.take(bucket, capacity=capacity, per_s=per_s)
            except Unavailable as error:
                self._leave_out(error)
        return await self._local.take(bucket, capacity=capacity, per_s=per_s)

    def _leave_out(self, error: Unavailable) -> None:
        now = self._monotonic()
        if now >= self._asked_again_at:  # the first of those who asked at the same time
            log.warning("this process limits on its own: %s", error)
            self._asked_again_at = now + self._again_after_s
