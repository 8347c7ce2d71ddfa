"""Who may use the test aids: the twin of a platform, and nobody else."""

from gateway.errors import GatewayError
from gateway.flows.convert import Caller
from gateway.records.tenants import is_twin


class TestOnly(GatewayError):
    """The operation is there for test keys alone."""

    code = "test-only"


def require_twin(caller: Caller) -> str:
    """Return the platform of the caller, which is a twin for tests.

    Raises:
        TestOnly: It is none.
    """
    if not is_twin(caller.platform):
        raise TestOnly(
            "this operation is for keys of test mode alone",
            fix=(
                "use a key that begins with bgk_test_: an owner makes one on the platform's page, "
                "whoever runs the gateway with badge-gateway api-keys add --test"
            ),
        )
    return caller.platform
