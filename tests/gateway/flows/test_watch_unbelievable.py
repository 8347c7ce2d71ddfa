"""Whatever a stranger, a neighbour or a broken host may serve in place of an answer changes nothing."""

import json
from collections.abc import Callable

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.watches import SourceState
from tests.gateway.flows.watching import LIST, Watched
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.lists import encoded, subject
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def watched(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Watched:
    return Watched(gateway, web, clock, issuer)


def _by_another(watched: Watched) -> None:
    other = SimulatedIssuer(watched.web, "https://other.example/profile")
    other.publish()
    other.status_list(LIST, 7)


def _unsigned(watched: Watched) -> None:
    document = json.loads(watched.web.body(LIST))
    del document["proof"]
    watched.issuer.serve(LIST, document)


def _by_a_withdrawn_key(watched: Watched) -> None:
    document = watched.issuer.controller_document()
    for method in document["verificationMethod"]:
        method["revoked"] = NOON.isoformat()
    watched.issuer.publish(verificationMethod=document["verificationMethod"])


def _ended(watched: Watched) -> None:
    watched.listed(7, validUntil=NOON.isoformat())


def _of_another_purpose(watched: Watched) -> None:
    watched.listed(7, purpose="suspension")


def _changed(watched: Watched) -> None:
    document = json.loads(watched.web.body(LIST))
    watched.listed(7)
    document["credentialSubject"] = json.loads(watched.web.body(LIST))["credentialSubject"]
    watched.issuer.serve(LIST, document)


def _another_list_of_the_issuer(watched: Watched) -> None:
    other = "https://issuer.example/status/2"
    watched.issuer.status_list(other, 7, validFrom=watched.clock.now.isoformat())
    watched.web.publish(LIST, watched.web.body(other))


UNBELIEVABLE: dict[str, Callable[[Watched], None]] = {
    "by another issuer": _by_another,
    "unsigned": _unsigned,
    "by a key that was withdrawn": _by_a_withdrawn_key,
    "that has ended": _ended,
    "of other badges of the issuer": _another_list_of_the_issuer,
    "of another purpose": _of_another_purpose,
    "changed after it was signed": _changed,
    "that is a web page": lambda watched: watched.web.publish(LIST, b"<html>revoked</html>", "text/html"),
    "that is garbage": lambda watched: watched.web.publish(LIST, b"\xff\xfe revoked", "application/vc"),
    "that is no list": lambda watched: watched.web.publish(LIST, b'{"revoked": true}'),
    "that is empty": lambda watched: watched.web.publish(LIST, b""),
    "that answers 500": lambda watched: watched.web.publish(LIST, b"", status=500),
    "of another host after a redirect": lambda watched: watched.web.redirect(LIST, "https://other.example/list"),
}


@pytest.mark.parametrize("name", UNBELIEVABLE)
async def test_a_list_that_cannot_be_believed_changes_nothing(watched: Watched, name: str) -> None:
    record = await watched.credential()
    watched.web.publish("https://other.example/list", watched.web.body(LIST))
    watched.clock.advance(minutes=1)
    UNBELIEVABLE[name](watched)

    await watched.later()

    assert not await watched.revoked(record)
    assert await watched.told(record) == []
    assert await watched.state(record) == (SourceState.UNREACHABLE, NOON)


HOSTED_OTHERWISE = {
    "another badge": b'{"type": "Assertion", "id": "https://issuer.example/assertions/2"}',
    "a page": b"<html>revoked: true</html>",
    "garbage": b"\x00\xff",
    "revoked as text": b'{"revoked": "true"}',
    "a list": b'[{"revoked": true}]',
    "twice": b'{"revoked": false, "revoked": true}',
}


@pytest.mark.parametrize("name", HOSTED_OTHERWISE)
async def test_whatever_else_stands_at_a_hosted_badge_s_address_changes_nothing(watched: Watched, name: str) -> None:
    assertion = watched.issuer.assertion()
    record = await watched.converted(watched.issuer.hosted(assertion))
    watched.web.publish(assertion["id"], HOSTED_OTHERWISE[name])

    await watched.later(hours=24)

    assert not await watched.revoked(record)
    assert await watched.told(record) == []
    assert await watched.state(record) == (SourceState.UNREACHABLE, NOON)


@pytest.mark.parametrize("status", [200, 410])
async def test_a_redirect_to_a_stranger_s_host_revokes_nothing(watched: Watched, status: int) -> None:
    assertion = watched.issuer.assertion()
    record = await watched.converted(watched.issuer.hosted(assertion))
    watched.web.publish("https://stranger.example/", b'{"revoked": true}', status=status)
    watched.web.redirect(assertion["id"], "https://stranger.example/")

    await watched.later(hours=24)

    assert not await watched.revoked(record)
    assert await watched.told(record) == []


async def test_an_entry_that_the_list_has_not_any_more_changes_nothing(watched: Watched) -> None:
    entry = watched.listed(credentialSubject=subject(encodedList=encoded(entries=262_144)))
    record = await watched.credential(credentialStatus={**entry, "statusListIndex": "200000"})
    watched.clock.advance(minutes=1)
    watched.listed(7)

    await watched.later()

    assert not await watched.revoked(record)
    assert await watched.told(record) == []
    assert await watched.state(record) == (SourceState.UNREACHABLE, NOON)


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
async def test_an_older_list_takes_nothing_back_that_a_newer_one_lets_stand(watched: Watched, purpose: str) -> None:
    watched.listed(7, purpose=purpose)
    older = watched.web.body(LIST)
    watched.clock.advance(minutes=1)
    record = await watched.credential(credentialStatus=watched.listed(purpose=purpose))
    await watched.later()
    watched.web.publish(LIST, older)

    await watched.later()

    assert not await watched.revoked(record)
    assert await watched.told(record) == [("source.rolled-back", "replayed")]
    assert (await watched.state(record))[0] is SourceState.UNREACHABLE
