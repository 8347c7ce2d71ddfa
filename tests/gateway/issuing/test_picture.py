"""The picture of an issued badge never carries the original in it."""

import datetime as dt
import zlib
from base64 import b64encode

import msgspec
import pytest

from adapters.hub.baking import KEYWORD_2, NoBadgeInside, bake_png, unbake_png
from adapters.hub.contract import Format, Issuance
from adapters.hub.credential import Achievement, Credential, Profile, Recipient
from gateway.issuing.display import Shown, display
from gateway.issuing.emblem import HUES, emblem
from gateway.issuing.picture import PNG_DATA_URI, display_page, picture
from gateway.records import Source

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SOURCE = Source(
    received=b"{}",
    sha256=bytes(32),
    carrier="json",
    media_type="application/json",
    format=Format.OPEN_BADGES_2,
    version="2.0",
    securing="hosted",
    capability="c",
    received_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    report=b"{}",
)


def test_a_baked_source_lends_its_pixels_and_not_its_badge() -> None:
    image = emblem(5)
    source = msgspec.structs.replace(SOURCE, carrier="png", received=bake_png(image, b'{"id":"x"}', KEYWORD_2))

    found = picture(source, "", "Title")

    assert found == image
    with pytest.raises(NoBadgeInside):
        unbake_png(found)


@pytest.mark.parametrize("kind", ["tEXt", "eXIf", "iTXt", "tIME", "prVt"])
def test_what_else_a_baked_source_holds_is_not_served(kind: str) -> None:
    image = emblem(5)
    data = b"Author\0somebody"
    crc = zlib.crc32(kind.encode() + data).to_bytes(4)
    chunk = len(data).to_bytes(4) + kind.encode() + data + crc
    received = bake_png(image[:33] + chunk + image[33:], b'{"id":"x"}', KEYWORD_2)

    found = picture(msgspec.structs.replace(SOURCE, carrier="png", received=received), "", "Title")

    assert found == image


def test_an_embedded_picture_is_taken() -> None:
    image = emblem(5)

    assert picture(SOURCE, "data:image/png;base64," + b64encode(image).decode(), "Title") == image


@pytest.mark.parametrize(
    "image", ["", "https://issuer.example/badge.png", "data:image/png;base64,AAAA", "data:image/png;base64,%"]
)
def test_without_a_usable_picture_an_emblem_is_drawn_always_the_same(image: str) -> None:
    assert picture(SOURCE, image, "Title") == picture(SOURCE, "", "Title")


def test_emblems_are_pngs_that_differ_by_hue() -> None:
    drawn = {emblem(hue) for hue in range(HUES)}

    assert len(drawn) == HUES


@pytest.mark.parametrize(
    ("title", "in_language", "said", "language"),
    [
        ({"und": "Réparer"}, "fr", "Réparer", "fr"),
        ({"und": "Repairing"}, None, "Repairing", "en"),
        ({"und": "Repairing"}, "no_language", "Repairing", "en"),
        ({"fr": "Réparer"}, None, "Réparer", "fr"),
        ({"en": "Repairing", "fr": "Réparer"}, "fr", "Réparer", "fr"),
        ({"en": "Repairing", "fr": "Réparer"}, None, "Repairing", "en"),
    ],
)
def test_a_page_is_drawn_in_the_language_that_the_credential_is_displayed_in(
    title: dict[str, str], in_language: str | None, said: str, language: str
) -> None:
    credential = Credential(
        issuer=Profile(name={"und": "Academy"}),
        recipient=Recipient(),
        achievement=Achievement(name=title, in_language=in_language),
    )
    facts = Issuance(id="urn:x", issuer=Profile(), at=AT, achievement_id="urn:y", language="en")

    drawn = display_page(credential, facts, test=False)

    page = display(Shown(title=said, awarded_by="Academy", sealed_by="", at=AT.date(), language=language))
    assert drawn.id == PNG_DATA_URI + b64encode(page).decode()
