"""Pages of records, by what they are: the same on every database, without a gap and without a second visit."""

import datetime as dt
from collections.abc import Sequence
from typing import Any  # Any: the members of a search

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.records import StoredRecords
from gateway.edges.states import StoredStates
from gateway.ports import Plan, Search
from gateway.records import Securing, State, Statement, Summary
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, intent, plan, source

ISSUERS = ("https://a.example/issuer", "did:web:b.example")


def planned(number: int) -> Plan:
    """Every third one is issued from plain data; the issuers of the others take turns."""
    second = number % 2 == 0
    wanted = intent(Securing.HOSTED, Format.OPEN_BADGES_2) if second else intent()
    made = plan(wanted, created=AT + dt.timedelta(seconds=number))
    if number % 3 == 0:
        said = Statement(received=b"{}", sha256=b"s" * 32, salt="salt", received_at=AT, api_key="holder-1")
        return msgspec.structs.replace(made, source=None, statement=said)
    return msgspec.structs.replace(made, source=msgspec.structs.replace(source(), issuer=ISSUERS[number % 2]))


@pytest.fixture
async def records(database: Database) -> StoredRecords:
    """Twelve, of which the last two are only planned, the fifth is revoked."""
    credentials = StoredCredentials(database, ENVELOPE)
    for number in range(12):
        record = await credentials.plan(planned(number))
        if number < 10:
            [form] = record.forms
            await credentials.seal("default", form.intent.id, b"the sealed bytes", "the receipt")
        if number == 5:
            await StoredStates(database).revoke("default", record.id, "", "key 1", AT)
    return StoredRecords(database, ENVELOPE)


async def numbers(records: StoredRecords, **wanted: Any) -> list[int]:
    """All that a search finds, page by page."""
    found: list[Summary] = []
    after = None
    page: Sequence[Summary]
    while page := await records.page("default", Search(limit=2, after=after, **wanted)):
        found.extend(page)
        after = page[-1].created, page[-1].id
    return [(summary.created - AT) // dt.timedelta(seconds=1) for summary in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ({"state": State.REVOKED}, [5]),
        ({"state": State.INTENDED}, [11, 10]),
        ({"format": Format.OPEN_BADGES_3}, [9, 7, 5, 3, 1]),
        ({"format": Format.OPEN_BADGES_3, "state": State.ACTIVE}, [9, 7, 3, 1]),
        ({"source_format": Format.OPEN_BADGES_2}, [11, 10, 8, 7, 5, 4, 2, 1]),
        ({"source_format": Format.OPEN_BADGES_3}, []),
        ({"source_issuer": ISSUERS[1]}, [11, 7, 5, 1]),
        ({"source_issuer": ISSUERS[1][:-1]}, []),
        ({"source_issuer": ISSUERS[0], "format": Format.OPEN_BADGES_3}, []),
        ({"created_after": AT + dt.timedelta(seconds=8)}, [11, 10, 9]),
        ({"created_before": AT + dt.timedelta(seconds=2)}, [1, 0]),
        ({"created_after": AT, "created_before": AT + dt.timedelta(seconds=3)}, [2, 1]),
        ({"format": Format.OPEN_BADGES_2, "created_before": AT + dt.timedelta(seconds=5)}, [4, 2, 0]),
    ],
)
async def test_a_search_finds_exactly_what_it_names(
    records: StoredRecords, wanted: dict[str, Any], expected: list[int]
) -> None:
    assert await numbers(records, **wanted) == expected


async def test_nothing_is_found_of_another_platform(records: StoredRecords) -> None:
    found = await records.page("other", Search(limit=10, source_issuer=ISSUERS[1]))

    assert found == ()


async def test_a_line_says_what_it_was_made_from(records: StoredRecords) -> None:
    lines = await records.page("default", Search(limit=100, state=State.ACTIVE))

    assert [(line.source_format, line.source_issuer) for line in lines[:3]] == [
        (None, ""),
        (Format.OPEN_BADGES_2, ISSUERS[0]),
        (Format.OPEN_BADGES_2, ISSUERS[1]),
    ]


async def test_no_issuer_stands_in_the_database_in_plain(records: StoredRecords) -> None:
    written = await dumped(records.database, "credentials", "sources", "statements", "issued_formats")

    assert [issuer for issuer in ISSUERS if issuer.encode() in written] == []
