"""What goes over the wire, as 1EdTech's OpenAPI has it.

Source: ``imsob_v2p1.json``; names of the schemas there in the docstrings.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from gateway.http.badge_connect.status import Status

CONTEXT = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld"
OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"

NULL = msgspec.Raw(b"null")

Texts = str | list[str]


class BadgeConnectAPI(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``BadgeConnectAPIDType``."""

    name: str
    image: str
    api_base: str
    version: str
    terms_of_service_url: str
    privacy_policy_url: str
    scopes_offered: tuple[str, ...]
    registration_url: str
    authorization_url: str
    token_url: str
    token_revocation_url: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``ManifestDType``; its schema forgot the ``@context`` of the specification's own example."""

    context: str = msgspec.field(name="@context")
    id: str
    badge_connect_api: tuple[BadgeConnectAPI, ...] = msgspec.field(name="badgeConnectAPI")


class AssertionPayload(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``AssertionPayloadDType``: one of the two; with both, ``assertion`` is ignored. Either may be null.

    Attributes:
        assertion: A JSON object; kept byte for byte.
        signed_assertion: A compact JWS.
    """

    assertion: msgspec.Raw = NULL
    signed_assertion: Annotated[str, msgspec.Meta(max_length=1_048_576)] | None = None


class AssertionsResponse(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``AssertionsResponseDType``: as every issuer wrote it."""

    status: Status
    assertions: tuple[msgspec.Raw, ...]
    signed_assertions: tuple[str, ...]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """``ProfileDType``: a Profile of Open Badges 2.0 with what its owner has confirmed.

    Attributes:
        email, url, telephone: One text, or several; left out when there is none.
    """

    context: str = msgspec.field(name="@context")
    id: str
    type: str = "Profile"
    email: Texts | UnsetType = UNSET
    url: Texts | UnsetType = UNSET
    telephone: Texts | UnsetType = UNSET


class ProfileResponse(msgspec.Struct, frozen=True, kw_only=True):
    """``ProfileResponseDType``."""

    status: Status
    profile: Profile


_Address = Annotated[str, msgspec.Meta(max_length=254)]


class AddedIdentifiers(msgspec.Struct, frozen=True, kw_only=True):
    """What POST /profile takes of a ``ProfileDType``: identifier properties to add. Others may stand beside them."""

    email: _Address | Annotated[list[_Address], msgspec.Meta(max_length=10)] | None = None
