"""The bugs: of every kind that a contract can have, all over the surfaces."""

import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents
from urllib.parse import parse_qs

from tests.fuzz.contract.run import NEVER_SUCCEEDS
from tests.fuzz.planted.planting import Ask, Asked, Bug, Plant, Reply, answers, for_everybody, refuses, says, takes

STATUS, SCHEMA, TYPE = "status_code_conformance", "response_schema_conformance", "content_type_conformance"
HEADERS, AUTH, ANOTHER = "response_headers_conformance", "ignored_auth", "nothing_of_anothers"
TAKEN, REFUSED, FAULT = "positive_data_acceptance", "negative_data_rejection", "not_a_server_error"
PROBLEM = b'{"type":"/problems/bad-request","title":"No","status":400,"code":"bad-request","detail":"no"}'
NOT_GOOD = b'{"error":"invalid_request","error_description":"The request is no good."}'
KNOWN = {"url", "kinds", "description"}
LONGEST = 200
OK, CREATED, NO_CONTENT, BAD_REQUEST, GONE = 200, 201, 204, 400, 410
MODEL, EXAMPLES, RAW = "model", "examples", "raw"
TRACE = b'"Traceback (most recent call last): no"'


def _object(asked: Asked) -> dict[str, Any] | None:
    try:
        said = json.loads(asked.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _only_known(asked: Asked) -> Asked:
    said = _object(asked)
    return asked if said is None else asked.saying({name: said[name] for name in said if name in KNOWN})


def _cut(asked: Asked) -> Asked:
    said = _object(asked)
    if said is None or not isinstance(said.get("name"), str):
        return asked
    return asked.saying({**said, "name": said["name"][:LONGEST]})


def _reader(asked: Asked) -> bool:
    said = _object(asked)
    return said is not None and said.get("role") == "reader"


def _limit(asked: Asked, limit: str) -> bool:
    return parse_qs(asked.query).get("limit") == [limit]


def _without(name: str) -> Callable[[Any], Any]:
    return lambda said: {key: value for key, value in said.items() if key != name}


def _each(whole: str, **members: Any) -> Callable[[Any], Any]:
    return lambda said: {**said, whole: [{**each, **members} for each in said[whole]]}


def _bug(surface: str, operation: str, kind: str, name: str, plant: Plant, found_by: str = SCHEMA) -> Bug:
    return Bug(name=name, kind=kind, surface=surface, operation=operation, found_by=found_by, plant=plant)


def _once_more(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "events": [*said["events"], *said["events"][-1:]]}


def _moved(reply: Reply) -> Reply:
    return reply.with_header(b"location", b"https://badges.example.net/credentials/1")


async def _nothing_removed(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
    """Say that it was done, and do nothing."""
    del owner
    shown = await ask(Asked({**asked.scope, "method": "GET"}, b""))
    return Reply(NO_CONTENT if shown.status == OK else shown.status, shown.headers, b"")


def _pretends(state: str) -> Plant:
    """Say that something became of a credential, and do nothing."""

    async def plant(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
        del owner
        path = asked.scope["path"].rpartition("/")[0]
        shown = await ask(Asked({**asked.scope, "method": "GET", "path": path, "raw_path": path.encode()}, b""))
        return shown.with_json(lambda said: {**said, "state": state})

    return plant


def _no_pointer(reply: Reply) -> Reply:
    if reply.status < BAD_REQUEST:
        return reply
    return reply.with_body(json.dumps({**json.loads(reply.body), "pointer": ""}).encode())


def _none_is_good(reply: Reply) -> Reply:
    return Reply(BAD_REQUEST, reply.headers, b"").with_body(NOT_GOOD) if reply.status == CREATED else reply


def _unerased(reply: Reply) -> Reply:
    return Reply(OK, reply.headers, reply.body) if reply.status == GONE and b"erased" in reply.body else reply


unerased, unwanted = answers(_unerased), answers(_none_is_good)
made = answers(lambda reply: Reply(CREATED, reply.headers, reply.body) if reply.status == OK else reply)
text = answers(lambda reply: reply.with_header(b"content-type", b"text/plain"))
kept = answers(lambda reply: reply.with_header(b"cache-control", None))
largest = refuses(lambda asked: _limit(asked, "500"), 400, PROBLEM)
smallest = refuses(lambda asked: _limit(asked, "1"), 500, PROBLEM.replace(b"400", b"500"))
sniffed = answers(lambda reply: reply.with_header(b"x-content-type-options", None))
traced = refuses(lambda asked: b"Traceback" not in asked.body, 400, PROBLEM.replace(b'"no"', TRACE))
same = answers(lambda reply: reply.with_header(b"etag", b'"1"'))
new = takes(lambda asked: asked.without(b"idempotency-key"))
anybodys, wallets = for_everybody("apiKey"), for_everybody("walletToken")

BY_SCHEMATHESIS = (
    _bug("gateway", "listWebhooks", "wrong status", "a list is answered with 201", made, STATUS),
    _bug("gateway", "showCredential", "missing field", "a record does not say its state", says(_without("state"))),
    _bug("gateway", "listApiKeys", "wrong type", "a time is a number", says(_each("keys", created=1))),
    _bug("gateway", "showOffer", "undocumented value", "an offer is lost", says(lambda x: {**x, "state": "lost"})),
    _bug("gateway", "listPlatforms", "null", "a name is null", says(_each("platforms", name=None))),
    _bug("gateway", "listAudit", "wrong content type", "the trail is plain text", text, TYPE),
    _bug("gateway", "showWebhook", "missing header", "what is secret may be kept", kept, HEADERS),
    _bug("gateway", "listMembers", "auth ignored", "anybody sees the members", anybodys, AUTH),
    _bug("gateway", "showHistory", "tenant leak in show", "a history is anybody's", anybodys, ANOTHER),
    _bug("gateway", "listClients", "tenant leak in list", "clients are anybody's", anybodys, ANOTHER),
    _bug("gateway", "createWebhook", "unknown member", "is left out, not refused", takes(_only_known), REFUSED),
    _bug("gateway", "makeClient", "unbounded string", "a name is cut, not refused", takes(_cut), REFUSED),
    _bug("gateway", "addMember", "valid value refused", "nobody may only read", refuses(_reader, 400, PROBLEM), TAKEN),
    _bug("gateway", "listChanges", "bound off by one", "the largest page is refused", largest, TAKEN),
    _bug("gateway", "listCredentials", "500 on an edge", "a page of one is a fault", smallest, FAULT),
    _bug("gateway", "withdrawOffer", "tenant leak in removal", "anybody withdraws an offer", anybodys, ANOTHER),
    _bug("gateway", "eraseCredential", "tenant leak in removal", "anybody erases a record", anybodys, ANOTHER),
    _bug("gateway", "makeOffer", "tenant leak by a body", "offers what is another's", anybodys, ANOTHER),
    _bug("europass", "makeWallet", "missing field", "a wallet has no id", says(_without("userId"))),
    _bug("europass", "showWallet", "tenant leak in show", "a wallet is anybody's", anybodys, ANOTHER),
    _bug("badgr", "listBackpackAssertions", "wrong type", "a text", says(lambda said: {**said, "status": "ok"})),
    _bug("vc-api", "createChallenge", "wrong type", "a challenge is a number", says(lambda _: {"challenge": 7})),
    _bug("openid4vci", "credentialNonce", "missing field", "there is no nonce", says(lambda _: {})),
    _bug("openid4vci", "notifyOfCredential", "tenant leak by a body", "notes for another", wallets, ANOTHER),
    _bug("oauth", "oauthMetadata", "missing field", "nobody issues tokens", says(_without("issuer"))),
    _bug("oauth", "pushAuthorizationRequest", "refuses everything", "no request is good", unwanted, NEVER_SUCCEEDS),
    _bug("open-badges-3", "getCredentials", "auth ignored", "are anybody's", for_everybody("OAuth2ACG"), ANOTHER),
    _bug("badge-connect", "getBadgeConnectProfile", "wrong status", "is answered with 201", made, STATUS),
)
"""Found by requests made up from the documents."""

BY_MODEL = (
    _bug("gateway", "convertBadge", "Location wrong", "leads to another record", answers(_moved), MODEL),
    _bug("gateway", "statusList", "ETag constant", "a list has the same for ever", same, MODEL),
    _bug("gateway", "removeWebhook", "still there", "nothing is removed", _nothing_removed, MODEL),
    _bug("gateway", "eraseCredential", "still there", "nothing is erased", _nothing_removed, MODEL),
    _bug("open-badges-2", "issuedForm", "still served", "what was erased is answered as if not", unerased, MODEL),
    _bug("europass", "removeDeposit", "still there", "nothing is removed", _nothing_removed, MODEL),
    _bug("gateway", "issueCredential", "idempotency key ignored", "a repetition is new", new, MODEL),
    _bug("gateway", "listChanges", "cursor repeats", "the last event comes twice", says(_once_more), MODEL),
    _bug("gateway", "suspendCredential", "state", "nothing is suspended", _pretends("suspended"), MODEL),
)
"""Found by histories."""

BY_EXAMPLES = (
    _bug("gateway", "makeOffer", "extra field", "says more", says(lambda x: {**x, "debug": "x"}), EXAMPLES),
    _bug("gateway", "issueCredential", "problem without its place", "no pointer", answers(_no_pointer), EXAMPLES),
)
"""Found by playing the examples."""

BY_RAW = (
    _bug("gateway", "inspectBadge", "missing header", "may be sniffed", sniffed, RAW),
    _bug("gateway", "verifyBadge", "traceback", "tells where it failed", traced, RAW),
)
"""Found by what is broken."""

BUGS = (*BY_SCHEMATHESIS, *BY_MODEL, *BY_EXAMPLES, *BY_RAW)
