"""Wherever a document can name an address, no inside one is reached: not a packet, whatever place and spelling."""

import functools
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any  # Any: members of JSON documents, and arguments of audit events

import pytest

from adapters.hub.baking import KEYWORD_2, bake_png, bake_svg
from adapters.hub.errors import AdapterError
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.errors import Unreachable
from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from gateway.ports import Fetched
from gateway.trust.report import Outcome
from tests.gateway.edges.conftest import AT
from tests.gateway.edges.test_addresses import attacks, numeric_resolver
from tests.laundering.sources import DRAWING, PICTURE, World, as_json
from tests.simulators.clock import SimulatedClock
from tests.simulators.https_server import LoopbackServer

PLAIN = "https://10.0.0.1/plain"
"""What any place that fetches at all asks for."""

Site = Callable[[World, str], bytes]


@functools.cache
def signed() -> dict[str, Any]:
    """One signature for all documents: before it could be right, its key is asked for."""
    issuer = World().issuer
    document = issuer.signed(issuer.credential())
    return {**document, "proof": document["proof"][0]}


def token(world: World, **members: object) -> bytes:
    """A VC-JWT, signed by the one who is named as its issuer or not."""
    return world.issuer.token(world.issuer.credential(**members), "EdDSA").encode()


def by_profile(world: World, url: str, **members: object) -> bytes:
    world.issuer.publish(**members)
    return world.issuer.signed_badge(verification={"type": "SignedBadge", "creator": url}).encode()


def issuer_of_badge(world: World, url: str) -> bytes:
    badge = world.issuer.badge_class(issuer=url)
    return as_json(world.issuer.assertion(badge=badge))


def endorsed(world: World, url: str) -> bytes:
    endorsement = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": url, "type": ["Profile"]},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "https://issuer.example/achievements/knots", "type": ["EndorsementSubject"]},
    }
    return token(world, endorsementJwt=[world.issuer.compact({"alg": "EdDSA", "kid": f"{url}#1"}, endorsement)])


def status(kind: str, **members: object) -> Callable[[World, str], bytes]:
    def entry(world: World, url: str) -> bytes:
        fields = {name: url if value == "URL" else value for name, value in members.items()}
        return token(world, credentialStatus={"type": kind, **fields})

    return entry


FETCHING: dict[str, Site] = {
    "the address instead of a badge": lambda _, url: as_json({"url": url}),
    "the address in a PNG": lambda _, url: bake_png(PICTURE, as_json({"url": url}), KEYWORD_2),
    "the address in an SVG": lambda _, url: bake_svg(DRAWING, as_json({"url": url}), 2),
    "hosted assertion": lambda world, url: as_json(world.issuer.assertion(id=url)),
    "badge class": lambda world, url: as_json(world.issuer.assertion(badge=url)),
    "issuer of a badge class": issuer_of_badge,
    "key of a signed badge": lambda world, url: by_profile(world, url, publicKey=[url]),
    "revocation list": lambda world, url: by_profile(world, world.issuer.key_url, revocationList=url),
    "issuer of a token": lambda world, url: token(world, issuer={"id": url, "type": ["Profile"]}),
    "issuer of a signed document": lambda _, url: as_json(
        {
            **signed(),
            "issuer": {"id": url, "type": ["Profile"]},
            "proof": {**signed()["proof"], "verificationMethod": f"{url}#1"},
        }
    ),
    "bitstring status list": status(
        "BitstringStatusListEntry", statusPurpose="revocation", statusListIndex="7", statusListCredential="URL"
    ),
    "1EdTech revocation list": status("1EdTechRevocationList", id="URL"),
}
"""Every place whose address is fetched, by its name."""

OTHERS: dict[str, Site] = {
    "kid": lambda world, url: world.issuer.token(
        world.issuer.credential(), "EdDSA", header={"kid": f"{url}#key"}
    ).encode(),
    "header with addresses of keys": lambda world, url: world.issuer.token(
        world.issuer.credential(), "EdDSA", header={"jku": url, "x5u": url}
    ).encode(),
    "status list of 2021": status(
        "StatusList2021Entry", statusPurpose="revocation", statusListIndex="7", statusListCredential="URL"
    ),
    "token status list": status("TokenStatusList", uri="URL", idx=7),
    "refresh service": lambda world, url: token(world, refreshService={"id": url, "type": "1EdTechCredentialRefresh"}),
    "related resource": lambda world, url: token(world, relatedResource=[{"id": url, "digestSRI": "sha256-AAAA"}]),
    "schema": lambda world, url: token(world, credentialSchema=[{"id": url, "type": "JsonSchema"}]),
    "evidence": lambda world, url: token(world, evidence=[{"id": url, "type": ["Evidence"]}]),
    "image": lambda world, url: token(world, image={"id": url, "type": "Image"}),
    "context": lambda _, url: as_json({**signed(), "@context": [*signed()["@context"], url]}),
    "endorser": endorsed,
}
"""Places whose address is not fetched, or only when something else holds."""


class Guarded:
    """The simulated web where it serves something, and the real way out for all else."""

    def __init__(self, world: World, way_out: HttpsFetch) -> None:
        self.let_out: list[str] = []
        self._world = world
        self._way_out = way_out

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        try:
            return await self._world.web(url, accept=accept, fresh=fresh)
        except Unreachable:
            self.let_out.append(url)
            return await self._way_out(url, accept=accept, fresh=fresh)


class Packets:
    """Counts what leaves this process, whoever sends it: the interpreter itself tells."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.counting = False
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.counting and event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            self.counted[f"{event} {arguments[-1]}"] += 1

    @contextmanager
    def watched(self) -> Iterator[Counter[str]]:
        self.counting, self.counted = True, Counter()
        yield self.counted
        self.counting = False


@pytest.fixture(scope="module")
def packets() -> Packets:
    return Packets()


def spelled(port: int) -> list[str]:
    """Every attack as it stands; and those that name a host once more over https, where a server would answer."""
    urls = [PLAIN]
    for url in attacks("block"):
        urls.append(url)
        host = url.partition("://")[2].partition("/")[0]
        if host and "did:" not in url and url.startswith("http:"):
            urls.append(f"https://{host}:{port}/")
    return urls


async def never_passed(verify: Verify, badge: bytes) -> bool:
    try:
        verified = await verify(badge)
    except (AdapterError, Unreachable):
        return True
    return verified.report.outcome is not Outcome.PASSED


@pytest.mark.parametrize("name", [*FETCHING, *OTHERS])
async def test_no_inside_address_is_reached_from_any_place(name: str, packets: Packets) -> None:
    world = World()
    looked_up: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return await numeric_resolver(host, port)

    async with LoopbackServer("0.0.0.0") as canary:  # noqa: S104 - it waits for whatever comes
        reach = Reach(ports=frozenset({443, canary.port}), resolve=resolve)
        limits = Limits(quiet_s=0.0, per_host_burst=10_000)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as way_out:
            web = Guarded(world, way_out)
            verify = Verify(SimulatedClock(), web, Receive(web))
            with packets.watched() as sent:
                site = FETCHING.get(name) or OTHERS[name]
                passed = [url for url in spelled(canary.port) if not await never_passed(verify, site(world, url))]

    assert sent == Counter()
    assert canary.connections == 0
    assert not [host for host in looked_up if not host.strip("0123456789.x[]:abcdef")]  # a number is no name
    if name in FETCHING:
        assert passed == []
        assert any(url.startswith(("https://10.0.0.1/plain", "https://10.0.0.1/.well-known")) for url in web.let_out)


async def test_what_leaves_is_counted(packets: Packets) -> None:
    async with LoopbackServer("127.0.0.1") as canary:
        reach = Reach(exempt_origins=frozenset({f"http://127.0.0.1:{canary.port}"}))
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as way_out:
            with packets.watched() as sent, pytest.raises(Unreachable):
                await way_out(f"http://127.0.0.1:{canary.port}/")

    assert sent.total() > 0
    assert canary.connections == 1
