"""The HTTP application: flows from the assembly, routes from ``http``, and the timer that publishes status lists."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide

from gateway.assembly import Gateway, assembled
from gateway.errors import GatewayError
from gateway.flows.convert import Caller
from gateway.http.contract import openapi_config
from gateway.http.credentials import CredentialController, ExaminationController
from gateway.http.health import HealthController
from gateway.http.middleware import HeadAsGet, PublicRateLimit
from gateway.http.pages import PlatformPages, RecordPages
from gateway.http.problems import HANDLERS
from gateway.settings import Settings, settings_from

log = logging.getLogger("badge_gateway")

PUBLISH_EVERY_S = 4.0
"""A revocation shows in the published list at most this much later, whichever process took it."""

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
"""Fields of ``Gateway`` that handlers may ask for, by their names."""


def create_app(settings: Settings, *, opened: AbstractAsyncContextManager[Gateway] | None = None) -> Litestar:
    """The application over one assembled gateway.

    Args:
        opened: The gateway to serve; by default it is assembled from ``settings``.
    """
    gateway_context = opened or assembled(settings)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with gateway_context as gateway:
            app.state.gateway = gateway
            timer = asyncio.create_task(_publishing(gateway))
            try:
                yield
            finally:
                timer.cancel()

    return Litestar(
        route_handlers=[
            ExaminationController,
            CredentialController,
            PlatformPages,
            RecordPages,
            HealthController,
        ],
        dependencies={
            **{name: Provide(_flow(name), sync_to_thread=False) for name in FLOWS},
            "caller": Provide(_caller),
        },
        exception_handlers=HANDLERS,
        middleware=[PublicRateLimit(settings)],
        lifespan=[lifespan],
        request_max_body_size=settings.max_body_bytes,
        openapi_config=openapi_config(),
    )


def _flow(name: str) -> object:
    def provided(state: State) -> object:
        return getattr(state.gateway, name)

    return provided


async def _caller(request: Request, state: State) -> Caller:
    """For whom the request's API key works."""
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    return await state.gateway.admit(presented.strip() if scheme.lower() == "bearer" else "")


async def _publishing(gateway: Gateway) -> None:
    """Publish status lists that are due, for ever; a failure waits for the next turn."""
    while True:
        try:
            await gateway.publish()
        except GatewayError as error:
            log.warning("status lists were not published: %s", error)
        await asyncio.sleep(PUBLISH_EVERY_S)


def app() -> HeadAsGet:
    """The application of this environment, as a server's factory."""
    return HeadAsGet(create_app(settings_from(os.environ)))
