"""The page that shows an ELM credential: small, always the same, and never a box where a letter should be."""

import datetime as dt
import io

import pytest
from PIL import Image

from gateway.issuing.display import HEIGHT_PX, MAX_BYTES, WIDTH_PX, Shown, display, drawable, face, wrapped

AT = dt.date(2026, 11, 22)
FIXED = "\N{NO-BREAK SPACE}"
LONG = (
    "Certificat de compétences professionnelles avancées : élaboration, mise en œuvre et amélioration continue de "
    "l’assurance qualité d’attestations numériques interopérables pour la formation tout au long de la vie "
)


def page(title: str, *, language: str = "en", test: bool = False, sealed_by: str = "The gateway") -> bytes:
    shown = Shown(title=title, awarded_by="École", sealed_by=sealed_by, at=AT, language=language, test=test)
    return display(shown)


@pytest.mark.parametrize("title", ["Knots", LONG, LONG * 9, "W" * 900, "Πιστοποιητικό", "شهادة", ""])
def test_every_title_gives_a_small_png_of_the_same_size_and_the_same_bytes(title: str) -> None:
    drawn = page(title)

    assert len(drawn) < MAX_BYTES
    assert drawn == page(title)
    with Image.open(io.BytesIO(drawn), formats=["PNG"]) as opened:
        assert opened.size == (WIDTH_PX, HEIGHT_PX)


def test_nothing_is_drawn_over_the_edge() -> None:
    with Image.open(io.BytesIO(page(LONG * 9, sealed_by=LONG)), formats=["PNG"]) as opened:
        beside = opened.convert("L").crop((WIDTH_PX - 90, 30, WIDTH_PX, HEIGHT_PX))

    assert beside.getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Élaborer « une œuvre » à Győr, Łódź", f"Élaborer «{FIXED}une œuvre{FIXED}» à Győr, Łódź"),
        (f"Niveau{FIXED}3\N{NARROW NO-BREAK SPACE}: savoir ?", f"Niveau{FIXED}3{FIXED}: savoir{FIXED}?"),
        (f"3{FIXED} 4 so\N{SOFT HYPHEN}lid", "3 4 solid"),
        ("Ψηφιακές δεξιότητες", "Ψηφιακές δεξιότητες"),
        ("Дигитални умения", "Дигитални умения"),
        ("Open badge 🏅 of honour", "Open badge of honour"),
        ("two\n lines\tof   text", "two lines of text"),
        ("شهادة المهارات", ""),
        ("数字技能证书", ""),
    ],
)
def test_letters_that_the_font_lacks_are_left_out_and_a_title_of_them_is_said_to_be_elsewhere(
    text: str, drawn: str
) -> None:
    assert drawable(text) == drawn


@pytest.mark.parametrize("space", [" ", FIXED], ids=["space", "no-break"])
@pytest.mark.parametrize("before", range(20, 60))
def test_no_line_ends_after_an_opening_mark_or_begins_with_a_closing_one(before: int, space: str) -> None:
    text = "n" * before + f" «{space}une œuvre{space}» «{space}{'m' * 60}{space}» savoir{space}: oui{space}!"

    lines = wrapped(drawable(text), face(38, 700))

    assert len(lines) > 3
    assert not [line for line in lines if line.endswith("«") or line[0] in "»:!" or line != line.strip()]
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_that_are_held_together_stay_so_until_they_fill_a_line() -> None:
    held = FIXED.join(["niveau"] * 3)
    endless = FIXED.join(["niveau"] * 40)

    assert held in wrapped(f"{'n' * 40} {held}", face(38, 700))
    assert {word for line in wrapped(endless, face(38, 700)) for word in line.split()} == {"niveau"}


def test_a_test_and_another_language_show() -> None:
    pages = {page("Knots"), page("Knots", test=True), page("Knots", language="fr"), page("Knots", language="sv")}

    assert len(pages) == 3
