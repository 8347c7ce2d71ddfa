"""Wires the native API of platforms: issue, find, export, and take back."""

import secrets
from collections.abc import Callable

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.erasure import StoredErasures
from gateway.edges.records import StoredRecords
from gateway.edges.states import StoredStates
from gateway.flows.convert import Convert
from gateway.flows.erase import Erase
from gateway.flows.export import Export
from gateway.flows.extend import Extend
from gateway.flows.issue import SALT_BYTES, Issue
from gateway.flows.publish import Publish
from gateway.flows.reinstate import Reinstate
from gateway.flows.revoke import Revoke
from gateway.flows.search import SearchRecords
from gateway.flows.show import Show
from gateway.flows.suspend import Suspend
from gateway.flows.vc_api.issue_credential import IssueCredential
from gateway.flows.vc_api.named import Named


class Native(msgspec.Struct, frozen=True, kw_only=True):
    """What platforms do with credentials beside converting badges."""

    issue: Issue
    issue_credential: IssueCredential
    extend: Extend
    export: Export
    search: SearchRecords
    revoke: Revoke
    suspend: Suspend
    reinstate: Reinstate
    erase: Erase


def native(
    database: Database,
    envelope: Envelope,
    *,
    convert: Convert,
    publish: Publish,
    show: Show,
    new_id: Callable[[], str],
) -> Native:
    """Everything of the native API, over this store."""
    clock, records, states = convert.clock, StoredRecords(database, envelope), StoredStates(database)
    issue = Issue(
        clock=clock,
        prepare=convert.prepare,
        seal=convert.seal,
        credentials=convert.credentials,
        permit=convert.permit,
        new_id=new_id,
        new_salt=lambda: secrets.token_bytes(SALT_BYTES),
        secret=envelope.derived("issuances"),
    )
    ids = envelope.derived("ids of credentials")
    issue_credential = IssueCredential(
        clock=clock,
        prepare=convert.prepare,
        seal=convert.seal,
        credentials=convert.credentials,
        permit=convert.permit,
        named=Named(records, convert.credentials, show.forms, convert.prepare.identities, show.tombstones, ids),
        new_id=new_id,
        secret=ids,
    )
    return Native(
        issue=issue,
        issue_credential=issue_credential,
        extend=Extend(records, convert, issue, issue_credential),
        export=Export(records, show),
        search=SearchRecords(records, envelope.derived("cursors")),
        revoke=Revoke(clock, records, states, publish),
        suspend=Suspend(clock, records, states, publish),
        reinstate=Reinstate(clock, records, states, publish),
        erase=Erase(clock, records, StoredErasures(database, envelope), publish),
    )
