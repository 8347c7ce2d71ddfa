"""Mailed links and sessions; of their tokens only the digests are stored."""

import datetime as dt
import hmac
from dataclasses import dataclass

import msgspec

from gateway.edges.database import Database, Row, Work, instant, maybe_instant, micros, single
from gateway.edges.envelope import Envelope
from gateway.records.mailbox import normal
from gateway.records.people import Link, LinkPurpose, Session

IDLE = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=90)
SEEN_EVERY = dt.timedelta(hours=1)
"""A session's last use is written down this often, so that not every page writes."""

LINKS_KEPT = dt.timedelta(days=1)
"""So long after a link expired, its page can still say so."""

_FORGET_LINKS = "delete from sign_in_links where platform = $1 and expires < $2"
_PUT = """
insert into sign_in_links (sha256, platform, purpose, lookup, person, browser, asked, created, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_FIND_LINK = """
select sha256, platform, purpose, person, browser, asked, created, expires, used from sign_in_links
where platform = $1 and sha256 = $2
"""
# The link with all others to the same address: whoever used one has read the mails, and the others lie about in them.
_USE = """
update sign_in_links set used = $3 where platform = $1 and used is null
and lookup = (
    select lookup from sign_in_links where platform = $1 and sha256 = $2 and used is null and expires > $3
)
returning sha256, platform, purpose, person, browser, asked, created, expires, used
"""
_FORGET_SESSIONS = "delete from sessions where platform = $1 and (seen < $2 or created < $3)"
_START = """
insert into sessions (id, platform, person, sha256, created, seen, address) values ($1, $2, $3, $4, $5, $6, $7)
"""
_FIND_SESSION = """
select id, platform, person, sha256, created, seen, address from sessions
where platform = $1 and sha256 = $2 and seen >= $3 and created >= $4
"""
_SEEN = "update sessions set seen = $3 where platform = $1 and id = $2 and seen < $3"
_END = "delete from sessions where platform = $1 and id = $2"
_END_ALL = "delete from sessions where platform = $1 and person = $2"


class _Asked(msgspec.Struct, frozen=True):
    """What is encrypted of a link."""

    address: str
    next: str
    language: str


@dataclass(frozen=True, slots=True)
class StoredLinks:
    """The port ``Links``."""

    database: Database
    envelope: Envelope

    async def put(self, link: Link) -> None:
        """Keep it beside the others."""
        asked = msgspec.json.encode(_Asked(link.address, link.next, link.language))
        encrypted = self.envelope.sealed(_place(link.platform, link.sha256), asked)
        lookup = self._lookup(link)
        await self.database.within(link.platform).transaction(lambda: _put(link, lookup, encrypted))

    async def find(self, platform: str, sha256: bytes) -> Link | None:
        """Return the link whose token has this digest, used or expired or not, until it is forgotten."""
        for row in await self.database.within(platform).fetch(_FIND_LINK, platform, sha256):
            return self._link(row)
        return None

    async def use(self, platform: str, sha256: bytes, at: dt.datetime) -> Link | None:
        """Return the link and make it used, and with it all others of the same purpose for the same address and person.

        None when it is used, expired or void. Of many at once, one gets it.
        """
        rows = await self.database.within(platform).transaction(single(_USE, platform, sha256, micros(at)))
        return next((self._link(row) for row in rows if row["sha256"] == sha256), None)

    def _lookup(self, link: Link) -> bytes:
        parts = (link.platform, link.purpose.value, link.person, normal(link.address))
        return hmac.digest(self.envelope.derived("mailed links"), "\0".join(parts).encode(), "sha256")

    def _link(self, row: Row) -> Link:
        opened = self.envelope.opened(_place(row["platform"], row["sha256"]), row["asked"])
        asked = msgspec.json.decode(opened, type=_Asked)
        return Link(
            sha256=row["sha256"],
            platform=row["platform"],
            purpose=LinkPurpose(row["purpose"]),
            address=asked.address,
            person=row["person"],
            browser=row["browser"],
            next=asked.next,
            language=asked.language,
            created=instant(row["created"]),
            expires=instant(row["expires"]),
            used=maybe_instant(row["used"]),
        )


@dataclass(frozen=True, slots=True)
class StoredSessions:
    """The port ``Sessions``: over after 30 days without use, and after 90 days in any case."""

    database: Database

    async def start(self, session: Session) -> None:
        """Return once the session is stored."""
        await self.database.within(session.platform).transaction(lambda: _started(session))

    async def find(self, platform: str, sha256: bytes, at: dt.datetime) -> Session | None:
        """Return the session whose token has this digest, unless it is over; it counts as used at ``at``."""
        database = self.database.within(platform)
        for row in await database.fetch(_FIND_SESSION, platform, sha256, micros(at - IDLE), micros(at - LONGEST)):
            session = Session(
                id=row["id"],
                platform=row["platform"],
                person=row["person"],
                sha256=row["sha256"],
                created=instant(row["created"]),
                seen=instant(row["seen"]),
                address=row["address"],
            )
            if at - session.seen >= SEEN_EVERY:
                await database.transaction(single(_SEEN, platform, session.id, micros(at)), durable=False)
            return session
        return None

    async def end(self, platform: str, session_id: str) -> None:
        """End a session."""
        await self.database.within(platform).transaction(single(_END, platform, session_id))

    async def end_all(self, platform: str, person_id: str) -> None:
        """End every session of a person."""
        await self.database.within(platform).transaction(single(_END_ALL, platform, person_id))


def _put(link: Link, lookup: bytes, asked: bytes) -> Work[None]:
    yield _FORGET_LINKS, (link.platform, micros(link.created - LINKS_KEPT))
    yield (
        _PUT,
        (
            link.sha256,
            link.platform,
            link.purpose.value,
            lookup,
            link.person,
            link.browser,
            asked,
            micros(link.created),
            micros(link.expires),
        ),
    )


def _started(session: Session) -> Work[None]:
    seen, created = micros(session.created - IDLE), micros(session.created - LONGEST)
    yield _FORGET_SESSIONS, (session.platform, seen, created)
    times = (micros(session.created), micros(session.seen))
    yield _START, (session.id, session.platform, session.person, session.sha256, *times, session.address)


def _place(platform: str, sha256: bytes) -> str:
    return f"sign_in_links.asked/{platform}/{sha256.hex()}"
