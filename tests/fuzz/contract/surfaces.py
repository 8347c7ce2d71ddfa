"""Every published document: how its gateway is prepared, and which answers are excused."""

from typing import Any  # Any: a document in JSON, and settings

import msgspec

from gateway.http.contract import document
from tests.fuzz.contract import excuses, persons, platforms
from tests.fuzz.contract.excused import Excused
from tests.fuzz.contract.ground import Prepare
from tests.gateway.http.contract.walking import members

SEALS = {"seal_organisation_id": "NTRFR-123456789"}


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """One document under trial."""

    name: str
    prepare: Prepare
    settings: dict[str, Any] = {}
    excused: tuple[Excused, ...] = ()

    def document(self) -> dict[str, Any]:
        """As it is published, but for links into other documents, the bodies of links and schemas of tokens."""
        found: dict[str, Any] = msgspec.json.decode(document(f"{self.name}.json"))
        for item in found["paths"].values():
            for operation in item.values():
                _without_foreign_links(operation)
                _with_bodies_of_links(operation)
                _without_schemas_of_tokens(operation)
        return found


def _without_foreign_links(operation: dict[str, Any]) -> None:
    """Leave out links into other documents: schemathesis follows none, and gives up over them."""
    for response in operation.get("responses", {}).values():
        links: dict[str, Any] = response.get("links", {})
        for name in [name for name, link in links.items() if not link.get("operationRef", "#").startswith("#")]:
            del links[name]


def _with_bodies_of_links(operation: dict[str, Any]) -> None:
    """Write the bodies of links as objects: schemathesis sends what is left out of them beside what they take along."""
    for response in operation.get("responses", {}).values():
        for link in response.get("links", {}).values():
            if "requestBody" in link:
                link["requestBody"] = members(link["requestBody"])


def _without_schemas_of_tokens(operation: dict[str, Any]) -> None:
    """Leave out what is said of the text of a JWT: schemathesis takes application/jwt for JSON, and finds none."""
    for response in operation.get("responses", {}).values():
        response.get("content", {}).get("application/jwt", {}).pop("schema", None)


SURFACES = {
    each.name: each
    for each in (
        Surface(name="gateway", prepare=platforms.prepare_gateway, settings=SEALS, excused=excuses.GATEWAY),
        Surface(name="open-badges-2", prepare=platforms.prepare_gateway, excused=(excuses.OVER,)),
        Surface(name="europass", prepare=platforms.prepare_europass, settings=SEALS, excused=excuses.EUROPASS),
        Surface(name="vc-api", prepare=platforms.prepare_vc_api, excused=excuses.VC_API),
        Surface(name="badge-connect", prepare=persons.prepare_backpack, excused=excuses.BADGE_CONNECT),
        Surface(name="badgr", prepare=persons.prepare_badgr, excused=excuses.BADGR),
        Surface(name="open-badges-3", prepare=persons.prepare_backpack, excused=excuses.OPEN_BADGES_3),
        Surface(name="openid4vci", prepare=persons.prepare_wallets, excused=excuses.WALLETS),
        Surface(name="oauth", prepare=persons.prepare_oauth, excused=excuses.OAUTH),
    )
}
"""By the name of the document."""
