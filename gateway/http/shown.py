"""How the pages of a platform are answered: what was found, under the suffix that was asked for."""

from typing import Annotated

from litestar import Response
from litestar.params import PathParameter

from gateway.flows.show import Show, Wanted
from gateway.http.accept import quality
from gateway.http.delivery import OK, HttpRequest, delivered, digested, for_everybody, header, saved_as
from gateway.records.texts import PLATFORM_ID, PLATFORM_ID_CHARACTERS

GONE = 410

PlatformId = Annotated[
    str,
    PathParameter(description="Id of the platform.", pattern=PLATFORM_ID, max_length=PLATFORM_ID_CHARACTERS),
]
Name = Annotated[
    str,
    PathParameter(
        description="Id, with the suffix of a form where there are several.",
        pattern=r"^[A-Za-z0-9_-]{1,64}(\.[a-z]{3,7})?$(?!\n)",
        max_length=70,
    ),
]


async def negotiated(
    request: HttpRequest, show: Show, page: Wanted, offered: dict[str, tuple[str, ...]]
) -> Response[bytes]:
    """The page under the suffix of its name, else under the offered one that the client prefers."""
    if page.suffix:
        return await shown(request, show, page)
    accept = header(request, "Accept")
    suffix = max(offered, key=lambda suffix: max(quality(accept, media_type) for media_type in offered[suffix]))
    return await shown(request, show, Wanted(page.platform, page.kind, page.id, suffix), {"Vary": "Accept"})


async def shown(
    request: HttpRequest, show: Show, page: Wanted, headers: dict[str, str] | None = None
) -> Response[bytes]:
    found = await show(page)
    status = GONE if found.gone else OK
    cache = for_everybody(found.max_age_s)
    sent = {**(headers or {}), **saved_as(found.filename)}
    digest = await digested(found.body)
    return delivered(request, found.body, found.media_type, cache=cache, status=status, headers=sent, digest=digest)


def named(platform: str, kind: str, name: str) -> Wanted:
    name, _, suffix = name.partition(".")
    return Wanted(platform, kind, name, suffix)
