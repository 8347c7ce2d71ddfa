"""What European credentials say of outcomes, levels and credits, as badges say it, and the other way round."""

import msgspec
import pytest

from adapters.hub.alignments import alignment_of
from adapters.hub.contract import Format
from adapters.hub.frameworks import Framework, Recognised
from adapters.hub.micro_credential import summary
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for
from tests.adapters import strategies
from tests.adapters.test_described import BADGES, UUID, WHOLE, passed
from tests.corpora import corpus


@pytest.mark.parametrize("folder", ["eu-2025/AA-Annex1-MC", "eu-2023/Sample-MC-Annex1"])
def test_the_example_of_the_commission_lacks_one_element(folder: str) -> None:
    """It names nobody who assured its quality: the word does not occur in it."""
    path = corpus("elm/samples") / f"{folder}-signed.jsonld"
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)

    found = summary(adapter_for(Format.ELM_3).read(opened, {}).credentials[0])

    assert (found.mandatory, found.missing, found.partly) == (10, ("quality-assurance",), ())


def test_the_example_of_the_commission_keeps_its_elements_as_a_badge() -> None:
    opened = open_bytes((corpus("elm/samples") / "eu-2025/AA-Annex1-MC-signed.jsonld").read_bytes())
    assert isinstance(opened, Opened)
    credential = adapter_for(Format.ELM_3).read(opened, {}).credentials[0]
    issuer = msgspec.structs.replace(credential.issuer, id=strategies.OWN_ISSUER)

    found = summary(passed(BADGES[1], msgspec.structs.replace(credential, id=strategies.OWN_ID, issuer=issuer)))

    assert found.missing == ("quality-assurance",)
    assert found.partly == ()


def test_terms_of_frameworks_pass_through_elm_and_none_becomes_a_certification() -> None:
    terms = (
        Recognised(Framework.EQF, "6"),
        Recognised(Framework.ISCED_F, "0613"),
        Recognised(Framework.ESCO_SKILL, UUID),
        Recognised(Framework.RNCP_BLOC, "RNCP38596BC02"),
        Recognised(Framework.RNCP, "RNCP38596"),
        Recognised(Framework.ROME, "M1805"),
    )
    made = [alignment_of(each.framework, each.code, {"und": "T"}) for each in terms]
    achievement = msgspec.structs.replace(WHOLE.achievement, alignments=tuple(each for each in made if each))

    found = passed(adapter_for(Format.ELM_3), msgspec.structs.replace(WHOLE, achievement=achievement)).achievement

    assert {each.recognised for each in found.alignments} == set(terms)
    assert found.other_identifiers == ()
    assert [each.points for each in found.credit_points] == ["2.5"]
    assert found.workload == "PT60H"
