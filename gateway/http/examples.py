"""Examples of requests in the published contract: the samples that lie beside each format."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
from litestar.openapi.spec import Example

from adapters.hub.contract import Format


def _samples() -> Iterator[tuple[str, Traversable]]:
    for format in Format:
        folder = files("adapters") / format.value.replace("-", "_") / "samples"
        for sample in sorted(folder.iterdir(), key=lambda file: file.name):
            if sample.name.endswith(".json"):
                yield f"{format}-{sample.name.removesuffix('.json')}", sample


EXAMPLES = {
    name: Example(summary=name.replace("-", " "), value=msgspec.json.decode(sample.read_bytes()))
    for name, sample in _samples()
}
