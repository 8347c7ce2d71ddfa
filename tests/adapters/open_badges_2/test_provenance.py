"""What an Open Badges 2.0 document says of the badge that it was converted from."""

from typing import Any

import msgspec
import pytest

from adapters.hub.contract import Format
from adapters.hub.credential import Profile
from tests.adapters.open_badges_2.badges import ADAPTER, ISSUANCE, ORIGIN, read, sample


def converted(**changes: Any) -> dict[str, Any]:
    [credential] = read(sample("hosted.json")).credentials
    return ADAPTER.write(credential, ISSUANCE, msgspec.structs.replace(ORIGIN, **changes)).document


def test_who_sealed_it_and_who_awarded_it_are_named_apart() -> None:
    sealer, awarder = Profile(name={"en": "Sealing Office"}), Profile(name={"en": "Example School"})

    document = converted(format=Format.ELM_3, id=None, issuer=sealer, awarded_by=awarder)

    narrative = document["evidence"][-1]["narrative"]
    assert "The original was sealed by Sealing Office, which says that Example School awarded it." in narrative


@pytest.mark.parametrize("format", Format)
def test_every_format_is_called_by_its_name(format: Format) -> None:
    document = converted(format=format, version="1.1")

    assert format not in document["evidence"][-1]["narrative"]
    assert format not in document["badge"]["related"][-1]["version"]
