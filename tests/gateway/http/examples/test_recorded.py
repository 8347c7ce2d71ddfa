"""The files of examples: each is small, each is of an operation, and the badge that verifies is the sample's."""

import re

import msgspec
import pytest

from gateway.commands.sample_issuer import open_badges_3
from gateway.http.contract import BY_NAME
from gateway.http.examples import JSON, TOKENS, VERIFIABLE, examples
from gateway.http.examples.recorded import CameBack, Exchange, exchanges

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

NOBODYS = (".example", ".invalid", "example.org", "example.net", "example.com", "127.0.0.1")
"""How the others end (RFC 2606)."""

EVERY = [
    pytest.param(exchange, id=f"{name}-{operation}")
    for name in BY_NAME
    for operation, exchange in exchanges(name).items()
]


@pytest.mark.parametrize("exchange", EVERY)
def test_an_example_can_be_read(exchange: Exchange) -> None:
    sizes = [len(msgspec.json.encode(each)) for each in (exchange.request, *exchange.responses.values())]

    assert max(sizes) < MOST_BYTES


@pytest.mark.parametrize("exchange", EVERY)
def test_nobodys_hosts_and_people_are_named(exchange: Exchange) -> None:
    text = msgspec.json.encode(exchange).decode()
    hosts = set(re.findall(r"https?://([a-z0-9.-]+)", text)) | set(re.findall(r"[\w.+-]+@([a-z0-9.-]+\w)", text))

    assert {host for host in hosts if not host.endswith(NOBODYS)} <= STANDARDS


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
