"""What a program does with the generated clients, typed; its line is a job, its answer what it found.

Runs in an environment of its own (tests/interop/oracles.py), where mypy reads it together with the clients. The job is
{"address", "key", "badge", "award", "received"}: of a gateway, an API key, a badge and plain data in JSON, and the
address of an endpoint.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any, TypeVar  # Any: what comes from JSON

from gateway_client import AuthenticatedClient  # type: ignore[import-not-found]  # made for the test that asks
from gateway_client.api.credentials import (  # type: ignore[import-not-found]
    convert_badge,
    issue_credential,
    list_credentials,
    revoke_credential,
    show_credential,
)
from gateway_client.api.examination import inspect_badge, verify_badge  # type: ignore[import-not-found]
from gateway_client.api.webhooks import create_webhook, list_webhooks, remove_webhook  # type: ignore[import-not-found]
from gateway_client.models import (  # type: ignore[import-not-found]
    Conversion,
    ConvertBadgeJsonBodyType0,
    Description,
    InspectBadgeJsonBodyType0,
    Inspection,
    MadeEndpoint,
    NewWebhook,
    PlainAward,
    Problem,
    Reason,
    RecordList,
    Verification,
    VerifyBadgeJsonBodyType0,
    WebhookList,
    Written,
)
from oauth_client import AuthenticatedClient as Anybody  # type: ignore[import-not-found]
from oauth_client.api.clients import issue_token, register_client  # type: ignore[import-not-found]
from oauth_client.api.discovery import oauth_metadata  # type: ignore[import-not-found]
from oauth_client.models import (  # type: ignore[import-not-found]
    IssueTokenBody,
    Metadata,
    OAuthError,
    Registered,
    ServerMetadata,
)

Kind = TypeVar("Kind")
NO_RECORD = "00000000-0000-4000-8000-000000000000"
PAGE = 2
FORMATS = [Written.OPEN_BADGES_3]


def of(kind: type[Kind], answer: object) -> Kind:
    """An answer, when it is of this kind."""
    if not isinstance(answer, kind):
        raise TypeError(f"no {kind.__name__}: {answer}")
    return answer


def examined(client: AuthenticatedClient, badge: dict[str, Any]) -> dict[str, object]:
    """Ask what a badge is, and whether it is what it claims to be."""
    known = of(Inspection, inspect_badge.sync(client=client, body=InspectBadgeJsonBodyType0.from_dict(badge)))
    checked = of(Verification, verify_badge.sync(client=client, body=VerifyBadgeJsonBodyType0.from_dict(badge)))
    return {"format": str(known.format_), "outcome": str(checked.outcome)}


def converted(client: AuthenticatedClient, badge: dict[str, Any]) -> dict[str, object]:
    """Convert it, look at what was made, and take that back."""
    wish = ConvertBadgeJsonBodyType0.from_dict(badge)
    answer = convert_badge.sync_detailed(client=client, body=wish, to=FORMATS)
    record = of(Conversion, answer.parsed).record
    shown = of(Description, show_credential.sync(record.id, client=client))
    ended = of(Description, revoke_credential.sync(record.id, client=client, body=Reason(reason="Awarded by mistake")))
    return {"status": int(answer.status_code), "states": [str(shown.state), str(ended.state)], "record": record.id}


def listed(client: AuthenticatedClient, award: dict[str, Any], number: int) -> dict[str, object]:
    """Issue some, and go through all that are there, page by page."""
    issued = [
        of(Conversion, issue_credential.sync(client=client, body=PlainAward.from_dict(award), to=FORMATS))
        for _ in range(number)
    ]
    return {"issued": [each.record.id for each in issued], "pages": list(pages(client))}


def pages(client: AuthenticatedClient) -> Iterator[list[str]]:
    """The ids of all records, newest first."""
    after = ""
    while True:
        page = of(RecordList, list_credentials.sync(client=client, limit=PAGE, after=after))
        yield [each.id for each in page.records]
        after = page.next_ or ""
        if not after:
            return


def told(client: AuthenticatedClient, url: str) -> dict[str, object]:
    """Register an endpoint, find it, and remove it."""
    made = of(MadeEndpoint, create_webhook.sync(client=client, body=NewWebhook(url=url)))
    found = of(WebhookList, list_webhooks.sync(client=client))
    gone = remove_webhook.sync_detailed(made.webhook.id, client=client)
    return {"secret": made.secret[:6], "found": [each.url for each in found.webhooks], "gone": int(gone.status_code)}


def refused(client: AuthenticatedClient, address: str) -> list[str]:
    """Ask for what is not there, as somebody whom nobody knows, and too much."""
    stranger = AuthenticatedClient(base_url=address, token="bgk_live_nobody")
    answers = (
        show_credential.sync(NO_RECORD, client=client),
        list_credentials.sync(client=stranger),
        list_credentials.sync(client=client, limit=1000),
    )
    problems = [of(Problem, answer) for answer in answers]
    return [f"{each.status} {each.code} {each.parameter or ''}".strip() for each in problems]


def authorised(address: str) -> dict[str, object]:
    """Find the authorization server, register, and ask for a token in vain."""
    # The generator asks for a key where none is needed (`security: [{}]`): this one shows none.
    client = Anybody(base_url=address, token="*/*", prefix="", auth_header_name="Accept")
    server = of(ServerMetadata, oauth_metadata.sync(client=client))
    at = "https://transcripts.example"
    wish = Metadata(
        client_name="Transcripts",
        client_uri=at,
        logo_uri=f"{at}/logo.png",
        tos_uri=f"{at}/terms",
        policy_uri=f"{at}/privacy",
        software_id="transcripts",
        software_version="1",
        redirect_uris=[f"{at}/done"],
    )
    registered = of(Registered, register_client.sync(client=client, body=wish))
    unknown = IssueTokenBody(grant_type="client_credentials", client_id="nobody", client_secret="none")
    error = of(OAuthError, issue_token.sync(client=client, body=unknown))
    return {"issuer": server.issuer, "client": bool(registered.client_id), "error": error.error}


def main() -> None:
    """Do the job, and say what came of it."""
    job = json.load(sys.stdin)
    client = AuthenticatedClient(base_url=job["address"], token=job["key"], raise_on_unexpected_status=True)
    found = {
        "examined": examined(client, job["badge"]),
        "converted": converted(client, job["badge"]),
        "listed": listed(client, job["award"], 3),
        "told": told(client, job["received"]),
        "refused": refused(client, job["address"]),
        "authorised": authorised(job["address"]),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
