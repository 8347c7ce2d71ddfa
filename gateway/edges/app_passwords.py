"""Passwords for applications and their tokens; of each only a digest, and the name that a person gave it encrypted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.audit import noted
from gateway.edges.database import Database, Row, Work, instant, kept, maybe_instant, micros
from gateway.edges.envelope import Envelope
from gateway.ports.app_passwords import Successors
from gateway.records.app_passwords import AppPassword, AppToken, TokenKind

# Changes nothing, and locks: of many passwords at once each counts those before.
_HOLD = "update people set language = language where platform = $1 and id = $2"
_ADD = """
insert into application_passwords (id, platform, person, name, sha256, created)
select $1, $2, $3, $4, $5, $6
where (select count(*) from application_passwords where platform = $2 and person = $3) < $7
returning id
"""
_COLUMNS = "select id, platform, person, name, sha256, created, used from application_passwords"
_OF = f"{_COLUMNS} where platform = $1 and person = $2 order by created, id"
_FIND = f"{_COLUMNS} where platform = $1 and sha256 = $2"
_END_TOKENS = """
delete from application_tokens where platform = $1
and password = (select id from application_passwords where platform = $1 and person = $2 and id = $3)
"""
# A statement that changes nothing locks the row: no token is committed between the two that follow.
_LOCK = "update application_passwords set used = used where platform = $1 and person = $2 and id = $3"
_REVOKE = "delete from application_passwords where platform = $1 and person = $2 and id = $3 returning id"
_USE = "update application_passwords set used = $3 where platform = $1 and id = $2 returning id"
_FORGET = "delete from application_tokens where platform = $1 and expires <= $2"
_ISSUE = """
insert into application_tokens (sha256, platform, password, person, kind, expires) values ($1, $2, $3, $4, $5, $6)
"""
_FIND_ACCESS = """
select sha256, platform, password, person, kind, expires from application_tokens
where platform = $1 and sha256 = $2 and kind = 'access' and expires > $3
"""
# The password's row first, as ending one does: its tokens are then nobody else's to change.
_LOCK_ITS = """
update application_passwords set used = used where platform = $1
and id = (select password from application_tokens where platform = $1 and sha256 = $2 and kind = 'refresh')
"""
_TAKE = """
update application_tokens set used = $3
where platform = $1 and sha256 = $2 and kind = 'refresh' and expires > $3 and used is null
returning password, person
"""
_USED_BEFORE = """
select password, person from application_tokens
where platform = $1 and sha256 = $2 and kind = 'refresh' and expires > $3 and used is not null
"""
_END_REUSED = "delete from application_tokens where platform = $1 and password = $2"


@dataclass(frozen=True, slots=True)
class StoredAppPasswords:
    """The port ``AppPasswords``."""

    database: Database
    envelope: Envelope

    async def add(self, password: AppPassword, at_most: int) -> bool:
        """Keep it, unless the person has ``at_most`` already."""
        name = self.envelope.sealed(_place(password.id), kept(password.name))
        values = (password.id, password.platform, password.person, name, password.sha256, micros(password.created))

        def work() -> Work[bool]:
            yield _HOLD, (password.platform, password.person)
            added = yield _ADD, (*values, at_most)
            if added:
                actor = _actor(password.person)
                yield from noted(password.platform, actor, "application-password.made", password.id, password.created)
            return bool(added)

        return await self.database.within(password.platform).transaction(work)

    async def of(self, platform: str, person: str) -> Sequence[AppPassword]:
        """Return every password of a person, oldest first."""
        rows = await self.database.within(platform).fetch(_OF, platform, person)
        return [self._password(row) for row in rows]

    async def find(self, platform: str, sha256: bytes) -> AppPassword | None:
        """Return the password with this digest."""
        rows = await self.database.within(platform).fetch(_FIND, platform, sha256)
        return self._password(rows[0]) if rows else None

    async def revoke(self, platform: str, person: str, password_id: str, at: dt.datetime) -> bool:
        """End a password of the person with all its tokens."""

        def work() -> Work[bool]:
            yield _LOCK, (platform, person, password_id)
            yield _END_TOKENS, (platform, person, password_id)
            revoked = yield _REVOKE, (platform, person, password_id)
            if revoked:
                yield from noted(platform, _actor(person), "application-password.ended", password_id, at)
            return bool(revoked)

        return await self.database.within(platform).transaction(work)

    def _password(self, row: Row) -> AppPassword:
        return AppPassword(
            id=row["id"],
            platform=row["platform"],
            person=row["person"],
            name=self.envelope.opened(_place(row["id"]), row["name"]).decode(),
            sha256=bytes(row["sha256"]),
            created=instant(row["created"]),
            used=maybe_instant(row["used"]),
        )


@dataclass(frozen=True, slots=True)
class StoredAppTokens:
    """The port ``AppTokens``."""

    database: Database

    async def issue(self, tokens: Sequence[AppToken], at: dt.datetime) -> None:
        """Commit tokens of one password; those that have expired are forgotten."""
        platform, password = tokens[0].platform, tokens[0].password

        def work() -> Work[None]:
            yield _FORGET, (platform, micros(at))
            # Taken first, the row of the password keeps it from being revoked in between.
            if not (yield _USE, (platform, password, micros(at))):
                return
            yield from _kept(tokens)

        await self.database.within(platform).transaction(work)

    async def find(self, platform: str, sha256: bytes, at: dt.datetime) -> AppToken | None:
        """Return the access token with this digest while it lives."""
        rows = await self.database.within(platform).fetch(_FIND_ACCESS, platform, sha256, micros(at))
        return _token(rows[0]) if rows else None

    async def exchange(self, platform: str, sha256: bytes, successors: Successors, at: dt.datetime) -> bool:
        """Use up a refresh token and commit what follows it; one that was used before ends all of its password's."""
        shown = (platform, sha256, micros(at))

        def work() -> Work[bool]:
            yield _FORGET, (platform, micros(at))
            yield _LOCK_ITS, (platform, sha256)
            for row in (yield _TAKE, shown):
                yield _USE, (platform, row["password"], micros(at))
                yield from _kept(successors(row["password"], row["person"]))
                return True
            for row in (yield _USED_BEFORE, shown):
                yield _END_REUSED, (platform, row["password"])
                target, action = row["password"], "application-tokens.ended, a refresh token came twice"
                yield from noted(platform, "gateway", action, target, at)
            return False

        return await self.database.within(platform).transaction(work)


def _kept(tokens: Sequence[AppToken]) -> Work[None]:
    for each in tokens:
        yield _ISSUE, (each.sha256, each.platform, each.password, each.person, each.kind, micros(each.expires))


def _actor(person: str) -> str:
    return f"person {person}"


def _place(password_id: str) -> str:
    return f"application_passwords.name/{password_id}"


def _token(row: Row) -> AppToken:
    return AppToken(
        sha256=bytes(row["sha256"]),
        platform=row["platform"],
        password=row["password"],
        person=row["person"],
        kind=TokenKind(row["kind"]),
        expires=instant(row["expires"]),
    )
