"""Whose badge it is: recipients against the addresses of one person."""

import datetime as dt
import hashlib
import time
import unicodedata
from collections.abc import Callable

import pytest

from adapters.hub.credential import Identity, Recipient
from gateway.flows.match import MAX_IDENTITIES, Spelling, matched, may_name_a_mailbox
from gateway.proofs.identity_hash import identity_hash
from gateway.records.people import Address, AddressKind

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def address(value: str, kind: AddressKind = AddressKind.EMAIL) -> Address:
    return Address(id=f"id of {value}", kind=kind, value=value, confirmed_at=AT)


def hashed(value: str, salt: str | None = None, kind: str = "emailAddress") -> Recipient:
    text = identity_hash(value, salt or "")
    return Recipient(identities=(Identity(kind=kind, value=text, hashed=True, salt=salt),))


def plain(value: str, kind: str = "emailAddress") -> Recipient:
    return Recipient(identities=(Identity(kind=kind, value=value, hashed=False),))


MINE = address("Jane.Doe@Example.ORG")


@pytest.mark.parametrize(
    ("issued_to", "spelling"),
    [
        ("Jane.Doe@Example.ORG", Spelling.AS_GIVEN),
        ("jane.doe@example.org", Spelling.LOWER_CASE),
        ("Jane.Doe@example.org", Spelling.DOMAIN_IN_LOWER_CASE),
        ("JANE.DOE@EXAMPLE.ORG", Spelling.UPPER_CASE),
    ],
)
@pytest.mark.parametrize("salt", [None, "", "Kosher"])
def test_a_hash_of_a_plausible_spelling_is_recognised_and_the_spelling_said(
    issued_to: str, spelling: Spelling, salt: str | None
) -> None:
    found = matched(hashed(issued_to, salt), (address("other@example.org"), MINE))

    assert found is not None
    assert (found.address, found.spelling, found.hashed, found.algorithm) == (MINE, spelling, True, "sha256")


def test_an_address_in_lower_case_matches_a_directory_s_capitals() -> None:
    found = matched(hashed("Jane.Doe-Smith@example.org"), (address("jane.doe-smith@example.org"),))

    assert found is not None
    assert found.spelling is Spelling.CAPITALISED


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_digits_of_a_hash_count_in_either_case(algorithm: str) -> None:
    digest = hashlib.new(algorithm, MINE.value.encode() + b"salt").hexdigest().upper()
    recipient = Recipient(
        identities=(Identity(kind="emailAddress", value=f"{algorithm}${digest}", hashed=True, salt="salt"),)
    )

    found = matched(recipient, (MINE,))

    assert found is not None
    assert (found.spelling, found.algorithm) == (Spelling.AS_GIVEN, algorithm)


def test_a_hash_that_is_not_marked_as_one_is_recognised() -> None:
    assert matched(plain(identity_hash(MINE.value)), (MINE,)) is not None


@pytest.mark.parametrize(
    ("issued_to", "kind", "mine", "spelling"),
    [
        ("Jane.Doe@Example.ORG", "emailAddress", MINE, Spelling.AS_GIVEN),
        ("mailto:Jane.Doe@Example.ORG", "emailAddress", MINE, Spelling.AS_GIVEN),
        ("jAnE.dOe@example.org", "emailAddress", MINE, Spelling.LOWER_CASE),
        ("Jane.Doe@Example.ORG", "identifier", MINE, Spelling.AS_GIVEN),
        (
            "jane@xn--bcher-kva.example",
            "emailAddress",
            address("jane@bücher.example"),
            Spelling.DOMAIN_AS_IN_DNS,
        ),
        ("tel:+33 1 23-45", "ext:telephone", address("+33 12345", AddressKind.TELEPHONE), Spelling.NORMALISED),
        ("https://jane.example", "ext:url", address("https://jane.example/", AddressKind.URL), Spelling.NORMALISED),
        ("did:key:z6Mk", "identifier", address("did:key:z6Mk", AddressKind.DID), Spelling.AS_GIVEN),
    ],
)
def test_plain_identities_of_every_kind_are_compared(
    issued_to: str, kind: str, mine: Address, spelling: Spelling
) -> None:
    found = matched(plain(issued_to, kind), (mine,))

    assert found is not None
    assert (found.address, found.spelling, found.hashed) == (mine, spelling, False)


@pytest.mark.parametrize(
    ("id", "mine"),
    [
        ("did:key:z6Mk", address("did:key:z6Mk", AddressKind.DID)),
        ("mailto:jane.doe@example.org", MINE),
        ("https://jane.example/", address("https://jane.example/", AddressKind.URL)),
        ("jane.doe@example.org", MINE),
        ("acct:jane.doe@example.org", MINE),
        ("email:Jane.Doe@example.org", MINE),
        ("did:email:jane.doe@example.org", MINE),
        ("mailto:jane.doe%40example.org", MINE),
        ("mailto:jane.doe@example.org?subject=badge", MINE),
        ("https://jane.example/@jane", address("https://jane.example/@jane", AddressKind.URL)),
    ],
)
def test_the_recipient_s_id_is_an_address_too(id: str, mine: Address) -> None:
    found = matched(Recipient(id=id), (MINE, mine))

    assert found is not None
    assert found.address == mine


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("jane@faß.example", "JANE@FASS.EXAMPLE"),
        ("jane@g\u0131thub.example", "JANE@GITHUB.EXAMPLE"),
        ("\u017fmith@example.org", "SMITH@EXAMPLE.ORG"),
        ("\u017fmith@example.org", "Smith@example.org"),
        ("ßmith@example.org", "Ssmith@example.org"),
        ("ßmith@example.org", "SSMITH@EXAMPLE.ORG"),
    ],
)
@pytest.mark.parametrize("named", [plain, hashed])
def test_letters_that_only_share_their_capitals_are_not_the_same_mailbox(
    mine: str, theirs: str, named: Callable[[str], Recipient]
) -> None:
    assert matched(named(theirs), (address(mine),)) is None


@pytest.mark.parametrize(
    ("mine", "issued_to"),
    [
        ("jane@bücher.example", "JANE@BÜCHER.EXAMPLE"),
        ("jane@faß.example", "JANE@XN--FA-HIA.EXAMPLE"),
        ("zoé@example.org", "ZOÉ@EXAMPLE.ORG"),
    ],
)
def test_capitals_that_lead_back_are_the_same_mailbox(mine: str, issued_to: str) -> None:
    found = matched(hashed(issued_to), (address(mine),))

    assert found is not None
    assert found.spelling is Spelling.UPPER_CASE


@pytest.mark.parametrize("kind", ["url", "id", "telephone", "userName", "ext:email", "name"])
def test_an_address_is_one_whatever_its_kind_says(kind: str) -> None:
    assert matched(plain("jane.doe@example.org", kind), (MINE,)) is not None


@pytest.mark.parametrize(
    "recipient",
    [
        *(Recipient(id=f"{scheme}b@example.org") for scheme in ("", "mailto:", "MAILTO:", "acct:", "did:email:", "x:")),
        *(Recipient(id=each) for each in ("mailto:b%40example.org", "did:email:b%40example.org", " b@example.org ")),
        *(plain("b@example.org", kind) for kind in ("url", "id", "telephone", "userName", "systemId", "ext:mail")),
        *(hashed("b@example.org", kind=kind) for kind in ("email", "id", "userName", "identifier", "ext:email")),
        *(plain(each, "name") for each in ("B <b@example.org>", "b\uff20example.org", "mailto:b@example.org?cc=c")),
        plain("nobody", "emailAddress"),
        plain(identity_hash("b@example.org"), "accountId"),
    ],
)
def test_what_may_be_an_address_is_not_taken_for_nobody(recipient: Recipient) -> None:
    assert may_name_a_mailbox(recipient)


@pytest.mark.parametrize(
    "recipient",
    [
        Recipient(),
        *(Recipient(id=each) for each in ("did:key:z6Mk", "did:web:b.example", "urn:uuid:1", "https://b.example/@b")),
        *(plain(each, "url") for each in ("https://b.example/", "https://b.example/?to=b@example.org")),
        *(plain(each, "name") for each in ("B of Somewhere", "B @ Somewhere", "@b")),
        *(hashed("https://b.example/", kind=kind) for kind in ("url", "ext:url", "ltiUserId", "ext:did")),
        plain("b-1234", "userName"),
    ],
)
def test_what_cannot_be_an_address_is_not_taken_for_one(recipient: Recipient) -> None:
    assert not may_name_a_mailbox(recipient)


def test_letters_in_two_code_points_are_the_same_letters() -> None:
    mine = address("zoé@example.org")

    in_plain = matched(plain(unicodedata.normalize("NFD", mine.value)), (mine,))
    in_hash = matched(hashed(unicodedata.normalize("NFD", mine.value)), (mine,))

    assert in_plain is not None
    assert in_plain.spelling is Spelling.AS_GIVEN
    assert in_hash is not None
    assert in_hash.spelling is Spelling.DECOMPOSED


def test_of_several_matches_the_most_literal_one_is_named() -> None:
    recipient = Recipient(
        identities=(*hashed("jane.doe@example.org").identities, *hashed("second@example.org", "s").identities)
    )
    second = address("second@example.org")

    found = matched(recipient, (MINE, second))

    assert found is not None
    assert found.address == second


@pytest.mark.parametrize(
    "recipient",
    [
        Recipient(),
        Recipient(id="did:key:z6Mk"),
        plain("somebody@example.org"),
        hashed("somebody@example.org"),
        hashed("Jane.Doe@Example.ORG", kind="ext:telephone"),
        plain("", "name"),
        plain("sha256$"),
        plain("mailto:"),
        Recipient(identities=(Identity(kind="emailAddress", value=identity_hash(MINE.value, "a"), hashed=True),)),
        Recipient(identities=(Identity(kind="emailAddress", value="sha999$00", hashed=True),)),
    ],
)
def test_somebody_else_does_not_match(recipient: Recipient) -> None:
    assert matched(recipient, (MINE,)) is None


def test_nobody_without_addresses_matches() -> None:
    assert matched(plain(""), ()) is None


def test_a_recipient_with_very_many_identities_costs_little() -> None:
    many = Recipient(identities=hashed("somebody@example.org", "s").identities * 100_000)
    begun = time.process_time()

    found = matched(many, (MINE,) * 20)

    assert found is None
    assert len(many.identities) > MAX_IDENTITIES
    assert time.process_time() - begun < 2
