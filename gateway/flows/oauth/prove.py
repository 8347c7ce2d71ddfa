"""Who asks at the token endpoint (RFC 6749 section 2.3)."""

import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote_plus

from gateway.flows.oauth.leniencies import secret_in_the_body
from gateway.flows.oauth.refusals import InvalidClient, InvalidRequest
from gateway.ports.oauth import Clients
from gateway.records.oauth import Client

_NOBODY = bytes(32)


@dataclass(frozen=True, slots=True)
class Prove:
    """What a client shows to the client."""

    clients: Clients

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> Client:
        """Return the client that has shown its secret, or has none to show.

        Args:
            authorization: The header, "" when there was none.
            form: The parameters of the body.

        Raises:
            InvalidClient: It is unknown or its secret is wrong; the same answer for both.
            InvalidRequest: It showed itself in two ways at once.
        """
        named, secret = form.get("client_id", ""), form.get("client_secret", "")
        basic = authorization != ""
        if basic:
            if secret:
                raise InvalidRequest("a client shows its secret in the header or in the body, not in both")
            shown, secret = _basic(authorization)
            if named not in ("", shown):
                raise InvalidRequest("client_id of the body is not the client of the header")
            named = shown
        client = await self.clients.find(named) if named else None
        digest = sha256(secret.encode("utf-8", "surrogatepass")).digest()
        right = hmac.compare_digest(digest, (client and client.secret_sha256) or _NOBODY)
        if client is None:
            raise InvalidClient("the client is unknown or its secret is wrong")
        if client.secret_sha256 is None and not secret and not basic:
            return client
        if not right or not (basic or secret_in_the_body(client, form.get("grant_type", ""))):
            raise InvalidClient("the client is unknown or its secret is wrong")
        return client


def _basic(authorization: str) -> tuple[str, str]:
    """Id and secret of Basic credentials, which RFC 6749 section 2.3.1 wants form-encoded.

    Ours are of unreserved characters, so that a client that does not encode them sends the same.
    """
    scheme, _, credentials = authorization.partition(" ")
    try:
        decoded = b64decode(credentials.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
    except (NotBase64, ValueError) as error:
        raise InvalidClient("the Authorization header holds no Basic credentials") from error
    shown, colon, secret = decoded.partition(":")
    if not colon:
        raise InvalidClient("the Authorization header holds no Basic credentials")
    return unquote_plus(shown), unquote_plus(secret)
