"""One web and one issuer in it, for every test of trust."""

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def web() -> SimulatedWeb:
    return SimulatedWeb()


@pytest.fixture
def issuer(web: SimulatedWeb) -> SimulatedIssuer:
    """An https issuer that has published everything."""
    issuer = SimulatedIssuer(web)
    issuer.publish()
    return issuer
