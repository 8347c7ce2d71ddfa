"""From the claims of a learning credential to a reading: who says what of whom, until when, and by which status."""

import datetime as dt
from typing import Any, Final  # Any: decoded JSON, validated against document.py

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.losses import LossReport
from adapters.hub.mapping import ABSENT, Trail
from adapters.hub.opened import Opened
from adapters.hub.securing import Securing, Unsecured, VcJwt, of_sd_jwt
from adapters.hub.statuses import status_entries
from adapters.hub.wire import validated
from adapters.learning_credential_1 import learner
from adapters.learning_credential_1.codecs import NOT_A_DATE, SECONDS, last_second
from adapters.learning_credential_1.document import VERSION, LearningCredential
from adapters.learning_credential_1.findings import findings
from adapters.learning_credential_1.mapping import ENDS, OF_ONE, OF_TWO
from adapters.learning_credential_1.provenance import of_two

_INTO: Final = "/0"


def reading(opened: Opened) -> Reading:
    """Understand a learning credential.

    Raises:
        Malformed: A claim has another type than the format says.
    """
    document = opened.document
    validated(document, LearningCredential)
    trail = Trail()
    table = OF_TWO if of_two(document) else OF_ONE
    hub: dict[str, Any] = {"issuer": {}, "recipient": {}, "achievement": {}}
    hub |= table.read(document, "", _INTO, trail)
    if identities := learner.read(document, f"{_INTO}/recipient/identities", trail):
        hub["recipient"]["identities"] = identities
    end = _end(document, trail)
    if end is not None:
        hub["valid_until"] = end
    credential = msgspec.convert(hub, Credential)
    return Reading(
        format=Format.LEARNING_CREDENTIAL_1,
        version=VERSION,
        credentials=(credential,),
        origins=trail.origins,
        document=document,
        issuer_id=credential.issuer.id or "",
        securing=securing(opened),
        status=tuple(
            status_entries(document.get("credentialStatus", []), "/credentialStatus", document.get("jti", ""))
        ),
        findings=findings(document),
        losses=LossReport(tuple(trail.losses)),
    )


def securing(opened: Opened) -> Securing:
    """How it was sealed; whoever verifies the token looks its claim ``status`` up."""
    if opened.presented is not None:
        return of_sd_jwt(opened.presented, opened.document)
    return Unsecured() if opened.token is None else VcJwt(token=opened.token, document=opened.document)


def _end(document: dict[str, Any], trail: Trail) -> dt.datetime | None:
    """The earliest of all ends that it states: a reader who knows one of them alone relies on it until then."""
    stated = [(name, _moment(document[name], name, trail)) for name in ENDS if name in document]
    ends = [(moment, name) for name, moment in stated if moment is not None]
    if not ends:
        return None
    earliest = min(moment for moment, _ in ends)
    kept = next(name for moment, name in ends if moment == earliest)
    for moment, name in ends:
        if name == kept:
            trail.carried(f"/{name}", f"{_INTO}/valid_until")
            if name == "exp" and document[name] != int(document[name]):
                trail.approximated(f"/{name}", f"{_INTO}/valid_until", "read to the second")
        elif moment == earliest:
            trail.dropped(document[name], f"/{name}", f"says the end that {kept} says")
        else:
            trail.dropped(document[name], f"/{name}", f"ends later than {kept}")
    return earliest


def _moment(value: Any, name: str, trail: Trail) -> dt.datetime | None:
    if name == "exp":
        aside = Trail()
        exact = SECONDS.read(value, "/exp", "", aside)
        if exact is not ABSENT:
            found: dt.datetime = exact
            return found
        trail.losses += aside.losses
        return None
    last = last_second(value) if isinstance(value, str) else None
    if last is None:
        trail.dropped(value, f"/{name}", NOT_A_DATE)
    return last
