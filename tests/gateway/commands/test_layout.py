"""Labels and texts on a terminal of any width: wrapped, aligned, and addresses in one piece."""

import io

import pytest
from rich.console import Console

from gateway.commands.layout import entry, facts, table

ADDRESS = "http://127.0.0.1:8000/p/default/issued/d235f58f-ab96-4c5d-a25a-527e2c05a1c3.json"


def console(width: int, *, terminal: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, highlight=False, emoji=False, force_terminal=terminal, color_system=None
    )


def printed(out: Console) -> list[str]:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [20, 80, 88, 89, 120])
def test_an_address_stands_in_one_line_at_any_width(width: int) -> None:
    out = console(width)

    facts(out, ("address", ADDRESS), ("title", "a badge"))

    assert any(line.endswith(ADDRESS) for line in printed(out))
    assert "…" not in "".join(printed(out))


def test_an_address_that_does_not_fit_beside_its_name_stands_below_it_and_a_little_to_the_right() -> None:
    out = console(80)

    facts(out, ("address", ADDRESS))

    assert printed(out) == ["address", f"      {ADDRESS}"]


def test_an_address_within_a_text_is_not_broken_either() -> None:
    out = console(40)

    entry(out, "proof", f"at {ADDRESS} is the same badge", 10)

    assert printed(out) == ["proof     at", f"      {ADDRESS}", "          is the same badge"]


def test_a_text_is_wrapped_beside_its_label() -> None:
    out = console(40)

    entry(out, "a label", "a text that is longer than the line it stands in", 12)

    assert printed(out) == ["a label     a text that is longer than", "            the line it stands in"]


def test_a_label_that_is_too_long_has_a_line_of_its_own() -> None:
    out = console(40)

    entry(out, "a label that is long", "and its text", 12)

    assert printed(out) == ["a label that is long", "            and its text"]


def test_a_text_without_label_begins_where_it_is_told_to() -> None:
    out = console(40)

    entry(out, "", "set it", 4, leading="to mend it:")

    assert printed(out) == ["    to mend it: set it"]


def test_several_values_stand_below_each_other_and_names_without_one_are_left_out() -> None:
    out = console(40)

    facts(out, ("title", ""), ("would fetch", ("one", "two")), ("needs", ()))

    assert printed(out) == ["would fetch  one", "             two"]


def test_markup_and_controls_of_strangers_are_text() -> None:
    out = console(60)

    facts(out, ("title", "[bold]a[/] \x1b]0;x\x07 \u202eb\nc"))

    assert printed(out) == ["title  [bold]a[/] \ufffd]0;x\ufffd \ufffdb\ufffdc"]


@pytest.mark.parametrize("width", [20, 80, 200])
def test_a_row_of_a_table_is_one_line_at_any_width_and_nothing_is_cut(width: int) -> None:
    out = console(width)

    table(out, ("address", "title"), [(ADDRESS, "a [bold]badge\x1b[1m"), ("short", "another " * 30)])

    heads, first, second = printed(out)
    assert first.startswith(f"{ADDRESS}  a [bold]badge")
    assert "\x1b" not in first
    assert heads.index("title") == first.index("a [") == second.index("another")
    assert second.endswith("another")


HEADS, ROWS = ("id", "title", ""), [("a-long-id", "robotics", "for tests"), ("another-id", "bicycles", "")]


def test_a_row_for_which_a_terminal_has_no_room_is_a_block_of_its_own() -> None:
    out = console(25, terminal=True)

    table(out, HEADS, ROWS)

    assert printed(out) == [
        "id     a-long-id",
        "title  robotics",
        "       for tests",
        "",
        "id     another-id",
        "title  bicycles",
        "",
    ]


@pytest.mark.parametrize(("width", "terminal"), [(31, True), (10, False)])
def test_a_table_is_one_where_there_is_room_and_for_other_programs(width: int, terminal: bool) -> None:
    out = console(width, terminal=terminal)

    table(out, HEADS, ROWS)

    assert printed(out) == ["id          title", "a-long-id   robotics  for tests", "another-id  bicycles"]
