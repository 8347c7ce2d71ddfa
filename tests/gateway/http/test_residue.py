"""Nothing is left of a person in what was erased: in no column, file, cache or log; the rest stays as it was."""

import logging
import sqlite3
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.offers import Configuration
from gateway.settings import Settings
from tests.gateway.http import residue
from tests.gateway.http.conftest import PUBLIC_URL, Client, form, here
from tests.gateway.http.europass.uploads import SEND, part, upload
from tests.gateway.http.oid4vci.conftest import Counter
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

PERSONAL = {
    "hashed identity": "sha256$7e0c2a1f9d3b48566e7d1c0f2a9b8e4d5c6f7a8091b2c3d4e5f60718293a4b5c",
    "salt": "salt-of-learner-seven",
    "address of the badge": "https://issuer.example/assertions/learner-seven-4711",
    "address of evidence": "https://portfolio.example/learner-seven/knots.html",
    "name of evidence": "Portfolio of Learner Seven",
    "description of evidence": "Learner Seven ties a bowline blindfolded",
    "narrative of evidence": "On 3 May Learner Seven tied it in 4.2 seconds",
    "audience of evidence": "examiners-of-seven",
    "genre of evidence": "film-of-seven",
    "narrative of the badge": "Learner Seven asked for an oral examination",
    "reason of a revocation": "Doubts about the exam of Learner Seven",
    "reason of a suspension": "Learner Eight is asked about the tandem",
    "address of a learner": "learner.eight@example.org",
    "identity as an address": "https://people.example/learner-eight",
    "telephone": "+33 1 55 88 88 88",
    "narrative of an award": "Learner Eight mended a tandem",
    "evidence of an award": "https://portfolio.example/learner-eight/tandem",
    "number of a licence": "LICENCE-OF-EIGHT-0815",
    "result": "8.8-of-eight",
    "full name": "Learner Nine",
    "date of birth": "1999-09-09T00:00:00+01:00",
    "citizen": "NATIONAL-ID-OF-NINE-9999",
}
WAITING = "waiting@example.org"
KEY = "Idempotency-Key"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    shared: dict[str, Any] = {}
    if request.param == "postgres":
        shared["database_url"] = request.getfixturevalue("migrated_database")
        shared["redis_url"] = request.getfixturevalue("redis_database")
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id="NTRFR-123456789", **shared)


class Lives:
    """What happens to badges of three learners, and to one of somebody else."""

    def __init__(self, holder: Client, world: World, gateway: Gateway, clock: SimulatedClock) -> None:
        self.holder, self.world, self.gateway, self.clock = holder, world, gateway, clock
        self.records: list[str] = []
        self.original = b""
        self.sent = 0

    async def post(self, address: str, **sent: Any) -> Any:
        self.sent += 1
        answer = await self.holder.post(address, headers={KEY: f"request-{self.sent}"}, **sent)
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def converted(self) -> None:
        """By its address, into many formats; offered, claimed, deposited, looked at again, revoked."""
        said = PERSONAL
        evidence = {
            "id": said["address of evidence"],
            "name": said["name of evidence"],
            "description": said["description of evidence"],
            "narrative": said["narrative of evidence"],
            "audience": said["audience of evidence"],
            "genre": said["genre of evidence"],
        }
        recipient = {"type": "email", "hashed": True, "identity": said["hashed identity"], "salt": said["salt"]}
        changes = {"narrative": said["narrative of the badge"], "evidence": evidence, "recipient": recipient}
        badge = self.world.sound(Kind.HOSTED, id=said["address of the badge"], **changes)
        self.original = badge
        sent = f'{{"url": "{said["address of the badge"]}"}}'.encode()
        asked = {"to": ["open-badges-2", "open-badges-3", "elm-3"]}
        record = (await self.post("/v1/credentials", params=asked, content=sent))["record"]
        self.records.append(record["id"])
        address = f"/v1/credentials/{record['id']}"
        for securing in ("vc-jwt", "sd-jwt"):
            more = {"to": "open-badges-3", "securing": securing}
            await self.post(f"{address}/forms", params=more)
        await self.claimed(record["id"])
        await self.deposited(record)
        await self.post(f"{address}/recheck")
        await self.post(f"{address}/revoke", json={"reason": said["reason of a revocation"]})

    async def claimed(self, record: str) -> None:
        """By a wallet, as a form that is bound to its key."""
        await self.post("/v1/offers", json={"credential": record})
        counter = Counter(self.holder, self.gateway, self.clock, record)
        shown = self.holder.headers["Authorization"]
        await counter.offered(Configuration.BADGE)
        answer = await counter.fetched()
        assert answer.status_code == 200, answer.text
        self.holder.headers["Authorization"] = shown

    async def deposited(self, record: dict[str, Any]) -> None:
        """What was sealed is put aside for somebody."""
        sealed = await self.holder.get(here(form(record, "elm-3")["url"]))
        address = f"/europass/api/v1/wallets/email/{WAITING}/credentials"
        await self.post(address, files=part("_credential", sealed.content))

    async def awarded(self) -> None:
        """From plain data."""
        said = PERSONAL
        recipient = {
            "email": said["address of a learner"],
            "url": said["identity as an address"],
            "telephone": said["telephone"],
            "plain": True,
        }
        body = award(
            recipient=recipient,
            narrative=said["narrative of an award"],
            evidence=[{"url": said["evidence of an award"]}],
            licenseNumber=said["number of a licence"],
            results=[{"name": "Exam", "type": "RawScore", "value": said["result"]}],
        )
        to = {"to": ["open-badges-2", "open-badges-3"]}
        self.records.append((await self.post("/v1/credentials/issue", params=to, json=body))["record"]["id"])

    async def suspended(self) -> None:
        """Once more from plain data, and then in doubt; it is when it is erased."""
        to = {"to": "open-badges-3", "status": "suspension"}
        record = (await self.post("/v1/credentials/issue", params=to, json=award()))["record"]["id"]
        await self.post(f"/v1/credentials/{record}/suspend", json={"reason": PERSONAL["reason of a suspension"]})
        self.records.append(record)

    async def sealed(self) -> None:
        """As it was uploaded, and put aside for somebody."""
        said = PERSONAL
        before = await self.searched()
        person = upload()
        assert b"A Learner" in person
        named = person.replace(b"A Learner", said["full name"].encode()).replace(
            b'"type":"Person"',
            f'"type":"Person","dateOfBirth":"{said["date of birth"]}","identifier":[{{"id":"urn:epass:legal:1",'
            f'"type":"LegalIdentifier","notation":"{said["citizen"]}","spatial":'
            '{"id":"http://publications.europa.eu/resource/authority/country/FRA","type":"Concept","inScheme":'
            '{"id":"http://publications.europa.eu/resource/authority/country","type":"ConceptScheme"}}}]'.encode(),
        )
        body = named.replace(b'"deliveryAddress":[]', f'"deliveryAddress":["{WAITING}"]'.encode())
        await self.post(SEND, params={"sendMail": "false"}, files=part("_file", body))
        self.records += sorted(await self.searched() - before)

    async def searched(self) -> set[str]:
        found = await self.holder.get("/v1/credentials", params={"limit": 100})
        return {record["id"] for record in found.json()["records"]}


@pytest.fixture
async def lives(holder: Client, world: World, gateway: Gateway, clock: SimulatedClock) -> Lives:
    lives = Lives(holder, world, gateway, clock)
    for happens in (lives.converted, lives.awarded, lives.suspended, lives.sealed):
        await happens()
    return lives


async def test_nothing_is_left_of_anyone(
    lives: Lives, settings: Settings, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    database, envelope = residue.kept_by(gateway)
    strings = {*PERSONAL.values(), lives.original.decode()[20:200]}
    before = await residue.everything(database)
    assert residue.hits(strings, residue.read(before, envelope)).keys() == strings

    for record in lives.records:
        answer = await lives.holder.delete(f"/v1/credentials/{record}")
        assert answer.status_code == 204, answer.text

    after = await residue.everything(database)
    assert residue.hits(strings, residue.read(after, envelope)) == {}
    assert residue.hits(strings, [("the log", caplog.text.encode())]) == {}
    assert not any(after[table] for table in ("record_keys", "sources", "statements", "watched_sources", "offers"))
    assert not after["watched_places"]
    assert len(after["credentials"]) == len(lives.records)
    gone = residue.ciphertexts(before) - residue.ciphertexts(after)
    if settings.redis_url:
        kept = await residue.in_redis(settings.redis_url)
        assert residue.hits(strings, [("redis", each) for each in kept]) == {}
        assert not any(value in each for each in kept for value in gone)
    else:
        assert len(gone) > 40
        written = _on_disk(settings.data_dir / "gateway.sqlite")
        assert not any(value in written for value in gone)


@pytest.mark.slow
async def test_nobody_else_loses_a_byte(lives: Lives, gateway: Gateway) -> None:
    database, _ = residue.kept_by(gateway)
    mine, others = lives.records[0], lives.records[1:]
    before = await residue.everything(database)

    await lives.holder.delete(f"/v1/credentials/{mine}")

    after = await residue.everything(database)
    ours, same = _of(before, others), _of(after, others)
    assert [table for table in ours if ours[table] != same[table]] == []
    assert {table for table, rows in ours.items() if rows} >= {"credentials", "record_keys", "statements", "forms"}
    left = [row for row in before["europass_deposits"] if row in after["europass_deposits"]]
    assert (len(before["europass_deposits"]), left) == (2, after["europass_deposits"])
    assert len(left) == 1


def _of(rows: residue.Rows, records: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What belongs to these records, and the answers that may tell of them."""
    found = {}
    for table, each in rows.items():
        column = {"credentials": "id", "offers": "record"}.get(table, "credential")
        found[table] = [row for row in each if row.get(column) in records]
    whose = {(row["holder"], bytes(row["key"])) for row in found["reply_records"]}
    found["replies"] = [row for row in rows["replies"] if (row["holder"], bytes(row["key"])) in whose]
    return found


def _on_disk(path: Path) -> bytes:
    """What stands in the files of an SQLite database, once its log was worked in."""
    connection = sqlite3.connect(path)
    [busy, *_] = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    connection.close()
    assert not busy
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
