"""What all ids of platforms have in common."""

import msgspec
import pytest

from gateway.records.tenants import may_be_made, twin_of
from gateway.records.texts import OWN_ID_CHARACTERS, PLATFORM_ID_CHARACTERS, PlatformId


@pytest.mark.parametrize("platform_id", ["a", "a-1", "a" * OWN_ID_CHARACTERS])
def test_every_platform_that_may_be_made_and_its_twin_has_an_id(platform_id: str) -> None:
    assert may_be_made(platform_id)
    for each in (platform_id, twin_of(platform_id)):
        assert msgspec.convert(each, PlatformId) == each


def test_no_id_is_longer_than_that_of_a_twin() -> None:
    assert not may_be_made("a" * (OWN_ID_CHARACTERS + 1))
    assert len(twin_of("a" * OWN_ID_CHARACTERS)) == PLATFORM_ID_CHARACTERS
