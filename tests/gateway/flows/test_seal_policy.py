"""By which id a platform's policy knows who sealed a credential."""

from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.permit import IssuerNotAccepted
from gateway.flows.prepare import target
from gateway.records.tenants import DEFAULT_PLATFORM, TrustPolicy
from gateway.settings import Settings
from tests.gateway.flows.conftest import CALLER, sealing_settings
from tests.simulators.sealer import OWNER, SimulatedSealer, credential

CLAIMED = "https://another.example/issuer"


@pytest.fixture
def settings(tmp_path: Path, sealer: SimulatedSealer) -> Settings:
    return sealing_settings(tmp_path, sealer)


@pytest.mark.parametrize(
    ("policy", "accepted"),
    [
        (TrustPolicy(accepts=(f"urn:eidas:{OWNER.organisation_identifier}",)), True),
        (TrustPolicy(refuses=(f"urn:eidas:{OWNER.organisation_identifier}",)), False),
        (TrustPolicy(accepts=(CLAIMED,)), False),
        (TrustPolicy(accepts=("https://another.example",)), False),
    ],
)
async def test_an_issuer_with_a_certificate_is_known_by_its_number_and_by_no_id_of_its_choice(
    gateway: Gateway, sealer: SimulatedSealer, policy: TrustPolicy, *, accepted: bool
) -> None:
    await gateway.tenancy.change(DEFAULT_PLATFORM, {"policy": policy}, "command line", may_raise=True)
    body = sealer.sealed(credential(issuer={**credential()["issuer"], "id": CLAIMED}))

    if accepted:
        made = await gateway.convert(body, "", (target(Format.OPEN_BADGES_3),), CALLER)
        assert made.created
    else:
        with pytest.raises(IssuerNotAccepted):
            await gateway.convert(body, "", (target(Format.OPEN_BADGES_3),), CALLER)
