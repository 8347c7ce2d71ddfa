"""The end of a credential: afterwards there is nothing of it but that it was there."""

from tests.fuzz.model.history import CREDENTIALS, NOT_FOUND, History
from tests.fuzz.model.known import Credential, Platform

NO_CONTENT = 204
A_MINUTE_S = 60


def erase(history: History, platform: Platform, known: Credential) -> None:
    """Erase a credential, whatever it was; the other platform could not."""
    live, address = history.live, f"{CREDENTIALS}/{known.id}"
    [other] = [each for each in history.platforms if each is not platform]
    live.sent(other.key, "DELETE", address, expect=NOT_FOUND)
    live.sent(platform.key, "DELETE", address, expect=NO_CONTENT)
    platform.tell(known, *(() if known.state == "revoked" else ("credential.revoked",)), "credential.erased")
    _forget(history, platform, known)
    # Where nobody else is watched, it is forgotten when that place was asked last; after a minute that says nothing.
    history.wait(A_MINUTE_S)


def _forget(history: History, platform: Platform, known: Credential) -> None:
    del platform.credentials[known.id]
    platform.of_badge = {number: each for number, each in platform.of_badge.items() if each is not known}
    for offer in [each for each in platform.offers.values() if each.credential is known]:
        del platform.offers[offer.id]
        platform.gone.append(f"/v1/offers/{offer.id}")
    for sent in platform.repeatable:
        sent.erased = sent.erased or known.id.encode() in sent.answer
    history.erased.append((platform, known))
