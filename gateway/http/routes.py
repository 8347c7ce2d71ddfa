"""Every route, and what handlers may ask for by name."""

from typing import Any  # Any: fields of the assembled gateway, a type that this layer does not know

from litestar import Controller
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from gateway.http.account.session import signed
from gateway.http.admission import caller
from gateway.http.awards import AwardController
from gateway.http.credentials import CredentialController
from gateway.http.examination import ExaminationController
from gateway.http.front_page import front_page
from gateway.http.health import HealthController
from gateway.http.oauth.bearer import grant
from gateway.http.oauth.clients import PlatformClientController
from gateway.http.offers.native import OfferController
from gateway.http.offers.surface import OfferPages
from gateway.http.pages import PlatformPages
from gateway.http.platform import routes as platform
from gateway.http.policies import privacy, terms
from gateway.http.problem_types.routes import problem_type, problem_types
from gateway.http.recheck import RecheckController
from gateway.http.records import RecordPages
from gateway.http.states import StateController
from gateway.http.test_aids import routes as test_aids
from gateway.http.vc_issuers import VcIssuers
from gateway.http.webhooks import routes as webhooks

ROUTES: list[type[Controller] | HTTPRouteHandler] = [
    ExaminationController,
    AwardController,
    CredentialController,
    StateController,
    RecheckController,
    OfferController,
    OfferPages,
    *platform.ROUTES,
    *webhooks.ROUTES,
    *test_aids.ROUTES,
    PlatformPages,
    VcIssuers,
    RecordPages,
    HealthController,
    PlatformClientController,
    front_page,
    terms,
    privacy,
    problem_types,
    problem_type,
]

FIELDS = (
    "settings",
    "inspect",
    "verify",
    "convert",
    "hand_back",
    "show",
    "show_original",
    "look_up",
    "list_keys",
    "describe_type",
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


NATIVE = ("issue", "extend", "export", "search", "revoke", "suspend", "reinstate", "erase")
HOLDINGS = ("present", "upsert", "keep_profile", "show_profile")

DEPENDENCIES = {
    **{name: _field(name) for name in FIELDS},
    **{name: _part("native", name) for name in NATIVE},
    **{name: _part("holdings", name) for name in HOLDINGS},
    **platform.DEPENDENCIES,
    "caller": Provide(caller, sync_to_thread=False),
    "signed": Provide(signed),
    **webhooks.DEPENDENCIES,
    **test_aids.DEPENDENCIES,
    "recheck": _part("watching", "recheck"),
    "grant": Provide(grant, sync_to_thread=False),
}
