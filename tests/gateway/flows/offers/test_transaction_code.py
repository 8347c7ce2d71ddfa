"""Codes of six digits, kept as keyed digests."""

import datetime as dt
import re

from gateway.flows.offers.transaction_code import code_sha256, is_code, new_code
from gateway.records.offers import Claiming, Configuration, Offer

SECRET, OTHER = bytes(32), bytes(31) + b"\1"
AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def test_a_code_has_six_digits_and_is_a_new_one_each_time() -> None:
    codes = {new_code() for _ in range(50)}

    assert len(codes) > 40
    assert all(re.fullmatch("[0-9]{6}", code) for code in codes)


def test_a_digest_holds_for_one_code_of_one_offer_under_one_key() -> None:
    digests = {
        code_sha256(SECRET, "a", "000000"),
        code_sha256(OTHER, "a", "000000"),
        code_sha256(SECRET, "b", "000000"),
        code_sha256(SECRET, "a", "000001"),
        code_sha256(SECRET, "a", ""),
        code_sha256(SECRET, "a", "\ud800"),
    }

    assert [len(digest) for digest in digests] == [32] * 6


def test_only_its_own_code_opens_an_offer() -> None:
    offer = _offer(code_sha256(SECRET, "a", "123456"))

    opened = [
        code
        for code in ("123456", "123457", "0123456", " 123456", "", "\uff11\uff12\uff13\uff14\uff15\uff16")
        if is_code(SECRET, offer, code)
    ]

    assert opened == ["123456"]


def test_an_offer_without_a_code_has_none_that_opens_it() -> None:
    assert not is_code(SECRET, _offer(b""), "")


def _offer(digest: bytes) -> Offer:
    return Offer(
        id="a",
        platform="p",
        record="r",
        made_by="k",
        created=AT,
        expires=AT,
        claiming=Claiming.CODE,
        configurations=(Configuration.BADGE,),
        code_sha256=digest,
    )
