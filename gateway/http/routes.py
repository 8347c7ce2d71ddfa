"""Every route, and what handlers may ask for by name."""

from typing import Any  # Any: fields of the assembled gateway, a type that this layer does not know

from litestar import Controller
from litestar.datastructures import State
from litestar.di import Provide

from gateway.http.admission import caller
from gateway.http.credentials import CredentialController
from gateway.http.examination import ExaminationController
from gateway.http.health import HealthController
from gateway.http.pages import PlatformPages
from gateway.http.records import RecordPages

ROUTES: list[type[Controller]] = [
    ExaminationController,
    CredentialController,
    PlatformPages,
    RecordPages,
    HealthController,
]

FLOWS = (
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
)
"""Fields of the assembled gateway, which the application keeps in its state."""


def _flow(name: str) -> Provide:
    def provided(state: State) -> Any:
        return getattr(state.gateway, name)

    return Provide(provided, sync_to_thread=False)


DEPENDENCIES = {**{name: _flow(name) for name in FLOWS}, "caller": Provide(caller, sync_to_thread=False)}
