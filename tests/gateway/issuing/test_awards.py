"""One award of several, and what is left for the others."""

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Achievement, Credential, Profile, Recipient
from adapters.hub.losses import Change, Loss, LossReport
from adapters.hub.securing import Unsecured
from gateway.issuing.awards import chosen


def award(name: str) -> Credential:
    return Credential(issuer=Profile(), recipient=Recipient(), achievement=Achievement(name={"en": name}))


EARLIER = Loss(change=Change.DROPPED, source="/extra", note="no place for it")
SEVERAL = Reading(
    format=Format.ELM_3,
    version="3.1",
    credentials=(award("First"), award("Second"), award("Third")),
    origins={
        "/0/achievement/name/en": "/claims/0/title/en",
        "/0/issuer/id": "/issuer/id",
        "/1/achievement/name/en": "/claims/1/title/en",
        "/1/issuer/id": "/issuer/id",
        "/2/achievement/name/en": "/claims/2/title/en",
    },
    document={},
    issuer_id="",
    securing=Unsecured(),
    losses=LossReport((EARLIER,)),
)


def test_the_award_that_is_chosen_stands_alone_and_the_rest_is_left_for_others() -> None:
    reading = chosen(SEVERAL, 1)

    assert reading.credentials == (award("Second"),)
    assert reading.origins == {"/0/achievement/name/en": "/claims/1/title/en", "/0/issuer/id": "/issuer/id"}
    [earlier, *left] = reading.losses.losses
    assert earlier == EARLIER
    assert [(loss.source, loss.note.rpartition("award ")[2]) for loss in left] == [
        ("/claims/0/title/en", "0 alone"),
        ("/claims/2/title/en", "2 alone"),
    ]


def test_the_only_award_is_the_document_itself() -> None:
    alone = msgspec.structs.replace(SEVERAL, credentials=SEVERAL.credentials[:1])

    assert chosen(alone, 0) is alone
