"""What is examined: the opened document, what was read in it, and the one web that all checks of a verification see."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.opened import Opened
from gateway.errors import Unreachable
from gateway.ports import Fetch, Fetched
from gateway.proofs.budget import Allowance


class Subject(msgspec.Struct, frozen=True):
    """One document under examination.

    Attributes:
        served: Every reference that was fetched to read it, or why it could not be, by the URL asked for.
        now: Read once, so that every check judges the same instant.
        expected_recipient: E-mail addresses, DIDs or URLs of the person that the caller says the badge is for; any one
            of them suffices. Empty when the caller does not say.
    """

    opened: Opened
    reading: Reading
    served: Mapping[str, Fetched | Unreachable]
    fetch: Fetch
    now: dt.datetime
    expected_recipient: tuple[str, ...] = ()


class OneWeb:
    """The web as one verification sees it: each address is asked once, so that two checks never judge two answers.

    What was served while reading is not asked for again: the key that is checked and the document that was read come
    from the same moment.

    Attributes:
        asked: Every address that a check asked for, in order, with repetitions.
        allowance: What canonicalising the document, and what the web serves in its support, may still cost.
        nested: How many further credentials were judged in this verification.
    """

    def __init__(self, fetch: Fetch, served: Mapping[str, Fetched | Unreachable]) -> None:
        self.asked: list[str] = []
        self.allowance = Allowance()
        self.nested = 0
        self._fetch = fetch
        self._answers: dict[str, Fetched | Unreachable] = dict(served)

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what the address served, its fragment left out.

        ``fresh`` skips answers that were cached before this verification.

        Raises:
            Unreachable: It did not answer, now or when it was asked before.
        """
        address = url.partition("#")[0]
        self.asked.append(address)
        if address not in self._answers:
            try:
                self._answers[address] = await self._fetch(address, accept=accept, fresh=fresh)
            except Unreachable as error:
                self._answers[address] = error
        answer = self._answers[address]
        if isinstance(answer, Unreachable):
            raise answer
        return answer
