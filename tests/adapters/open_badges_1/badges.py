"""Badges to begin a test with: our samples, changed, opened and read."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from adapters import open_badges_1
from adapters.hub.contract import Reading
from adapters.hub.losses import Change
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_1 import OpenBadges1

SAMPLES = Path(open_badges_1.__file__).parent / "samples"
ADAPTER = OpenBadges1()
ADDRESS = "https://issuer.example/assertions/7.json"
SERVED = {
    **{
        f"https://issuer.example/{name}": (SAMPLES / "served" / name).read_bytes()
        for name in ("1.0-knots.json", "1.0-issuer.json")
    },
    **{
        f"https://issuer.example/1.1/{name}": (SAMPLES / f"served/1.1-{name}").read_bytes()
        for name in ("knots.json", "issuer.json")
    },
}


def sample(name: str) -> Any:
    """A JSON sample, fresh to be changed."""
    return json.loads((SAMPLES / name).read_bytes())


def opened(document: Any, url: str = "") -> Opened:
    """A document as if it had been received, or fetched from an address."""
    found = open_bytes(json.dumps(document).encode())
    assert isinstance(found, Opened)
    return found.fetched_from(url)


def read(document: Any, url: str = "", served: Mapping[str, bytes] = MappingProxyType({})) -> Reading:
    """Read a document, with what the issuer of the samples serves."""
    return ADAPTER.read(opened(document, url), {**SERVED, **served})


def lines(reading: Reading, change: Change = Change.APPROXIMATED) -> dict[str, str]:
    """Place -> note of the lines of one kind, the last where there are several."""
    return {loss.source: loss.note for loss in reading.losses.losses if loss.change is change and loss.source}
