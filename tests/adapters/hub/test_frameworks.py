"""Which framework's term an alignment names, in the forms that people write, and what is none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.hub.alignments import NAMES, alignment_of
from adapters.hub.credential import Alignment
from adapters.hub.frameworks import Framework, Recognised

SKILL = "00735755-adc6-4ea0-b034-b8caff339c9f"
FICHE = "https://www.francecompetences.fr/recherche/rncp/38596/"
PORTAL = "https://esco.ec.europa.eu/en/classification/skills?conceptUri=http%3A//data.europa.eu/esco/skill/"
ELSEWHERE = "https://frameworks.example.org/1"


def aligned(
    url: str = ELSEWHERE,
    code: str | None = None,
    framework: str | None = None,
    kind: str | None = None,
    name: str = "What it is called",
) -> Alignment:
    return Alignment(
        target_name={"und": name}, target_url=url, target_code=code, target_framework=framework, target_type=kind
    )


@pytest.mark.parametrize(
    ("alignment", "framework", "code"),
    [
        (aligned(f"http://data.europa.eu/esco/skill/{SKILL}"), Framework.ESCO_SKILL, SKILL),
        (aligned(f"https://data.europa.eu/esco/skill/{SKILL.upper()}/", code="S1.2"), Framework.ESCO_SKILL, SKILL),
        (aligned(PORTAL + SKILL), Framework.ESCO_SKILL, SKILL),
        (aligned(code=f"http://data.europa.eu/esco/skill/{SKILL}"), Framework.ESCO_SKILL, SKILL),
        (aligned(code=SKILL, framework="ESCO skills"), Framework.ESCO_SKILL, SKILL),
        (aligned(f"http://data.europa.eu/esco/occupation/{SKILL}"), Framework.ESCO_OCCUPATION, SKILL),
        (aligned("https://data.europa.eu/snb/eqf/6/"), Framework.EQF, "6"),
        (aligned(code="EQF 6"), Framework.EQF, "6"),
        (aligned(name="EQF level 6"), Framework.EQF, "6"),
        (aligned(code="4", kind="ext:EQF", name="EQF level 4"), Framework.EQF, "4"),
        (aligned(code="Niveau 6", framework="Cadre européen des certifications"), Framework.EQF, "6"),
        (aligned(code="niveau 6 (CEC)"), Framework.EQF, "6"),
        (aligned("http://data.europa.eu/snb/qdr/c_c8bc1cb9"), Framework.NQF, "c_c8bc1cb9"),
        (aligned("http://data.europa.eu/snb/isced-f/0613"), Framework.ISCED_F, "0613"),
        (aligned(code="0613", framework="ISCED-F 2013"), Framework.ISCED_F, "0613"),
        (aligned(FICHE), Framework.RNCP, "RNCP38596"),
        (aligned(FICHE.replace("https://www.", "http://").rstrip("/")), Framework.RNCP, "RNCP38596"),
        (aligned(code="RNCP 38596"), Framework.RNCP, "RNCP38596"),
        (aligned(FICHE, code="RNCP38596BC02"), Framework.RNCP_BLOC, "RNCP38596BC02"),
        (aligned(FICHE, code="BC02"), Framework.RNCP_BLOC, "RNCP38596BC02"),
        (aligned(code="rncp38596bc02"), Framework.RNCP_BLOC, "RNCP38596BC02"),
        (aligned("https://www.francecompetences.fr/recherche/rs/5487/"), Framework.RS, "RS5487"),
        (aligned(code="RS 5487", framework="Répertoire spécifique"), Framework.RS, "RS5487"),
        (aligned(code="m1805", framework="ROME 4.0"), Framework.ROME, "M1805"),
        (aligned("https://candidat.francetravail.fr/metierscope/fiche-metier/M1805"), Framework.ROME, "M1805"),
        (aligned(code="31088", framework="Formacode"), Framework.FORMACODE, "31088"),
        (aligned(code="326t", framework="NSF"), Framework.NSF, "326t"),
        (aligned(code="1.2", framework="DigComp 2.2"), Framework.DIGCOMP, "1.2"),
    ],
)
def test_a_term_is_recognised_in_the_forms_that_people_write(
    alignment: Alignment, framework: Framework, code: str
) -> None:
    found = alignment.recognised

    assert found == Recognised(framework, code)


@pytest.mark.parametrize(
    "alignment",
    [
        aligned(),
        aligned(code="Niveau 6"),
        aligned(code="0613"),
        aligned(code="M1805"),
        aligned(code="RS5487"),
        aligned(code=SKILL, framework="ESCO"),
        aligned("http://data.europa.eu/snb/eqf/9"),
        aligned("http://data.europa.eu/snb/eqf/6", code="7", kind="ext:EQF"),
        aligned("http://data.europa.eu/snb/eqf/6", name="EQF level 7"),
        aligned("https://data.europa.eu.example.org/snb/eqf/6"),
        aligned("https://user@data.europa.eu/snb/eqf/6"),
        aligned("http://[broken/snb/eqf/6"),
        aligned(code="38596", framework="ISCED"),
        aligned(code="RNCP1234567"),
        aligned(FICHE, code="RNCP38597"),
        aligned(code="x" * 100_000, framework="esco " * 20_000),
    ],
)
def test_what_could_be_two_things_or_says_two_is_none(alignment: Alignment) -> None:
    assert alignment.recognised is None


@pytest.mark.parametrize(
    "alignment",
    [
        aligned(FICHE, code="2"),
        aligned(FICHE, code="RNCP385967BC02"),
        aligned(FICHE, kind="ext:RNCPBloc"),
        aligned(FICHE, framework="RNCP - blocs de compétences (France compétences)"),
        aligned(FICHE, name="Bloc 2 - Conduire un projet"),
        aligned(code="38596", framework="RNCP - blocs de compétences"),
        aligned(code="RNCP38596", kind="ext:RNCPBloc"),
        aligned(FICHE, code="RNCP38596", name="BC02 - Conduire un projet"),
    ],
)
def test_what_may_be_a_part_is_never_taken_for_the_whole_certification(alignment: Alignment) -> None:
    assert alignment.recognised is None


def test_two_alignments_under_one_address_are_told_by_their_codes() -> None:
    whole, part = aligned(FICHE, code="RNCP38596"), aligned(FICHE, code="RNCP38596BC02")

    assert whole.recognised != part.recognised


CODES = {
    Framework.ESCO_SKILL: st.uuids().map(str),
    Framework.ESCO_OCCUPATION: st.uuids().map(str),
    Framework.EQF: st.integers(1, 8).map(str),
    Framework.NQF: st.from_regex("c_[0-9a-f]{8}", fullmatch=True),
    Framework.ISCED_F: st.integers(0, 9999).map("{:04}".format),
    Framework.RNCP: st.integers(1, 999_999).map("RNCP{}".format),
    Framework.RNCP_BLOC: st.builds("RNCP{}BC{:02}".format, st.integers(1, 999_999), st.integers(1, 99)),
    Framework.RS: st.integers(1, 999_999).map("RS{}".format),
    Framework.ROME: st.builds("{}{:04}".format, st.sampled_from("ABCDEFGHIJKLMN"), st.integers(0, 9999)),
    Framework.FORMACODE: st.integers(0, 99_999).map("{:05}".format),
    Framework.NSF: st.integers(0, 999).map("{:03}".format),
    Framework.DIGCOMP: st.builds("{}.{}".format, st.integers(1, 5), st.integers(1, 6)),
}
ADDRESSLESS = (Framework.FORMACODE, Framework.NSF, Framework.DIGCOMP)
terms = st.sampled_from(Framework).flatmap(lambda it: CODES[it].map(lambda code: Recognised(it, code)))


@given(terms)
@settings(suppress_health_check=[HealthCheck.too_slow])  # of a machine that is busy
def test_an_alignment_that_we_write_is_recognised_again(term: Recognised) -> None:
    url = ELSEWHERE if term.framework in ADDRESSLESS else None

    made = alignment_of(term.framework, term.code, {"en": "A term"}, url)

    assert made is not None
    assert made.recognised == term


@pytest.mark.parametrize("framework", Framework)
def test_a_framework_has_no_code_of_another_form(framework: Framework) -> None:
    assert framework in NAMES
    assert alignment_of(framework, "no code!", {"en": "A term"}, ELSEWHERE) is None


def test_a_term_without_an_address_of_its_own_needs_one() -> None:
    assert alignment_of(Framework.NSF, "326", {"en": "A term"}) is None
