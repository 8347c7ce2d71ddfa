"""Strict JSON: the public test suite file by file, the attacks by name, and the place of every fault."""

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError, Malformed, TooLarge
from adapters.hub.strict_json import DEFAULT, Limits
from tests.corpora import corpus

SUITE = "sec/JSONTestSuite/test_parsing"

# RFC 8259 allows these, I-JSON or PostgreSQL does not.
REJECTED_THOUGH_VALID = {
    "y_object_duplicated_key.json": "/a: the name stands twice in one object",
    "y_object_duplicated_key_and_value.json": "/a: the name stands twice in one object",
    "y_object_escaped_null_in_key.json": "/foo\\u0000bar: U+0000 in a name",
    "y_string_null_escape.json": "/0: U+0000",
}

HOSTILE = {
    "5,000 arrays": b"[" * 5_000,
    "1 MiB of arrays": b"[" * 2**20,
    "1 MiB of empty arrays": b"[]" * 2**19,
    "200,000 objects inside one another": b'{"a":' * 200_000,
    "100,000 names": b"{" + b",".join(b'"%d":1' % n for n in range(70_000)) + b"}",
    "1 MiB of quotes": b'"' * 2**20,
    "1 MiB of backslashes": b"\\" * 2**20,
    "1 MiB of escaped quotes": b'\\"' * 2**19,
    "arrays in strings": b'"[["' * 2**18,
    "a million digits": b"1" * 2**20,
    "a million decimals": b"1." + b"1" * (2**20 - 2) + b"e",
    "an open string of surrogates": b'"' + b"\\ud83d\\ude00" * 80_000,
    "a byte too many": b'"' + b"x" * 2**20,
}


def suite(prefix: str) -> list[Path]:
    return sorted(corpus(SUITE).glob(f"{prefix}_*.json"))


def test_suite_is_whole() -> None:
    assert (len(suite("y")), len(suite("n")), len(suite("i"))) == (95, 188, 35)


def test_every_file_that_must_be_rejected_is() -> None:
    accepted = [path.name for path in suite("n") if not rejected(path.read_bytes())]

    assert accepted == []


def test_every_file_that_must_be_accepted_is_but_the_named_ones() -> None:
    reasons = {path.name: rejected(path.read_bytes()) for path in suite("y")}

    assert {name: reason for name, reason in reasons.items() if reason} == REJECTED_THOUGH_VALID


def test_accepted_files_mean_what_they_mean_to_the_standard_library() -> None:
    for path in suite("y") + suite("i"):
        document = path.read_bytes()
        if not rejected(document):
            assert strict_json.decode(document) == json.loads(document)


def test_files_that_may_be_either_raise_nothing_else() -> None:
    for path in suite("i"):
        rejected(path.read_bytes())


def rejected(document: bytes) -> str:
    """The reason, or "" if accepted."""
    try:
        strict_json.decode(document)
    except AdapterError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b'{"a":1,"b":{"c/d":[0,{"x":1,"x":2}]}}', "/b/c~1d/1/x: the name stands twice in one object"),
        (b'{"a":1,"a":1}', "/a: the name stands twice in one object"),
        (b'{"a":{"\\u0062":1,"b":1}}', "/a/b: the name stands twice in one object"),
        (b'{"a":NaN}', "/a: NaN is not JSON"),
        (b"[1,-Infinity]", "/1: -Infinity is not JSON"),
        (b'{"a":[1e400]}', "/a/0: a number too large for a double"),
        (b"[100000000000000000000000]", "/0: an integer of 24 digits"),
        (b'{"a":"\\ud800"}', "/a: half a surrogate pair (U+D800)"),
        (b'{"a":"\\ude00\\ud83d"}', "/a: half a surrogate pair (U+DE00)"),
        (b'{"\\udfff":1}', "/\\udfff: half a surrogate pair (U+DFFF) in a name"),
        (b'{"a":"b\\u0000"}', "/a: U+0000"),
        (b'{"a":"b\x00"}', "line 1 column 8: Invalid control character at"),
        (b'{"a":1,"a":2', "line 1 column 13: Expecting ',' delimiter"),
        (b'{\n "a": }', "line 2 column 7: Expecting value"),
        (b'{"a":"\xed\xa0\x80"}', "byte 6: not UTF-8"),
        (b'{"a":"\xff"}', "byte 6: not UTF-8"),
        (b'\xef\xbb\xbf{"a":1}', "byte 0: a byte order mark"),
        ('{"a":1}'.encode("utf-16"), "byte 0: not UTF-8"),
        (b"", "line 1 column 1: Expecting value"),
    ],
)
def test_message_begins_with_the_place(document: bytes, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        strict_json.decode(document)

    assert str(caught.value) == message
    assert str(caught.value).encode()  # no lone surrogate gets out


def test_long_name_is_shown_in_part() -> None:
    name = "n" * 100_000

    with pytest.raises(Malformed) as caught:
        strict_json.decode(json.dumps({name: "\0"}).encode())

    assert caught.value.pointer == f"/{'n' * 64}…"


def test_surrogate_pairs_and_noncharacters_are_text() -> None:
    document = b'["\\ud83d\\ude00", "\\uffff", "\\\\u0000", "\\\\ud800"]'

    assert strict_json.decode(document) == ["😀", "\uffff", "\\u0000", "\\ud800"]


def test_twenty_digits_are_an_integer() -> None:
    assert strict_json.decode(b"[18446744073709551615,-9223372036854775808]") == [2**64 - 1, -(2**63)]


@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [
        (b"[" * 32 + b"]" * 32, b"[" * 33 + b"]" * 33),
        (b'{"a":[' * 16 + b"]}" * 16, b'[{"a":[' + b'{"a":[' * 15 + b"]}" * 15 + b"]}]"),
        (b'["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\"[\\\\"]', b"[" * 33),
        (b"[1" + b",1" * 9_998 + b"]", b"[1" + b",1" * 9_999 + b"]"),
        (b"[[]" + b",[]" * 4_998 + b"]", b"[[]" + b",[]" * 4_999 + b"]"),
        (b'["' + b"," * 20_000 + b'"]', b"[1" + b",1" * 20_000),
        (b'"' + b"x" * (2**20 - 2) + b'"', b'"' + b"x" * (2**20 - 1) + b'"'),
    ],
    ids=["arrays", "objects", "in strings", "values", "empty containers", "commas in strings", "bytes"],
)
def test_limits_hold_exactly(fits: bytes, exceeds: bytes) -> None:
    limits = Limits(max_bytes=2**20, max_nodes=10_000)

    strict_json.decode(fits, limits)

    with pytest.raises(TooLarge):
        strict_json.decode(exceeds, limits)


def test_limits_can_be_set() -> None:
    limits = Limits(max_bytes=20, max_depth=2, max_nodes=4)

    assert strict_json.decode(b'{"a":[1,2]}', limits) == {"a": [1, 2]}
    for document in (b'{"a":[1,[]]}', b'{"a":[1,2,3]}', b'{"a":"a long enough text"}'):
        with pytest.raises(TooLarge):
            strict_json.decode(document, limits)


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_document_is_refused_within_50_ms(document: bytes) -> None:
    seconds = []
    for _ in range(3):
        start = time.process_time()
        with pytest.raises(AdapterError):
            strict_json.decode(document)
        seconds.append(time.process_time() - start)

    assert min(seconds) < 0.05


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii", min_codepoint=1)), inner),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_any_value_written_is_read_back(value: object, ascii_only: bool) -> None:
    assert strict_json.decode(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary() | st.text('[]{}",:\\u0d8e1-.NaI \n').map(str.encode))
def test_arbitrary_bytes_are_read_as_by_the_standard_library_or_refused(document: bytes) -> None:
    try:
        value = strict_json.decode(document, DEFAULT)
    except AdapterError:
        return
    assert value == json.loads(document)


def test_names_so_long_that_places_cannot_be_named_are_too_large() -> None:
    document = json.dumps({"k" * 100_000: [1] * 1000}).encode()

    with pytest.raises(TooLarge, match="names are too long"):
        strict_json.decode(document)


def test_one_long_name_over_few_values_is_read() -> None:
    document = {"k" * 100_000: [1] * 10}

    assert strict_json.decode(json.dumps(document).encode()) == document


LISTS = {
    b"[]": [],
    b" [ ]\n": [],
    b'[ \n "x" ,\t{} ]': [b'"x"', b"{}"],
    b'[[1,[2]],{"b":"]"}]': [b"[1,[2]]", b'{"b":"]"}'],
    b'["\\ud800",{"a":1,"a":2},NaN,1e999,"\xff","\x01","\\u0000"]': [
        b'"\\ud800"',
        b'{"a":1,"a":2}',
        b"NaN",
        b"1e999",
        b'"\xff"',
        b'"\x01"',
        b'"\\u0000"',
    ],
    b"{}": None,
    b"": None,
    b'"[1]"': None,
}


@pytest.mark.parametrize("document", LISTS, ids=repr)
def test_a_list_is_taken_apart_into_the_bytes_of_its_members(document: bytes) -> None:
    assert strict_json.members(document, DEFAULT) == LISTS[document]


@pytest.mark.parametrize("document", [b"[", b"[1", b"[1,", b"[1,]", b"[,1]", b"[1 2]", b"[1]x", b"[1][2]", b"[x]"])
def test_a_list_that_never_ends_or_goes_on_is_refused(document: bytes) -> None:
    with pytest.raises(Malformed):
        strict_json.members(document, DEFAULT)


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_nothing_hostile_is_dear_to_take_apart(document: bytes) -> None:
    began = time.process_time()

    for sent in (document, b"[" + document + b"]"):
        with contextlib.suppress(Malformed, TooLarge):
            strict_json.members(sent, DEFAULT)

    assert time.process_time() - began < 1


@given(st.lists(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5)))
def test_members_are_what_the_list_holds(values: list[object]) -> None:
    found = strict_json.members(json.dumps(values, indent=1).encode(), DEFAULT)

    assert found is not None
    assert [json.loads(each) for each in found] == values


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (b'{"a": 1, "b": [{"c": 2, "\\u0063": 3}]}', "/b/0/c"),
        (b'{"a": {"x": 1}, "a": {}}', "/a"),
        (b'[{"a/b": 1, "a/b": 1}]', "/0/a~1b"),
    ],
)
def test_a_name_that_stands_twice_is_found(document: bytes, pointer: str) -> None:
    with pytest.raises(Malformed, match="twice") as refused:
        strict_json.check_names(document)

    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "document", [b'[{"a": 1}, {"a": 1}]', b"9" * 5_000, b"1e999", b'{"a": "\\u0000"}', b'"\\ud800"']
)
def test_what_is_no_name_is_left_to_others(document: bytes) -> None:
    strict_json.check_names(document)


def test_names_of_what_is_no_json_are_not_looked_at() -> None:
    with pytest.raises(Malformed, match="line 1"):
        strict_json.check_names(b'{"a": 1, "a"')
