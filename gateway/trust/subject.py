"""What is examined: the opened document, what was read in it, and the one web that all checks of a verification see."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.opened import Opened
from adapters.hub.securing import VcJwt
from gateway.errors import NotAsked, Unreachable
from gateway.ports import Fetch, Fetched
from gateway.ports.seals import OwnSeals
from gateway.proofs.budget import Allowance
from gateway.trust.anchors import NO_ANCHORS, Anchors
from gateway.trust.known_lists import KnownLists
from gateway.trust.shapes import Shapes


class Structure(StrEnum):
    """How thoroughly the structure of ELM is examined: by the checks here, or by the official shapes too."""

    FAST = "fast"
    FULL = "full"


class Asked(msgspec.Struct, frozen=True):
    """What a holder was asked to present a credential for.

    Attributes:
        audience: Who asks.
        nonce: Given to the holder for this presentation alone.
    """

    audience: str
    nonce: str


class Subject(msgspec.Struct, frozen=True):
    """One document under examination.

    Attributes:
        served: Every reference that was fetched to read it, or why it could not be, by the URL asked for.
        now: Read once, so that every check judges the same instant.
        wall: The time on the wall, where ``now`` is another; None where it is not.
        expected_recipient: E-mail addresses, DIDs or URLs of the person that the caller says the badge is for; any one
            of them suffices. Empty when the caller does not say.
        lists: What the process knows of status lists.
        structure: FULL asks for the check `shacl` as well.
        anchors: Whose certificates are trusted: the operator's, and in a twin for tests its own test authority's.
        shapes: The official shapes of ELM, where the operator has them.
        judges_originals: Whether what a converted credential embeds is verified too.
        own_seals: Which seals are this gateway's own; None where there is no store that knows.
        asked_holder: What the holder of an SD-JWT was asked for; None when the caller did not ask.
    """

    opened: Opened
    reading: Reading
    served: Mapping[str, Fetched | Unreachable]
    fetch: Fetch
    now: dt.datetime
    expected_recipient: tuple[str, ...] = ()
    lists: KnownLists = msgspec.field(default_factory=KnownLists)
    structure: Structure = Structure.FAST
    anchors: Anchors = NO_ANCHORS
    shapes: Shapes | None = None
    judges_originals: bool = True
    own_seals: OwnSeals | None = None
    asked_holder: Asked | None = None
    wall: dt.datetime | None = None

    @property
    def asked_at(self) -> dt.datetime:
        """When the web is asked; what it serves now, such as a status list, is judged by when that is."""
        return self.wall or self.now


def as_issued(reading: Reading) -> tuple[Mapping[str, Any], str]:
    """The document as its issuer wrote it, and the pointer to it: for a token the credential in it."""
    if isinstance(reading.securing, VcJwt):
        return reading.securing.document, "/vc" if "vc" in reading.document else ""
    return reading.document, ""


RENEWAL = dt.timedelta(seconds=60)
"""How old the documents of an issuer must be before a key that they do not hold makes us ask for them again."""


PATIENCE_S = 30.0
"""For all that one verification asks of the web together: a badge may name dozens of hosts that never answer."""


class OneWeb:
    """The web as one verification sees it: each address is asked once, so that two checks never judge two answers.

    What was served while reading is not asked for again: the key that is checked and the document that was read come
    from the same moment.

    Attributes:
        asked: Every address that a check asked for, in order, with repetitions.
        allowance: What canonicalising the document may still cost.
        support: The same for what the web serves in its support: whoever adds proofs to the document takes nothing away
            from its status lists and its newer version.
        fell_short: Whether something was not fetched for a limit of ours, the caller's budget or our patience.
        nested: How many further credentials were judged in this verification.
    """

    def __init__(
        self, fetch: Fetch, served: Mapping[str, Fetched | Unreachable], patience_s: float = PATIENCE_S
    ) -> None:
        self.asked: list[str] = []
        self.allowance = Allowance()
        self.support = Allowance()
        self.fell_short = False
        self.nested = 0
        self._fetch = fetch
        self._accepted: dict[str, str] = {}
        self._answers: dict[str, Fetched | Unreachable] = dict(served)
        self._patience_s = patience_s
        self._until = time.monotonic() + patience_s

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what the address served, its fragment left out.

        ``fresh`` skips answers that were cached before this verification.

        Raises:
            Unreachable: It did not answer, now or when it was asked before.
        """
        address = url.partition("#")[0]
        self.asked.append(address)
        self._accepted.setdefault(address, accept)
        if address not in self._answers:
            try:
                self._answers[address] = await self._asked(address, accept=accept, fresh=fresh)
            except Unreachable as error:
                self._answers[address] = error
        answer = self._answers[address]
        if isinstance(answer, Unreachable):
            raise answer
        return answer

    async def _asked(self, address: str, *, accept: str, fresh: bool) -> Fetched:
        try:
            async with asyncio.timeout(max(self._until - time.monotonic(), 0)):
                return await self._fetch(address, accept=accept, fresh=fresh)
        except NotAsked:
            self.fell_short = True
            raise
        except TimeoutError as error:
            self.fell_short = True
            reason = f"{address}: all that this verification waited for took longer than {self._patience_s:g} s"
            raise Unreachable(reason, fix="Try again when the hosts that it names answer faster.") from error

    async def again(self, url: str, *, accept: str = "application/json") -> Fetched:
        """Ask for a document whose cached copy says itself that it is too old; the new answer counts from now on.

        Raises:
            Unreachable: It did not answer.
        """
        self._answers.pop(url.partition("#")[0], None)
        return await self(url, accept=accept, fresh=True)

    def unanswered(self, places: Iterable[str]) -> str:
        """The first of these addresses that did not answer, "" when all did or were not asked."""
        addresses = (place.partition("#")[0] for place in places)
        return next((each for each in addresses if isinstance(self._answers.get(each), Unreachable)), "")

    async def renewed(self, places: Iterable[str], now: dt.datetime) -> bool:
        """Ask once more for what answered long ago; say whether anything there is new.

        For a key that the remembered documents of an issuer do not hold: it may have been published since. An answer
        younger than a minute stays, so that names which nobody ever published cost a host one request a minute and
        address; and so does one that is not to be had again, so that they take nothing away (CVE-2026-48524).

        Args:
            places: Addresses, fragments left out; others are passed over.
            now: Of this verification.
        """
        found = False
        for address in dict.fromkeys(place.partition("#")[0] for place in places):
            known = self._answers.get(address)
            if not isinstance(known, Fetched) or known.at > now - RENEWAL:
                continue
            accept = self._accepted.get(address, "application/json")
            with contextlib.suppress(Unreachable):
                self._answers[address] = answer = await self._asked(address, accept=accept, fresh=True)
                found = found or (answer.url, answer.status, answer.body) != (known.url, known.status, known.body)
        return found
