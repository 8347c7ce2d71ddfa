"""Documents that no issuer meant: refused in our own words, or read with every loss at a place that is there."""

from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.hub.errors import AdapterError
from adapters.open_badges_1.versions import version_of
from tests.adapters import comparing, strategies
from tests.adapters.open_badges_1.badges import ADAPTER, ADDRESS, SERVED, opened, sample

WHOLE = [sample(name) for name in ("0.5.json", "1.0-hosted.json", "1.1-hosted.json", "moodle.json")]
URLS = [url for document in WHOLE for url in (document.get("id"), document.get("verify", {}).get("url")) if url]


@given(document=strategies.broken(WHOLE), host=st.none() | strategies.broken(WHOLE), url=st.sampled_from(["", ADDRESS]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_documents_are_refused_or_read_and_reported(
    document: dict[str, Any], host: dict[str, Any] | None, url: str
) -> None:
    received = opened(document, url)
    known = SERVED if host is None else SERVED | dict.fromkeys([*URLS, ADDRESS], msgspec.json.encode(host))
    ADAPTER.recognises(received)
    ADAPTER.references(received, known)
    repaired = ADAPTER.repair(received)

    try:
        reading = ADAPTER.read(received, known)
    except AdapterError:
        return

    assert version_of(repaired.document) == reading.version
    for finding in reading.findings:
        comparing.at(reading.document, finding.pointer.rpartition("/")[0])
    for loss in reading.losses.losses:
        comparing.at(reading.document, loss.source or "")
    neutral = [msgspec.to_builtins(credential) for credential in reading.credentials]
    for into, at in reading.origins.items():
        comparing.at(neutral, into)
        comparing.at(reading.document, at)
