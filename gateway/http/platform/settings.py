"""``/v1/platform``: what a platform decides for itself; ``/v1/audit``: what was done for it."""

from typing import Annotated

from litestar import Controller, get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from gateway.flows.convert import Caller
from gateway.flows.platform.tenants import AUDIT_PAGE_LIMIT, ChangePlatform, ReadTrail, ShowPlatform
from gateway.http.admission import admitted, needs
from gateway.http.parameters import only_known_parameters
from gateway.http.platform.wire import CHANGE_BYTES, AuditList, PlatformChange, PlatformDescription, described
from gateway.http.problems import problems
from gateway.records.access import Scope
from gateway.records.texts import Id

After = Annotated[tuple[Id, ...], QueryParameter(description="Id of the last entry of the page before.", max_items=1)]
Limit = Annotated[
    int, QueryParameter(description=f"Entries on a page, 1 to {AUDIT_PAGE_LIMIT}.", ge=1, le=AUDIT_PAGE_LIMIT)
]


class PlatformController(Controller):
    """What a platform decides for itself."""

    path = "/v1/platform"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.PLATFORM_MANAGE)

    @get(operation_id="showPlatform", summary="Show the platform", responses=problems(401, 403, 429, 503))
    async def show(
        self, caller: NamedDependency[Caller], show_platform: NamedDependency[ShowPlatform]
    ) -> PlatformDescription:
        """The platform whose key this is; a test key's is the twin for tests."""
        return described(await show_platform(caller.platform))

    @patch(
        operation_id="changePlatform",
        summary="Change the platform",
        request_max_body_size=CHANGE_BYTES,
        responses=problems(401, 403, 408, 413, 422, 429, 503),
    )
    async def change(
        self,
        data: JSONBody[PlatformChange],
        caller: NamedDependency[Caller],
        change_platform: NamedDependency[ChangePlatform],
    ) -> PlatformDescription:
        """What is named is replaced, everything else stays; what was issued before keeps saying what it said."""
        return described(await change_platform(caller.platform, data.wanted(), caller.actor))


class AuditController(Controller):
    """What was done for a platform, and by whom."""

    path = "/v1/audit"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.AUDIT_READ)

    @get(operation_id="listAudit", summary="Read the audit trail", responses=problems(401, 403, 429, 503))
    async def page(
        self,
        caller: NamedDependency[Caller],
        read_trail: NamedDependency[ReadTrail],
        after: After = (),
        limit: Limit = 50,
    ) -> AuditList:
        """Latest first; follow ``next`` with ``after`` for more. Actors are ids: no names, no addresses."""
        found = tuple(await read_trail(caller.platform, "".join(map(str, after)), limit + 1))
        return AuditList(entries=found[:limit], next=found[limit - 1].id if len(found) > limit else "")
