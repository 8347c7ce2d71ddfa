"""An issuer that was renamed: what its hosts still say of it stays true of copies, and nothing else does."""

from tests.adapters.open_badges_2.badges import read, served
from tests.adapters.open_badges_2.test_reading import PARTS, REFERENCE, securing, whole

RENAMED = {**PARTS[1], "name": "Example Sailing Academy"}


def test_a_copy_of_what_its_host_serves_stays_one_when_the_issuer_is_renamed() -> None:
    known = served(whole(), PARTS[0], RENAMED)

    assert securing(whole(), known).differs == ()
    assert read(whole(), known).document["badge"]["issuer"]["name"] == PARTS[1]["name"]


def test_an_issuer_inside_a_badge_class_beside_the_assertion_may_be_renamed_too() -> None:
    embedding = whole()["badge"]

    assert securing(whole(), served(REFERENCE, embedding, RENAMED)).differs == ()
    assert securing(REFERENCE, served(REFERENCE, embedding, RENAMED)).differs == ()


def test_a_copy_may_tell_the_issuer_as_its_own_address_does() -> None:
    copy = whole()
    copy["badge"]["issuer"] = RENAMED

    assert securing(copy, served(whole(), PARTS[0], RENAMED)).differs == ()


def test_a_copy_that_nobody_serves_differs_although_the_issuer_was_renamed() -> None:
    copy = whole()
    copy["badge"]["issuer"] = {**PARTS[1], "name": "Another School"}
    mixed = whole()
    mixed["badge"]["issuer"] = {**PARTS[1], "email": "new@example.org"}
    renamed = {**RENAMED, "email": "new@example.org"}

    assert securing(copy, served(whole(), PARTS[0], RENAMED)).differs == ("/badge/issuer/name",)
    assert securing(mixed, served(whole(), PARTS[0], renamed)).differs == ("/badge/issuer/email",)


def test_a_name_that_the_host_no_longer_says_anywhere_differs() -> None:
    assert securing(whole(), served(REFERENCE, PARTS[0], RENAMED)).differs == ("/badge/issuer/name",)


def test_a_host_that_embeds_another_issuer_than_the_badge_class_names_does_not_vouch_for_it() -> None:
    other = {**PARTS[1], "id": "https://badges.example.org/other.json"}
    host = whole()
    host["badge"]["issuer"] = other

    assert "/badge/issuer/id" in (securing(host, served(host, PARTS[0], PARTS[1], other)).differs or ())


def test_a_badge_class_on_another_origin_does_not_tell_the_issuers_name() -> None:
    elsewhere = {**whole()["badge"], "id": "https://elsewhere.example.net/knots.json"}
    elsewhere["issuer"] = {**PARTS[1], "name": "Famous School"}
    host = {**REFERENCE, "badge": elsewhere["id"]}

    assert securing(host, served(host, elsewhere, PARTS[1])).differs == ("/badge/issuer/name",)
