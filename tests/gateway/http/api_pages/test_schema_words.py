"""A JSON Schema in words."""

from typing import Any  # Any: a JSON Schema

import pytest

from gateway.http.api_pages.schema_words import in_words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 500}, "`string`, 1 to 500 characters"),
        ({"type": "string", "format": "uuid"}, "`string` (uuid)"),
        ({"type": "string", "pattern": "^a$", "default": "a"}, "`string`, pattern `^a$`, by default `a`"),
        ({"type": "integer", "minimum": 0}, "`integer`, at least 0"),
        ({"type": "number", "exclusiveMaximum": 1}, "`number`, at most 1 (excluded)"),
        ({"type": ["string", "null"]}, "`string` or `null`"),
        (
            {"type": "array", "items": {"$ref": "#/components/schemas/Format"}, "maxItems": 1, "uniqueItems": True},
            "list of (`Format`), at most 1 entry, each once",
        ),
        ({"type": "array", "minItems": 2, "maxItems": 2}, "list of (anything), exactly 2 entries"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "object of (`boolean`)"),
        ({"enum": ["a", None, 1, True]}, "one of `a`, `null`, `1`, `true`"),
        ({"const": "no-store"}, "always `no-store`"),
        ({"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}, "`A` or `null`"),
        ({"allOf": [{"$ref": "#/components/schemas/A"}, {"minProperties": 1}]}, "`A` and anything, at least 1 member"),
        ({}, "anything"),
        (True, "anything"),
        (False, "nothing"),
    ],
)
def test_what_a_value_is_and_may_be(schema: dict[str, Any] | bool, words: str) -> None:
    assert in_words(schema) == words
