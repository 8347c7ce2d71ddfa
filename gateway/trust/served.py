"""Documents that vouch for others: fetched, read strictly, and only from the host that was asked."""

from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.apart import apart
from gateway.errors import NoDocument, Unreachable
from gateway.trust.addresses import authority
from gateway.trust.subject import OneWeb

GONE = 410

_SERVE = "Serve one JSON object at {}."


class Served(msgspec.Struct, frozen=True):
    """A JSON document as its host served it; ``url`` is the address that was asked."""

    url: str
    document: dict[str, Any]


async def served_json(web: OneWeb, url: str, *, accept: str = "application/json") -> Served:
    """Fetch a JSON object that the address itself vouches for.

    An answer that another host gave, after a redirect, is none: whoever finds an open redirect on an issuer's host
    could otherwise speak for the issuer.

    Raises:
        NoDocument: The host itself says that there is none (404, 410), or serves a page of markup.
        Unreachable: No answer, no JSON object, or the answer of another host.
    """
    body = await served_body(web, url, accept=accept)
    try:
        document = await apart(len(body), strict_json.decode, body)
    except AdapterError as error:
        fix = error.fix or _SERVE.format(url)
        # What begins like a page is none; anything else may be a document that is only spoilt.
        kind = NoDocument if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else Unreachable
        raise kind(f"{url}: no readable JSON: {error.reason}", fix=fix) from error
    if not isinstance(document, dict):
        raise Unreachable(f"{url}: serves JSON that is not an object", fix=_SERVE.format(url))
    return Served(url, document)


async def served_body(web: OneWeb, url: str, *, accept: str) -> bytes:
    """Fetch bytes that the address itself vouches for.

    Raises:
        NoDocument: The host itself says that there is none (404, 410).
        Unreachable: No answer, or the answer of another host.
    """
    answer = await web(url, accept=accept)
    if authority(answer.url) != authority(url):
        raise Unreachable(
            f"{url}: redirected to another host, {answer.url}",
            fix="Use the final address as the id, or serve it there.",
        )
    if answer.status == GONE:
        raise NoDocument(f"{url}: gone (410)", fix="Publish it there again, if it is still to count.")
    return answer.body


def listed(value: Any) -> list[Any]:
    """Return a member that may be absent, one value, or a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def identifier(value: Any) -> str | None:
    """Return the id of a member that is an id or an object with one."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None
