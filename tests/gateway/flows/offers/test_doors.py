"""The links of an offer, as wallets read them."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import asdict, replace

from gateway.flows.offers.doors import doors, learner_wallet_bare
from gateway.records.offers import Claiming, Configuration, Offer
from tests.gateway.edges.stores import AT

PUBLIC_URL = "https://badges.example.org"
OFFER = Offer(
    id="an-offer-nobody-guess_",
    platform="default",
    record="record",
    made_by="key-1",
    created=AT,
    expires=AT,
    claiming=Claiming.LINK,
    configurations=(Configuration.BADGE,),
)
SUSPICIOUS = re.compile("verify|urgent|suspend|update|confirm|secure")


def query(url: str) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(url).query).items()}


def test_openid4vci_wallets_are_led_to_the_credential_offer() -> None:
    found = doors(OFFER, PUBLIC_URL)

    assert found.openid4vci.startswith("openid-credential-offer://?")
    assert query(found.openid4vci) == {"credential_offer_uri": found.credential_offer}


def test_the_learner_wallet_is_led_to_the_exchange_and_told_its_origin() -> None:
    found = doors(OFFER, PUBLIC_URL)

    request = json.loads(query(found.learner_wallet)["request"])
    assert request == {"credentialRequestOrigin": PUBLIC_URL, "protocols": {"vcapi": found.exchange}}


def test_the_older_way_carries_the_challenge_and_the_door_for_bare_presentations() -> None:
    asked = query(learner_wallet_bare(OFFER, PUBLIC_URL, "a challenge&x=y"))

    assert asked == {
        "issuer": PUBLIC_URL,
        "auth_type": "bearer",
        "challenge": "a challenge&x=y",
        "vc_request_url": f"{doors(OFFER, PUBLIC_URL).exchange}/bare",
    }


@pytest.mark.parametrize("claiming", [Claiming.CODE, Claiming.SIGN_IN])
def test_where_more_than_the_link_is_asked_for_no_way_is_told_that_asks_for_less(claiming: Claiming) -> None:
    found = doors(replace(OFFER, claiming=claiming), PUBLIC_URL)

    assert [name for name, link in asdict(found).items() if not link] == ["exchange", "learner_wallet"]


def test_what_exchanges_do_not_hand_over_is_fetched_with_openid4vci_alone() -> None:
    found = doors(replace(OFFER, configurations=(Configuration.BADGE_JWT, Configuration.BADGE_SD_JWT)), PUBLIC_URL)

    assert [name for name, link in asdict(found).items() if not link] == ["exchange", "learner_wallet"]


def test_no_address_has_a_word_that_wallets_take_for_phishing() -> None:
    links = [*asdict(doors(OFFER, PUBLIC_URL)).values(), learner_wallet_bare(OFFER, PUBLIC_URL, "c")]

    assert [link for link in links if SUSPICIOUS.search(link)] == []
