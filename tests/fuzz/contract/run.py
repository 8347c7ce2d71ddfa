"""One surface, tried for so many cases or so long: what failed, how fast, and how much of its document was reached."""

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, cast  # Any: what schemathesis hands to hooks

import msgspec
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.run import PhaseName
from schemathesis.python import asgi

from tests.fuzz.contract.aim import Aim, AnyCase, Shows, needed
from tests.fuzz.contract.counted import Counted, Coverage
from tests.fuzz.contract.excused import POSITIVE, Excused, word
from tests.fuzz.contract.excuses import LATE, SELDOM
from tests.fuzz.contract.foreign import Foreign, shown
from tests.fuzz.contract.ground import Ground
from tests.fuzz.contract.surfaces import Surface
from tests.fuzz.contract.upset import Upset

RENEWED_AFTER = 400
SAID = 3000
"""Characters of a message, and of either end of a long request."""
FEWEST_EXAMPLES, MOST_EXAMPLES, MANY = 4, 50, 10_000
LONGEST_S = 10**6
UNAUTHORISED, REFUSED = 401, 400
NAME = rb"[\w.~-]{8,100}"
GIVEN = re.compile(rb'"(' + NAME + rb')"')
"""Values in JSON that may name something."""
MOST_READ = 100_000
JUST_RENEWED = 12
"""So many requests and more belong to one scenario."""
TOLD_TO_LEAVE = re.compile(r"[?&]error=\w|^/account/sign-in\?")
"""What a browser is sent on with that does not get what it asked for."""
NEVER_SUCCEEDS = "never_succeeds"
LONG = 10_000
"""Cases."""
OVER_TIME = {"use_after_free", "ensure_resource_availability"}
REFUSED_COUNTS = 20
"""What was shown may have ended: then the gateway is renewed sooner."""


class Failed(msgspec.Struct, frozen=True):
    """What failed in one way, with the first request that did.

    Attributes:
        answer: Status and code.
        times: How often.
    """

    surface: str
    operation: str
    check: str
    answer: str
    message: str
    reproduce: str
    times: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a run over one surface.

    Attributes:
        unmet: Exceptions that nothing needed: after a long run they are too many.
    """

    surface: str
    seed: int
    cases: int
    by_phase: dict[str, int]
    asked_as_another: int
    upset: int
    took_s: float
    failed: list[Failed]
    errors: list[str]
    unmet: list[str]
    coverage: Coverage


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How much is tried.

    Attributes:
        cases: So many at least, and every phase once; 0 for no such number.
        seconds: So long at most; 0 for no limit.
        examples: Of each operation, in each turn of fuzzing; 0 for what suits the number of cases.
        phases: Of schemathesis.
    """

    seed: int = 1
    cases: int = 0
    seconds: int = 0
    examples: int = 0
    phases: tuple[str, ...] = ("examples", "coverage", "fuzzing", "stateful")
    upset: bool = True


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: AnyCase, kwargs: dict[str, Any]) -> None:
    """Aim the cases of those runs that are under way here."""
    del context
    if isinstance(case.operation.app, Ground) and (found := _RUNNING.get(id(case.operation.app))):
        found.before(case, kwargs)


class Run:
    """A surface and its application, while requests are sent."""

    def __init__(self, surface: Surface, plan: Plan) -> None:
        self.surface, self.plan = surface, plan
        self.ground = Ground(surface.prepare, **surface.settings)
        self.document = surface.document()
        self.counted = Counted(self.document)
        self.aim = Aim(self.ground)
        self.foreign = Foreign(self.ground)
        self.upset = Upset(self.ground, self.counted, self.aim)
        self.ground.look = self.foreign
        self.sent = self.total = 0
        self.failed: dict[tuple[str, str, str], Failed] = {}
        self.errors: list[str] = []
        self.met: set[tuple[Excused, str]] = set()
        self.succeeded: set[str] = set()

    def __call__(self, progress: Callable[["Run"], None] = lambda _: None) -> Outcome:
        """Send everything that the plan says."""
        began, schema, by_phase = time.perf_counter(), self._schema(), Counter[str]()
        stream = from_schema(schema).execute()
        _RUNNING[id(self.ground)] = self
        with asgi.get_client(cast("Any", self.ground)), _quiet():
            done = set[PhaseName]()
            for event in stream:
                if isinstance(event, events.ScenarioFinished):
                    by_phase[event.phase.value] += len(event.recorder.cases)
                    self._look(event)
                elif isinstance(event, events.PhaseFinished):
                    done.add(event.phase.name)
                elif isinstance(event, events.NonFatalError):
                    self.errors.append(f"{event.label}: {event.info.message}"[:SAID])
                progress(self)
                if self._enough(done):
                    stream.stop()
            if self.plan.upset:
                self._upset()
        if "coverage" in self.plan.phases and not self.plan.seconds:
            self._refused_whatever_was_sent()
        if not self.plan.seconds and not self._enough(done):
            ended = ", ".join(sorted(each.value for each in done))
            self.errors.append(f"ended before its time, after {self.total} cases and the phases {ended}")
        _RUNNING.pop(id(self.ground))
        asgi.shutdown_lifespans()
        return self._outcome(by_phase, time.perf_counter() - began)

    def before(self, case: AnyCase, kwargs: dict[str, Any]) -> None:
        """Renew the gateway now and then, and aim."""
        if self.sent >= RENEWED_AFTER and not self.aim.surely:
            self._renew(case)
        self.sent += 1
        self.total += 1
        self.aim(case, kwargs)
        if not self.aim.surely:
            self.foreign.before(case)

    def _renew(self, case: AnyCase) -> None:
        self.sent = 0
        before = needed(case, self.ground.prepared.mine)
        self.ground.renew()
        self.aim.renewed()
        after = needed(case, self.ground.prepared.mine)
        if before and after:
            shown: MutableMapping[str, Any] = case.cookies if before.is_cookie else case.headers
            if shown.get(before.name) == before.value:
                shown[after.name] = after.value

    def after(self, case: AnyCase, response: schemathesis.Response) -> None:
        """Count the answer, and keep the request."""
        media_type = str(response.request.headers.get("Content-Type", "")).partition(";")[0]
        self.counted.answered(case, response.status_code, media_type)
        if case.method == case.operation.method.upper() and _is_success(response):
            self.succeeded.add(_id(case))
        if response.status_code < REFUSED:
            self.aim.given.update(each.decode() for each in GIVEN.findall(response.content[:MOST_READ]))
        self.upset.keep(case, response)
        if response.status_code == UNAUTHORISED:
            self.sent += REFUSED_COUNTS

    def keeps(self, failure: Failure, case: AnyCase, response: schemathesis.Response) -> bool:
        """Whether a failure is one."""
        name = _id(case)
        answer = word(response.status_code, response.content)
        checks, body = type(failure).checks, shown(response.request.body)
        location = _location(response)
        if OVER_TIME.intersection(checks) and (self.sent < JUST_RENEWED or not self._is_of_this_gateway(case)):
            return False  # what is missing was made in the gateway before this one
        excuses = [each for each in self.surface.excused if each.covers(checks, name, answer, body, location)]
        self.met.update((each, each.answers_to(answer)) for each in excuses)
        return not excuses

    def _is_of_this_gateway(self, case: AnyCase) -> bool:
        """Whether an address names what this gateway gave out, or something too short to tell."""
        given = self.aim.given | self.ground.prepared.marks
        values = [str(value) for value in case.path_parameters.values()]
        return any(value in given or not re.fullmatch(NAME, value.encode()) for value in values)

    def _schema(self) -> Any:
        config = SchemathesisConfig.from_dict(
            {
                "seed": self.plan.seed,
                "continue-on-failure": True,
                "workers": 1,
                "max-time": self.plan.seconds or LONGEST_S,
                "generation": {
                    "mode": "all",
                    "allow-x00": True,
                    "database": "none",
                    "max-examples": self.plan.examples or self._examples(),
                    "no-shrink": True,
                },
                "output": {"sanitization": {"enabled": False}, "truncation": {"enabled": False}},
                "phases": {
                    name: {"enabled": name in self.plan.phases}
                    | ({"generate-duplicate-query-parameters": True} if name == "coverage" else {})
                    for name in ("examples", "coverage", "fuzzing", "stateful")
                },
            }
        )
        schema = schemathesis.openapi.from_dict(self.document, config=config)
        schema.app = self.ground
        schema.auth()(Shows)

        @schema.hook
        def after_call(context: schemathesis.HookContext, case: AnyCase, response: schemathesis.Response) -> None:
            del context
            self.after(case, response)

        @schema.hook
        def filter_failure(
            context: schemathesis.HookContext, failure: Failure, case: AnyCase, response: schemathesis.Response
        ) -> bool:
            del context
            return self.keeps(failure, case, response)

        return schema

    def _examples(self) -> int:
        operations = sum(len(item) for item in self.document["paths"].values())
        return min(MOST_EXAMPLES, max(FEWEST_EXAMPLES, (self.plan.cases or MANY) // (4 * operations)))

    def _enough(self, done: set[PhaseName]) -> bool:
        wanted = {PhaseName(name) for name in self.plan.phases}
        return bool(self.plan.cases) and self.total >= self.plan.cases and wanted <= done

    def _look(self, event: events.ScenarioFinished) -> None:
        for case_id, checks in event.recorder.checks.items():
            for check in checks:
                if check.status is not Status.FAILURE or check.failure_info is None:
                    continue
                found = event.recorder.interactions.get(case_id)
                answer = word(found.response.status_code, found.response.content) if found and found.response else ""
                label = event.recorder.cases[case_id].value.operation.label
                said = check.failure_info.failure.message
                self._fail(label, check.name, answer, said, check.failure_info.code_sample)

    def _fail(self, label: str, check: str, answer: str, message: str, reproduce: str) -> None:
        key = (label, check, answer)
        before = self.failed.get(key) or Failed(
            self.surface.name, label, check, answer, message[:SAID], _both_ends(reproduce), 0
        )
        self.failed[key] = msgspec.structs.replace(before, times=before.times + 1)

    def _refused_whatever_was_sent(self) -> None:
        """Say which operations never succeeded whose refusals are excused one by one."""
        spared = SELDOM if self.total >= LONG else SELDOM | LATE
        excused = {name for each in self.surface.excused if each.check == POSITIVE for name in each.operations}
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                name = operation["operationId"]
                if name in excused - spared.keys() - self.succeeded:
                    message = "whatever was sent was refused, each time for a reason that is excused"
                    self._fail(f"{method.upper()} {path}", NEVER_SUCCEEDS, "", message, name)

    def _upset(self) -> None:
        for label, status, message, reproduce in self.upset():
            self._fail(label, "upset", str(status), message, reproduce)

    def _outcome(self, by_phase: Counter[str], took_s: float) -> Outcome:
        return Outcome(
            surface=self.surface.name,
            seed=self.plan.seed,
            cases=self.total,
            by_phase=dict(by_phase),
            asked_as_another=self.foreign.sent,
            upset=self.upset.sent,
            took_s=round(took_s, 1),
            failed=list(self.failed.values()),
            errors=self.errors,
            unmet=[
                f"{', '.join(each.operations) or 'any operation'}: {answer} ({each.check})"
                for each in self.surface.excused
                for answer in each.answers
                if (each, answer) not in self.met
            ],
            coverage=self.counted.coverage(),
        )


_RUNNING: dict[int, Run] = {}


def _id(case: AnyCase) -> str:
    return str(case.operation.definition.raw.get("operationId", ""))


def _is_success(response: schemathesis.Response) -> bool:
    return response.status_code < REFUSED and not TOLD_TO_LEAVE.search(_location(response))


def _location(response: schemathesis.Response) -> str:
    return next(iter(response.headers.get("location", ())), "")


def _both_ends(text: str) -> str:
    return text if len(text) <= 2 * SAID else f"{text[:SAID]} [...] {text[-SAID:]}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is logged: what is refused is no news here."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
