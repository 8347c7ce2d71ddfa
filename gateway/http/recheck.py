"""``/v1/credentials/{id}/recheck``: look at the source of a credential now."""

from litestar import Controller, post
from litestar.di import NamedDependency

from gateway.flows.convert import Caller
from gateway.flows.recheck import Recheck, SourceStatus
from gateway.http.admission import admitted, needs
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.records import RecordId
from gateway.records.access import Scope


class RecheckController(Controller):
    """Look at sources again, before their time has come."""

    path = "/v1/credentials/{record_id:str}"
    tags = ["Credentials"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)

    @post(
        "/recheck",
        operation_id="recheckSource",
        summary="Look at the source now",
        status_code=200,
        responses=problems(401, 403, 404, 429, 503),
    )
    async def recheck(
        self, record_id: RecordId, caller: NamedDependency[Caller], recheck: NamedDependency[Recheck]
    ) -> SourceStatus:
        """Ask whether the badge that it was converted from was taken back; if so, its forms are revoked with it.

        It is asked anyway, every few minutes a status list and every day a hosted badge. The same place is not asked
        twice in a minute; then the answer is of `lastCheckedAt`.
        """
        return await recheck(record_id, caller)
