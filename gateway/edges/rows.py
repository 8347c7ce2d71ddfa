"""How records and forms stand in the database: their columns, which are encrypted, and the way back."""

import msgspec

from adapters.hub.contract import Format
from gateway.edges.database import Row, Value, instant, maybe_instant, micros
from gateway.edges.envelope import RecordKey
from gateway.records import (
    WRITTEN_WHOLE,
    Form,
    Intent,
    Record,
    Securing,
    Source,
    State,
    Statement,
    StatementKind,
    StatusPurpose,
)

_known = msgspec.msgpack.Decoder(dict[str, bytes])

# Changes nothing, and locks: a record that is erased at this moment is erased before, or with what is written here.
HOLD_KEY = """
update record_keys set platform = platform where credential = $1 and platform || '' = $2 returning credential, wrapped
"""

INSERT_SOURCE = """
insert into sources (credential, platform, received, sha256, url, capability, known, report,
                     carrier, media_type, format, version, securing, received_at, award)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""

INSERT_STATEMENT = """
insert into statements (credential, platform, received, sha256, salt, received_at, kind)
values ($1, $2, $3, $4, $5, $6, $7)
"""

INSERT_FORM = """
insert into forms (id, platform, credential, format, securing, signing_key, at, status_list, status_index,
                   unsigned, losses, holder)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (credential, format, securing, holder) do nothing
returning id
"""

# Without its key there is nothing to be read, so an erased record is in no answer.
RECORDS = """
select c.id, c.platform, c.created, c.title, c.state, c.holder, c.issuer, k.wrapped,
       t.received as stated, t.sha256 as stated_sha256, t.salt, t.received_at as stated_at,
       t.kind as stated_kind,
       s.received, s.sha256, s.url, s.capability, s.known, s.report,
       s.carrier, s.media_type, s.format, s.version, s.securing, s.received_at, s.award
from credentials c
join record_keys k on k.credential = c.id
left join sources s on s.credential = c.id
left join statements t on t.credential = c.id
"""

SOURCES = """
select s.*, k.wrapped, c.issuer from sources s
join record_keys k on k.credential = s.credential
join credentials c on c.id = s.credential
"""

# Values and no joins, as in ``records``: a join may read a whole table before it is counted.
FORMS = """
select f.*, k.wrapped,
  (select l.purpose from status_lists l where l.id = f.status_list) as status_purpose,
  (select t.kind from statements t where t.credential = f.credential) as stated_kind
from forms f
join record_keys k on k.credential = f.credential
"""


def source_values(record_id: str, platform: str, source: Source, key: RecordKey) -> tuple[Value, ...]:
    """The parameters of ``INSERT_SOURCE``."""
    return (
        record_id,
        platform,
        key.sealed("sources.received", source.received),
        key.sealed("sources.sha256", source.sha256),
        key.sealed("sources.url", source.url.encode()),
        key.sealed("sources.capability", source.capability.encode()),
        key.sealed("sources.known", msgspec.msgpack.encode(source.known)),
        sealed_report(source, key),
        source.carrier,
        source.media_type,
        source.format,
        source.version,
        source.securing,
        micros(source.received_at),
        source.award,
    )


def statement_values(record_id: str, platform: str, statement: Statement, key: RecordKey) -> tuple[Value, ...]:
    """The parameters of ``INSERT_STATEMENT``; the API key that asked is the record's holder."""
    return (
        record_id,
        platform,
        key.sealed("statements.received", statement.received),
        key.sealed("statements.sha256", statement.sha256),
        key.sealed("statements.salt", statement.salt.encode()),
        micros(statement.received_at),
        statement.kind,
    )


def sealed_report(source: Source, key: RecordKey) -> bytes:
    """The one column of a source that may change."""
    return key.sealed("sources.report", source.report)


def sealed_title(title: str, key: RecordKey) -> bytes:
    """The title of a record, encrypted."""
    return key.sealed("credentials.title", title.encode())


def sealed_issuer(issuer: str, key: RecordKey) -> bytes | None:
    """The id of the original issuer, encrypted."""
    return key.sealed("credentials.issuer", issuer.encode()) if issuer else None


def issuer_of(row: Row, key: RecordKey) -> str:
    """Decrypt the original issuer's id of a row that has the column."""
    return "" if row["issuer"] is None else key.opened("credentials.issuer", row["issuer"]).decode()


def title_of(row: Row, key: RecordKey) -> str:
    """Decrypt the title of a row that has the column."""
    return key.opened("credentials.title", row["title"]).decode()


def form_values(record_id: str, platform: str, intent: Intent, key: RecordKey) -> tuple[Value, ...]:
    """The parameters of ``INSERT_FORM``."""
    return (
        intent.id,
        platform,
        record_id,
        intent.format,
        intent.securing,
        intent.key,
        micros(intent.at),
        intent.status_list or None,
        intent.status_index if intent.status_list else None,
        key.sealed(f"forms.unsigned/{intent.id}", intent.unsigned),
        key.sealed(f"forms.losses/{intent.id}", intent.losses),
        intent.holder,
    )


def release_values(form_id: str, sealed: bytes, receipt: str, key: RecordKey) -> tuple[bytes, bytes]:
    """The encrypted columns ``sealed`` and ``receipt``."""
    return (
        key.sealed(f"forms.sealed/{form_id}", sealed),
        key.sealed(f"forms.receipt/{form_id}", receipt.encode()),
    )


def source_of(row: Row, key: RecordKey) -> Source:
    """Read a row of ``SOURCES`` or ``RECORDS``."""
    return Source(
        received=key.opened("sources.received", row["received"]),
        sha256=key.opened("sources.sha256", row["sha256"]),
        carrier=row["carrier"],
        media_type=row["media_type"],
        format=Format(row["format"]),
        version=row["version"],
        securing=row["securing"],
        capability=key.opened("sources.capability", row["capability"]).decode(),
        received_at=instant(row["received_at"]),
        report=key.opened("sources.report", row["report"]),
        url=key.opened("sources.url", row["url"]).decode(),
        known=_known.decode(key.opened("sources.known", row["known"])),
        issuer=issuer_of(row, key),
        award=row["award"],
    )


def _statement_of(row: Row, key: RecordKey) -> Statement:
    return Statement(
        received=key.opened("statements.received", row["stated"]),
        sha256=key.opened("statements.sha256", row["stated_sha256"]),
        salt=key.opened("statements.salt", row["salt"]).decode(),
        received_at=instant(row["stated_at"]),
        kind=StatementKind(row["stated_kind"]),
        api_key=row["holder"],
    )


def form_of(row: Row, key: RecordKey) -> Form:
    """Read a row of ``FORMS``."""
    form_id = row["id"]
    sealed, receipt = row["sealed"], row["receipt"]
    intent = Intent(
        id=form_id,
        format=Format(row["format"]),
        securing=Securing(row["securing"]),
        key=row["signing_key"],
        unsigned=key.opened(f"forms.unsigned/{form_id}", row["unsigned"]),
        losses=key.opened(f"forms.losses/{form_id}", row["losses"]),
        at=instant(row["at"]),
        status_list=row["status_list"] or "",
        status_index=-1 if row["status_index"] is None else row["status_index"],
        status_purpose=None if row["status_purpose"] is None else StatusPurpose(row["status_purpose"]),
        holder=row["holder"],
    )
    return Form(
        intent=intent,
        platform=row["platform"],
        credential=row["credential"],
        sealed=None if sealed is None else key.opened(f"forms.sealed/{form_id}", sealed),
        receipt="" if receipt is None else key.opened(f"forms.receipt/{form_id}", receipt).decode(),
        revoked=maybe_instant(row["revoked"]),
        revocation_reason=row["revocation_reason"],
        suspended=maybe_instant(row["suspended"]),
        suspension_reason=row["suspension_reason"],
        private=row["stated_kind"] in WRITTEN_WHOLE or row["holder"] != "",
    )


def record_of(row: Row, forms: tuple[Form, ...], key: RecordKey) -> Record:
    """Read a row of ``RECORDS``."""
    return Record(
        id=row["id"],
        platform=row["platform"],
        created=instant(row["created"]),
        title=title_of(row, key),
        source=None if row["received"] is None else source_of(row, key),
        forms=forms,
        statement=None if row["stated"] is None else _statement_of(row, key),
        state=State(row["state"]),
    )
