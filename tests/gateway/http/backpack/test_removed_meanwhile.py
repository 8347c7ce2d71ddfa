"""A badge is removed in the middle of another request: what that issued goes with it, whenever that is."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import pytest

from gateway.assembly.whole import Gateway
from gateway.errors import NotFound
from gateway.records.offers import OfferState
from gateway.records.people import PEOPLE, Person
from tests.gateway.http import residue
from tests.gateway.http.backpack.test_backpack import csrf, held
from tests.gateway.http.conftest import Client
from tests.gateway.http.test_erased_meanwhile import ALL, Watched
from tests.laundering.sources import Kind, World


@dataclass(frozen=True)
class Case:
    """Which badge it is (one of Open Badges 2.0 leads to a record from the first), and what is sent to which button."""

    kind: Kind
    button: str
    fields: Mapping[str, str]


CASES = {
    "converted first": Case(Kind.VC_JWT, "convert", {"to": "open-badges-2"}),
    "converted further": Case(Kind.HOSTED, "convert", {"to": "open-badges-2"}),
    "offered first": Case(Kind.VC_JWT, "offer", {}),
    "offered further": Case(Kind.HOSTED, "offer", {}),
}


def _badge(world: World, kind: Kind, number: int) -> bytes:
    if kind is Kind.HOSTED:
        return world.sound(kind, id=f"https://issuer.example/assertions/{number}")
    subject = {**world.credential()["credentialSubject"], "id": "mailto:learner@example.org"}
    return world.sound(kind, id=f"urn:example:{number}", credentialSubject=subject)


@pytest.mark.parametrize("forms", [True, False])
@pytest.mark.parametrize("name", CASES)
async def test_whenever_it_is_removed_nothing_lives_on_that_should_not(
    name: str,
    forms: bool,
    browser: Client,
    gateway: Gateway,
    owner: Person,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, watched, answers = CASES[name], Watched(monkeypatch), list[int]()
    before: set[str] = set()
    for number in range(1, ALL):
        path = await held(gateway, owner, _badge(world, case.kind, number))
        sent = {"csrf": csrf(await browser.get("/backpack")), **case.fields}
        led_to = (await gateway.backpack.remove.holdings.page(PEOPLE, owner.id)).holdings[0].record

        async def removed(path: str = path) -> None:
            with suppress(NotFound):
                await gateway.backpack.remove(owner.id, path.rpartition("/")[2], forms=forms)

        watched.before(number, removed)
        answer = await browser.post(f"{path}/{case.button}", data=sent)

        if watched.then is not None:
            break
        answers.append(answer.status_code)
        rows = await residue.everything(gateway.edges.database)
        left = {str(row["credential"]) for row in rows["record_keys"]} - before
        assert rows["holdings"] == []
        assert [row["id"] for row in rows["offers"] if row["state"] == OfferState.OPEN] == [], (number, answer.text)
        if forms:
            assert left == set(), (number, answer.text)
        elif answer.status_code == 404:
            assert left <= {led_to}, (number, answer.text)
        assert not led_to or forms or led_to in left, "what was issued before stays where that is wished"
        before |= left

    assert 404 in answers
    assert set(answers) <= {404, 409}


@pytest.mark.parametrize("forms", [True, False])
@pytest.mark.parametrize("name", CASES)
async def test_what_is_issued_while_it_is_being_removed_is_let_go_of_too(
    name: str,
    forms: bool,
    browser: Client,
    gateway: Gateway,
    owner: Person,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, watched = CASES[name], Watched(monkeypatch)
    answers = list[int]()
    for number in range(1, ALL):
        path = await held(gateway, owner, _badge(world, case.kind, number))
        sent = {"csrf": csrf(await browser.get("/backpack")), **case.fields}

        async def asked(path: str = path, sent: Mapping[str, str] = sent) -> None:
            answers.append((await browser.post(f"{path}/{case.button}", data=sent)).status_code)

        watched.before(number, asked)
        await gateway.backpack.remove(owner.id, path.rpartition("/")[2], forms=forms)

        if watched.then is not None:
            break
        rows = await residue.everything(gateway.edges.database)
        assert rows["holdings"] == []
        assert [row["id"] for row in rows["offers"] if row["state"] == OfferState.OPEN] == [], (number, answers)
        if forms:
            assert rows["record_keys"] == [], (number, answers)

    assert 303 in answers
