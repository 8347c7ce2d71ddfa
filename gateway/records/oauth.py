"""What the OAuth 2.0 authorization server stores: clients, what people granted them, codes and tokens."""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.records import Instant

CLIENT_PREFIX = "bgc_"
SECRET_PREFIX = "bgs_"  # noqa: S105
ACCESS_PREFIX = "bga_"
REFRESH_PREFIX = "bgr_"
CODE_PREFIX = "bgo_"
WALLET_CODE_PREFIX = "bgwo_"
WALLET_REFRESH_PREFIX = "bgwr_"
"""How ids of clients and secrets of each kind begin, so that whoever finds one knows what it is and whose."""

ACCESS_LIFE = dt.timedelta(hours=1)
"""``expires_in`` of Open Badges 3.0 section 7 is 3600."""


class ClientAuthentication(StrEnum):
    """How a client proves at the token endpoint who it is (RFC 7591 section 2)."""

    BASIC = "client_secret_basic"
    POST = "client_secret_post"
    NONE = "none"


class GrantType(StrEnum):
    """What a client may show for tokens (RFC 7591 section 2)."""

    AUTHORIZATION_CODE = "authorization_code"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105
    CLIENT_CREDENTIALS = "client_credentials"
    PRE_AUTHORIZED_CODE = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
    """Of wallets, which show no registration for it (OpenID4VCI 1.0 section 6.1)."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A program that was registered: by itself (RFC 7591, for people), or by a platform (for its own servers).

    Attributes:
        id: Public, of unreserved characters (RFC 3986) alone: Moodle does not form-encode it in Basic credentials.
        platform: Whose tokens it gets: ``people`` for all that register themselves.
        secret_sha256: Of the whole secret, 32 bytes; None for a public client.
        scopes: What it may ask for at most.
        client_uri, tos_uri, policy_uri: Addresses for people, as registered; "" where it named none.
        used: When it first got a code or a token; registrations that nobody uses are forgotten.
        expires: From then on it gets no token, and none that it has lives longer; None for never.
        made_by: As in the audit trail; "" where it registered itself.
        member: Id of the member of a platform who made it, or the key that did; it ends with their rights.
    """

    id: str
    platform: str
    name: str
    authentication: ClientAuthentication
    secret_sha256: bytes | None
    redirect_uris: tuple[str, ...]
    grant_types: tuple[GrantType, ...]
    scopes: tuple[str, ...]
    created: Instant
    client_uri: str = ""
    tos_uri: str = ""
    policy_uri: str = ""
    used: Instant | None = None
    expires: Instant | None = None
    made_by: str = ""
    member: str = ""


class Grant(msgspec.Struct, frozen=True):
    """What the bearer of an access token may do.

    Attributes:
        platform: The tenant; ``people`` where a person granted it.
        person: Id of the person who granted it; "" where a client acts for its platform.
        client: Id of the client.
        client_expires: When a platform's own client ends.
        member: By whose membership that client was made; "" for nobody's.
    """

    platform: str
    person: str
    client: str
    scopes: frozenset[str]
    client_expires: Instant | None = None
    member: str = ""


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A person's yes to a client: the head of a family of codes and tokens that end together.

    Attributes:
        scopes: Everything that was said yes to; a token may carry less.
    """

    id: str
    platform: str
    person: str
    client: str
    scopes: tuple[str, ...]
    granted: Instant


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """An authorization code: shown once, by the client that it was made for (RFC 6749 section 4.1.2).

    Attributes:
        sha256: Of the whole code, 32 bytes.
        challenge: PKCE, method S256 (RFC 7636 section 4.2).
        redirect_uri: As the client asked for it, to be repeated exactly at the token endpoint.
    """

    sha256: bytes
    consent: Consent
    redirect_uri: str
    challenge: str
    expires: Instant


class AccessToken(msgspec.Struct, frozen=True, kw_only=True):
    """An access token.

    Attributes:
        sha256: Of the whole token, 32 bytes.
        family: Id of the consent; "" where a client acts for its platform.
    """

    sha256: bytes
    family: str
    grant: Grant
    expires: Instant


class RefreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """A refresh token: exchanged once, for a new one (RFC 9700 section 4.14.2).

    Attributes:
        sha256: Of the whole token, 32 bytes.
        used: When it was exchanged.
    """

    sha256: bytes
    consent: Consent
    expires: Instant
    used: Instant | None = None


class Authorised(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of applications that a person said yes to.

    Attributes:
        granted: When they last said yes.
        scopes: Of every consent that holds, together.
    """

    client: Client
    scopes: tuple[str, ...]
    granted: Instant
