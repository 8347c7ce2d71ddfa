"""One attempt to deliver a message: signed, sent, and judged by the answer."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from gateway.errors import KeyMissing, NotAsked, Unreachable
from gateway.flows.webhooks.messages import body, challenge, echoes
from gateway.ports import Clock, Keys, Signer
from gateway.ports.outbound import Post, Posted
from gateway.ports.webhooks import Outbox
from gateway.proofs.standard_webhooks import asymmetric, signed_content, symmetric
from gateway.records import Algorithm, KeyState, PublicKey, Purpose
from gateway.records.webhooks import VERIFICATION, Attempted, Claimed, Ending

DELAYS = tuple(
    dt.timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600)
)
"""After which attempt how long at most until the next; the last one repeats. With full jitter: some time up to that."""

HORIZON = dt.timedelta(hours=72)
"""For so long a message is tried; the last attempt is made at its very end."""

KEY_OVERLAP = dt.timedelta(days=7)
"""How long a retired key signs beside the new one."""

MOST_KEYS = 8
"""That sign at once; of keys that are changed more often within a week the oldest stop earlier. Many servers take no
header of more than some kilobytes, and every signature makes it longer."""

LONGEST_REST = dt.timedelta(minutes=5)
LONGEST_RETRY_AFTER = dt.timedelta(hours=24)
ANSWER_BYTES = 4096
EXCERPT_CHARACTERS = 200
SOON = dt.timedelta(seconds=4)

SUCCESS = range(200, 300)
REDIRECTION = range(300, 400)
GONE = 410
OVERLOADED = frozenset({429, 502, 503, 504})


async def signing_keys(keys: Keys, platform: str, now: dt.datetime) -> tuple[PublicKey, ...]:
    """At most ``MOST_KEYS`` that sign webhooks of a platform now, the newest first; none when the last was revoked."""
    try:
        active = await keys.active(platform, Purpose.WEBHOOK, Algorithm.EDDSA)
    except KeyMissing:
        return ()
    retired = [
        key
        for key in await keys.all(platform)
        if key.purpose is Purpose.WEBHOOK
        and key.state is KeyState.RETIRED
        and key.retired is not None
        and now < key.retired + KEY_OVERLAP
    ]
    return (active, *reversed(retired))[:MOST_KEYS]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A delivery that we hold to what came of sending it, written down."""

    clock: Clock
    outbox: Outbox
    post: Post
    keys: Keys
    signer: Signer
    secret: bytes
    fraction: Callable[[], float]

    async def __call__(self, claimed: Claimed) -> None:
        """Send the message once and write down what came of it."""
        code = challenge(self.secret, claimed.webhook)
        content = body(claimed, code)
        if content is None:
            # Its event was removed from the feed: there is nothing to tell any more.
            await self.outbox.settle(self._ended(claimed, Ending.FAILED, outcome="the event is gone"))
            return
        headers = await self._headers(claimed, content)
        try:
            posted = await self.post(claimed.webhook.url, content, headers, answer_bytes=ANSWER_BYTES)
        except NotAsked:
            attempted = self._ended(claimed, Ending.UNTRIED, due=self.clock() + SOON * (0.25 + 0.75 * self.fraction()))
        except Unreachable as error:
            attempted = self._failed(claimed, 0, error.reason.rpartition(": ")[2])
        else:
            attempted = self._answered(claimed, posted, code)
        await self.outbox.settle(attempted)

    async def _headers(self, claimed: Claimed, content: bytes) -> dict[str, str]:
        now = self.clock()
        timestamp_s = int(now.timestamp())
        signed = signed_content(claimed.delivery.id, timestamp_s, content)
        webhook = claimed.webhook
        signatures = [symmetric(secret, signed) for secret in webhook.secret.keys(now)]
        keys = await signing_keys(self.keys, webhook.platform, now)
        signatures += [asymmetric(await self.signer.sign(key.id, signed)) for key in keys]
        return {
            "Content-Type": "application/json",
            "webhook-id": claimed.delivery.id,
            "webhook-timestamp": str(timestamp_s),
            "webhook-signature": " ".join(signatures),
        }

    def _answered(self, claimed: Claimed, posted: Posted, code: str) -> Attempted:
        asked = claimed.delivery.type == VERIFICATION
        if posted.status in SUCCESS:
            verified = asked and echoes(posted.body, code)
            outcome = "it did not send the challenge back" if asked and not verified else ""
            ending = Ending.VERIFIED if verified else Ending.ARRIVED
            return self._ended(claimed, ending, status=posted.status, outcome=outcome)
        outcome = f"answered {posted.status}"
        if posted.status in REDIRECTION:
            outcome += "; no redirect is followed, so its address has to be changed here"
        elif not asked and (said := _excerpt(posted.body)):
            outcome += f": {said}"
        if posted.status == GONE:
            return self._ended(claimed, Ending.GONE, status=posted.status, outcome=outcome)
        return self._failed(claimed, posted.status, outcome, self._asked_to_wait(posted))

    def _failed(self, claimed: Claimed, status: int, outcome: str, wait: dt.timedelta = dt.timedelta(0)) -> Attempted:
        """Try again later, unless 72 hours have passed; leave the endpoint alone for a moment in any case."""
        now, delivery = self.clock(), claimed.delivery
        last = delivery.created + HORIZON
        delay = DELAYS[min(delivery.attempts, len(DELAYS)) - 1] * self.fraction()
        due = None if now >= last else max(min(now + delay, last), now + wait)
        longest = min(LONGEST_REST, dt.timedelta(seconds=2 ** min(claimed.webhook.failures, 9)))
        rest_until = now + max(longest * self.fraction(), wait)
        return self._ended(claimed, Ending.FAILED, status=status, outcome=outcome, due=due, rest_until=rest_until)

    def _ended(
        self,
        claimed: Claimed,
        ending: Ending,
        *,
        status: int = 0,
        outcome: str = "",
        due: dt.datetime | None = None,
        rest_until: dt.datetime | None = None,
    ) -> Attempted:
        return Attempted(
            claimed=claimed,
            ending=ending,
            at=self.clock(),
            status=status,
            outcome=outcome,
            due=due,
            rest_until=rest_until,
        )

    def _asked_to_wait(self, posted: Posted) -> dt.timedelta:
        """``Retry-After`` in seconds or as a date, within our own bounds. Source: RFC 9110, section 10.2.3."""
        said = posted.headers.get("retry-after", "") if posted.status in OVERLOADED else ""
        if said.isdecimal() and len(said) < len("1000000"):
            wait = dt.timedelta(seconds=int(said))
        else:
            try:
                wait = parsedate_to_datetime(said).astimezone(dt.UTC) - self.clock()
            except (ValueError, OverflowError):
                wait = dt.timedelta(0)
        return min(max(wait, dt.timedelta(0)), LONGEST_RETRY_AFTER)


def _excerpt(answer: bytes) -> str:
    """The beginning of an answer, as far as it is plain text that does no harm in a log or on a page."""
    text = answer[: 4 * EXCERPT_CHARACTERS].decode("ascii", "ignore")
    return " ".join("".join(c for c in text if c.isprintable() and c not in "<>&\"'").split())[:EXCERPT_CHARACTERS]
