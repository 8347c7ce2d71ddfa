"""Whatever is written means the same to every JSON-LD processor: nothing in it would be dropped when it is signed."""

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from adapters.hub.contract import Origin
from adapters.hub.credential import Credential
from adapters.hub.errors import NotWritable
from adapters.open_badges_3 import OpenBadges3
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.findings import Finding
from tests.adapters import strategies
from tests.adapters.open_badges_3.written import ISSUANCE, ORIGIN, SMALL
from tests.lengths import tries


def test_the_provenance_is_defined_by_the_contexts() -> None:
    draft = OpenBadges3().write(SMALL, ISSUANCE, ORIGIN)

    canonical = canonical_nquads(draft.document)

    assert canonical.findings == ()
    for said in (ORIGIN.receipt_url, "ni:///sha-256;", "openbadges#Assertion", "Open Badges v2p0", "attests"):
        assert said in canonical.nquads.decode()


@given(credential=strategies.credentials, origin=st.none() | st.just(ORIGIN))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_credential_is_written_without_undefined_names(credential: Credential, origin: Origin | None) -> None:
    assert _undefined(credential, origin) == ()


@pytest.mark.slow
@given(credential=strategies.credentials)
@settings(max_examples=tries(400, 1500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_credential_is_written_without_undefined_names_at_length(credential: Credential) -> None:
    assert _undefined(credential, None) == ()


def _undefined(credential: Credential, origin: Origin | None) -> tuple[Finding, ...]:
    """What JSON-LD has no meaning for in what is written; one that names two things alike is not written."""
    try:
        draft = OpenBadges3().write(credential, ISSUANCE, origin)
    except NotWritable:
        reject()
    return canonical_nquads(draft.document).findings
