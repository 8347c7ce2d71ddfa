"""What twins have set up, for the parts that issue: no command but the service needs more of the test aids."""

from gateway.assembly.opened import Edges
from gateway.edges.derived_keys import DerivedKeys
from gateway.edges.trials import StoredTrials
from gateway.flows.test_aids.authorities import TrustedInTrial
from gateway.flows.test_aids.upstream import UpstreamFirst
from gateway.ports import Fetch
from gateway.settings import Settings


def upstream_first(settings: Settings, edges: Edges, web: Fetch) -> UpstreamFirst:
    """The web, and before it the test issuers for their own twins."""
    trials = StoredTrials(edges.database, edges.envelope)
    return UpstreamFirst(web, trials, test_keys(edges), edges.clock, settings.fetch_timeout_s)


def trusted_in_trial(edges: Edges) -> TrustedInTrial:
    """The test authority of each twin, for itself alone."""
    return TrustedInTrial(test_keys(edges))


def test_keys(edges: Edges) -> DerivedKeys:
    """The keys of test issuers and test authorities."""
    return DerivedKeys(edges.envelope.derived("test issuers"))
