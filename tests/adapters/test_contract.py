"""What every adapter promises, checked against every registered adapter: the loss report is exactly the difference."""

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from adapters.hub.contract import WRITTEN, Adapter, Draft, Format, Issuance, LegalIdentity, Origin, Reading
from adapters.hub.credential import Credential, Image
from adapters.hub.errors import AdapterError, NotWritable
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import ADAPTERS
from tests.adapters import comparing, samples, strategies
from tests.adapters.comparing import Crossing, changed_and_reported
from tests.corpora import corpus
from tests.lengths import tries

AT = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
WRITERS = [adapter for adapter in ADAPTERS if adapter.format in WRITTEN]
READERS_ONLY = [adapter for adapter in ADAPTERS if adapter not in WRITERS]
REISSUED = frozenset({"/id", "/issuer/id"})
ORIGINS = st.none() | st.builds(
    Origin,
    format=st.sampled_from(Format),
    version=st.just("2.0"),
    id=st.none() | strategies.uris,
    achievement_id=st.none() | strategies.ids,
    sha256=st.just("5e" * 32),
    received=st.just(b"{}"),
    media_type=st.just("application/json"),
    issuer=strategies.profiles,
    verified_at=st.just(AT),
    checks=st.just((("proof", "passed"),)),
    receipt_url=st.just("https://gateway.example.org/receipts/1"),
)
STATUS = {
    "id": "https://gateway.example.org/status-lists/1#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://gateway.example.org/status-lists/1",
}
OWNER = LegalIdentity(
    legal_name="Gateway Foundation",
    common_name="Gateway Foundation seal",
    country="FR",
    organisation_id="NTRFR-123456789",
)
PAGE = Image(
    id="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def issuance(credential: Credential, *, achievement_id: str | None = None, status: bool = False) -> Issuance:
    """Facts under which the credential keeps its own id and issuer."""
    return Issuance(
        id=credential.id or "https://gateway.example.org/issued/1",
        issuer=credential.issuer,
        at=AT,
        achievement_id=achievement_id,
        status=STATUS if status else None,
        hosted_scope="https://gateway.example.org/",
        picture=Image(id="https://gateway.example.org/picture.png"),
        display=PAGE,
        legal=OWNER,
    )


def again(adapter: Adapter, draft: Draft) -> Reading:
    """Read what was written, through the bytes."""
    opened = open_bytes(msgspec.json.encode(draft.document))
    assert isinstance(opened, Opened)
    return samples.read(adapter, opened)


def _report_is_the_difference(
    adapter: Adapter, credential: Credential, origin: Origin | None, address: str | None, *, status: bool
) -> None:
    facts = issuance(credential, achievement_id=address, status=status)
    try:
        draft = adapter.write(credential, facts, origin)
    except NotWritable:
        reject()

    changed, reported = changed_and_reported(credential, draft, again(adapter, draft))

    assert changed == reported


addresses = st.none() | st.just("https://gateway.example.org/badges/1")


@pytest.mark.parametrize("adapter", WRITERS, ids=lambda adapter: adapter.format)
@given(credential=strategies.credentials, origin=ORIGINS, address=addresses, status=st.booleans())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_difference_is_reported(
    adapter: Adapter, credential: Credential, origin: Origin | None, address: str | None, status: bool
) -> None:
    _report_is_the_difference(adapter, credential, origin, address, status=status)


@pytest.mark.slow
@pytest.mark.parametrize("adapter", WRITERS, ids=lambda adapter: adapter.format)
@given(credential=strategies.credentials, origin=ORIGINS, address=addresses, status=st.booleans())
@settings(
    max_examples=tries(300, 2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_difference_is_reported_at_length(
    adapter: Adapter, credential: Credential, origin: Origin | None, address: str | None, status: bool
) -> None:
    _report_is_the_difference(adapter, credential, origin, address, status=status)


@pytest.mark.parametrize("adapter", READERS_ONLY, ids=lambda adapter: adapter.format)
@given(credential=strategies.credentials, origin=ORIGINS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_format_that_is_only_read_refuses_to_be_written_and_names_others(
    adapter: Adapter, credential: Credential, origin: Origin | None
) -> None:
    with pytest.raises(NotWritable) as caught:
        adapter.write(credential, issuance(credential), origin)

    assert all(written.value in caught.value.fix for written in WRITTEN)


def _name(value: object) -> str:
    if isinstance(value, Path):
        return f"{value.parent.name}/{value.name}"
    return str(getattr(value, "format", value))


READABLE = samples.readable()
WRITTEN_AGAIN = [(adapter, path) for adapter, path in READABLE if adapter in WRITERS]


def test_the_public_corpora_are_among_the_samples() -> None:
    corpus("ob/samples")

    assert len(READABLE) > 60


@pytest.mark.parametrize(("adapter", "path"), WRITTEN_AGAIN, ids=_name)
def test_sample_written_again_differs_exactly_as_reported(adapter: Adapter, path: Path) -> None:
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)
    reading = samples.read(adapter, opened)
    credential = samples.reissued(reading.credentials[0])

    draft = adapter.write(credential, issuance(credential))

    crossing = Crossing(reading, draft, again(adapter, draft), exempt=REISSUED)
    assert crossing.lost == crossing.reported_lost
    assert crossing.added == crossing.reported_added


@pytest.mark.parametrize("target", WRITERS, ids=lambda adapter: f"to {adapter.format}")
@pytest.mark.parametrize(("adapter", "path"), READABLE, ids=_name)
def test_sample_in_another_format_is_found_again_reported_or_refused(
    adapter: Adapter, path: Path, target: Adapter
) -> None:
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)
    reading = samples.read(adapter, opened)
    credential = samples.reissued(reading.credentials[0])

    try:
        draft = target.write(credential, issuance(credential))
    except NotWritable:
        return

    crossing = Crossing(reading, draft, again(target, draft), exempt=REISSUED)
    assert crossing.lost == crossing.reported_lost


@pytest.mark.parametrize(("adapter", "path"), READABLE, ids=_name)
def test_origins_lead_from_leaves_that_are_there_to_places_that_are_there(adapter: Adapter, path: Path) -> None:
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)

    reading = samples.read(adapter, opened)

    credentials = [msgspec.to_builtins(credential) for credential in reading.credentials]
    for pointer, place in reading.origins.items():
        comparing.at(credentials, pointer)
        comparing.at(reading.document, place)


WHOLE = [msgspec.json.decode(path.read_bytes()) for path in samples.own() if path.suffix == ".json"]


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.format)
@given(document=strategies.broken([document for document in WHOLE if document.get("@context")]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_document_is_refused_in_our_own_words_or_read(adapter: Adapter, document: dict[str, Any]) -> None:
    try:
        opened = open_bytes(msgspec.json.encode(document))
        assert isinstance(opened, Opened)
        reading = samples.read(adapter, opened)
    except AdapterError:
        return

    recognition = adapter.recognises(opened)
    assert recognition.format is reading.format
    for finding in reading.findings:
        comparing.at(reading.document, finding.pointer.rpartition("/")[0])
