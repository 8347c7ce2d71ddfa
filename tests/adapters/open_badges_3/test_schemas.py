"""What is written is valid under both variants of the official JSON schema."""

import functools
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.hub.contract import Adapter, Origin
from adapters.hub.credential import Credential
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_3 import OpenBadges3
from gateway.proofs.canonical import canonical_nquads
from tests.adapters import samples, strategies
from tests.adapters.open_badges_3.written import ISSUANCE, ORIGIN, SMALL
from tests.corpora import corpus

VARIANTS = ("official-plain", "official-jsonld-2026")


@functools.cache
def schema(variant: str) -> jsonschema_rs.Validator:
    name = "ob_v3p0_achievementcredential_schema.json"
    document = msgspec.json.decode(corpus(f"ob/json-schema/ob3/{variant}/{name}").read_bytes())
    return jsonschema_rs.Draft201909Validator(document, validate_formats=True)


def faults(variant: str, document: dict[str, Any]) -> list[str]:
    return [f"{error.instance_path}: {error.message}" for error in schema(variant).iter_errors(document)]


@pytest.mark.parametrize("variant", VARIANTS)
def test_small_credential_with_its_provenance_is_valid(variant: str) -> None:
    draft = OpenBadges3().write(SMALL, ISSUANCE, ORIGIN)

    assert faults(variant, draft.document) == []


@pytest.mark.parametrize("variant", VARIANTS)
@given(credential=strategies.credentials, origin=st.none() | st.just(ORIGIN))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_credential_is_written_valid(variant: str, credential: Credential, origin: Origin | None) -> None:
    draft = OpenBadges3().write(credential, ISSUANCE, origin)

    assert faults(variant, draft.document) == []


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("adapter", "path"), samples.readable(), ids=lambda value: getattr(value, "name", ""))
def test_any_sample_is_written_valid(adapter: Adapter, path: Path, variant: str) -> None:
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)
    credential = samples.reissued(samples.read(adapter, opened).credentials[0])

    draft = OpenBadges3().write(credential, ISSUANCE, ORIGIN)

    assert faults(variant, draft.document) == []
    assert canonical_nquads(draft.document).findings == ()
