"""Programs in TypeScript get types of the committed contracts from openapi-typescript, and they hold strictly."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.house.sources import ROOT
from tests.interop.oracles import Talk, typescript

pytestmark = pytest.mark.interop

COMMITTED = sorted(path for path in (ROOT / "openapi").glob("*.json") if path.name != "index.json")


@pytest.fixture(scope="module")
def types() -> Iterator[Talk]:
    with Talk(typescript()) as talk:
        yield talk


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_types_are_made_of_every_document(types: Talk, path: Path) -> None:
    assert types.ask({"document": str(path)}).reasons == ()


def test_an_example_that_is_nowhere_to_be_found_is_seen(types: Talk, tmp_path: Path) -> None:
    document = msgspec.json.decode((ROOT / "openapi" / "badgr.json").read_bytes())
    [answer, *_] = document["paths"]["/o/token"]["post"]["responses"].values()
    answer["content"] = {"application/json": {"examples": {"large": {"externalValue": "/nowhere.json"}}}}
    broken = tmp_path / "broken.json"
    broken.write_bytes(msgspec.json.encode(document))

    assert not types.ask({"document": str(broken)}).verified
