"""What can be done to the gateway and to its model, one thing after the other; each says what has to come of it."""

import datetime as dt
from itertools import count
from typing import Any  # Any: members of JSON documents
from uuid import uuid4

from gateway.proofs import base64url
from tests.fuzz.model import badges
from tests.fuzz.model.known import Asked, Badge, Credential, Form, Platform, Repeatable, State
from tests.fuzz.model.live import Live, read
from tests.gateway.http.asgi import Answer
from tests.gateway.plain import award
from tests.laundering.sources import Carrier, Kind, World

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
CREDENTIALS = "/v1/credentials"
ALGORITHM = {"data-integrity": "EdDSA", "vc-jwt": "ES256"}
OK, CREATED, CONFLICT, UNPROCESSABLE, NOT_FOUND = 200, 201, 409, 422, 404
_numbers = count(1)

Wish = tuple[str, str]
"""Format and securing of a form."""

SECOND: Wish = ("open-badges-2", "hosted")
THIRD: Wish = ("open-badges-3", "data-integrity")
TOKEN: Wish = ("open-badges-3", "vc-jwt")


class History:
    """A gateway with two new platforms, and all that is known of them.

    Attributes:
        changed: Credentials of which something may have changed since they were last compared.
        erased: Credentials of which nothing is to be had any more.
    """

    def __init__(self, live: Live) -> None:
        self.live = live
        live.world = World()
        name = f"h{uuid4().hex[:12]}"
        self.platforms = [Platform(each, live.platform(each)) for each in (f"{name}-a", f"{name}-b")]
        self.badges: list[Badge] = []
        self.asked: Asked = {}
        self.changed: list[tuple[Platform, Credential]] = []
        self.erased: list[tuple[Platform, Credential]] = []

    @property
    def now(self) -> dt.datetime:
        return self.live.clock.now

    # --- badges ---

    def new_badge(self, kind: Kind, carrier: Carrier, days: int) -> Badge:
        """Let the upstream issuer give one out, which ends after so many days; 0 for never."""
        expires = self.now + days * DAY if days else None
        made = badges.badge(self.live.world, next(_numbers), kind, carrier, expires)
        self.badges.append(made)
        return made

    def taken_back(self, badge: Badge) -> None:
        """Let its issuer take a badge back; nobody here knows of that yet."""
        ended = [each for each in self.badges if not each.stands or each is badge]
        badges.take_back(self.live.world, ended, self.now)

    # --- credentials ---

    def convert(self, platform: Platform, badge: Badge, wish: Wish, *, suspendable: bool = False) -> Answer:
        """Convert a badge, for the first time or not."""
        known = platform.of_badge.get(badge.number)
        wanted = [wish] if known is None or not known.has(*wish) else []
        expect = self._converted(badge, known, wish, wanted, suspendable=suspendable)
        query = _query(wish, suspendable=suspendable)
        answer = self.live.sent(platform.key, "POST", CREDENTIALS, badge.sent, query, expect=expect)
        if expect == CREATED:
            self._made(platform, answer, wish, badge)
        return answer

    def _converted(
        self, badge: Badge, known: Credential | None, wish: Wish, wanted: list[Wish], *, suspendable: bool
    ) -> int:
        if suspendable and wish == SECOND:
            return 400
        if not badge.is_sound(self.now):
            return OK if known else UNPROCESSABLE
        if not wanted:
            return OK
        return self._extended(known, suspendable=suspendable)

    def _extended(self, known: Credential | None, *, suspendable: bool) -> int:
        if known is not None and known.state is not State.ACTIVE:
            return CONFLICT
        return CONFLICT if known is not None and known.partly_suspendable and not suspendable else CREATED

    def add_form(self, platform: Platform, known: Credential, wish: Wish, *, suspendable: bool) -> None:
        """Ask for one more form of a record."""
        wanted = [] if known.has(*wish) else [wish]
        if known.badge is not None:
            expect = self._converted(known.badge, known, wish, wanted, suspendable=suspendable)
        elif suspendable and wish == SECOND:
            expect = 400
        else:
            expect = self._extended(known, suspendable=suspendable) if wanted else OK
        address, query = f"{CREDENTIALS}/{known.id}/forms", _query(wish, suspendable=suspendable)
        answer = self.live.sent(platform.key, "POST", address, None, query, expect=expect)
        if expect == CREATED:
            self._made(platform, answer, wish)

    def refused(self, platform: Platform, kind: Kind, fault: str) -> None:
        """Send a badge that is none; nothing may come of it."""
        whole = badges.badge(self.live.world, next(_numbers), kind, Carrier.BARE)
        broken = badges.FAULTS[fault](whole.sent, kind)
        answer = self.live.sent(platform.key, "POST", CREDENTIALS, broken, _query(THIRD))
        assert answer.status in {400, 415, UNPROCESSABLE}, answer

    def issue(self, platform: Platform, wish: Wish, *, suspendable: bool, **headers: str) -> Answer:
        """Award something in plain data."""
        if suspendable and wish == SECOND:
            return self._issue(platform, wish, suspendable=True, expect=400)
        answer = self._issue(platform, wish, suspendable=suspendable, expect=CREATED, **headers)
        self._made(platform, answer, wish)
        return answer

    def _issue(self, platform: Platform, wish: Wish, *, suspendable: bool, expect: int, **headers: str) -> Answer:
        query, address = _query(wish, suspendable=suspendable), f"{CREDENTIALS}/issue"
        return self.live.sent(platform.key, "POST", address, award(), query, expect=expect, **headers)

    def _made(self, platform: Platform, answer: Answer, wish: Wish, badge: Badge | None = None) -> None:
        said = read(answer)
        record, created = said["record"], said["created"]
        assert answer.headers[b"location"] == record["url"].encode()
        known = platform.credentials.get(record["id"])
        if known is None:
            original = self.live.sent(platform.key, "GET", f"{CREDENTIALS}/{record['id']}/original", expect=OK)
            if badge is not None:
                assert original.body == badge.received
            known = Credential(record["id"], original.body, badge)
            platform.credentials[known.id] = known
            platform.tell(known, "credential.created")
        if badge is not None:
            platform.of_badge[badge.number] = known
        [form] = [
            each for each in record["forms"] if (each["format"], each["securing"], each["bound"]) == (*wish, False)
        ]
        assert len(created) == 1, created
        assert form["id"] not in known.forms
        body = self.live.sent("", "GET", form["links"].get("jwt") or form["links"]["json"], expect=OK).body
        known.forms[form["id"]] = form_of(form, body)
        platform.tell(known, "form.issued")
        self._signed_by(platform, known.forms[form["id"]])
        self.changed.append((platform, known))

    def _signed_by(self, platform: Platform, form: Form) -> None:
        """What is issued is signed by the newest key."""
        key = platform.signing.get(ALGORITHM.get(form.securing, ""))
        if key is None:
            return
        head = base64url.decode(form.body.decode().partition(".")[0]) if form.securing == "vc-jwt" else form.body
        assert f"#{key}".encode() in head, (form, key)

    # --- states ---

    def suspend(self, platform: Platform, known: Credential) -> None:
        """Suspend a credential, for the first time or not."""
        can = known.state is not State.REVOKED and (known.suspendable or known.state is State.SUSPENDED)
        self._turned(platform, known, "suspend", OK if can else CONFLICT, {"reason": "under review"})
        if can and known.state is State.ACTIVE:
            known.state = State.SUSPENDED
            platform.tell(known, "credential.suspended")

    def reinstate(self, platform: Platform, known: Credential) -> None:
        """Reinstate a credential, suspended or not."""
        can = known.state is not State.REVOKED
        self._turned(platform, known, "reinstate", OK if can else CONFLICT, None)
        if known.state is State.SUSPENDED:
            known.state = State.ACTIVE
            platform.tell(known, "credential.reinstated")

    def revoke(self, platform: Platform, known: Credential) -> None:
        """Revoke a credential, for the first time or not."""
        self._turned(platform, known, "revoke", OK, {"reason": "awarded twice"})
        if known.state is not State.REVOKED:
            known.state = State.REVOKED
            platform.tell(known, "credential.revoked")

    def _turned(self, platform: Platform, known: Credential, verb: str, expect: int, body: Any) -> None:
        self.live.sent(platform.key, "POST", f"{CREDENTIALS}/{known.id}/{verb}", body, expect=expect)
        self.changed.append((platform, known))

    def recheck(self, platform: Platform, known: Credential) -> None:
        """Look whether the badge that it was made of still stands; all that depend on the same place follow."""
        address = f"{CREDENTIALS}/{known.id}/recheck"
        if known.badge is None:
            self.live.sent(platform.key, "POST", address, expect=NOT_FOUND)
            return
        answer = read(self.live.sent(platform.key, "POST", address, expect=OK))
        known.enrolled, place = True, known.badge.place
        asked = self.asked.get(place)
        if asked is None or not asked <= self.now < asked + MINUTE:
            self.asked[place] = self.now
            self._followed(place)
        assert (answer["state"] == "revoked") is known.followed, (answer, known)

    def _followed(self, place: str) -> None:
        for platform in self.platforms:
            for known in platform.credentials.values():
                badge = known.badge
                if badge is None or badge.place != place or badge.stands or not known.enrolled or known.followed:
                    continue
                known.followed = True
                if known.state is not State.REVOKED:
                    known.state = State.REVOKED
                    platform.tell(known, "credential.revoked")
                platform.tell(known, "source.revoked")
                self.changed.append((platform, known))

    # --- keys and time ---

    def rotate(self, platform: Platform, algorithm: str) -> None:
        """Give the platform a new signing key."""
        made = read(
            self.live.sent(platform.key, "POST", "/v1/platform/signing-keys", {"algorithm": algorithm}, expect=CREATED)
        )
        platform.signing[algorithm] = made["id"]
        self.everything_changed()

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.live.clock.advance(seconds=seconds)
        self.live.timers()
        self.everything_changed()

    def restart(self) -> None:
        """Stop the gateway, and start it on the same store."""
        self.live.stop()
        self.live.start()
        self.everything_changed()

    def everything_changed(self) -> None:
        self.changed = [(each, known) for each in self.platforms for known in each.credentials.values()]

    # --- repeated requests ---

    def issue_once(self, platform: Platform, wish: Wish) -> None:
        """Award something under an Idempotency-Key of its own."""
        key = uuid4().hex
        answer = self.issue(platform, wish, suspendable=False, idempotency_key=key)
        platform.repeatable.append(Repeatable(key, wish, answer.body, self.now + DAY))

    def repeat(self, platform: Platform, sent: Repeatable, wish: Wish) -> None:
        """Send that request again, and another one under its key, while it is remembered."""
        if self.now >= sent.until:
            return
        expect = CONFLICT if sent.erased else CREATED if wish == sent.wish else UNPROCESSABLE
        answer = self._issue(platform, wish, suspendable=False, expect=expect, idempotency_key=sent.key)
        if expect == CREATED:
            assert answer.body == sent.answer


def _query(wish: Wish, *, suspendable: bool = False) -> dict[str, str]:
    securing = {"securing": wish[1]} if wish == TOKEN else {}
    return {"to": wish[0], **securing, **({"status": "suspension"} if suspendable else {})}


def form_of(said: dict[str, Any], body: bytes) -> Form:
    status = said["status"] or {}
    return Form(
        id=said["id"],
        format=said["format"],
        securing=said["securing"],
        body=body,
        url=said["url"],
        bound=said["bound"],
        entry=(status["list"], status["index"]) if status else None,
        suspendable=status.get("purpose") == "suspension",
    )
