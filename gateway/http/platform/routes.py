"""The routes by which a platform is managed, and the flows that their handlers ask for."""

from litestar.di import Provide

from gateway.http.platform.installation import InstallationController
from gateway.http.platform.keys import ApiKeyController, SigningKeyController
from gateway.http.platform.members import MemberController
from gateway.http.platform.settings import AuditController, PlatformController
from gateway.http.provided import flow

ROUTES = (
    PlatformController,
    MemberController,
    ApiKeyController,
    SigningKeyController,
    AuditController,
    InstallationController,
)

DEPENDENCIES: dict[str, Provide] = {
    "show_platform": flow("tenancy.show"),
    "list_platforms": flow("tenancy.list"),
    "make_platform": flow("tenancy.make"),
    "change_platform": flow("tenancy.change"),
    "list_members": flow("tenancy.list_members"),
    "add_member": flow("tenancy.add_member"),
    "change_member": flow("tenancy.change_member"),
    "remove_member": flow("tenancy.remove_member"),
    "list_api_keys": flow("tenancy.list_api_keys"),
    "make_key": flow("tenancy.make_key"),
    "revoke_key": flow("tenancy.revoke_key"),
    "list_signing_keys": flow("tenancy.list_signing_keys"),
    "rotate_key": flow("tenancy.rotate_key"),
    "list_memberships": flow("tenancy.list_memberships"),
    "act": flow("tenancy.act"),
    "read_trail": flow("tenancy.read_trail"),
}
