"""A web in memory: the Fetch port without a network."""

import datetime as dt
import mimetypes
from pathlib import Path

import msgspec

from gateway.errors import NoDocument, Unreachable
from gateway.ports import Fetched

MEDIA_TYPES = {".json": "application/json", ".jsonld": "application/ld+json", ".svg": "image/svg+xml"}


class SimulatedWeb:
    """Serves what was published and raises Unreachable for all else, as the real edge does.

    Attributes:
        requests: Every URL that was asked for, in order, without its fragment.
        at: The time that each answer bears.
    """

    def __init__(self, at: dt.datetime = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)) -> None:
        self.at = at
        self.requests: list[str] = []
        self._published: dict[str, Fetched] = {}
        self._kept: dict[str, Fetched] = {}

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        del accept
        address = url.partition("#")[0]
        self.requests.append(address)
        if address in self._kept and not fresh:
            return self._kept[address]
        if address not in self._published:
            raise Unreachable(f"{address}: no connection could be made")
        found = self._published[address]
        if found.status not in {200, 410}:
            raise (NoDocument if found.status == 404 else Unreachable)(f"{address}: answered {found.status}")
        return msgspec.structs.replace(found, at=self.at)

    def publish(self, url: str, body: bytes, media_type: str = "application/json", status: int = 200) -> None:
        """Serve ``body`` at ``url`` from now on."""
        self._published[url] = Fetched(url=url, status=status, body=body, media_type=media_type, at=self.at)

    def publish_folder(self, origin: str, folder: Path) -> tuple[str, ...]:
        """Publish every file of a folder under ``origin``, at its path within; return the URLs."""
        urls = []
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            url = f"{origin.rstrip('/')}/{file.relative_to(folder).as_posix()}"
            media_type = MEDIA_TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or ""
            self.publish(url, file.read_bytes(), media_type)
            urls.append(url)
        return tuple(urls)

    def gone(self, url: str) -> None:
        """Answer 410 at ``url`` from now on: what was there is revoked."""
        self.publish(url, b"", "", status=410)

    def absent(self, url: str) -> None:
        """Answer 404 at ``url`` from now on: the host says that there is no such document."""
        self.publish(url, b"", "", status=404)

    def body(self, url: str) -> bytes:
        """What is served at ``url`` now."""
        return self._published[url].body

    def redirect(self, url: str, to: str) -> None:
        """Answer at ``url`` with what ``to`` serves, as after a redirect."""
        self._published[url] = self._published[to]

    def keep(self, url: str, at: dt.datetime) -> None:
        """Go on answering what is served at ``url`` now, as fetched then, unless a fresh answer is asked for."""
        self._kept[url] = msgspec.structs.replace(self._published[url], at=at)

    def unreachable(self, url: str) -> None:
        """Take away what was published at ``url``."""
        self._published.pop(url, None)
