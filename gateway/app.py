"""The HTTP application: flows from the assembly, routes from ``http``, and the timer that publishes status lists."""

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar
from litestar.routes import HTTPRoute

from gateway.assembly.whole import Gateway, assembled
from gateway.errors import GatewayError
from gateway.http.admission import counted
from gateway.http.api_pages.routes import API_PAGES
from gateway.http.contract import ALL_ROUTES
from gateway.http.delivery import DEFAULTS, HttpRequest
from gateway.http.host import well_formed_host
from gateway.http.json_body import taken_at_its_word
from gateway.http.middleware import ROOM_BYTES, BodyDeadline, EveryMethod, ForEveryOrigin, HeadAsGet
from gateway.http.page_form import read_form
from gateway.http.parameters import few_parameters, sent_once, times_as_written
from gateway.http.problems import HANDLERS
from gateway.http.rate_limits import tell
from gateway.http.routes import DEPENDENCIES
from gateway.http.surfaces import SURFACES
from gateway.settings import Settings, settings_from

log = logging.getLogger("badge_gateway")

PUBLISH_EVERY_S = 4.0
"""A revocation shows in the published list at most this much later, whichever process took it."""

AGAIN_S = 1.0
"""After so long a timer that a fault of ours ended begins anew."""

WATCH_EVERY_S = 5.0
"""A source that is due is looked at within so much time."""

FORGET_EVERY_S = 600.0
"""What is over is not kept for longer than that: answers, links, sessions, tokens, and what was set up in test mode."""


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
            timers = [asyncio.create_task(_going_on(timer, gateway)) for timer in _TIMERS]
            # What is here by now stays. To look through all of it again and again for what is garbage would keep
            # everybody waiting for a tenth of a second each time.
            gc.freeze()
            try:
                yield
            finally:
                gc.unfreeze()
                for timer in timers:
                    timer.cancel()
                await asyncio.gather(*timers, return_exceptions=True)

    app = Litestar(
        route_handlers=[*ALL_ROUTES, *API_PAGES],
        dependencies=DEPENDENCIES,
        exception_handlers=HANDLERS,
        guards=[well_formed_host, counted, few_parameters],
        before_request=_taken_at_its_word,
        before_send=[tell],
        lifespan=[lifespan],
        request_max_body_size=settings.max_body_bytes,
        response_headers=DEFAULTS,
        openapi_config=None,
        # The process decides how it logs: Litestar would take the root logger over.
        logging_config=None,
    )
    app.state.surfaces = SURFACES
    room_bytes = max(ROOM_BYTES, 2 * settings.max_body_bytes)
    methods = {route.path_format: frozenset(route.methods) for route in app.routes if isinstance(route, HTTPRoute)}
    served = EveryMethod(BodyDeadline(app.asgi_handler, room_bytes=room_bytes), methods)
    doors = tuple(door for surface in SURFACES for door in surface.doors)
    app.asgi_handler = ForEveryOrigin(HeadAsGet(served), doors)
    return app


async def _taken_at_its_word(request: HttpRequest) -> None:
    """Refuse what could be read in two ways, after the guards: who may not ask is not told what of it is wrong."""
    sent_once(request)
    times_as_written(request)
    await read_form(request)
    await taken_at_its_word(request)


async def _publishing(gateway: Gateway) -> None:
    """Publish status lists that are due, for ever; a failure waits for the next turn."""
    while True:
        try:
            await gateway.publish()
        except GatewayError as error:
            log.warning("status lists were not published: %s", error)
        await asyncio.sleep(PUBLISH_EVERY_S)


async def _delivering(gateway: Gateway) -> None:
    """Send webhooks, for ever."""
    await gateway.webhooks.deliver()


async def _going_on(work: Callable[[Gateway], Coroutine[None, None, None]], gateway: Gateway) -> None:
    """Keep a timer alive: one that ends over a fault of ours is begun anew, with the fault in the log."""
    while True:
        timer = asyncio.create_task(work(gateway))
        try:
            await asyncio.wait([timer])
        finally:
            timer.cancel()
        log.error("a timer ended and begins anew", exc_info=timer.exception())
        await asyncio.sleep(AGAIN_S)


async def _watching(gateway: Gateway) -> None:
    """Look at sources that are due, for ever; other processes on the same store take the others."""
    is_full = False
    while True:
        await asyncio.sleep(0 if is_full else WATCH_EVERY_S)
        is_full = False
        try:
            done = await gateway.watching.watch()
        except GatewayError as error:
            log.warning("sources were not looked at again: %s", error)
            continue
        is_full = done.is_full
        for reason in done.failed:
            log.warning("a source could not be looked at again: %s", reason)


async def _forgetting(gateway: Gateway) -> None:
    """Forget what is over, for ever."""
    while True:
        for forget in (gateway.test_aids.forget_over, gateway.forget_lapsed):
            try:
                await forget()
            except GatewayError as error:
                log.warning("what is over was not forgotten: %s", error)
        await asyncio.sleep(FORGET_EVERY_S)


_TIMERS = (_publishing, _watching, _delivering, _forgetting)


def app() -> Litestar:
    """The application of this environment, as a server's factory."""
    return create_app(settings_from(os.environ))
