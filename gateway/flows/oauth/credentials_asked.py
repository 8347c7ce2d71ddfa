"""Which credentials a wallet asks for, of the authorization server: by scopes or in detail."""

from typing import Annotated

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import check_names
from gateway.flows.oauth.refusals import InvalidAuthorizationDetails
from gateway.records.offers import Configuration

DETAILS_TYPE = "openid_credential"
MOST_DETAILS = 20

CONFIGURATIONS: tuple[str, ...] = tuple(map(str, Configuration))
"""The scopes of credentials (OpenID4VCI 1.0 section 5.1.2)."""

Name = Annotated[str, msgspec.Meta(max_length=200)]


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is asked for in detail; further members (``claims``) are ignored.

    Attributes:
        locations: Identifiers of the credential issuers it is for; where several share a server, ours is among them.

    Source: OpenID4VCI 1.0 section 5.1.1, RFC 9396 section 2.
    """

    type: Name
    credential_configuration_id: Name = ""
    locations: Annotated[list[Annotated[str, msgspec.Meta(max_length=2000)]], msgspec.Meta(max_length=10)] = []


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to a detail (OpenID4VCI 1.0 section 6.2).

    Attributes:
        credential_identifiers: What the wallet asks the credential endpoint for: there is one credential of a
            configuration in an offer, so that the configuration names it.
    """

    type: str
    credential_configuration_id: str
    credential_identifiers: tuple[str, ...]


class CredentialsAsked(msgspec.Struct, frozen=True):
    """Credentials that are asked for.

    Attributes:
        configurations: Each once; () when no credential is asked for.
        detailed: Whether any was asked for in detail, so that the answer has to repeat it in detail.
    """

    configurations: tuple[Configuration, ...] = ()
    detailed: bool = False


def credentials_asked(scopes: tuple[str, ...], details: str, issuer: str) -> CredentialsAsked:
    """What is asked for by scopes, in detail, or both (OpenID4VCI 1.0 section 5.1.2 has both count).

    Args:
        scopes: Others than those of credentials are left to whom they concern.
        details: The parameter ``authorization_details``, "" when there was none.
        issuer: Our identifier as a credential issuer.

    Raises:
        InvalidAuthorizationDetails: The details are malformed, of another type, of a configuration that there is not,
            or for another issuer.
    """
    by_scope = [Configuration(scope) for scope in scopes if scope in CONFIGURATIONS]
    in_detail = [_configuration(detail, issuer) for detail in _details(details)] if details else []
    return CredentialsAsked(tuple(dict.fromkeys((*by_scope, *in_detail))), detailed=bool(in_detail))


def given(configurations: tuple[Configuration, ...]) -> tuple[Given, ...]:
    """The answer to details."""
    return tuple(
        Given(type=DETAILS_TYPE, credential_configuration_id=each.value, credential_identifiers=(each.value,))
        for each in configurations
    )


def narrowed(offered: tuple[Configuration, ...], asked: tuple[Configuration, ...]) -> tuple[Configuration, ...]:
    """Those of ``offered`` that are asked for, all when none is named; () when there is none of them."""
    return tuple(each for each in offered if each in asked) if asked else offered


def _details(text: str) -> list[Detail]:
    try:
        sent = text.encode("utf-8", "surrogatepass")
        details = msgspec.json.decode(sent, type=list[Detail])
        check_names(sent)
    except (msgspec.DecodeError, Malformed, UnicodeDecodeError, RecursionError) as error:
        raise InvalidAuthorizationDetails(f"authorization_details cannot be read: {error}") from error
    if not 1 <= len(details) <= MOST_DETAILS:
        raise InvalidAuthorizationDetails(f"authorization_details holds 1 to {MOST_DETAILS} objects")
    return details


def _configuration(detail: Detail, issuer: str) -> Configuration:
    if detail.type != DETAILS_TYPE:
        raise InvalidAuthorizationDetails(f"authorization_details: the only type is {DETAILS_TYPE}")
    if detail.locations and issuer not in detail.locations:
        raise InvalidAuthorizationDetails(f"authorization_details: the only location is {issuer}")
    if detail.credential_configuration_id not in CONFIGURATIONS:
        raise InvalidAuthorizationDetails(
            f"authorization_details: credential_configuration_id is one of {', '.join(CONFIGURATIONS)}"
        )
    return Configuration(detail.credential_configuration_id)
