"""Documents expanded in processes of their own: deadlines, crashes, many callers, the same answers."""

import copy
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import expansion, expansion_apart
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice, choices
from gateway.proofs.errors import BudgetExceeded, NotCanonicalisable
from gateway.proofs.expansion_apart import Processes
from gateway.proofs.findings import Finding
from gateway.proofs.rdfc import Quad
from tests.gateway.proofs.credentials import OB3, credential

CREDENTIAL = credential("did:web:issuer.example")

# pyld looks at the whole of an id again for every value of its node.
SLOW = {**CREDENTIAL, "id": f"urn:{'x' * 1_000_000}", "name": [str(number) for number in range(400)]}


@pytest.fixture
def processes() -> Iterator[Processes]:
    made = Processes()
    yield made
    made.close()


def gone(pid: int) -> bool:
    """Whether nothing is left of a process of ours, not even its exit status."""
    return not Path(f"/proc/{pid}").exists()


def ended(pid: int) -> bool:
    """Whether a process is gone, or waits for somebody else to ask how it ended."""
    return gone(pid) or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


Outcome = tuple[list[Quad], tuple[Finding, ...]] | tuple[Finding, ...]


def outcome(expanded: Any, document: dict[str, Any], choice: ContextChoice) -> Outcome:  # Any: either function
    try:
        quads, findings = expanded(document, choice)
    except NotCanonicalisable as error:
        return error.findings
    return list(quads), findings


def variants() -> Iterator[dict[str, Any]]:
    for name, value in {
        "name": ["5.0", 5.0, 5, -0.0, 1e-7, True, None, "\x00\u2028\U0001f393", {"@value": "x", "@language": "de"}],
        "unheard": "of",
        "id": "relative",
        "type": ["VerifiableCredential", 7],
        "evidence": [{"id": "urn:x y"}],
        "endorsementJwt": "e30.e30.AA",
        "issuer": None,
        "@included": [{"name": "x"}],
        "validFrom": {"@value": {}, "@type": "x"},
        "tag": [[["nested"]]],
    }.items():
        yield {**copy.deepcopy(CREDENTIAL), name: value}


def test_the_answers_are_those_of_the_same_process(processes: Processes) -> None:
    choice_of_old = choices([OB3])[1]
    extra = ContextBody("extra", "", {"@context": {"unheard": "https://vocabulary.example/#unheard"}})
    unpinned = ContextChoice({**NEWEST.bodies, OB3: extra})

    compared = [
        (outcome(processes.quads, document, choice), outcome(expansion.quads, document, choice))
        for document in (CREDENTIAL, *variants())
        for choice in (NEWEST, choice_of_old, unpinned)
    ]

    assert [apart for apart, _ in compared] == [here for _, here in compared]


def test_a_process_is_started_when_needed_and_used_again(processes: Processes) -> None:
    before = processes.idle

    processes.quads(CREDENTIAL, NEWEST)
    first = processes.idle
    processes.quads(CREDENTIAL, NEWEST)

    assert before == ()
    assert len(first) == 1
    assert processes.idle == first


def test_a_document_that_takes_too_long_is_refused_and_its_process_killed() -> None:
    hasty = Processes(deadline_s=0.5)
    hasty.quads(CREDENTIAL, NEWEST)
    (pid,) = hasty.idle

    started_s = time.monotonic()
    with pytest.raises(BudgetExceeded, match="seconds"):
        hasty.quads(SLOW, NEWEST)
    took_s = time.monotonic() - started_s

    assert took_s < 5  # of some 15
    assert hasty.idle == ()
    assert gone(pid)


def test_the_next_document_gets_another_process() -> None:
    hasty = Processes(deadline_s=0.5)
    with pytest.raises(BudgetExceeded):
        hasty.quads(SLOW, NEWEST)

    quads, _ = hasty.quads(CREDENTIAL, NEWEST)
    hasty.close()

    assert quads


def test_a_process_that_was_killed_while_it_waited_is_replaced(processes: Processes) -> None:
    processes.quads(CREDENTIAL, NEWEST)
    (pid,) = processes.idle
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    quads, _ = processes.quads(CREDENTIAL, NEWEST)

    assert quads
    assert pid not in processes.idle
    assert gone(pid)


def test_a_process_that_is_killed_at_work_refuses_its_document_alone(processes: Processes) -> None:
    processes.quads(CREDENTIAL, NEWEST)
    (pid,) = processes.idle

    with ThreadPoolExecutor(1) as caller:
        at_work = caller.submit(processes.quads, SLOW, NEWEST)
        while processes.idle:
            time.sleep(0.001)
        os.kill(pid, signal.SIGKILL)
        refused = at_work.exception()
    quads, _ = processes.quads(CREDENTIAL, NEWEST)

    assert isinstance(refused, BudgetExceeded)
    assert quads


def test_a_document_that_needs_too_much_memory_is_refused() -> None:
    small = Processes(memory_bytes=2**27, deadline_s=20)

    # The long id is repeated in every quad that is sent back.
    document = {**SLOW, "name": [str(number) for number in range(120)]}

    with pytest.raises(BudgetExceeded, match="memory"):
        small.quads(document, NEWEST)

    assert small.idle == ()


def test_many_callers_share_few_processes(processes: Processes) -> None:
    documents = [{**CREDENTIAL, "id": f"urn:uuid:{number}"} for number in range(40)]

    with ThreadPoolExecutor(8) as callers:
        apart = list(callers.map(lambda document: processes.quads(document, NEWEST), documents))

    assert apart == [expansion.quads(document, NEWEST) for document in documents]
    assert 1 <= len(processes.idle) <= 2


def test_a_caller_whom_nobody_serves_is_refused() -> None:
    one = Processes(limit=1, patience_s=0.2, deadline_s=0.6)
    one.quads(CREDENTIAL, NEWEST)

    with ThreadPoolExecutor(1) as caller:
        at_work = caller.submit(one.quads, SLOW, NEWEST)
        while one.idle:
            time.sleep(0.001)
        with pytest.raises(BudgetExceeded, match="no process was free"):
            one.quads(CREDENTIAL, NEWEST)
        at_work.exception()
    one.close()


@pytest.mark.parametrize(("python", "reason"), [("/nowhere/python", BudgetExceeded), ("/bin/false", RuntimeError)])
def test_a_process_that_does_not_start_is_told_apart(
    python: str, reason: type[Exception], processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", python)

    with pytest.raises(reason):
        processes.quads(CREDENTIAL, NEWEST)

    assert processes.idle == ()


def test_closing_leaves_no_process_and_no_zombie(processes: Processes) -> None:
    processes.quads(CREDENTIAL, NEWEST)
    (pid,) = processes.idle

    processes.close()

    assert processes.idle == ()
    assert gone(pid)


PROGRAM = """
import os, sys
from gateway.proofs import expansion_apart
from gateway.proofs.contexts import NEWEST
from tests.gateway.proofs.credentials import credential
expansion_apart.quads(credential("did:web:issuer.example"), NEWEST)
print(*expansion_apart.PROCESSES.idle, flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("end", ["by itself", "killed"])
def test_no_process_outlives_the_one_that_started_it(end: str) -> None:
    finished = subprocess.run([sys.executable, "-c", PROGRAM, end], capture_output=True, text=True, check=False)

    pid, until_s = int(finished.stdout), time.monotonic() + 20
    while not ended(pid) and time.monotonic() < until_s:
        time.sleep(0.01)
    assert ended(pid)
    assert finished.stderr == ""


def test_a_process_knows_no_secret(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_SECRET", "a secret")

    processes.quads(CREDENTIAL, NEWEST)
    (pid,) = processes.idle

    assert b"SECRET" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_the_gateway_has_processes_of_its_own() -> None:
    assert expansion_apart.quads(CREDENTIAL, NEWEST) == expansion.quads(CREDENTIAL, NEWEST)
