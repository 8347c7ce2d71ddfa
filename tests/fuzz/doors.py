"""Every documented operation, with sound requests to it: what is broken afterwards gets past its front door."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any  # Any: documents in JSON
from urllib.parse import urlencode

import msgspec

from gateway.http.contract.references import resolved
from tests.fuzz.contract.badges import Badges
from tests.fuzz.contract.ground import Prepared, Shown
from tests.fuzz.contract.requests import BODIES, FORM, Sent, Source
from tests.fuzz.model.parts import form
from tests.fuzz.mutations import SCALARS, as_bytes, broken_bytes, broken_document
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

DOCUMENTS = Path(__file__).parents[2] / "openapi"
METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"
MULTIPART = "multipart/form-data"
POOL = 8
"""So many sound bodies of each operation are made, and broken again and again: to sign takes longer than to ask."""

ONE_TIME = frozenset({"issueWalletCredential", "answerAuthorization", "issueToken"})
"""Operations whose bodies hold something that serves once."""


class Door(msgspec.Struct, frozen=True):
    """One operation.

    Attributes:
        schemes: Security schemes, each of which opens it.
        parameters: Of its query: names, and values that are documented.
        parts: Names of the files of its form, where it takes one.
    """

    id: str
    method: str
    path: str
    schemes: tuple[str, ...]
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    media_types: tuple[str, ...]
    parts: tuple[str, ...] = ()


class Ready(Source):
    """What bodies are made of, without a thread of its own: nonces are there already."""

    def __init__(self, prepared: Prepared, world: World, clock: SimulatedClock, nonces: list[str]) -> None:
        self.prepared, self.clock, self.nonces = prepared, clock, nonces
        self.badges = Badges(world)

    @property
    def known(self) -> dict[str, str]:
        """Codes, tokens and the like."""
        return self.prepared.known

    @property
    def now(self) -> dt.datetime:
        """By the clock of the gateway."""
        return self.clock.now

    def nonce(self) -> str:
        """One that was given out; used up when all of them were."""
        return self.nonces.pop() if len(self.nonces) > 1 else self.nonces[0]


class Doors:
    """Sound and broken requests to documented operations."""

    def __init__(self, prepared: Prepared, world: World, clock: SimulatedClock, nonces: list[str]) -> None:
        self.prepared = prepared
        self.source = Ready(prepared, world, clock, nonces)
        self._pools: dict[str, list[Sent]] = {}

    def shown(self, door: Door) -> Shown | None:
        """What opens the door."""
        mine = self.prepared.mine
        wanted = [name for scheme in door.schemes for name in (f"{scheme} {door.id}", scheme)]
        return next((mine[name] for name in wanted if name in mine), None)

    def query(self, door: Door, chance: random.Random) -> bytes:
        """Some parameters of the operation, each seldom broken."""
        if door.id == "authorize":
            known = {name: value for name, value in self.source.known.items() if name.startswith("query.")}
            return urlencode({name.removeprefix("query."): value for name, value in known.items()}).encode()
        chosen = [
            (name, chance.choice(values) if values and chance.random() < 0.8 else _text(chance.choice(SCALARS)))
            for name, values in door.parameters
            if chance.random() < 1 / 2
        ]
        return urlencode(chosen, errors="surrogatepass").encode()

    def body(self, door: Door, chance: random.Random) -> tuple[bytes, str]:
        """A body, most often broken, and its media type."""
        if door.id not in BODIES:
            return (as_bytes(chance.choice(SCALARS)), JSON) if chance.random() < 1 / 2 else (b"", JSON)
        sent = self._sound(door.id, chance)
        if sent.content:
            content = sent.content if chance.random() < 0.2 else broken_bytes(sent.content, chance)
            return content, sent.media_type
        if sent.media_type == FORM:
            return _form(sent.value, chance), FORM
        value = sent.value if chance.random() < 0.2 or not isinstance(sent.value, dict) else _broken(sent.value, chance)
        content = as_bytes(value)
        content = broken_bytes(content, chance) if chance.random() < 0.15 else content
        if door.parts and MULTIPART in door.media_types:
            whole, media_type = form(chance.choice(door.parts), content)
            return (broken_bytes(whole, chance) if chance.random() < 0.2 else whole), media_type
        return content, sent.media_type

    def _sound(self, name: str, chance: random.Random) -> Sent:
        if name in ONE_TIME and chance.random() < 1 / 4:
            return BODIES[name](self.source, chance)
        pool = self._pools.setdefault(name, [])
        if len(pool) < POOL:
            pool.append(BODIES[name](self.source, chance))
            return pool[-1]
        return chance.choice(pool)


def _broken(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return broken_document(value, chance, 2)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _form(fields: dict[str, str], chance: random.Random) -> bytes:
    said = {name: _text(chance.choice(SCALARS)) if chance.random() < 0.15 else value for name, value in fields.items()}
    for name in [name for name in said if chance.random() < 0.05]:
        del said[name]
    body = urlencode(said, errors="surrogatepass").encode()
    return broken_bytes(body, chance) if chance.random() < 0.2 else body


def doors() -> list[Door]:
    """Of every published document; the index has no operations."""
    return [door for path in sorted(DOCUMENTS.glob("*.json")) for door in _of(msgspec.json.decode(path.read_bytes()))]


def _of(whole: dict[str, Any]) -> Iterator[Door]:
    for path, item in whole.get("paths", {}).items():
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            content = resolved(whole, operation.get("requestBody", {})).get("content", {})
            fields = resolved(whole, content.get(MULTIPART, {}).get("schema", {})).get("properties", {})
            yield Door(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                schemes=tuple(name for each in operation.get("security", ()) for name in each),
                parameters=tuple(_parameters(whole, operation)),
                media_types=tuple(content),
                parts=tuple(fields),
            )


def _parameters(whole: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for parameter in operation.get("parameters", ()):
        said = resolved(whole, parameter)
        if said["in"] == "query":
            schema = resolved(whole, said.get("schema", {}))
            schema = resolved(whole, schema.get("items", schema))
            values = [*schema.get("enum", ()), *([said["example"]] if "example" in said else ())]
            yield said["name"], tuple(_text(value) for value in values)
