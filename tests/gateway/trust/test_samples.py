"""All samples of the reference validators, each named with its expected verdict in a table for its format."""

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust import samples_open_badges_2, samples_open_badges_3
from tests.gateway.trust.reports import check, report_on
from tests.gateway.trust.samples import Samples, files, found, unexplained
from tests.simulators.web import SimulatedWeb

BOTH = [samples_open_badges_2.SAMPLES, samples_open_badges_3.SAMPLES]
EACH = [pytest.param(samples, name, id=f"{samples.folder.name}/{name}") for samples in BOTH for name in samples.rows]
SIGNED = samples_open_badges_3.SAMPLES


@pytest.mark.parametrize("samples", BOTH, ids=lambda samples: samples.folder.name)
def test_each_file_of_the_corpus_has_its_row(samples: Samples) -> None:
    assert set(samples.rows) == files(samples.folder)
    assert len(samples.rows) == samples.files


@pytest.mark.parametrize("samples", BOTH, ids=lambda samples: samples.folder.name)
def test_every_departure_from_the_reference_has_its_reason(samples: Samples) -> None:
    assert unexplained(samples.rows) == set()


@pytest.mark.parametrize(("samples", "name"), EACH)
async def test_sample_whose_issuer_publishes_all_that_it_should(samples: Samples, name: str, web: SimulatedWeb) -> None:
    sample, row = samples.received(name), samples.rows[name]
    samples.publish(web, sample)

    outcome, failed = await found(sample, web)

    assert outcome is row.served
    assert {row.because} - {""} <= failed


@pytest.mark.parametrize(("samples", "name"), EACH)
async def test_sample_whose_issuer_publishes_nothing_never_passes(
    samples: Samples, name: str, web: SimulatedWeb
) -> None:
    outcome, _ = await found(samples.received(name), web)

    assert outcome is samples.rows[name].alone
    assert outcome is not Outcome.PASSED


@pytest.mark.parametrize("name", [name for name, row in SIGNED.rows.items() if row is samples_open_badges_3.SOUND])
async def test_sound_sample_without_its_issuers_keys_is_signed_by_nobody_known(name: str, web: SimulatedWeb) -> None:
    report = await report_on(SIGNED.received(name), web)

    assert check(report, "proof").outcome is Outcome.PASSED
    assert check(report, "issuer").detail.startswith("signature valid, issuer not authenticated")
