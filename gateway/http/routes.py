"""Every route, and what handlers may ask for by name."""

from typing import Any  # Any: fields of the assembled gateway, a type that this layer does not know

from litestar import Controller
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from gateway.http.account.session import signed
from gateway.http.admission import caller
from gateway.http.credentials import CredentialController
from gateway.http.examination import ExaminationController
from gateway.http.front_page import front_page
from gateway.http.health import HealthController
from gateway.http.oauth.bearer import grant
from gateway.http.pages import PlatformPages
from gateway.http.policies import privacy, terms
from gateway.http.problem_types import problem_type
from gateway.http.records import RecordPages

ROUTES: list[type[Controller] | HTTPRouteHandler] = [
    ExaminationController,
    CredentialController,
    PlatformPages,
    RecordPages,
    HealthController,
    front_page,
    terms,
    privacy,
    problem_type,
]

FIELDS = (
    "settings",
    "inspect",
    "verify",
    "convert",
    "extend",
    "show",
    "show_original",
    "look_up",
    "list_records",
    "list_keys",
    "describe",
    "once",
    "check_health",
    "oauth",
)
"""Fields of the assembled gateway, which the application keeps in its state."""


def _field(name: str) -> Provide:
    def provided(state: State) -> Any:
        return getattr(state.gateway, name)

    return Provide(provided, sync_to_thread=False)


def _part(area: str, name: str) -> Provide:
    """One flow of an area."""

    def provided(state: State) -> Any:
        return getattr(getattr(state.gateway, area), name)

    return Provide(provided, sync_to_thread=False)


HOLDINGS = ("present", "upsert", "keep_profile", "show_profile")

DEPENDENCIES = {
    **{name: _field(name) for name in FIELDS},
    **{name: _part("holdings", name) for name in HOLDINGS},
    "caller": Provide(caller, sync_to_thread=False),
    "signed": Provide(signed),
    "grant": Provide(grant, sync_to_thread=False),
}
