"""The contract suite, aimed at single operations: what each part of it finds wrong with the application as it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any  # Any: a document in JSON, what schemathesis hands to hooks

import msgspec
import schemathesis
from httpx import AsyncClient
from schemathesis.core.failures import Failure

from tests.examples.masks import differences
from tests.examples.playing import body_of, played
from tests.examples.published import OPERATIONS
from tests.examples.scenes import SCENES
from tests.examples.story import SETTINGS, Stage, begun
from tests.fuzz.contract.aim import AnyCase
from tests.fuzz.contract.run import Plan, Run
from tests.fuzz.contract.surfaces import SURFACES, Surface
from tests.fuzz.doors import doors
from tests.fuzz.model import erasures, removals
from tests.fuzz.model.agreement import compare, compare_all
from tests.fuzz.model.history import SECOND, THIRD, History
from tests.fuzz.model.live import Live
from tests.fuzz.planted.planting import Bug, Planted
from tests.fuzz.requests import Request
from tests.fuzz.target import Target
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import PUBLIC_URL, routed
from tests.laundering.sources import Carrier, Kind

PLAN = Plan(seed=1, cases=1, examples=6, phases=("coverage", "fuzzing"), upset=False)
OF_WHOLE_PATHS = frozenset({"unsupported_method", "allow_header_conformance"})
"""Checks of all that a path takes, of which a slice knows but a part."""

Found = dict[str, set[str]]
"""What found something, by operation."""


class Aimed(Surface, frozen=True, kw_only=True):
    """Some operations of a document."""

    operations: frozenset[str]

    def document(self) -> dict[str, Any]:
        """The document without all the others."""
        whole = super().document()
        whole.pop("webhooks", None)
        paths = {path: self._aimed(item) for path, item in whole["paths"].items()}
        return {**whole, "paths": {path: item for path, item in paths.items() if item}}

    def _aimed(self, item: dict[str, Any]) -> dict[str, Any]:
        return {method: each for method, each in item.items() if each["operationId"] in self.operations}


class Slice(Run):
    """Those operations under trial, with bugs in them or without."""

    def __init__(self, name: str, operations: frozenset[str], bugs: Sequence[Bug], plan: Plan) -> None:
        whole = SURFACES[name]
        super().__init__(
            Aimed(
                name=name,
                prepare=whole.prepare,
                settings=whole.settings,
                excused=whole.excused,
                operations=operations,
            ),
            plan,
        )
        if bugs:
            self.ground.handle = Planted(self.ground.litestar, bugs, self._owner)

    def _owner(self) -> Mapping[str, str]:
        return {scheme: shown.value for scheme, shown in self.ground.prepared.mine.items()}

    def keeps(self, failure: Failure, case: AnyCase, response: schemathesis.Response) -> bool:
        """Not over what is known only of whole paths."""
        return not OF_WHOLE_PATHS & set(type(failure).checks) and super().keeps(failure, case, response)


def by_schemathesis(
    name: str, operations: frozenset[str], bugs: Sequence[Bug], seed: int = PLAN.seed, examples: int = PLAN.examples
) -> Found:
    """What requests that are made up from a document find."""
    names = {f"{door.method} {door.path}": door.id for door in doors()}
    outcome = Slice(name, operations, bugs, msgspec.structs.replace(PLAN, seed=seed, examples=examples))()
    if outcome.errors:
        raise AssertionError(outcome.errors)
    found: Found = defaultdict(set)
    for failed in outcome.failed:
        found[names[failed.operation]].add(failed.check)
    return found


def by_model(folder: Path, bugs: Sequence[Bug]) -> list[str]:
    """What a history finds that does a little of everything; with each bug by itself."""
    live = Live(folder)
    app = live.handle
    found = []
    for bug in bugs:
        live.handle = app
        history = History(live)
        live.handle = Planted(app, (bug,), dict)
        found.append(_lived(history))
    live.handle = app
    assert _lived(History(live)) == ""
    live.close()
    return found


def _lived(history: History) -> str:
    """A history; "", or where both did not agree."""
    platform = history.platforms[0]
    try:
        history.convert(platform, history.new_badge(Kind.HOSTED, Carrier.BARE, 0), SECOND)
        history.issue(platform, THIRD, suspendable=True)
        compare(history)
        [*_, known] = platform.credentials.values()
        history.suspend(platform, known)
        compare(history)
        history.reinstate(platform, known)
        history.issue_once(platform, THIRD)
        history.repeat(platform, platform.repeatable[0], THIRD)
        erasures.erase(history, platform, known)
        compare(history)
        removals.webhook(history, platform)
        removals.deposit(history, platform)
        compare_all(history)
    except AssertionError as error:
        return str(error) or "they do not agree"
    return ""


async def by_examples(scenes: Sequence[str], bugs: Sequence[Bug]) -> Found:
    """What examples find that are played."""
    found: Found = defaultdict(set)
    async with begun() as story:
        app = Planted(routed(SETTINGS.max_body_bytes), bugs, dict)
        async with AsyncClient(transport=transport(app), base_url=PUBLIC_URL) as client:
            story.client = client
            for scene in SCENES:
                if scene.name not in scenes:
                    continue
                operation = OPERATIONS[scene.operation]
                answer = (await played(Stage(story), scene, operation, as_published=not scene.summary)).answer
                _, example, _ = operation.came_back(scene.status)
                found[scene.operation] |= {"examples"} if differences(example["value"], body_of(answer)) else set()
    return found


async def by_raw(aim: Target, bugs: Sequence[Bug]) -> Found:
    """What a broken request finds, of each operation that takes a badge."""
    found: Found = defaultdict(set)
    aim.handle = Planted(aim.app, bugs, dict)
    for path, name in (("/v1/inspections", "inspectBadge"), ("/v1/verifications", "verifyBadge")):
        key = aim.prepared.mine["apiKey"].value.encode()
        _, reason = await aim.answer(Request("POST", path, headers=((b"authorization", key),), body=(b"{",)), 0)
        found[name] |= {"raw"} if reason else set()
    return found
