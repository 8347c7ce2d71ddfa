"""The report is exactly the difference, of whatever can be written; what is broken is refused or read."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.hub.contract import Origin
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError
from tests.adapters import comparing, samples, strategies
from tests.adapters.comparing import changed_and_reported
from tests.adapters.learning_credential_1.given import ADAPTER, LEARNER, opened
from tests.adapters.test_contract import ORIGINS, again, issuance
from tests.lengths import tries

SAMPLES = [msgspec.json.decode(path.read_bytes()) for path in samples.folder_of(ADAPTER).iterdir()]
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]


def writable(found: Credential) -> Credential:
    """With a name, completed, and of somebody: nothing else is written."""
    known = found.recipient
    somebody = msgspec.structs.replace(known, identities=known.identities if known.id else (*known.identities, LEARNER))
    results = tuple(each for each in found.results if each.status in (None, "Completed"))
    named = msgspec.structs.replace(found.achievement, name={**found.achievement.name, "fr": "Nœuds"})
    return msgspec.structs.replace(found, achievement=named, results=results, recipient=somebody)


def _report_is_the_difference(credential: Credential, origin: Origin | None) -> None:
    draft = ADAPTER.write(credential, issuance(credential), origin)

    changed, reported = changed_and_reported(credential, draft, again(ADAPTER, draft))

    assert changed == reported


@given(credential=strategies.credentials.map(writable), origin=ORIGINS)
@settings(max_examples=100, deadline=None, suppress_health_check=HEALTH)
def test_every_difference_of_what_can_be_written_is_reported(credential: Credential, origin: Origin | None) -> None:
    _report_is_the_difference(credential, origin)


@pytest.mark.slow
@given(credential=strategies.credentials.map(writable), origin=ORIGINS)
@settings(max_examples=tries(300, 2000), deadline=None, suppress_health_check=HEALTH)
def test_every_difference_of_what_can_be_written_is_reported_at_length(
    credential: Credential, origin: Origin | None
) -> None:
    _report_is_the_difference(credential, origin)


@given(document=strategies.broken(SAMPLES))
@settings(max_examples=300, deadline=None)
def test_broken_claims_are_refused_in_our_own_words_or_read(document: dict[str, Any]) -> None:
    found = opened(document)
    try:
        reading = ADAPTER.read(found, {})
    except AdapterError:
        assert ADAPTER.repair(found).lacking
        return

    for finding in reading.findings:
        comparing.at(reading.document, finding.pointer.rpartition("/")[0])
    credentials = [msgspec.to_builtins(each) for each in reading.credentials]
    for pointer, place in reading.origins.items():
        comparing.at(credentials, pointer)
        comparing.at(reading.document, place)
    lost = {loss.source for loss in reading.losses.losses}
    told = {*reading.origins.values(), *lost, "/vct"}
    assert {leaf for leaf in comparing.leaves(document) if document_says(document, leaf)} <= told


def document_says(document: dict[str, Any], leaf: str) -> bool:
    """Whether a leaf is a value; empty lists and objects say nothing."""
    return comparing.at(document, leaf) not in ({}, [])


@given(text=st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_a_text_of_any_kind_is_no_day_or_one(text: str) -> None:
    document = {**SAMPLES[0], "date_of_issuance": text, "date_of_expiry": text}

    reading = ADAPTER.read(opened(document), {}) if "\x00" not in text else None

    assert reading is None or reading.credentials
