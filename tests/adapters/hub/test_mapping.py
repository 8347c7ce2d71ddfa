"""Tables read and write the same rows, and account for every leaf in both directions."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from adapters.hub.credential import Achievement, Criteria, Image, Profile, Recipient
from adapters.hub.losses import Change, LossReport
from adapters.hub.mapping import (
    INSTANT,
    OPAQUE,
    PLAIN,
    TEXT,
    Row,
    Table,
    Trail,
    bare,
    empty,
    first,
    many,
    nested,
    reference,
    timestamp,
    without,
)

INNER = Table(Row("name", "title", TEXT), types=("Inner",))
OUTER = Table(
    Row("id", "id"),
    Row("deep/er/id", "far/away"),
    Row("inner", "inner", nested(INNER)),
    Row("inners", "inners", many(nested(INNER))),
    Row("tags", "tags", many(PLAIN)),
    Row("one", "several", first(PLAIN, "there is room for one")),
    Row("by", "maker", reference(INNER, "title")),
    Row("at", "moment", INSTANT),
    Row("raw", "raw", OPAQUE),
    without("proof", "it has its own"),
    types=("Outer",),
    aliases=("Outside",),
    keep_types=True,
    writable_type=lambda name: ":" in name,
    structural=("@context",),
    no_place={"lonely": "nobody asked"},
)


def read(table: Table, value: dict[str, Any]) -> tuple[dict[str, Any], Trail]:
    trail = Trail()
    return table.read(value, "", "/0", trail), trail


def write(table: Table, value: dict[str, Any]) -> tuple[dict[str, Any], Trail]:
    trail = Trail()
    return table.write(value, "", "", trail), trail


def sources(report: LossReport) -> list[str | None]:
    return [loss.source for loss in report.losses]


def test_members_are_read_to_their_fields_and_leave_a_trail() -> None:
    found, trail = read(OUTER, {"id": "x", "deep": {"er": {"id": 1}}, "inner": {"name": "n"}})

    assert found == {"id": "x", "far": {"away": 1}, "inner": {"title": {"und": "n"}}}
    assert trail.origins == {
        "/0/id": "/id",
        "/0/far/away": "/deep/er/id",
        "/0/inner/title/und": "/inner/name",
    }
    assert trail.losses == []


def test_unknown_member_is_dropped_leaf_by_leaf_with_escaped_names() -> None:
    _, trail = read(OUTER, {"a/b": {"c~d": 1, "e": []}, "deep": {"other": 2}, "inner": {"x": 3}})

    assert sources(trail.report) == ["/a~1b/c~0d", "/a~1b/e", "/deep/other", "/inner/x"]


def test_structural_member_is_no_loss() -> None:
    found, trail = read(OUTER, {"@context": ["x"]})

    assert found == {}
    assert trail.losses == []


def test_member_left_out_on_purpose_says_why() -> None:
    found, trail = read(OUTER, {"proof": {"value": "z"}})

    assert found == {}
    [loss] = trail.losses
    assert (loss.change, loss.source, loss.note) == (Change.DROPPED, "/proof/value", "it has its own")


@pytest.mark.parametrize("given", ["Outer", ["Outer"], ["Outside", "Outer"]])
def test_own_type_is_implied(given: object) -> None:
    found, trail = read(OUTER, {"type": given})

    assert found == {}
    assert trail.losses == []


def test_further_types_are_kept_in_order() -> None:
    found, trail = read(OUTER, {"type": ["b:b", "Outer", "a:a"]})

    assert found == {"types": ["b:b", "a:a"]}
    assert trail.origins == {"/0/types/0": "/type/0", "/0/types/1": "/type/2"}


def test_further_type_is_dropped_where_none_is_kept() -> None:
    _, trail = read(INNER, {"type": ["Inner", "b:b"]})

    assert sources(trail.report) == ["/type/1"]


@pytest.mark.parametrize("table", [OUTER, INNER])
def test_type_that_is_no_text_is_dropped_leaf_by_leaf(table: Table) -> None:
    result, trail = read(table, {"type": [{"a": 1, "b": [2]}, ["Outer"], None]})

    assert result == {}
    assert sources(trail.report) == ["/type/0/a", "/type/0/b/0", "/type/1/0", "/type/2"]


def test_one_or_many_is_always_a_list_in_the_model() -> None:
    found, trail = read(OUTER, {"tags": "a", "inners": [{"name": "n"}]})

    assert found == {"tags": ["a"], "inners": [{"title": {"und": "n"}}]}
    assert trail.origins == {"/0/tags/0": "/tags", "/0/inners/0/title/und": "/inners/0/name"}


def test_reference_is_an_object_with_that_key() -> None:
    found, trail = read(OUTER, {"by": "urn:x"})

    assert found == {"maker": {"title": "urn:x"}}
    assert trail.origins == {"/0/maker/title": "/by"}


def test_fields_are_written_in_the_order_of_the_rows() -> None:
    made, trail = write(OUTER, {"tags": ["a", "b"], "far": {"away": 1}, "id": "x"})

    assert made == {"type": "Outer", "id": "x", "deep": {"er": {"id": 1}}, "tags": ["a", "b"]}
    assert list(made) == ["type", "id", "deep", "tags"]
    assert trail.origins["/deep/er/id"] == "/far/away"
    assert trail.losses == []


def test_field_without_a_row_is_dropped_and_says_why() -> None:
    _, trail = write(OUTER, {"lonely": 1, "far": {"off": 2}, "inner": {"title": {"und": "n"}, "x/y": [3]}})

    assert {(loss.source, loss.note) for loss in trail.losses} == {
        ("/lonely", "nobody asked"),
        ("/far/off", "the target format has no place for it"),
        ("/inner/x~1y/0", "the target format has no place for it"),
    }


def test_types_are_written_after_the_own_ones_if_the_format_can_name_them() -> None:
    made, trail = write(OUTER, {"types": ["a:a", "Nameless", "Outside", "b:b"]})

    assert made == {"type": ["Outer", "a:a", "b:b"]}
    assert trail.origins == {"/type/1": "/types/0", "/type/2": "/types/3"}
    assert sources(trail.report) == ["/types/1", "/types/2"]


def test_type_is_a_list_where_the_format_wants_one() -> None:
    assert Table(types=("A",), type_as_list=True).write({}, "", "", Trail()) == {"type": ["A"]}


def test_list_closes_up_over_an_item_of_which_nothing_is_left() -> None:
    made, trail = write(OUTER, {"inners": [{"other": 1}, {"title": {"und": "n"}}]})

    assert made["inners"] == [{"type": "Inner", "name": "n"}]
    assert trail.origins == {"/inners/0/name": "/inners/1/title/und"}
    assert sources(trail.report) == ["/inners/0/other"]


def test_list_of_nothing_is_not_written() -> None:
    assert "inners" not in write(OUTER, {"inners": [{"other": 1}]})[0]


def test_first_of_several_is_written_and_the_others_are_dropped() -> None:
    made, trail = write(OUTER, {"several": ["a", "b", "c"]})

    assert made["one"] == "a"
    assert [(loss.source, loss.note) for loss in trail.losses] == [
        ("/several/1", "there is room for one"),
        ("/several/2", "there is room for one"),
    ]


@pytest.mark.parametrize(
    ("text", "kept", "dropped", "bent"),
    [
        ({"und": "a"}, "a", [], []),
        ({"fr": "a", "und": "b"}, "b", ["/fr"], []),
        ({"fr": "a", "en": "b"}, "b", ["/fr"], ["/en"]),
        ({"x/y": "a", "fr": "b"}, "a", ["/fr"], ["/x~1y"]),
    ],
)
def test_one_language_of_a_text_is_kept(text: dict[str, str], kept: str, dropped: list[str], bent: list[str]) -> None:
    trail = Trail()

    made = TEXT.write(text, "", "/name", trail)

    assert made == kept
    assert [loss.source for loss in trail.losses if loss.change is Change.DROPPED] == dropped
    assert [loss.source for loss in trail.losses if loss.change is Change.APPROXIMATED] == bent


def test_opaque_json_leaves_a_trail_of_its_leaves() -> None:
    found, trail = read(OUTER, {"raw": {"a": [1, {}], "b": "x"}})

    assert found == {"raw": {"a": [1, {}], "b": "x"}}
    assert trail.origins == {"/0/raw/a/0": "/raw/a/0", "/0/raw/a/1": "/raw/a/1", "/0/raw/b": "/raw/b"}


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"),
        ("2024-02-29t13:00:00+01:00", "2024-02-29T12:00:00Z"),
        ("2024-02-29T12:00:00.5z", "2024-02-29T12:00:00.500000Z"),
        ("0001-01-01T00:00:00+05:00", "0001-01-01T00:00:00+05:00"),
        ("9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59-05:00"),
    ],
)
def test_instant_is_written_in_utc_as_far_as_the_calendar_goes(written: str, again: str) -> None:
    instant = INSTANT.read(written, "/at", "/moment", Trail())

    assert timestamp(instant) == again
    assert INSTANT.read(again, "", "", Trail()) == instant


def test_bare_credential_has_no_empty_fields() -> None:
    achievement = Achievement(
        name={"en": "A"},
        criteria=Criteria(),
        creator=Profile(parent_org=Profile()),
        image=Image(id="https://example.org/a", caption={}),
        credits_available=0.0,
        tags=("", "b"),
    )

    assert bare(achievement) == {
        "name": {"en": "A"},
        "image": {"id": "https://example.org/a"},
        "credits_available": 0.0,
        "tags": ["", "b"],
    }
    assert bare(Recipient()) == {}


@pytest.mark.parametrize(("value", "is_empty"), [(None, True), ((), True), ({}, True), (0, False), ("", False)])
def test_only_none_and_containers_are_empty(value: object, is_empty: bool) -> None:
    assert empty(value) is is_empty
    assert empty(False) is False


def test_instants_stay_instants_in_a_bare_struct() -> None:
    class Dated(msgspec.Struct, frozen=True):
        at: dt.datetime

    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

    assert bare(Dated(moment)) == {"at": moment}
