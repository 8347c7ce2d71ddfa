"""What was erased stays so, whatever fails afterwards."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from gateway.assembly.whole import Gateway
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import Unavailable
from gateway.flows.identify import Identify
from gateway.records import Record
from gateway.records.status_lists import StatusList
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.test_publish import is_set, served


class Unanswered(StoredStatusLists):
    """Lists of a store that does not answer."""

    async def due(self, before: dt.datetime) -> Sequence[StatusList]:
        raise Unavailable(f"the store does not answer what is due by {before}")


async def test_whoever_erases_is_not_told_of_lists_that_are_signed_later(gateway: Gateway, record: Record) -> None:
    before = await served(gateway, record)
    publish = replace(gateway.publish, status_lists=Unanswered(gateway.edges.database))

    await replace(gateway.native.erase, publish=publish)(record.id, CALLER)

    assert await served(gateway, record) == before
    assert await gateway.publish() == 1
    assert is_set(await served(gateway, record), record)


async def test_whoever_erases_is_not_told_of_lists_that_cannot_be_signed(gateway: Gateway, record: Record) -> None:
    nowhere = Identify(gateway.edges.platforms, "", "", development=False, open_badges_3_issuer="did")
    publish = replace(gateway.publish, identities=nowhere)

    await replace(gateway.native.erase, publish=publish)(record.id, CALLER)

    assert await gateway.publish() == 1
    assert is_set(await served(gateway, record), record)
