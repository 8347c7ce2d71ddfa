"""Offers to wallets, on both sides: made, withdrawn, and fetched through the pre-authorized door."""

import datetime as dt
import json
from urllib.parse import urlencode

from gateway.records.offers import Configuration
from tests.fuzz.contract.ground import PUBLIC_URL
from tests.fuzz.model.history import CONFLICT, CREATED, OK, UNPROCESSABLE, History, form_of
from tests.fuzz.model.known import Credential, Offer, Platform, State
from tests.fuzz.model.live import read
from tests.gateway.http.asgi import Answer
from tests.simulators.offered import PRE_AUTHORIZED
from tests.simulators.wallet import Wallet

NO_CONTENT, OVER, BAD_REQUEST = 204, 410, 400
FORM = "application/x-www-form-urlencoded"
WINDOW = dt.timedelta(hours=1)
RECHECK = dt.timedelta(hours=24)


def make(history: History, platform: Platform, known: Credential) -> None:
    """Offer a credential to whoever has the link."""
    wish = {"credential": known.id}
    if known.state is not State.ACTIVE:
        history.live.sent(platform.key, "POST", "/v1/offers", wish, expect=CONFLICT)
        return
    answer = history.live.sent(platform.key, "POST", "/v1/offers", wish)
    if answer.status == CREATED:
        made = read(answer)["offer"]
        platform.offers[made["id"]] = Offer(made["id"], known, expires=dt.datetime.fromisoformat(made["expires"]))
    else:
        assert (answer.status, known.is_sound(history.now)) == (UNPROCESSABLE, False), answer


def withdraw(history: History, platform: Platform, offer: Offer) -> None:
    """Take an offer back, for the first time or not."""
    expect = CONFLICT if offer.claimed else NO_CONTENT
    history.live.sent(platform.key, "DELETE", f"/v1/offers/{offer.id}", expect=expect)
    if not offer.claimed:
        offer.state = "withdrawn"


def is_open(history: History, offer: Offer) -> bool:
    """Whether a wallet is let in."""
    now = history.now
    if offer.claimed:
        return now <= offer.claimed + WINDOW
    return offer.state == "open" and offer.expires is not None and now < offer.expires


def claim(history: History, platform: Platform, offer: Offer, wallet: Wallet) -> None:
    """Fetch what is offered as a wallet does that knows nothing but the link."""
    live, known = history.live, offer.credential
    link = live.sent("", "GET", f"/oid4vci/offers/{offer.id}")
    if not is_open(history, offer):
        assert link.status in {404, OVER}, link
        return
    assert link.status == OK, link
    fetched = _fetched(history, read(link)["grants"][PRE_AUTHORIZED]["pre-authorized_code"], wallet)
    history.changed.append((platform, known))
    if fetched.status != OK:
        # To another key, of what does not stand any more, or of what its source no longer vouches for.
        vouched = known.badge is None or known.badge.is_sound(history.now)
        another = offer.wallet not in (None, wallet)
        assert another or not known.is_sound(history.now) or not vouched, fetched
        return
    assert known.state is State.ACTIVE, (known, fetched)
    assert offer.wallet in (None, wallet), fetched
    _kept(history, platform, offer, fetched)
    offer.wallet = offer.wallet or wallet


def _fetched(history: History, code: str, wallet: Wallet) -> Answer:
    live = history.live
    form = urlencode({"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code}).encode()
    token = read(live.sent("", "POST", "/oauth/token", form, expect=OK, content_type=FORM))["access_token"]
    nonce = read(live.sent("", "POST", "/oid4vci/nonce", expect=OK))["c_nonce"]
    proof = wallet.proof_jwt(PUBLIC_URL, nonce, history.now)
    body = {"credential_configuration_id": Configuration.BADGE_JWT, "proofs": {"jwt": [proof]}}
    return live.sent(token, "POST", "/oid4vci/credential", body)


def _kept(history: History, platform: Platform, offer: Offer, fetched: Answer) -> None:
    known = offer.credential
    body = read(fetched)["credentials"][0]["credential"]
    shown = read(history.live.sent(platform.key, "GET", f"/v1/credentials/{known.id}", expect=OK))
    new = [form for form in shown["forms"] if form["id"] not in known.forms]
    sent = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
    for form in new:
        assert form["bound"]
        known.forms[form["id"]] = form_of(form, sent)
        platform.tell(known, "form.issued")
    # Another offer of the same credential gives the same key the same bytes.
    assert sent in [form.body for form in known.forms.values() if form.bound]
    if offer.claimed is None:
        offer.state, offer.claimed = "claimed", history.now
        platform.tell(known, "credential.claimed")
    else:
        assert new == [], "the same keys get the same credential again"
