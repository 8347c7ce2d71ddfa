"""The files of examples: each is small, each is of an operation, and the badge that verifies is the sample's."""

import re

import msgspec
import pytest

from gateway.commands.sample_issuer import open_badges_3
from gateway.http.contract import BY_NAME
from gateway.http.examples import JSON, TOKENS, VERIFIABLE, examples
from gateway.http.examples.recorded import CameBack, Delivered, Exchange, exchanges, messages

MOST_BYTES = 12_000
"""Of a body without spaces: somebody reads it, and a document holds many."""

STANDARDS = frozenset(
    {
        "data.europa.eu",
        "lcw.app",  # the link of the Learner Credential Wallet
        "publications.europa.eu",
        "purl.imsglobal.org",
        "w3id.org",
        "www.w3.org",
    }
)
"""Hosts in examples that are somebody's: what specifications name."""

NOBODYS = (".example", ".invalid", ".example.org", ".example.net", ".example.com", ".127.0.0.1")
"""How the others end, with a dot before them (RFC 2606)."""

HOSTS = (r"https?://([a-z0-9.-]+)", r"[\w.+-]+@([a-z0-9.-]+\w)", r"did:web:([a-z0-9.-]+\w)")

EVERY = [
    pytest.param(exchange, id=f"{name}-{operation}")
    for name in BY_NAME
    for operation, exchange in exchanges(name).items()
]
SHOWN = [
    *EVERY,
    *(pytest.param(told, id=f"{name}-{kind}") for name in BY_NAME for kind, told in messages(name).items()),
]


@pytest.mark.parametrize("exchange", EVERY)
def test_an_example_can_be_read(exchange: Exchange) -> None:
    sizes = [len(msgspec.json.encode(each)) for each in (exchange.request, *exchange.responses.values())]

    assert max(sizes) < MOST_BYTES


@pytest.mark.parametrize("shown", SHOWN)
def test_nobodys_hosts_and_people_are_named(shown: Exchange | Delivered) -> None:
    assert {host for host in named(shown) if not f".{host}".endswith(NOBODYS)} <= STANDARDS


def test_every_host_that_is_somebodys_is_needed() -> None:
    assert set().union(*(named(*each.values) for each in SHOWN)) >= STANDARDS


def named(shown: object) -> set[str]:
    """The hosts of all addresses, of the web and of mail, and of all names by the web."""
    text = msgspec.json.encode(shown).decode()
    return {host for pattern in HOSTS for host in re.findall(pattern, text)}


@pytest.mark.parametrize("exchange", EVERY)
def test_one_answer_is_to_the_request_that_is_shown(exchange: Exchange) -> None:
    assert [each.summary for each in exchange.responses.values()].count("") == 1


def test_a_surface_without_examples_has_none() -> None:
    assert exchanges("nothing.json") == {}


def test_what_nobody_knows_is_no_example() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"mediaType": "text/plain", "made-up": 1}', type=CameBack)


def test_the_badge_that_verifies_is_the_sample_issuers() -> None:
    [shown] = [example for name, example in examples(JSON).items() if name == VERIFIABLE]

    assert msgspec.to_builtins(shown)["value"] == msgspec.json.decode(open_badges_3())
    assert VERIFIABLE not in examples(TOKENS)
