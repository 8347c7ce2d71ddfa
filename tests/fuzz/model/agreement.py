"""What the gateway shows, compared with what the model knows; the first difference fails."""

import json
from typing import Any  # Any: members of JSON documents

from gateway.proofs import bitstring
from tests.fuzz.model.history import CREDENTIALS, OK, History
from tests.fuzz.model.known import Credential, Form, Platform, State
from tests.fuzz.model.live import read

GONE, NOT_FOUND, UNAUTHORISED = 410, 404, 401
PAGE = 3
MOST = 100


def compare(history: History) -> None:
    """Compare all lists, and whatever may have changed in full."""
    changed = {known.id: (platform, known) for platform, known in history.changed}
    history.changed.clear()
    for platform in history.platforms:
        _list(history, platform)
        _feed(history, platform)
        _offers(history, platform)
    for platform, known in changed.values():
        _credential(history, platform, known)
        _is_nobody_elses(history, platform, known)


def compare_all(history: History) -> None:
    """Compare everything that is known in full; feeds and searches once more, in small pages from their beginning."""
    history.everything_changed()
    compare(history)
    for platform in history.platforms:
        assert _whole_feed(history, platform) == platform.ids
        found = [each["id"] for each in _whole_list(history, platform)]
        assert sorted(found) == sorted(platform.credentials)
        for path in platform.gone:
            history.live.sent(platform.key, "GET", path, expect=NOT_FOUND)
        for key in platform.dead:
            history.live.sent(key, "GET", CREDENTIALS, expect=UNAUTHORISED)
    for platform, known in history.erased:
        _nothing_of(history, platform, known)


def _list(history: History, platform: Platform) -> None:
    listed = read(history.live.sent(platform.key, "GET", CREDENTIALS, query={"limit": MOST}, expect=OK))["records"]
    found = {each["id"]: (each["state"], sorted(each["formats"])) for each in listed}
    known = {
        each.id: (each.state, sorted({form.format for form in each.forms.values()}))
        for each in platform.credentials.values()
    }
    assert found == known, (found, known)


def _whole_list(history: History, platform: Platform) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        query = {"limit": PAGE, **({"after": cursor} if cursor else {})}
        page = read(history.live.sent(platform.key, "GET", CREDENTIALS, query=query, expect=OK))
        found += page["records"]
        cursor = page["next"]
        if not cursor:
            return found


def _feed(history: History, platform: Platform) -> None:
    """What is new in the feed is what should be, each once, in its order."""
    query = {"since": platform.cursor} if platform.cursor else {}
    page = read(history.live.sent(platform.key, "GET", "/v1/changes", query=query, expect=OK))
    platform.seen += [(each["type"], each["data"].get("credential", "")) for each in page["events"]]
    platform.ids += [each["id"] for each in page["events"]]
    platform.cursor = page["next"]
    assert not page["more"]
    assert platform.seen == platform.told, (platform.seen[-8:], platform.told[-8:])
    assert len(set(platform.ids)) == len(platform.ids)


def _whole_feed(history: History, platform: Platform) -> list[str]:
    found: list[str] = []
    query: dict[str, object] = {"limit": PAGE}
    while True:
        page = read(history.live.sent(platform.key, "GET", "/v1/changes", query=query, expect=OK))
        found += [each["id"] for each in page["events"]]
        query["since"] = page["next"]
        if not page["more"]:
            return found


def _offers(history: History, platform: Platform) -> None:
    for offer in platform.offers.values():
        shown = read(history.live.sent(platform.key, "GET", f"/v1/offers/{offer.id}", expect=OK))
        over = offer.state == "open" and offer.expires is not None and offer.expires <= history.now
        assert shown["state"] == ("expired" if over else offer.state), (shown, offer)
        assert shown["credential"] == offer.credential.id


def _credential(history: History, platform: Platform, known: Credential) -> None:
    live = history.live
    shown = read(live.sent(platform.key, "GET", f"{CREDENTIALS}/{known.id}", expect=OK))
    assert shown["state"] == known.state
    assert {form["id"] for form in shown["forms"]} == set(known.forms)
    page = read(live.sent("", "GET", f"/credentials/{known.id}", expect=OK))
    assert page["state"] == known.state
    public = {form.id for form in known.forms.values() if not form.bound}
    assert {form["id"] for form in page["forms"] if form["links"]} >= public
    original = live.sent(platform.key, "GET", f"{CREDENTIALS}/{known.id}/original", expect=OK)
    assert original.body == known.original
    events = read(live.sent(platform.key, "GET", f"{CREDENTIALS}/{known.id}/history", expect=OK))["events"]
    assert [each["type"] for each in events] == [kind for kind, of in platform.told if of == known.id]
    for form in known.forms.values():
        _form(history, platform, known, form)


def _form(history: History, platform: Platform, known: Credential, form: Form) -> None:
    live, revoked = history.live, known.state is State.REVOKED
    gone = revoked and form.securing == "hosted"
    if form.bound:
        assert form.url == ""
        live.sent("", "GET", f"/p/{platform.name}/issued/{form.id}", expect=NOT_FOUND)
    else:
        served = live.sent("", "GET", form.url, expect=GONE if gone else OK)
        assert gone or served.body == form.body
        query = {"format": form.format, "securing": form.securing}
        exported = live.sent(platform.key, "GET", f"{CREDENTIALS}/{known.id}/export", query=query)
        assert (exported.status, exported.body) == (served.status, served.body)
    if form.entry:
        _status(history, form, is_set=known.state is not State.ACTIVE)
    verdict = read(live.sent(platform.key, "POST", "/v1/verifications", form.body, expect=OK))
    assert (verdict["outcome"] == "passed") is known.is_sound(history.now), (known, form, verdict)
    status = {check["name"]: check["outcome"] for check in verdict["checks"]}["status"]
    assert (status == "failed") is (known.state is not State.ACTIVE), (known, form, verdict)


def _nothing_of(history: History, platform: Platform, known: Credential) -> None:
    """Of what was erased its platform finds nothing, and everybody else that it is gone; copies verify no more."""
    live = history.live
    for path in ("", "/original", "/history"):
        live.sent(platform.key, "GET", f"{CREDENTIALS}/{known.id}{path}", expect=NOT_FOUND)
    live.sent(platform.key, "DELETE", f"{CREDENTIALS}/{known.id}", expect=NOT_FOUND)
    live.sent("", "GET", f"/credentials/{known.id}", expect=GONE)
    for form in known.forms.values():
        served = live.sent("", "GET", f"/p/{platform.name}/issued/{form.id}", expect=GONE)
        assert form.body not in served.body
        live.sent("", "GET", f"/p/{platform.name}/receipts/{form.id}", expect=GONE)
        if form.entry:
            _status(history, form, is_set=True)
        verdict = read(live.sent(platform.key, "POST", "/v1/verifications", form.body, expect=OK))
        assert verdict["outcome"] == "failed", (known, form, verdict)


def _status(history: History, form: Form, *, is_set: bool) -> None:
    """The bit of the published list."""
    assert form.entry is not None
    address, index = form.entry
    published = json.loads(history.live.sent("", "GET", address, expect=OK).body)
    bits = bitstring.decode(published["credentialSubject"]["encodedList"])
    assert bitstring.status_bit(bits, index) is is_set, form


def _is_nobody_elses(history: History, platform: Platform, known: Credential) -> None:
    """The other platform finds nothing under its id, and can do nothing to it."""
    [other] = [each for each in history.platforms if each is not platform]
    live, address = history.live, f"{CREDENTIALS}/{known.id}"
    for path in ("", "/original", "/history", "/export?format=open-badges-3"):
        where, _, query = path.partition("?")
        wanted = dict(part.split("=") for part in query.split("&")) if query else None
        live.sent(other.key, "GET", address + where, query=wanted, expect=NOT_FOUND)
    for path in ("/revoke", "/suspend"):
        live.sent(other.key, "POST", address + path, {"reason": "not mine"}, expect=NOT_FOUND)
    live.sent(other.key, "POST", f"{address}/forms", query={"to": "open-badges-2"}, expect=NOT_FOUND)
    live.sent(other.key, "POST", "/v1/offers", {"credential": known.id}, expect=NOT_FOUND)
    for offer in platform.offers.values():
        if offer.credential is known:
            live.sent(other.key, "DELETE", f"/v1/offers/{offer.id}", expect=NOT_FOUND)
