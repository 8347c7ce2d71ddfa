"""How long a revocation takes until a verifier outside sees it: ours after a call, an issuer's after its list changed.

``python -m tests.drills.propagation [revocations]`` measures both against a gateway in a process of its own: calls to
revoke, then one change of an issuer's list, which the gateway's own timer finds.
"""

import asyncio
import datetime as dt
import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any  # Any: members of JSON documents
from uuid import uuid4

import httpx2

from gateway.proofs import bitstring
from tests.drills.process import GatewayProcess
from tests.drills.upstream import Upstream
from tests.simulators.platform import PUBLIC_URL

LIST = "/status/1"
LOOK_EVERY_S = 0.005
PATIENCE_S = 200.0

log = logging.getLogger(__name__)


class Outside:
    """A platform with an API key, and a verifier that only sees what everybody sees."""

    def __init__(self, client: httpx2.AsyncClient, upstream: Upstream) -> None:
        self._client = client
        self._upstream = upstream

    def publish(self, *indexes: int) -> dict[str, Any]:
        """Let the issuer publish its list with these entries set; return the entry 7."""
        now = dt.datetime.now(dt.UTC).isoformat()
        return self._upstream.issuer.status_list(f"{self._upstream.origin}{LIST}", *indexes, validFrom=now)

    async def converted(self, entry: dict[str, Any] | None) -> dict[str, Any]:
        """Convert a badge of the issuer into an Open Badges 3.0 credential; return its record."""
        issuer = self._upstream.issuer
        document = issuer.credential(id=f"urn:uuid:{uuid4()}", credentialStatus=entry)
        body = json.dumps(issuer.signed(document)).encode()
        answer = await self._client.post("/v1/credentials", params={"to": "open-badges-3"}, content=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json()["record"])

    async def asked(self, record: dict[str, Any], what: str, **body: str) -> None:
        """Call one of the operations on a record."""
        answer = await self._client.post(f"/v1/credentials/{record['id']}/{what}", json=body or None)
        assert answer.status_code == 200, answer.text

    async def seen_revoked(self, record: dict[str, Any]) -> float:
        """Look at the record's status list until its bit is set; return when it was, by the monotonic clock."""
        [form] = record["forms"]
        status, until = form["status"], time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            begun = time.monotonic()
            served = (await self._client.get(status["list"].removeprefix(PUBLIC_URL))).json()
            bits = bitstring.decode(served["credentialSubject"]["encodedList"])
            if bitstring.status_bit(bits, status["index"]):
                return begun
            await asyncio.sleep(LOOK_EVERY_S)
        raise TimeoutError("the bit was never set")


async def own(outside: Outside, count: int) -> list[float]:
    """Revoke so many credentials by the API; return the seconds from each call until its bit was seen, sorted."""
    took = []
    for _ in range(count):
        record = await outside.converted(None)
        begun = time.monotonic()
        await outside.asked(record, "revoke", reason="a drill")
        took.append(await outside.seen_revoked(record) - begun)
    return sorted(took)


async def upstream_s(outside: Outside, upstream: Upstream, *, by_timer: bool) -> tuple[float, float]:
    """Let the issuer revoke; return the seconds from then, and from the poll that saw it, until ours was seen set."""
    record = await outside.converted(outside.publish())
    await asyncio.sleep(1.1)  # the next version of the list has a date of its own
    outside.publish(7)
    changed = time.monotonic()
    if not by_timer:
        await outside.asked(record, "recheck")
    seen = await outside.seen_revoked(record)
    return seen - changed, max(seen - upstream.answered[LIST], 0.0)


async def measured(count: int, *, by_timer: bool, folder: Path) -> dict[str, float]:
    """Run both against one gateway process; return seconds by name."""
    async with Upstream() as upstream:
        process = GatewayProcess(folder, exempt_origins=upstream.origin, watch_list_minutes="1")
        key = await process.api_key()
        await process.start()
        headers = {"Authorization": f"Bearer {key}"}
        try:
            async with httpx2.AsyncClient(base_url=process.address, headers=headers, trust_env=False) as client:
                outside = Outside(client, upstream)
                took = await own(outside, count)
                whole, after_poll = await upstream_s(outside, upstream, by_timer=by_timer)
        finally:
            await process.kill()
    return {
        "own, median": took[len(took) // 2],
        "own, p99": took[min(len(took) * 99 // 100, len(took) - 1)],
        "own, worst": took[-1],
        "upstream, from the change": whole,
        "upstream, from the poll": after_poll,
    }


def main() -> None:
    """Measure as a command."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds in asyncio.run(measured(count, by_timer=True, folder=Path(folder))).items():
            log.info("%-28s %8.3f s", name, seconds)


if __name__ == "__main__":
    main()
