"""What is made up is aimed: at what is there, with bodies that hold something valid, for a share of the cases."""

import zlib
from random import Random
from typing import Any  # Any: values that schemathesis makes up

import schemathesis
from requests import PreparedRequest

from tests.fuzz.contract.ground import PUBLIC_URL, Ground, Shown
from tests.fuzz.contract.requests import BODIES, Source

AnyCase = schemathesis.Case[Any]

AT_WHAT_IS_THERE, WITH_A_VALID_BODY, WITH_A_NEW_KEY = 3 / 4, 1 / 2, 7 / 8
KEY = "Idempotency-Key"
IN_A_BROWSER = ("authorize", "answerAuthorization", "listApplications", "revokeApplication")
"""Operations that people use, on pages of the gateway itself."""

QUERIES = {"authorize": "query.", "listOffers": "offers.", "exportCredential": "export."}
"""Operations whose whole query is one that is known, by what the names of its values begin with."""


class Aim:
    """Changes cases that keep to the document; those that break it stay as they were made up."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.source = Source(ground)
        self.given: set[str] = set()
        """What answers gave out, and links hand on."""
        self._keys = 0
        self.surely = False
        """Aim each case, and not only a share."""

    def renewed(self) -> None:
        """The gateway is another one now."""
        self.source = Source(self.ground)
        self.given.clear()

    def __call__(self, case: AnyCase, kwargs: dict[str, Any]) -> None:
        """Before a request is sent."""
        if not self.surely and (case.meta is None or not case.meta.generation.mode.is_positive):
            return
        chance = Random(zlib.crc32(repr((case.operation.label, case.path_parameters, case.query, case.body)).encode()))  # noqa: S311
        if KEY in case.headers and chance.random() < WITH_A_NEW_KEY:
            self._keys += 1
            case.headers[KEY] = f"key-{self._keys}"
        if self.surely or chance.random() < AT_WHAT_IS_THERE:
            self._at_what_is_there(case, chance)
        if self.surely or chance.random() < WITH_A_VALID_BODY:
            self._with_a_valid_body(case, kwargs, chance)

    def _at_what_is_there(self, case: AnyCase, chance: Random) -> None:
        prepared = self.ground.prepared
        if not self.surely and any(str(value) in self.given for value in case.path_parameters.values()):
            return
        if together := prepared.at.get(case.operation.path):
            case.path_parameters.update(chance.choice(together))
            return
        for name in case.path_parameters:
            if found := prepared.named.get(name):
                case.path_parameters[name] = chance.choice(found)

    def _with_a_valid_body(self, case: AnyCase, kwargs: dict[str, Any], chance: Random) -> None:
        name, prepared = _id(case), self.ground.prepared
        if stem := QUERIES.get(name):
            case.query = {key.removeprefix(stem): each for key, each in prepared.known.items() if key.startswith(stem)}
        if name in IN_A_BROWSER:
            case.cookies[prepared.mine["session"].name] = prepared.mine["session"].value
            case.headers.update({"Origin": PUBLIC_URL, "Sec-Fetch-Site": "same-origin"})
        if name not in BODIES or case.method != case.operation.method.upper():
            return
        sent = BODIES[name](self.source, chance)
        if not sent.content:
            case.body, case.media_type = sent.value, sent.media_type
            return
        kwargs["data"] = sent.content
        case.headers["Content-Type"] = sent.media_type


class Shows:
    """Says who asks, as the document has it; for ``schema.auth()``."""

    def get(self, case: AnyCase, context: schemathesis.AuthContext) -> str:
        """Nothing yet: who asks is looked up for each request, since gateways are renewed."""
        del case, context
        return "shown"

    def set(self, case: AnyCase, data: str, context: schemathesis.AuthContext) -> None:
        """Show what the first one has for the operation."""
        del data, context
        ground = case.operation.app
        if isinstance(ground, Ground) and (shown := needed(case, ground.prepared.mine)):
            if shown.is_cookie:
                case.cookies[shown.name] = shown.value
            else:
                case.headers[shown.name] = shown.value


def needed(case: AnyCase, parties: dict[str, Shown]) -> Shown | None:
    """What somebody shows for an operation, None when it needs nothing of theirs."""
    schemes = [name for each in case.operation.definition.raw.get("security", ()) for name in each]
    tag = next(iter(case.operation.definition.raw.get("tags", ())), "")
    names = [name for scheme in schemes for name in (f"{scheme} {_id(case)}", f"{scheme} {tag}", scheme)]
    return next((parties[name] for name in names if name in parties), None)


def as_another(request: PreparedRequest, shown: Shown) -> PreparedRequest:
    """The very same request, by somebody else."""
    copied = request.copy()
    copied.headers.pop("Idempotency-Key", None)
    if shown.is_cookie:
        copied.headers["Cookie"] = f"{shown.name}={shown.value}"
    else:
        copied.headers[shown.name] = shown.value
    return copied


def _id(case: AnyCase) -> str:
    return str(case.operation.definition.raw.get("operationId", ""))
