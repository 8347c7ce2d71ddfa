"""What cannot be signed as it was asked for is said before anything is planned or stored."""

from typing import Any

import pytest

from adapters.hub.contract import Format
from adapters.hub.errors import NotWritable
from gateway.assembly.whole import Gateway
from gateway.flows.prepare import Target
from gateway.ports import Search
from gateway.records import Securing
from tests.gateway.flows.conftest import CALLER
from tests.simulators.issuer import SimulatedIssuer

EMBEDDED = Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY)
TOKEN = Target(Format.OPEN_BADGES_3, Securing.VC_JWT)
HOSTED = Target(Format.OPEN_BADGES_2, Securing.HOSTED)


def with_tags(issuer: SimulatedIssuer, number: int) -> bytes:
    credential = issuer.credential()
    credential["credentialSubject"]["achievement"]["tag"] = [f"tag {index}" for index in range(number)]
    return issuer.token(credential).encode()


async def test_more_than_canonicalisation_may_cost_is_refused_and_nothing_is_kept(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    badge = with_tags(issuer, 401)

    with pytest.raises(NotWritable) as refusal:
        await gateway.convert(badge, "", (EMBEDDED,), CALLER)

    assert "securing=vc-jwt" in refusal.value.fix
    assert (await gateway.native.search(CALLER, Search(limit=5))).records == ()
    assert len((await gateway.convert(badge, "", (TOKEN,), CALLER)).created) == 1


@pytest.mark.parametrize("status", ["Failed", "Withdrew", "Enrolled", "InProgress", "OnHold", "Provisional"])
async def test_what_was_not_completed_is_no_award_in_a_format_without_words_for_it(
    gateway: Gateway, issuer: SimulatedIssuer, status: str
) -> None:
    credential = issuer.credential()
    subject: dict[str, Any] = credential["credentialSubject"]
    subject["result"] = [{"type": ["Result"], "status": status}]
    badge = issuer.token(credential).encode()

    with pytest.raises(NotWritable, match=status):
        await gateway.convert(badge, "", (HOSTED,), CALLER)

    assert (await gateway.native.search(CALLER, Search(limit=5))).records == ()


async def test_very_many_things_of_one_id_are_refused_in_no_time(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    credential = issuer.credential()
    related = [{"id": credential["id"], "type": ["Related"], "version": str(index)} for index in range(300)]
    credential["credentialSubject"]["achievement"]["related"] = related

    with pytest.raises(NotWritable, match="bear the ids of others"):
        await gateway.convert(issuer.token(credential).encode(), "", (TOKEN,), CALLER)
