"""A database by its place, and values to put into it."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from adapters.hub.contract import Format
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.envelope import Envelope
from gateway.edges.forms import StoredForms
from gateway.edges.postgres import PostgreSQL
from gateway.edges.sqlite import SQLite
from gateway.edges.states import StoredStates
from gateway.ports import Plan
from gateway.records import Form, Intent, Securing, Source, StatusPurpose

AT = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)
ENVELOPE = Envelope(bytes(range(32)))
SECRETS = (
    b"the received badge",
    b"the known badge class",
    b"the report",
    b"the unsigned bytes",
    b"the sealed bytes",
    b"the losses",
    b"the receipt",
    b"the title",
    b"https://issuer.example/the-url",
    b"the capability",
    hashlib.sha256(b"the received badge").digest(),
)


async def opened(place: str, connections: int = 10) -> Database:
    """Open the database at a PostgreSQL URL or in a file."""
    if place.startswith("postgresql://"):
        return await PostgreSQL.open(place, max_connections=connections)
    return await SQLite.open(Path(place))


async def run(database: Database, sql: str) -> None:
    """Change the database behind the back of the stores."""
    await database.within(EVERYWHERE).transaction(single(sql))


async def dumped(database: Database, *tables: str) -> bytes:
    """Everything that stands in these tables, one value a line."""
    values: list[Any] = []
    for table in tables:
        for row in await database.within(EVERYWHERE).fetch(f"select * from {table}"):  # noqa: S608 - names of ours
            values += cast("Iterable[Any]", row)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def source(report: bytes = b"the report") -> Source:
    """A source in which everything that must be encrypted is one of ``SECRETS``."""
    return Source(
        received=b"the received badge",
        sha256=hashlib.sha256(b"the received badge").digest(),
        carrier="json",
        media_type="application/json",
        format=Format.OPEN_BADGES_2,
        version="2.0",
        securing="hosted",
        capability="the capability",
        received_at=AT,
        report=report,
        url="https://issuer.example/the-url",
        known={"https://issuer.example/badge": b"the known badge class"},
        award=3,
    )


def intent(
    securing: Securing = Securing.DATA_INTEGRITY,
    format_: Format = Format.OPEN_BADGES_3,
    status: tuple[str, int] = ("", -1),
) -> Intent:
    """A form about to be signed."""
    return Intent(
        id=str(uuid.uuid4()),
        format=format_,
        securing=securing,
        key="key-1",
        unsigned=b"the unsigned bytes",
        losses=b"the losses",
        at=AT,
        status_list=status[0],
        status_index=status[1],
        status_purpose=StatusPurpose.REVOCATION if status[0] else None,
    )


def plan(
    *intents: Intent,
    fingerprint: bytes | None = None,
    platform: str = "default",
    created: dt.datetime = AT,
    title: str = "the title",
    report: bytes = b"the report",
) -> Plan:
    """A plan with an id of its own, and a fingerprint of its own unless one is given."""
    return Plan(
        record_id=str(uuid.uuid4()),
        platform=platform,
        holder="holder-1",
        actor="key holder-1",
        fingerprint=fingerprint or uuid.uuid4().bytes * 2,
        title=title,
        created=created,
        source=source(report),
        intents=intents,
    )


async def issued(database: Database, wanted: Intent, platform: str = "default") -> Form:
    """Plan and seal one form."""
    credentials = StoredCredentials(database, ENVELOPE)
    await credentials.plan(plan(wanted, platform=platform))
    form, _ = await credentials.seal(platform, wanted.id, b"the sealed bytes", "the receipt")
    return form


async def revoke(
    database: Database, form: Form, reason: str = "", at: dt.datetime = AT, platform: str = "default"
) -> Form | None:
    """Revoke the record of a form; return the form as it is then."""
    await StoredStates(database).revoke(platform, form.credential, reason, "key 1", at)
    return await StoredForms(database, ENVELOPE).find(platform, form.intent.id)
