"""The line from bytes to signed forms, wired."""

from collections.abc import Callable

from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.issued import StoredIssuedCount
from gateway.edges.platforms import StoredPlatforms
from gateway.flows.convert import Convert
from gateway.flows.permit import Permit
from gateway.flows.prepare import Prepare
from gateway.flows.publish import Publish
from gateway.flows.seal import Seal
from gateway.flows.share import Share
from gateway.flows.show import Show
from gateway.flows.verify import Verify
from gateway.ports import Clock, Fetch, Keys
from gateway.records import Algorithm
from gateway.settings import Settings


def converting(
    settings: Settings,
    database: Database,
    envelope: Envelope,
    fetch: Fetch,
    show: Show,
    verify: Verify,
    publish: Publish,
    new_id: Callable[[], str],
) -> Convert:
    """What converts, over this store, with the clock and the keys of what publishes."""
    clock, keys = publish.clock, publish.keys
    credentials = StoredCredentials(database, envelope)
    return Convert(
        clock=clock,
        verify=verify,
        prepare=Prepare(
            identities=show.identities,
            keys=keys,
            status_lists=show.status_lists,
            new_id=new_id,
            vc_jwt_algorithm=Algorithm(settings.vc_jwt_algorithm),
            publish=publish,
            share=Share(show.achievements, envelope.derived("achievements")),
        ),
        seal=Seal(
            clock=clock,
            fetch=fetch,
            signer=publish.signer,
            keys=keys,
            credentials=credentials,
            identities=show.identities,
        ),
        credentials=credentials,
        permit=_permission(settings, clock, database, keys),
        new_id=new_id,
        secret=envelope.derived("fingerprints"),
    )


def _permission(settings: Settings, clock: Clock, database: Database, keys: Keys) -> Permit:
    """What every flow that issues asks first."""
    return Permit(
        clock,
        StoredPlatforms(database),
        StoredIssuedCount(database),
        settings.platform_issued_per_day,
        keys,
        settings.public_url,
    )
