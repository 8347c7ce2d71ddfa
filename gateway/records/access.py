"""What an API key may do: scopes of the native API, and the roles that are bundles of them."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that may be allowed to an API key or a client."""

    CREDENTIALS_READ = "credentials.read"
    CREDENTIALS_ISSUE = "credentials.issue"
    CREDENTIALS_REVOKE = "credentials.revoke"
    WEBHOOKS_MANAGE = "webhooks.manage"
    PLATFORM_MANAGE = "platform.manage"
    AUDIT_READ = "audit.read"
    INSTALLATION_MANAGE = "installation.manage"


EVERY_SCOPE = frozenset(Scope) - {Scope.INSTALLATION_MANAGE}
"""All that can be done for one platform; to manage the others is given by name alone."""


class Role(StrEnum):
    """What a member may do for a platform."""

    OWNER = "owner"
    ISSUER = "issuer"
    READER = "reader"


SCOPES_OF = {
    Role.OWNER: EVERY_SCOPE,
    Role.ISSUER: frozenset({Scope.CREDENTIALS_READ, Scope.CREDENTIALS_ISSUE, Scope.CREDENTIALS_REVOKE}),
    Role.READER: frozenset({Scope.CREDENTIALS_READ}),
}
