"""The line from bytes to signed forms, wired."""

from collections.abc import Callable

from gateway.assembly.opened import Edges
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.issued import StoredIssuedCount
from gateway.edges.platforms import StoredPlatforms
from gateway.flows.certify import Certify
from gateway.flows.convert import Convert
from gateway.flows.permit import Permit
from gateway.flows.prepare import Prepare
from gateway.flows.publish import Publish
from gateway.flows.rehearse import Rehearse
from gateway.flows.seal import Seal
from gateway.flows.share import Share
from gateway.flows.show import Show
from gateway.flows.verify import Verify
from gateway.issuing.issuance import ElmChoices
from gateway.ports import Clock, Fetch, Keys
from gateway.proofs.jades import TimeMember
from gateway.records import Algorithm
from gateway.settings import Settings


def converting(
    settings: Settings,
    edges: Edges,
    fetch: Fetch,
    show: Show,
    verify: Verify,
    publish: Publish,
    new_id: Callable[[], str],
) -> Convert:
    """What converts, over this store, with the clock and the keys of what publishes."""
    clock, keys, database, envelope = publish.clock, publish.keys, edges.database, edges.envelope
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
            certify=Certify(edges.keys, show.identities),
            elm=ElmChoices(
                version=settings.elm_version,
                country=settings.elm_country or None,
                language=settings.elm_language,
                time_member=TimeMember(settings.seal_time),
            ),
            rehearse=Rehearse(clock, fetch),
        ),
        seal=Seal(
            clock=clock,
            fetch=fetch,
            signer=publish.signer,
            keys=keys,
            credentials=credentials,
            identities=show.identities,
            own_seals=edges.keys,
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
