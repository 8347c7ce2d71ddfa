"""Names in the documents are names in the programs that are generated from them."""

import re

import msgspec
import pytest

from gateway.http.contract import documents

WORD = re.compile(r"[A-Z][A-Za-z0-9]*")


@pytest.mark.parametrize(("name", "text"), documents().items(), ids=documents())
def test_a_schema_has_a_name_that_any_language_takes_for_a_type(name: str, text: bytes) -> None:
    schemas = msgspec.json.decode(text)["components"]["schemas"]

    odd = [schema for schema in schemas if not WORD.fullmatch(schema)]

    assert odd == [], f"{name}: two classes of one name are named with their modules; rename one"
