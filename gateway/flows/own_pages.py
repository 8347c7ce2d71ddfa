"""Our own addresses, answered from the store: the gateway never calls itself over the network."""

from dataclasses import dataclass

from gateway.errors import NotFound, Unreachable
from gateway.flows.show import Show, wanted
from gateway.ports import Clock, Fetch, Fetched

OK = 200
GONE = 410


@dataclass(frozen=True, slots=True)
class OwnPages:
    """A URL to what our own HTTP surface would serve under it."""

    clock: Clock
    show: Show
    public_url: str

    async def __call__(self, url: str) -> Fetched | None:
        """Return our page, None when the address is not ours.

        Raises:
            Unreachable: The address is ours and serves nothing.
        """
        page = wanted(url, self.public_url) if self.public_url else None
        if page is None:
            return None
        try:
            shown = await self.show(page)
        except NotFound as error:
            raise Unreachable(f"{url}: {error}") from error
        status = GONE if shown.gone else OK
        return Fetched(url=url, status=status, body=shown.body, media_type=shown.media_type, at=self.clock())


@dataclass(frozen=True, slots=True)
class OwnPagesFirst:
    """Implements ``Fetch``: our own pages from the store, everything else from ``web``."""

    own_pages: OwnPages
    web: Fetch

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what ``url`` serves."""
        page = await self.own_pages(url)
        return page if page is not None else await self.web(url, accept=accept, fresh=fresh)
