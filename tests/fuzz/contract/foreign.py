"""Two identities: whatever one made is missing for the other, and no answer to the other shows any of it."""

from typing import Any, cast  # Any: what schemathesis hands to checks

import requests
import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.python import asgi

from tests.fuzz.contract.aim import AnyCase, as_another, needed
from tests.fuzz.contract.ground import PUBLIC_URL, Ground
from tests.fuzz.contract.platforms import OTHER

OK, CREATED, REDIRECT, MISSING, TOO_MANY = 200, 201, 300, 404, 429
SHORTEST_MARK = 12
OFTEN, EVERY = 60, 10
"""So many answers to an operation are looked at one by one; of those after them, each tenth."""


class Foreign:
    """What was asked for as somebody else, by operation."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.seen: dict[str, int] = {}
        self.sent = 0
        self._ended: dict[str, str] = {}
        self._given: set[str] = set()

    def wanted(self, label: str) -> bool:
        """Whether this answer is looked at."""
        number = self.seen[label] = self.seen.get(label, 0) + 1
        return number <= OFTEN or number % EVERY == 0

    def before(self, case: AnyCase) -> None:
        """Remove as another what the first one is about to remove: afterwards it is missing for everybody."""
        theirs = needed(case, self.ground.prepared.theirs)
        if case.method != "DELETE" or not case.path_parameters or theirs is None:
            return
        if self._given & {str(value) for value in case.path_parameters.values()}:
            return  # the other one's own: a key that who manages the installation made for that platform
        bare = requests.Request("DELETE", PUBLIC_URL + case.formatted_path).prepare()
        answer = send(self.ground, as_another(bare, theirs))
        self.sent += 1
        if OK <= answer.status_code < REDIRECT:
            self._ended[case.id] = f"{answer.status_code} for another who removes it"

    def __call__(self, case: AnyCase, response: schemathesis.Response) -> str:
        """Ask for the same as another; "" when all is well, else what is not."""
        if ended := self._ended.pop(case.id, ""):
            return ended
        if response.status_code == CREATED and (case.path_parameters or {}).get("tenant") == OTHER:
            self._given.add(str(response.json().get("id")))
        if not OK <= response.status_code < REDIRECT or not self.wanted(case.operation.label):
            return ""
        return self._repeated(case, response.request)

    def _repeated(self, case: AnyCase, request: requests.PreparedRequest) -> str:
        prepared, shown_body = self.ground.prepared, shown(request.body)
        mine, theirs = needed(case, prepared.mine), needed(case, prepared.theirs)
        if mine is None or theirs is None or mine.value not in str(request.headers):
            return ""
        named = sorted(each for each in prepared.ids if each in shown_body)
        if not named and any(mark in shown_body for mark in prepared.marks):
            return ""  # the other one would write it, and read it again
        answer = send(self.ground, as_another(request, theirs))
        self.sent += 1
        if named:
            taken = OK <= answer.status_code < REDIRECT
            return f"{answer.status_code} for a body that names what is another's ({', '.join(named)})" if taken else ""
        values = {str(value) for value in case.path_parameters.values()}
        own = sorted(value for value in values if value in prepared.marks)
        # A platform's limit may have been set so low that nothing is looked up for it.
        if own and answer.status_code not in (MISSING, TOO_MANY) and case.method != "OPTIONS":
            return f"{answer.status_code} for what is another's ({', '.join(own)})"
        asked = {mark for mark in prepared.marks if mark in str(request.url)}
        leaked = [mark for mark in prepared.marks - asked if len(mark) >= SHORTEST_MARK and mark in answer.text]
        return f"shows what is another's: {', '.join(leaked)}" if leaked else ""


def shown(body: Any) -> str:
    """A body as text."""
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body or "")


def send(ground: Ground, request: requests.PreparedRequest) -> requests.Response:
    """Send a request to the application as it is."""
    with asgi.get_client(cast("Any", ground)) as client:
        return client.send(request, allow_redirects=False)


class AnothersData(Failure):
    """Somebody got what is another's."""


@schemathesis.check
def nothing_of_anothers(ctx: schemathesis.CheckContext, response: schemathesis.Response, case: AnyCase) -> bool | None:
    """Whatever one made is missing for the other."""
    del ctx
    ground = case.operation.app
    if not isinstance(ground, Ground) or case.method == "OPTIONS":
        return None
    if ground.look is not None and (wrong := ground.look(case, response)):
        raise AnothersData(operation=case.operation.label, title="Data of somebody else", message=wrong)
    return None
