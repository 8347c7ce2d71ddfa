"""The documents that a document refers to, asked for round by round until its reader has what it needs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from adapters.hub.contract import Reader
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from gateway.apart import apart
from gateway.errors import Unreachable
from gateway.ports import Fetched
from gateway.trust.addresses import authority

MAX_ROUNDS = 3
"""How often a document's references may name further ones: Assertion -> BadgeClass -> issuer."""

MAX_REFERENCES = 12

ACCEPT = "application/ld+json, application/json;q=0.9"

OK = 200

Ask = Callable[[str], Awaitable[Fetched]]
"""Fetches one address, or raises Unreachable."""


async def references(reader: Reader, opened: Opened, ask: Ask) -> dict[str, Fetched | Unreachable]:
    """Return what each reference served, or why it could not be had."""
    served: dict[str, Fetched | Unreachable] = {}
    for _ in range(MAX_ROUNDS):
        try:
            asked = await apart(len(opened.payload), reader.references, opened, known(served))
        except AdapterError:
            break
        wanted = [url for url in asked if url not in served][: MAX_REFERENCES - len(served)]
        if not wanted:
            break
        answers = await asyncio.gather(*(_at_home(url, ask) for url in wanted))
        served.update(zip(wanted, answers, strict=True))
    return served


def known(served: Mapping[str, Fetched | Unreachable]) -> dict[str, bytes]:
    """The bodies among ``served`` that can be read."""
    return {url: answer.body for url, answer in served.items() if isinstance(answer, Fetched) and answer.status == OK}


async def answer_of(url: str, ask: Ask) -> Fetched | Unreachable:
    """What an address answered, or why it did not."""
    try:
        return await ask(url)
    except Unreachable as error:
        return error


async def _at_home(url: str, ask: Ask) -> Fetched | Unreachable:
    """What an address serves itself: an answer of another host is none, or an open redirect could speak for it."""
    answer = await answer_of(url, ask)
    if isinstance(answer, Fetched) and authority(answer.url) != authority(url):
        return Unreachable(f"redirected to another host, {answer.url}", fix="name the final address in the badge")
    return answer
