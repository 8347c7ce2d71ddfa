"""Offers of a converted badge, by a platform whose letters are kept."""

import dataclasses

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.offers.make import MakeOffer
from tests.simulators.mail import SimulatedMail


@pytest.fixture
def mail() -> SimulatedMail:
    return SimulatedMail()


@pytest.fixture
def make(gateway: Gateway, mail: SimulatedMail) -> MakeOffer:
    send = dataclasses.replace(gateway.offers.make.send_link, mail=mail)
    return dataclasses.replace(gateway.offers.make, send_link=send)
