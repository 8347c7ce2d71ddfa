"""Faults of JSON bodies in words: where, what is wrong, what would be right."""

from typing import Literal

import msgspec
import pytest

from gateway.records.misfit import Misfit, misfit
from gateway.records.offers import Claiming, Configuration
from gateway.records.plain import PlainAward

NAMED = b'"name":"x","description":"d","criteria":{}'
RECIPIENT = b'"recipient":{"email":"learner@example.org"}'

CASES = {
    b"{}": Misfit("/achievement", "it is missing", "the document needs achievement, recipient"),
    b"[]": Misfit("", "expected an object, got a list"),
    b'{"narative":1}': Misfit("/narative", "there is no such member", 'did you mean "narrative"?'),
    b'{"achievement":{%s,"tags":["x",3]},%s}' % (NAMED, RECIPIENT): Misfit(
        "/achievement/tags/1", "expected text, got a whole number"
    ),
    b'{"achievement":{%s},"recipient":{"email":"nobody"}}' % NAMED: Misfit(
        "/recipient/email", "it does not have the form that is wanted", "give it as learner@example.org"
    ),
    b'{"achievement":{%s},"recipient":{"e/~x":1}}' % NAMED: Misfit(
        "/recipient/e~1~0x",
        "there is no such member",
        "leave it out; known here: email, url, did, telephone, plain",
    ),
    b'{"achievement":{%s},%s,"awarded":"2024-01-01"}' % (NAMED, RECIPIENT): Misfit(
        "/awarded", "it is no time with a time zone", "give it as 2027-01-31T12:00:00Z"
    ),
}


@pytest.mark.parametrize(("body", "expected"), CASES.items(), ids=[body.decode()[:60] for body in CASES])
def test_a_fault_is_placed_and_said_in_words(body: bytes, expected: Misfit) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=PlainAward)

    assert misfit(PlainAward, str(refused.value)) == expected


class Chosen(msgspec.Struct):
    """What an enumeration, a list of them and one that may be absent look like."""

    claiming: Claiming = Claiming.LINK
    configurations: tuple[Configuration, ...] = ()
    perhaps: Claiming | None = None
    unit: Literal["day", "week"] = "day"


@pytest.mark.parametrize(
    ("body", "pointer", "fix"),
    [
        (b'{"claiming":"sign_in"}', "/claiming", "give it as code or link or sign-in"),
        (b'{"configurations":["x"]}', "/configurations/0", f"give it as {' or '.join(sorted(Configuration))}"),
        (b'{"perhaps":"later"}', "/perhaps", "give it as code or link or sign-in"),
        (b'{"unit":"year"}', "/unit", "give it as day or week"),
    ],
)
def test_whoever_chooses_wrongly_is_told_what_there_is(body: bytes, pointer: str, fix: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=Chosen)

    found = misfit(Chosen, str(refused.value))

    assert (found.pointer, found.fix) == (pointer, fix)
    assert found.reason.endswith("is none of its values")
