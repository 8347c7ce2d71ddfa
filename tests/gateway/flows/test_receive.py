"""From bytes, or the address of bytes, to a reading; bounded whatever they name."""

import json

import pytest

from adapters.hub.baking import KEYWORD_2, bake_png
from adapters.hub.errors import Malformed
from adapters.hub.securing import Hosted
from gateway.commands.sample_issuer import PICTURE
from gateway.errors import Unreachable
from gateway.flows.receive import Receive
from gateway.trust.references import MAX_REFERENCES, MAX_ROUNDS
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

HERE, THERE, FURTHER = (f"https://issuer.example/{name}" for name in ("here", "there", "further"))


@pytest.fixture
def receive(web: SimulatedWeb) -> Receive:
    return Receive(web)


async def test_an_address_leads_to_the_badge(receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    web.publish(HERE, body)

    received = await receive(HERE.encode())

    assert (received.url, received.opened.received, received.securing) == (HERE, body, "data-integrity")


async def test_a_picture_that_holds_an_address_may_stand_behind_another(
    receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()
    body = issuer.hosted(assertion)
    web.publish(HERE, bake_png(PICTURE.read_bytes(), str(assertion["id"]).encode(), KEYWORD_2), "image/png")

    received = await receive(HERE.encode())

    assert (received.url, received.opened.received) == (assertion["id"], body)
    assert received.reading is not None


async def test_a_third_address_is_not_followed(receive: Receive, web: SimulatedWeb) -> None:
    for url, target in ((HERE, THERE), (THERE, FURTHER), (FURTHER, HERE)):
        web.publish(url, json.dumps({"url": target}).encode())

    with pytest.raises(Malformed, match="too many addresses"):
        await receive(HERE.encode())

    assert web.requests == [HERE, THERE]


async def test_an_address_that_does_not_answer_is_unreachable(receive: Receive) -> None:
    with pytest.raises(Unreachable):
        await receive(HERE.encode())


async def test_a_hosted_badge_is_read_with_what_it_names(
    receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()

    received = await receive(issuer.hosted(assertion))

    assert received.reading is not None
    assert isinstance(received.reading.securing, Hosted)
    assert set(received.known) == set(web.requests) == {assertion["id"], assertion["badge"], issuer.id}


async def test_what_a_reference_did_not_serve_is_kept_as_the_reason(
    receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()
    body = issuer.hosted(assertion)
    web.unreachable(str(assertion["badge"]))

    received = await receive(body)

    assert isinstance(received.served[str(assertion["badge"])], Unreachable)
    assert (received.reading, received.securing) == (None, "")
    assert received.unread is not None


async def test_addresses_that_reading_does_not_need_are_left_alone(
    receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    many = [f"https://victim.example/{n}" for n in range(100)]
    assertion = issuer.assertion(evidence=many, endorsement=many, related=[{"id": url} for url in many])

    await receive(issuer.hosted(assertion))

    assert not any(url.startswith("https://victim.example/") for url in web.requests)


async def test_a_host_that_tells_another_story_each_time_costs_a_bounded_number_of_requests(
    receive: Receive, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    copy = issuer.assertion()
    issuer.hosted(copy)
    for n in range(MAX_REFERENCES):
        badge = {**issuer.badge_class(), "id": f"{issuer.host}/{n}", "issuer": f"{issuer.host}/{n + 1}"}
        web.publish(f"{issuer.host}/{n}", json.dumps(badge).encode())
    web.publish(str(copy["id"]), json.dumps(issuer.assertion(badge=f"{issuer.host}/0")).encode())

    await receive(json.dumps(copy).encode())

    assert len(web.requests) <= 2 * MAX_ROUNDS
