"""What a client says of itself to a registered client (RFC 7591)."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import check_names
from gateway.apart import apart
from gateway.flows.oauth import redirects
from gateway.flows.oauth.credentials_asked import CONFIGURATIONS
from gateway.flows.oauth.leniencies import one_value_for_a_list, scope_tokens
from gateway.flows.oauth.names import fault_of
from gateway.flows.oauth.refusals import InvalidClientMetadata, InvalidRedirectUri
from gateway.flows.oauth.scopes import OFFERED, known
from gateway.ports import Clock
from gateway.ports.oauth import Clients
from gateway.records.oauth import CLIENT_PREFIX, SECRET_PREFIX, Client, ClientAuthentication, GrantType
from gateway.records.people import PEOPLE

MAX_REDIRECT_URIS = 10
CLIENT_BYTES, SECRET_BYTES = 16, 32

Text = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(max_length=300)]
Address = Annotated[str, msgspec.Meta(max_length=redirects.MAX_CHARACTERS)]
Words = Annotated[str, msgspec.Meta(max_length=2000)]
Several = Annotated[list[Address], msgspec.Meta(max_length=MAX_REDIRECT_URIS)]


class Metadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a client says of itself; members that are not here are ignored (RFC 7591 section 2).

    Nothing in it decides who the client is or what is its tenant: ``client_id`` and the like are given, never taken.

    Attributes:
        logo_uri: Kept nowhere and never fetched: a picture that a stranger chose would say who asks.
    """

    redirect_uris: Address | Several = ""
    token_endpoint_auth_method: Text = ClientAuthentication.BASIC.value
    grant_types: Text | Several = GrantType.AUTHORIZATION_CODE.value
    response_types: Text | Several = "code"
    client_name: Name = ""
    client_uri: Address = ""
    logo_uri: Address = ""
    scope: Words = ""
    contacts: Text | Several = ""
    tos_uri: Address = ""
    policy_uri: Address = ""
    software_id: Text = ""
    software_version: Text = ""


class Registered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The client information response (RFC 7591 section 3.2.1): what was registered, with what was given.

    Attributes:
        client_secret: Shown this once; a public client has none.
        client_secret_expires_at: 0: it does not.
    """

    client_id: str
    client_id_issued_at: int
    redirect_uris: tuple[str, ...]
    token_endpoint_auth_method: str
    grant_types: tuple[str, ...]
    response_types: tuple[str, ...]
    scope: str
    client_secret: str | msgspec.UnsetType = msgspec.UNSET
    client_secret_expires_at: int | msgspec.UnsetType = msgspec.UNSET
    client_name: str = ""
    client_uri: str = ""
    logo_uri: str = ""
    contacts: tuple[str, ...] = ()
    tos_uri: str = ""
    policy_uri: str = ""
    software_id: str = ""
    software_version: str = ""


TYPICAL = ("client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version")
"""Members that Open Badges 3.0 section 7.2 and Badge Connect demand of every client, which has a secret there."""

PUBLIC = ClientAuthentication.NONE
_WITHOUT = (
    "a client on a person's own device, without a secret, says token_endpoint_auth_method: none; it needs no more than "
    "redirect_uris and client_name"
)
_ADDRESSES = ("client_uri", "logo_uri", "tos_uri", "policy_uri")
_SELF_REGISTERED = (GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)


@dataclass(frozen=True, slots=True)
class Register:
    """Metadata in JSON to a client of people."""

    clock: Clock
    clients: Clients
    development: bool

    async def __call__(self, body: bytes) -> Registered:
        """Register a client; nobody has to be asked first (Open Badges 3.0 section 7.2).

        Raises:
            InvalidRedirectUri: A redirect URI is missing, or is one that no browser is sent to.
            InvalidClientMetadata: Another member is missing or cannot be as it is.
        """
        metadata = await apart(len(body), _decoded, body)
        uris = one_value_for_a_list(metadata.redirect_uris)
        authentication = _authentication(metadata)
        _check_complete(metadata, uris, authentication)
        self._check_redirects(uris, authentication)
        _check_members(metadata, uris, self.development)
        secret = "" if authentication is PUBLIC else SECRET_PREFIX + _random(SECRET_BYTES)
        client = Client(
            id=CLIENT_PREFIX + _random(CLIENT_BYTES),
            platform=PEOPLE,
            name=metadata.client_name,
            authentication=authentication,
            secret_sha256=sha256(secret.encode()).digest() if secret else None,
            redirect_uris=uris,
            grant_types=_grant_types(metadata),
            scopes=_scopes(metadata),
            created=self.clock(),
            client_uri=metadata.client_uri,
            tos_uri=metadata.tos_uri,
            policy_uri=metadata.policy_uri,
        )
        await self.clients.add(client)
        return _registered(client, secret, metadata)

    def _check_redirects(self, uris: tuple[str, ...], authentication: ClientAuthentication) -> None:
        public = authentication is PUBLIC
        for index, uri in enumerate(uris):
            if reason := redirects.fault(uri, public=public, development=self.development):
                raise InvalidRedirectUri(f"redirect_uris {index}: {reason}")


def _decoded(body: bytes) -> Metadata:
    try:
        found = msgspec.json.decode(body, type=Metadata)
        check_names(body)
    except (msgspec.DecodeError, Malformed, UnicodeDecodeError, RecursionError) as error:
        at_fault = InvalidRedirectUri if "redirect_uris" in str(error) else InvalidClientMetadata
        raise at_fault(f"the registration cannot be read: {error}") from error
    return found


def _authentication(metadata: Metadata) -> ClientAuthentication:
    try:
        return ClientAuthentication(metadata.token_endpoint_auth_method)
    except ValueError as error:
        methods = ", ".join(ClientAuthentication)
        raise InvalidClientMetadata(f"token_endpoint_auth_method: it is one of {methods}") from error


def _check_complete(metadata: Metadata, uris: tuple[str, ...], authentication: ClientAuthentication) -> None:
    """All that is missing at once: of Open Badges for clients with a secret, for others what people have to see."""
    wanted = ("client_name",) if authentication is PUBLIC else TYPICAL
    missing = [] if any(uris) else ["redirect_uris"]
    missing += [name for name in wanted if not str(getattr(metadata, name)).strip()]
    if missing:
        at_fault = InvalidClientMetadata if any(uris) else InvalidRedirectUri
        raise at_fault(f"missing: {', '.join(missing)}", fix=_WITHOUT if authentication is not PUBLIC else "")


def _check_members(metadata: Metadata, uris: tuple[str, ...], development: bool) -> None:
    """That nothing that is said misleads people, and that no more is asked for than there is."""
    _check_names(metadata)
    hosts = {found for uri in uris if (found := redirects.host(uri))}
    for name in _ADDRESSES:
        address = str(getattr(metadata, name))
        if address and not development:
            if not redirects.host(address):
                raise InvalidClientMetadata(f"{name}: it is no https address without user information")
            hosts.add(redirects.host(address))
        elif address and redirects.fault(address, public=False, development=True):
            raise InvalidClientMetadata(f"{name}: it is no address of the web")
    if len(hosts) > 1:
        raise InvalidClientMetadata("all addresses of a client have the same host name: " + ", ".join(sorted(hosts)))
    if one_value_for_a_list(metadata.response_types) != ("code",):
        raise InvalidClientMetadata("response_types: only code is given")


def _check_names(metadata: Metadata) -> None:
    for name in ("client_name", "software_id", "software_version"):
        said = str(getattr(metadata, name))
        if said and (reason := fault_of(said)):
            raise InvalidClientMetadata(f"{name}: {reason}")


def _grant_types(metadata: Metadata) -> tuple[GrantType, ...]:
    asked = dict.fromkeys(one_value_for_a_list(metadata.grant_types))
    if not set(asked) <= set(_SELF_REGISTERED) or GrantType.AUTHORIZATION_CODE not in asked:
        raise InvalidClientMetadata("grant_types: authorization_code, and refresh_token beside it, can be registered")
    return tuple(grant for grant in _SELF_REGISTERED if grant in asked)


def _scopes(metadata: Metadata) -> tuple[str, ...]:
    """What may be asked for: of the scopes named, those that exist; all of them when none is named."""
    asked = scope_tokens(metadata.scope)
    if not asked:
        return OFFERED
    found = known(asked, OFFERED + CONFIGURATIONS)
    if not found:
        raise InvalidClientMetadata("scope: none of these exists here; scopes_supported of the metadata has them all")
    return found


def _registered(client: Client, secret: str, metadata: Metadata) -> Registered:
    contacts = one_value_for_a_list(metadata.contacts) if metadata.contacts else ()
    return Registered(
        client_id=client.id,
        client_id_issued_at=int(client.created.timestamp()),
        client_secret=secret or msgspec.UNSET,
        client_secret_expires_at=0 if secret else msgspec.UNSET,
        redirect_uris=client.redirect_uris,
        token_endpoint_auth_method=client.authentication.value,
        grant_types=tuple(map(str, client.grant_types)),
        response_types=("code",),
        client_name=client.name,
        client_uri=client.client_uri,
        logo_uri=metadata.logo_uri,
        scope=" ".join(client.scopes),
        contacts=contacts,
        tos_uri=client.tos_uri,
        policy_uri=client.policy_uri,
        software_id=metadata.software_id,
        software_version=metadata.software_version,
    )


def _random(size: int) -> str:
    """Unreserved characters (RFC 3986 section 2.3) alone: Moodle does not form-encode what it puts into Basic."""
    return secrets.token_urlsafe(size)
