"""A web with a few pages put over it: what is about to be released, seen as if it were already served."""

import datetime as dt
from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.flows.bake import achievement_page
from gateway.issuing.addresses import Addresses
from gateway.ports import Fetch, Fetched
from gateway.records import Intent, Securing


@dataclass(frozen=True, slots=True)
class Overlay:
    """Implements ``Fetch``: ``pages`` first, then the web."""

    fetch: Fetch
    pages: dict[str, Fetched]

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return the page put over ``url``, else what the web says."""
        page = self.pages.get(url)
        return page if page is not None else await self.fetch(url, accept=accept, fresh=fresh)

    @classmethod
    def with_form(cls, fetch: Fetch, addresses: Addresses, intent: Intent, signed: bytes, at: dt.datetime) -> "Overlay":
        """Put a form that is not released yet over its own addresses; only OB 2.0 is looked up by address."""
        if intent.format is not Format.OPEN_BADGES_2:
            return cls(fetch, {})
        pages = {addresses.badge(intent.id): achievement_page(intent)}
        if intent.securing is Securing.HOSTED:
            pages[addresses.issued(intent.id)] = signed
        return cls(fetch, {url: _page(url, body, at) for url, body in pages.items()})


def _page(url: str, body: bytes, at: dt.datetime) -> Fetched:
    return Fetched(url=url, status=200, body=body, media_type="application/ld+json", at=at)
