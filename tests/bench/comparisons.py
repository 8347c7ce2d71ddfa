"""What the gateway's own work costs beside the same work done by others, in rounds of one run."""

import asyncio
import datetime as dt
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from typing import Any, Protocol  # Any: JSON documents

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from adapters.hub import strict_json
from adapters.hub.contract import Format, Issuance, Origin
from adapters.hub.credential import Profile
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for, detect
from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from gateway.issuing.reissue import reissue
from gateway.proofs import contexts, data_integrity, jws, multikey, vc_jwt
from gateway.proofs.canonical import canonical_nquads
from gateway.trust.report import Outcome
from tests.bench import anchor, peers
from tests.interop.oracles import Talk
from tests.simulators.web import SimulatedWeb

ROUNDS = 7
ROUND_S = 0.2
DIFFERENT = 64
"""Documents that take turns: nothing may profit from having seen the very same one just before."""

GATEWAY = "https://gateway.example.org/p/default"
AT = dt.datetime(2026, 6, 2, 12, tzinfo=dt.UTC)
KEY = Ed25519PrivateKey.generate()
DID = multikey.did_key(KEY.public_key())
METHOD = f"{DID}#{DID.removeprefix('did:key:')}"
PYLD = {
    "algorithm": "URDNA2015",
    "format": "application/n-quads",
    "documentLoader": contexts.loader(contexts.NEWEST),
}


class Work(Protocol):
    """Something that is measured in rounds."""

    def round(self) -> None:
        """Measure once more."""

    @property
    def cpu_us(self) -> float:
        """CPU time of one, the median over the rounds."""


class Ours:
    """Work done in this process."""

    def __init__(self, once: Callable[[], object]) -> None:
        self._once = once
        self._rounds: list[float] = []
        for _ in range(DIFFERENT):
            once()
        start = time.perf_counter()
        once()
        self._times = max(1, int(ROUND_S / max(time.perf_counter() - start, 1e-6)))

    def round(self) -> None:
        """Measure once more."""
        start = time.process_time()
        for _ in range(self._times):
            self._once()
        self._rounds.append((time.process_time() - start) / self._times * 1e6)

    @property
    def cpu_us(self) -> float:
        """CPU time of one, the median over the rounds."""
        return statistics.median(self._rounds)


class Comparison(msgspec.Struct, frozen=True):
    """One piece of work, ours and others'.

    Attributes:
        wanted: How many times cheaper than each other one it should be.
    """

    name: str
    ours: Work
    others: dict[str, tuple[Work, float]]


def compared() -> Iterator[tuple[str, float, str, float, float]]:
    """Measure; yield name, our µs, the other's name, its µs, and the ratio that is wanted."""
    with ExitStack() as stack:
        canonize = stack.enter_context(peers.node("canonize.mjs"))
        issue = stack.enter_context(peers.node("issue.mjs"))
        comparisons = list(_comparisons(canonize, issue, stack.enter_context(asyncio.Runner())))
        for _ in range(ROUNDS):
            for each in comparisons:
                each.ours.round()
                for other, _ in each.others.values():
                    other.round()
        for each in comparisons:
            for name, (other, wanted) in each.others.items():
                yield each.name, each.ours.cpu_us, name, other.cpu_us, wanted


def _comparisons(canonize: Talk | None, issue: Talk | None, runner: asyncio.Runner) -> Iterator[Comparison]:
    credential = anchor.open_badges_3()
    canonical: dict[str, tuple[Work, float]] = {"pyld normalize": (Ours(lambda: _pyld(credential)), 20)}
    if canonize is not None:
        canonical["npm jsonld canonize"] = (peers.Peer(canonize, {"document": credential}), 25)
    documents = itertools.cycle([anchor.open_badges_3(number) for number in range(DIFFERENT)])
    yield Comparison("canonical hash, 5 KB", Ours(lambda: _canonical(next(documents))), canonical)
    signature = Ours(lambda: KEY.sign(bytes(64)))
    tokens = itertools.cycle([_without_status(number) for number in range(DIFFERENT)])
    yield Comparison(
        "VC-JWT with EdDSA, 5 KB", Ours(lambda: _token(next(tokens))), {"one Ed25519 signature": (signature, 1 / 4)}
    )
    if issue is None:
        return
    badges = itertools.cycle([msgspec.json.encode(anchor.open_badges_2(number)) for number in range(DIFFERENT)])
    issuing = peers.Peer(issue, {"issue": credential})
    converting = Ours(lambda: _converted(next(badges)))
    yield Comparison("convert OB 2.0 -> 3.0, Data Integrity", converting, {"@digitalbazaar/vc issue": (issuing, 30)})
    signed = [_signed(_without_status(number)) for number in range(DIFFERENT)]
    verifying = peers.Peer(issue, {"verify": signed[0]})
    received = itertools.cycle([msgspec.json.encode(document) for document in signed])
    others: dict[str, tuple[Work, float]] = {"@digitalbazaar/vc verify": (verifying, 20)}
    yield Comparison("verify Data Integrity, 5 KB: the proof", Ours(lambda: _proven(next(received))), others)
    verify = Verify(lambda: AT, SimulatedWeb(), Receive(SimulatedWeb()))
    work = Ours(lambda: runner.run(_verified(verify, next(received))))
    yield Comparison("the same with every other check", work, others)


def _pyld(document: dict[str, Any]) -> bytes:
    return sha256(jsonld.normalize(document, PYLD).encode()).digest()


def _canonical(document: dict[str, Any]) -> bytes:
    return sha256(canonical_nquads(document).nquads).digest()


def _without_status(number: int) -> dict[str, Any]:
    """Issued by the key itself, so that whoever verifies it needs nothing else."""
    document = anchor.open_badges_3(number)
    del document["credentialStatus"]
    return {**document, "issuer": {**document["issuer"], "id": DID}}


def _signed(document: dict[str, Any]) -> dict[str, Any]:
    options = data_integrity.proof_options(cryptosuite="eddsa-rdfc-2022", verification_method=METHOD, created=AT)
    return data_integrity.attach(document, options, KEY.sign(data_integrity.hash_data(document, options)))


def _token(document: dict[str, Any]) -> str:
    payload = msgspec.json.encode(vc_jwt.claims(document))
    signing_input = jws.signing_input({"alg": "EdDSA", "typ": "JWT", "kid": METHOD}, payload)
    return jws.compact(signing_input, KEY.sign(signing_input))


def _converted(received: bytes) -> bytes:
    """From the bytes of a badge that was verified to the bytes of ours."""
    opened = open_bytes(received)
    if not isinstance(opened, Opened):
        raise TypeError("the bench's badge is only an address")
    adapter, _ = detect(opened)
    reading = adapter.read(opened, {})
    [credential] = reading.credentials
    origins = {pointer.removeprefix("/0"): origin for pointer, origin in reading.origins.items()}
    issuance = Issuance(
        id=f"{GATEWAY}/issued/1",
        issuer=Profile(id=DID, name={"und": "Example Gateway"}, url="https://gateway.example.org"),
        at=AT,
        achievement_id=f"{GATEWAY}/badges/1",
    )
    origin = Origin(
        format=reading.format,
        version=reading.version,
        id=credential.id,
        achievement_id=credential.achievement.id,
        sha256=sha256(received).hexdigest(),
        received=received,
        media_type="application/json",
        issuer=credential.issuer,
        verified_at=AT,
        checks=(("proof", "passed"),),
        receipt_url=f"{GATEWAY}/receipts/1",
    )
    reissued = reissue(credential, issuance, origins)
    draft = adapter_for(Format.OPEN_BADGES_3).write(reissued.credential, issuance, origin)
    return msgspec.json.encode(_signed(draft.document))


def _proven(received: bytes) -> None:
    """Decode, canonicalise, hash, verify: what a library for Data Integrity does."""
    document = strict_json.decode(received)
    data_integrity.Secured(document).verify(document["proof"][0], multikey.from_did(DID))


async def _verified(verify: Verify, received: bytes) -> None:
    report = (await verify(received)).report
    if report.outcome is not Outcome.PASSED:
        raise AssertionError([check for check in report.checks if check.outcome is not Outcome.PASSED])
