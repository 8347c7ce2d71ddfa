"""Requests that are right, by operation: what gets a made up one past the front door."""

import datetime as dt
import json
from collections.abc import Callable
from random import Random
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.http.vc_api.documented import CREDENTIAL
from gateway.records.offers import Configuration
from tests.fuzz.contract.badges import JSON, Badges
from tests.fuzz.contract.ground import PUBLIC_URL, Ground
from tests.fuzz.contract.persons import ANOTHER, WALLET
from tests.gateway.http.europass.uploads import credential, upload
from tests.gateway.plain import award
from tests.laundering.sources import Kind
from tests.simulators.application import METADATA
from tests.simulators.clock import NOON
from tests.simulators.wallet import stamp

FORM = "application/x-www-form-urlencoded"


class Sent(msgspec.Struct, frozen=True):
    """A body; ``value`` is what is serialised for the media type, ``content`` the very bytes."""

    media_type: str = JSON
    value: Any = None
    content: bytes = b""


class Source:
    """What bodies are made of; they know the ground through these alone, so that there may be another one."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.badges = Badges(ground.world)

    @property
    def known(self) -> dict[str, str]:
        """Codes, tokens and the like of the gateway that is open."""
        return self._ground.prepared.known

    @property
    def now(self) -> dt.datetime:
        """By the clock of the gateway."""
        return self._ground.clock.now

    def nonce(self) -> str:
        """A new one for a wallet."""
        return self._ground.run(self._ground.gateway.oid4vci.give_nonce()).c_nonce

    def form(self, stem: str, **more: str) -> Sent:
        """The known fields of a page's form."""
        fields = {name.removeprefix(stem): value for name, value in self.known.items() if name.startswith(stem)}
        return Sent(FORM, {**fields, **more})


Make = Callable[[Source, Random], Sent]


def _badge(source: Source, chance: Random) -> Sent:
    badge = source.badges.one(chance)
    return Sent(badge.media_type, badge.document, b"" if badge.document is not None else badge.content)


def _reason(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value={"reason": chance.choice(("Issued in error.", "Twice.", "É"))})


def _award(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value=award(name=chance.choice(("Knots", "Nœuds", "结"))))


def _elm(source: Source, chance: Random) -> Sent:
    del source
    whole = upload("learner@example.org") if chance.random() < 3 / 4 else msgspec.json.encode(credential())
    return Sent(value=json.loads(whole))


def _sealed(source: Source, chance: Random) -> Sent:
    found = next(badge for badge in iter(lambda: source.badges.one(chance), None) if badge.format == "elm")
    return Sent(value=found.document)


def _either(*makes: Make) -> Make:
    return lambda source, chance: chance.choice(makes)(source, chance)


def _just(value: Any) -> Make:
    return lambda _source, _chance: Sent(value=value)


def _hosted(name: str) -> Make:
    def make(source: Source, chance: Random) -> Sent:
        return Sent(value={name: source.badges.of(Kind.HOSTED, chance).document})

    return make


def _jws(source: Source, chance: Random) -> Sent:
    return Sent(value={"signedAssertion": source.badges.of(Kind.JWS, chance).content.decode()})


def _address(source: Source, chance: Random) -> Sent:
    return Sent(value={"url": source.badges.by_address(chance)})


def _credential(source: Source, chance: Random) -> Sent:
    return Sent(value=source.badges.credential(chance))


def _token(source: Source, chance: Random) -> Sent:
    return Sent("text/plain", content=source.badges.of(Kind.VC_JWT, chance).content)


def _issue(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value={"credential": {**CREDENTIAL, "id": f"urn:uuid:{chance.getrandbits(128):032x}"}})


def _verify(source: Source, chance: Random) -> Sent:
    return Sent(value={"verifiableCredential": source.badges.credential(chance), "options": {"returnResults": True}})


def _present(source: Source, chance: Random) -> Sent:
    shown = WALLET.signed(WALLET.unsigned(verifiableCredential=[source.badges.credential(chance)]), "c-1", "v.example")
    return Sent(value={"verifiablePresentation": shown, "options": {"challenge": "c-1", "domain": "v.example"}})


def _status(source: Source, chance: Random) -> Sent:
    del chance
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    return Sent(value={"credentialId": source.known["credential"], "credentialStatus": entry, "status": True})


def _exchange(source: Source, chance: Random) -> Sent:
    return Sent(value={"variables": {"credentialId": source.known[chance.choice(("credential", "credential", "old"))]}})


def _proofs(source: Source, chance: Random) -> Sent:
    del chance
    proof = WALLET.proof_jwt(PUBLIC_URL, source.nonce(), source.now)
    return Sent(value={"credential_configuration_id": Configuration.BADGE, "proofs": {"jwt": [proof]}})


def _notified(source: Source, chance: Random) -> Sent:
    event = chance.choice(("credential_accepted", "credential_failure", "credential_deleted"))
    return Sent(value={"notification_id": source.known["notification"], "event": event})


def _waited_for(source: Source, chance: Random) -> Sent:
    del chance
    return Sent(value={"transaction_id": source.known["transaction"]})


def _logged_in(source: Source, chance: Random) -> Sent:
    known = source.known
    by_password = {"grant_type": "password", "username": known["username"], "password": known["password"]}
    by_token = {"grant_type": "refresh_token", "refresh_token": known["refresh"]}
    return Sent(FORM, chance.choice((by_password, by_password, by_token)))


def _refreshed(source: Source, chance: Random) -> Sent:
    del chance
    return Sent(FORM, {"grant_type": "refresh_token", "refresh_token": source.known["refresh"]})


def _pushed(source: Source, chance: Random) -> Sent:
    del chance
    return source.form("query.")


def _answered(source: Source, chance: Random) -> Sent:
    return source.form("form.", answer=chance.choice(("allow", "deny")))


def _ended(source: Source, chance: Random) -> Sent:
    del chance
    return source.form("listed.")


def _registered(source: Source, chance: Random) -> Sent:
    del source
    methods = ("client_secret_basic", "client_secret_post")
    return Sent(value={**METADATA, "token_endpoint_auth_method": chance.choice(methods)})


def _revoked(source: Source, chance: Random) -> Sent:
    return Sent(FORM, {"token": source.known[chance.choice(("access", "refresh"))]})


def _since(source: Source, chance: Random) -> Sent:
    del source, chance
    return Sent(value={"since": stamp(NOON)})


def _offered(source: Source, chance: Random) -> Sent:
    return Sent(value={"credential": source.known[chance.choice(("record", "offered"))]})


def _few(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value={"name": f"k{chance.getrandbits(32)}", "scopes": ["audit.read"]})


def _member(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value={"address": f"m{chance.getrandbits(32)}@example.org", "role": "reader"})


def _platform(source: Source, chance: Random) -> Sent:
    del source
    return Sent(value={"id": f"p{chance.getrandbits(32)}", "name": "A platform"})


def _code(source: Source, chance: Random) -> Sent:
    del chance
    return Sent(value={"code": source.known["code"]})


def _bare(source: Source, chance: Random) -> Sent:
    """The presentation itself, for an exchange whose question is known."""
    wallet = chance.choice((WALLET, WALLET, ANOTHER))
    created = {"created": stamp(source.now)}
    return Sent(value=wallet.presentation(source.known["challenge"], PUBLIC_URL, **created))


def _claimed(source: Source, chance: Random) -> Sent:
    return Sent(value={"verifiablePresentation": _bare(source, chance).value} if chance.random() < 3 / 4 else {})


BODIES: dict[str, Make] = {
    "verifyWebhook": _code,
    "claimBare": _bare,
    "participateInExchange": _claimed,
    **dict.fromkeys(("inspectBadge", "verifyBadge", "convertBadge"), _badge),
    "issueCredential": _award,
    **dict.fromkeys(("revokeCredential", "suspendCredential"), _reason),
    "makeOffer": _offered,
    **dict.fromkeys(("makeApiKey", "makeClient", "makeTenantKey"), _few),
    "addMember": _member,
    "changeMember": _just({"role": "issuer"}),
    "makePlatform": _platform,
    "changePlatform": _just({"name": "Renamed"}),
    "changeTenant": _just({"name": "Renamed"}),
    "createWebhook": _just({"url": "https://lms.example.org/in"}),
    "changeWebhook": _just({"description": "changed"}),
    "rotateWebhookSecret": _just({"overlapHours": 1}),
    "rotateSigningKey": _just({}),
    "replaySince": _since,
    **dict.fromkeys(("sealCredential", "sealAndSendCredential"), _elm),
    **dict.fromkeys(
        ("verifyCredential", "showCredentialDetails", "depositCredentialByEmail", "depositCredential"),
        _either(_sealed, _sealed, _just({"url": "https://gone.example/badge.json"})),
    ),
    "convertCredential": _badge,
    "postAssertion": _either(_hosted("assertion"), _jws),
    "importBadge": _either(_hosted("assertion"), _address),
    "getBackpackToken": _logged_in,
    "upsertCredential": _either(_credential, _token),
    "putProfile": _just({"id": "urn:uuid:1", "type": ["Profile"], "name": "A name"}),
    "postProfile": _just({"email": "third@example.org"}),
    "issueVerifiableCredential": _issue,
    "verifyVerifiableCredential": _verify,
    "verifyPresentation": _present,
    "updateCredentialStatus": _status,
    "createExchange": _exchange,
    "issueWalletCredential": _proofs,
    "issueDeferredCredential": _waited_for,
    "notifyOfCredential": _notified,
    "registerClient": _registered,
    "pushAuthorizationRequest": _pushed,
    "answerAuthorization": _answered,
    "revokeApplication": _ended,
    "issueToken": _refreshed,
    "revokeToken": _revoked,
}
"""What is sent, by operation."""
