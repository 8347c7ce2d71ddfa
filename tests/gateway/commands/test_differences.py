"""The differences that a person is shown: what was lost is named, however much it is."""

import io

from rich.console import Console

from adapters.hub.losses import Change, Loss
from gateway.commands import differences

LOST = "the target format has no place for it"


def printed(*lost: Loss) -> str:
    out = Console(file=io.StringIO(), width=100, highlight=False, emoji=False)
    differences.shown(out, lost)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_every_dropped_value_is_named_however_many_there_are() -> None:
    places = [f"/credentialSubject/result/{n}/value" for n in range(50)]

    text = printed(*(Loss(change=Change.DROPPED, source=place, note=LOST) for place in places))

    assert [line.split()[0] for line in text.splitlines()[1:]] == places
    assert "50 dropped" in text


def test_what_secured_the_original_is_one_line() -> None:
    leaves = [f"/proof/0/{name}" for name in ("type", "created", "proofValue")]

    text = printed(*(Loss(change=Change.DROPPED, source=leaf, note="replaced") for leaf in leaves))

    assert text.splitlines() == ["3 dropped from the original", "  /proof/0/* (3)  replaced"]


def test_what_the_gateway_supplied_is_grouped_by_its_reason_and_cut_short() -> None:
    supplied = [
        Loss(change=Change.SUPPLIED, target=f"/member{n}/{leaf}", note="ours") for n in range(20) for leaf in "ab"
    ]

    lines = printed(*supplied).splitlines()

    assert lines[:2] == ["40 supplied by the gateway", "  /member0/* (2)   ours"]
    assert lines[-1].strip() == "and 8 more; --json shows all"
    assert len(lines) == 14


def test_values_with_one_reason_in_one_member_are_still_named_each() -> None:
    lost = [
        Loss(change=Change.APPROXIMATED, source=f"/achievement/{name}", target="/badge", note="bent")
        for name in ("id", "name")
    ]

    assert printed(*lost).splitlines()[1:] == ["  /achievement/id    bent", "  /achievement/name  bent"]


def test_a_conversion_without_differences_says_so() -> None:
    assert printed() == "lost: nothing\n"


def test_what_is_said_of_the_whole_form_stands_at_no_member() -> None:
    [_, line] = printed(Loss(change=Change.DROPPED, note="named and not embedded")).splitlines()

    assert line == "  as a whole  named and not embedded"
