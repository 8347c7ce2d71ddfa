"""A web with a few pages put over it: what is about to be released, seen as if it were already served."""

import datetime as dt
from dataclasses import dataclass

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
        """Put a form that is not released yet over its own address, where it is looked up by that."""
        if intent.securing is not Securing.HOSTED:
            return cls(fetch, {})
        url = addresses.issued(intent.id)
        page = Fetched(url=url, status=200, body=signed, media_type="application/ld+json", at=at)
        return cls(fetch, {url: page})
