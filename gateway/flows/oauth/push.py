"""Authorization requests that a client sends itself, before the browser comes with a reference (RFC 9126)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

import msgspec

from gateway.flows.oauth.authorise import PARAMETERS, RESOURCE, Authorise, Declined
from gateway.flows.oauth.prove import Prove
from gateway.flows.oauth.refusals import InvalidRequest, UnknownClient
from gateway.ports.offers import Tickets
from gateway.records.tickets import PUSHED_S, UNDERWAY_S, Kind

REFERENCE = "urn:ietf:params:oauth:request_uri:"
ONWARD = "underway:"
"""After ``REFERENCE``: of what a browser goes on with."""

MOST_CHARACTERS = 4000
"""Of a request as the query of an address.

Those of wallets have a few hundred. Whoever pushes without end fills the room that pushed requests have, so that others
are forgotten before their browsers come: the smaller one is, the more of them that takes.
"""

_KEPT = (*PARAMETERS, RESOURCE)


class Pushed(msgspec.Struct, frozen=True):
    """The answer (RFC 9126 section 2.2)."""

    request_uri: str
    expires_in: int


class Request(msgspec.Struct, frozen=True):
    """What was pushed: as a query, and by whom."""

    client: str
    query: str


@dataclass(frozen=True, slots=True)
class Push:
    """An authorization request to a reference to it."""

    prove: Prove
    authorise: Authorise
    tickets: Tickets

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> Pushed:
        """Look at a request as if a browser had brought it, and keep it.

        Args:
            authorization: The header, "" when there was none.
            form: The parameters of the body, each of which came once.

        Raises:
            InvalidClient: The client did not show who it is.
            InvalidRequest: The redirect URI is not registered, the request refers to another one or is too long.
            OAuthRefused: What the browser would have brought back.
        """
        client = await self.prove(authorization, form)
        if form.get("request_uri"):
            raise InvalidRequest("request_uri cannot be pushed")  # RFC 9126 section 2.1
        said = {name: form[name] for name in _KEPT if form.get(name)} | {"client_id": client.id}
        query = urlencode(said)
        if len(query) > MOST_CHARACTERS:
            raise InvalidRequest(f"the request has more than {MOST_CHARACTERS} characters")
        try:
            # As from a query, each character stands for a byte.
            await self.authorise({name: [value.encode().decode("latin-1")] for name, value in said.items()})
        except UnknownClient as error:
            raise InvalidRequest(error.reason) from error
        except Declined as error:
            raise error.refused from error
        kept = msgspec.json.encode(Request(client.id, query))
        return Pushed(REFERENCE + await self.tickets.give(Kind.PUSHED, kept, PUSHED_S), PUSHED_S)


class Recalled(msgspec.Struct, frozen=True):
    """The request that a browser came with.

    Attributes:
        query: Every value of every parameter, each character standing for a byte.
        pushed: Which one of those that were pushed; "" of one that the browser brought itself.
    """

    query: Mapping[str, Sequence[str]]
    pushed: str = ""


@dataclass(frozen=True, slots=True)
class Recall:
    """What a browser comes with to the request that it stands for."""

    tickets: Tickets

    async def __call__(self, query: Mapping[str, Sequence[str]]) -> Recalled | str:
        """Return the request; or, where it was pushed, the query with which the browser goes on.

        The reference is used up when a browser comes with it first. That browser goes on with another one, which holds
        as long as it takes to sign in by a mailed link, and is not used up by looking at the page again: what was
        pushed stands in no address, and nobody changes it (RFC 9126 section 1). All questions of it to one person have
        one code; those of a wallet have one each, as where nothing was pushed.

        Raises:
            InvalidRequest: It is unknown, expired or used, or another client's.
        """
        shown = query.get("request_uri", ())
        if len(shown) != 1 or not shown[0].startswith(REFERENCE):
            return Recalled(query)
        text = shown[0].removeprefix(REFERENCE)
        if text.startswith(ONWARD):
            kept = _own(await self.tickets.look(Kind.UNDERWAY, text.removeprefix(ONWARD)), query)
            return Recalled(parse_qs(kept.query, encoding="latin-1"), text)
        _own(await self.tickets.look(Kind.PUSHED, text), query)
        kept = _own(await self.tickets.take(Kind.PUSHED, text), query)
        onward = await self.tickets.give(Kind.UNDERWAY, msgspec.json.encode(kept), UNDERWAY_S)
        return urlencode({"client_id": kept.client, "request_uri": f"{REFERENCE}{ONWARD}{onward}"})


def _own(found: bytes | None, query: Mapping[str, Sequence[str]]) -> Request:
    """What was kept, when the browser names the client that pushed it."""
    request = msgspec.json.decode(found, type=Request) if found is not None else None
    if request is None or query.get("client_id", ()) != [request.client]:
        raise InvalidRequest("the request_uri is unknown, expired or used, or another client's")
    return request
