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
from adapters.hub.wire import validated
from adapters.learning_credential_1 import learner
from adapters.learning_credential_1.codecs import NOT_A_DATE, SECONDS, last_second
from adapters.learning_credential_1.document import VERSION, LearningCredential
from adapters.learning_credential_1.findings import findings
from adapters.learning_credential_1.mapping import OF_ONE, OF_TWO
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
        findings=findings(document),
        losses=LossReport(tuple(trail.losses)),
    )


def securing(opened: Opened) -> Securing:
    """How it was sealed: its status is a claim of the token, which whoever verifies the token looks up."""
    if opened.presented is not None:
        return of_sd_jwt(opened.presented, opened.document)
    return Unsecured() if opened.token is None else VcJwt(token=opened.token, document=opened.document)


def _end(document: dict[str, Any], trail: Trail) -> dt.datetime | None:
    """The earlier of ``exp`` and the end of the day of ``date_of_expiry``."""
    into = f"{_INTO}/valid_until"
    text = document.get("date_of_expiry")
    last = None if text is None else last_second(text)
    if text is not None and last is None:
        trail.dropped(text, "/date_of_expiry", NOT_A_DATE)
    if "exp" not in document:
        if last is not None:
            trail.carried("/date_of_expiry", into)
        return last
    aside = Trail()
    exact = SECONDS.read(document["exp"], "/exp", into, aside)
    if last is not None and (exact is ABSENT or last <= exact):
        trail.dropped(document["exp"], "/exp", "ends no earlier than date_of_expiry")
        trail.carried("/date_of_expiry", into)
        return last
    trail.origins |= aside.origins
    trail.losses += aside.losses
    if last is not None:
        trail.dropped(text, "/date_of_expiry", "exp says it to the second")
    return None if exact is ABSENT else exact
