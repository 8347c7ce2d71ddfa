"""What has ended, in every table that keeps something with an end, of all platforms."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.edges.database import EVERYWHERE, Database, Row, Work, micros, single
from gateway.edges.europass import LINKS_KEPT as SHARE_LINKS_KEPT
from gateway.edges.oauth import UNUSED_KEPT, USED_KEPT
from gateway.edges.offers import OVER_KEPT
from gateway.edges.outbox import KEPT
from gateway.edges.people_sessions import IDLE, LINKS_KEPT, LONGEST
from gateway.edges.replies import ANSWER_KEPT, some_deleted
from gateway.errors import Unavailable
from gateway.records.people import PEOPLE

log = logging.getLogger("badge_gateway.lapsed")

AT_ONCE = 500
"""So many rows of a table go in one transaction, so that nobody waits long for theirs."""

_ANYONES = f"platform in (select id from platforms union all select '{PEOPLE}')"  # noqa: S608 - a name of ours


def _over(table: str, key: str, end: str) -> str:
    """The statement that ends some of what is over.

    It names the platforms because most of these tables have an index by platform and end. Those of OAuth have one by
    the end alone, and sessions are looked through for when they began: 300 000 of them in 0.06 s.

    What may have changed meanwhile is asked twice, here and below: PostgreSQL asks again of a row that somebody else
    has held only what is said of the row itself, and not what is said where it was found.
    """
    return f"""
delete from {table} where ({key}) in (
    select {key} from {table} where {_ANYONES} and {end} < $1 limit {AT_ONCE}
) and {end} < $1 returning 1 as gone
"""  # noqa: S608 - names of ours


_REPLIES = some_deleted(f"{_ANYONES} and at < $1", still="at < $1")
_LINKS = _over("sign_in_links", "sha256", "expires")
_IDLE_SESSIONS = _over("sessions", "id", "seen")
_OLD_SESSIONS = _over("sessions", "id", "created")
_CLIENTS = f"""
delete from oauth_clients where id in (
    select id from oauth_clients where platform = '{PEOPLE}' and used is null and created < $1 limit {AT_ONCE}
) and used is null returning 1 as gone
"""  # noqa: S608 - names of ours
_CODES = _over("oauth_codes", "sha256", "expires")
_ACCESS_TOKENS = _over("oauth_access_tokens", "sha256", "expires")
_REFRESH_TOKENS = _over("oauth_refresh_tokens", "sha256", "expires")
_APPLICATION_TOKENS = _over("application_tokens", "sha256", "expires")
_OFFERS = _over("offers", "sha256", "expires")
_SHARE_LINKS = _over("europass_share_links", "sha256", "expires")
_DELIVERIES = f"""
delete from webhook_deliveries where (webhook, id) in (
    select webhook, id from webhook_deliveries
    where (platform, webhook) in (select platform, id from webhooks) and created < $1 and state <> 'waiting'
    limit {AT_ONCE}
) and created < $1 and state <> 'waiting' returning 1 as gone
"""  # noqa: S608 - a number of ours
# The secret before the current one signs no more: the current one takes its place, and nothing is left of it.
_SECRETS = f"""
update webhooks set secret_before = secret, before_until = null where id in (
    select id from webhooks where before_until < $1 limit {AT_ONCE}
) and before_until < $1 returning 1 as gone
"""  # noqa: S608 - a number of ours

NOTHING = dt.timedelta(0)

LAPSES = (
    (_REPLIES, ANSWER_KEPT),
    (_LINKS, LINKS_KEPT),
    (_IDLE_SESSIONS, IDLE),
    (_OLD_SESSIONS, LONGEST),
    (_CLIENTS, UNUSED_KEPT),
    (_CODES, USED_KEPT),
    (_ACCESS_TOKENS, NOTHING),
    (_REFRESH_TOKENS, NOTHING),
    (_APPLICATION_TOKENS, NOTHING),
    (_OFFERS, OVER_KEPT),
    (_SHARE_LINKS, SHARE_LINKS_KEPT),
    (_DELIVERIES, KEPT),
    (_SECRETS, NOTHING),
)
"""Each statement, and how long after its end something is kept."""


@dataclass(frozen=True, slots=True)
class StoredLapsed:
    """The port ``Lapsed``."""

    database: Database

    async def forget(self, at: dt.datetime) -> None:
        """Forget what is over in every table, some of it at once; a table where that fails keeps no other waiting."""
        for statement, kept in LAPSES:
            try:
                await self._forgotten(single(statement, micros(at - kept)))
            except (Unavailable, ValueError) as error:
                log.warning("some of what is over was not forgotten: %s", error)

    async def _forgotten(self, some: Callable[[], Work[Sequence[Row]]]) -> None:
        everywhere = self.database.within(EVERYWHERE)
        while await everywhere.transaction(some, durable=False):
            pass
