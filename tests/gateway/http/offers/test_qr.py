"""QR codes as a page shows them."""

import re

from gateway.http.offers.qr import qr

LINK = (
    "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fbadges.example.org%2Foid4vci%2Foffers%2F" + "a" * 22
)


def test_a_code_is_told_to_who_does_not_see_it() -> None:
    drawn = qr(LINK, 'what it is "for"')

    assert drawn.startswith('<div class="qr" role="img" aria-label="what it is &quot;for&quot;"><svg ')
    assert "<script" not in drawn
    assert "style=" not in drawn


def test_a_code_is_dark_on_light_with_a_quiet_zone() -> None:
    drawn = qr(LINK, "a link")

    assert 'fill="#fff"' in drawn
    assert 'stroke="#000"' in drawn
    assert re.search(r'<path transform="translate\([^)]*\)" [^>]*d="M4 4\.5h7|d="M4 4\.5h7', drawn)


def test_the_longest_link_of_ours_is_still_read_by_a_phone() -> None:
    size = re.search(r'viewBox="0 0 (\d+) ', qr(LINK, "a link"))

    assert size is not None
    assert int(size[1]) <= 57  # version 8 at most, with its quiet zone
