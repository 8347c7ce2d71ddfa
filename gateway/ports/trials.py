"""Test mode: in whose twin a piece of work is done, and what the twin has set up for it."""

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import Protocol

import msgspec

from gateway.records import Algorithm
from gateway.records.tenants import is_twin
from gateway.records.test_issuers import Certified
from gateway.records.trials import Echo, EchoedRequest, Travel, Upstream


class Trial(msgspec.Struct, frozen=True):
    """A twin at work.

    Attributes:
        platform: Id of the twin.
        offset: How far its clock is ahead.
    """

    platform: str
    offset: dt.timedelta = dt.timedelta(0)


TRIAL: ContextVar[Trial | None] = ContextVar("trial", default=None)
"""Set where a request shows the key of a twin, and taken away where each request begins; None for everybody else. It
travels beside the calls because every check may ask the web and the clock, and none should know who asked. Nothing
that several requests share may read it: neither the way out to the network nor a memory of what it answered."""


@contextlib.contextmanager
def acting_for(platform: str) -> Iterator[None]:
    """Work for a platform where no request does: in its twin when it is one, and by the clock on the wall."""
    token = TRIAL.set(Trial(platform) if is_twin(platform) else None)
    try:
        yield
    finally:
        TRIAL.reset(token)


class Trials(Protocol):
    """What twins have set up. What is past its end is not there, but for how the test issuer behaved."""

    async def travel(self, platform: str, at: dt.datetime) -> Travel | None:
        """Return how far the twin's clock is ahead."""

    async def set_travel(self, platform: str, travel: Travel, actor: str, at: dt.datetime) -> None:
        """Move the twin's clock."""

    async def upstream(self, platform: str) -> Sequence[Upstream]:
        """Return what was said of the test issuer, what is over included."""

    async def set_upstream(self, platform: str, upstream: Upstream, actor: str) -> None:
        """Let it behave so for one fixture; for all, and then nothing else that was said of it counts."""

    async def forget(self, at: dt.datetime) -> None:
        """Forget what is over of all twins: their clocks, their receiving addresses, and what those got.

        How the test issuer behaved stays: the dates of its lists tell since when it does so no more.
        """


class Echoes(Protocol):
    """Receiving addresses of twins."""

    async def add(self, platform: str, echo: Echo, actor: str) -> None:
        """Keep it; of more than ``ECHOES`` the oldest are forgotten."""

    async def find(self, platform: str, echo_id: str, at: dt.datetime) -> Echo | None:
        """Return the address with this id."""

    async def answer(self, platform: str, echo: Echo, actor: str, at: dt.datetime) -> bool:
        """Let it answer so from now on; False when there is none."""

    async def receive(self, platform: str, echo_id: str, received: EchoedRequest) -> None:
        """Remember a request; of more than ``RECEIVED`` the oldest are forgotten."""

    async def received(self, platform: str, echo_id: str) -> Sequence[EchoedRequest]:
        """Return what it remembers, newest first."""


class UpstreamKeys(Protocol):
    """The keys of the test issuers, one pair of each kind for each name; the same ones each time."""

    def public(self, name: str, algorithm: Algorithm) -> bytes:
        """Return the public key, DER SubjectPublicKeyInfo; EDDSA and ES256 alone."""

    def sign(self, name: str, algorithm: Algorithm, message: bytes) -> bytes:
        """Sign deterministically, as ``Signer`` does."""

    def certificate(self, subject: Certified, issuer: Certified, since: dt.datetime, until: dt.datetime) -> bytes:
        """Return the certificate, DER, of the subject's ES256 key, signed with the issuer's; the same bytes each time.

        Who is its own issuer is an authority; whoever else is one seals, and issues nothing.
        """
