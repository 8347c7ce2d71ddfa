"""Transaction codes, which people type beside the link of an offer (OpenID4VCI 1.0 section 6.1)."""

import asyncio
from collections import Counter

import pytest

from gateway.flows.offers.transaction_code import MOST_ATTEMPTS
from gateway.records.offers import Claiming, Offer, OfferState
from tests.gateway.http.conftest import Client
from tests.simulators.offered import Offering, redeemed


async def found(offering: Offering, offer: Offer) -> Offer:
    now = await offering.gateway.offers.claim.offers.find(offer.id)
    assert now is not None
    return now


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("name", ["tx_code", "user_pin"])
async def test_a_transaction_code_opens_its_offer(client: Client, offering: Offering, name: str) -> None:
    made = await offering.make(Claiming.CODE)

    answer = await redeemed(client, await offering.code(made.offer), **{name: made.code})

    assert answer.status_code == 200
    assert (await found(offering, made.offer)).attempts == 0


async def test_who_mistypes_tries_again_with_the_same_code_which_then_is_used(
    client: Client, offering: Offering
) -> None:
    made = await offering.make(Claiming.CODE)
    code = await offering.code(made.offer)

    wrong = [await redeemed(client, code, tx_code=other(made.code)) for _ in range(MOST_ATTEMPTS - 1)]
    right = await redeemed(client, code, tx_code=made.code, user_pin=made.code)
    again = await redeemed(client, code, tx_code=made.code)

    assert [answer.json()["error"] for answer in wrong] == ["invalid_grant"] * 4
    assert [answer.json()["error_description"] for answer in wrong[-2:]] == [
        "The transaction code is wrong. It can be tried 2 more times.",
        "The transaction code is wrong. It can be tried once more.",
    ]
    assert (right.status_code, again.json()["error"]) == (200, "invalid_grant")


async def test_the_fifth_wrong_transaction_code_locks_the_offer(client: Client, offering: Offering) -> None:
    made = await offering.make(Claiming.CODE)
    code = await offering.code(made.offer)

    wrong = [await redeemed(client, code, tx_code=other(made.code)) for _ in range(MOST_ATTEMPTS)]
    right = await redeemed(client, await offering.code(made.offer), tx_code=made.code)

    assert [answer.json()["error"] for answer in (*wrong, right)] == ["invalid_grant"] * 6
    assert (await found(offering, made.offer)).state is OfferState.LOCKED


async def test_of_many_guesses_at_once_no_more_than_five_are_looked_at(client: Client, offering: Offering) -> None:
    made = await offering.make(Claiming.CODE)
    codes = [await offering.code(made.offer) for _ in range(10)]
    guesses = [f"{number:06}" for number in range(50) if f"{number:06}" != made.code]

    answers = await asyncio.gather(
        *(redeemed(client, codes[number % 10], tx_code=guess) for number, guess in enumerate(guesses))
    )

    looked_at = [answer for answer in answers if "is wrong" in answer.json()["error_description"]]
    assert (len(answers), len(looked_at)) == (len(guesses), MOST_ATTEMPTS)
    now = await found(offering, made.offer)
    assert (now.state, now.attempts) == (OfferState.LOCKED, MOST_ATTEMPTS)


async def test_fifty_uses_at_once_with_the_right_transaction_code_make_one_token_and_lock_nothing(
    client: Client, offering: Offering
) -> None:
    made = await offering.make(Claiming.CODE)
    code = await offering.code(made.offer)

    answers = await asyncio.gather(*(redeemed(client, code, tx_code=made.code) for _ in range(50)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: 49}
    now = await found(offering, made.offer)
    assert (now.state, now.attempts) == (OfferState.OPEN, 0)


async def test_a_transaction_code_is_given_when_it_is_expected_and_only_then(
    client: Client, offering: Offering
) -> None:
    made, open_to_all = await offering.make(Claiming.CODE), await offering.make(Claiming.LINK)
    with_code, without = await offering.code(made.offer), await offering.code(open_to_all.offer)

    answers = [
        await redeemed(client, with_code),
        await redeemed(client, with_code, tx_code=""),
        await redeemed(client, with_code, tx_code=made.code, user_pin=other(made.code)),
        await redeemed(client, without, tx_code="123456"),
        await redeemed(client, without, user_pin="123456"),
    ]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(400, "invalid_request")] * 5
    assert (await found(offering, made.offer)).attempts == 0
    assert (await redeemed(client, with_code, tx_code=made.code)).status_code == 200
    assert (await redeemed(client, without, tx_code="")).status_code == 200


@pytest.mark.parametrize("between", [" ", "-", "\u2009", "\u202f", "\u00a0", "\u2013", " - "])
async def test_a_code_may_be_typed_in_groups(client: Client, offering: Offering, between: str) -> None:
    made = await offering.make(Claiming.CODE)
    typed = f" {made.code[:3]}{between}{made.code[3:]} "

    answer = await redeemed(client, await offering.code(made.offer), tx_code=typed)

    assert answer.status_code == 200
    assert (await found(offering, made.offer)).attempts == 0
