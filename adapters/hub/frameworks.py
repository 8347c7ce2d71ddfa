"""Which framework's term an alignment names: a skill, a level, a field of education, a certification or a part of one.

Told by the forms in which those who keep a framework write its addresses and codes, and the spellings that people use.
What could be two things, or says two things, is none: a wrong level or certification would be signed.

Sources: ESCO, EQF, ISCED-F and the Europass lists as of data.europa.eu; France compétences for RNCP and RS (open data
of the registers: ``RNCP38596``, ``RNCP38596BC02``, ``RS5487``); France Travail for ROME.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import msgspec


class Framework(StrEnum):
    """Every framework whose terms are told apart; the values are those of requests and reports.

    A ``rncp`` or an ``rs`` is a whole certification, an ``rncp-bloc`` a part of one that is not the certification.
    """

    ESCO_SKILL = "esco-skill"
    ESCO_OCCUPATION = "esco-occupation"
    EQF = "eqf"
    NQF = "nqf"
    ISCED_F = "isced-f"
    RNCP = "rncp"
    RNCP_BLOC = "rncp-bloc"
    RS = "rs"
    ROME = "rome"
    FORMACODE = "formacode"
    NSF = "nsf"
    DIGCOMP = "digcomp"


class Recognised(msgspec.Struct, frozen=True):
    """A term of a framework.

    Attributes:
        code: As the framework writes it: ``6``, ``0613``, ``RNCP38596BC02``, ``M1805``; the UUID of an ESCO concept.
    """

    framework: Framework
    code: str


class Aligned(Protocol):
    """What is looked at of an alignment (`adapters.hub.credential.Alignment`)."""

    @property
    def target_name(self) -> dict[str, str]:
        """Name by language."""

    @property
    def target_url(self) -> str:
        """Address."""

    @property
    def target_code(self) -> str | None:
        """Code."""

    @property
    def target_framework(self) -> str | None:
        """Name of the framework."""

    @property
    def target_type(self) -> str | None:
        """OB 3.0 ``targetType``."""


_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_EUROPA = r"data\.europa\.eu/"
_REGISTER = r"(?:www\.)?francecompetences\.fr/recherche/"

_ADDRESSES: tuple[tuple[Framework, re.Pattern[str], str], ...] = (
    (Framework.ESCO_SKILL, re.compile(rf"{_EUROPA}esco/skill/({_UUID})"), ""),
    (Framework.ESCO_OCCUPATION, re.compile(rf"{_EUROPA}esco/occupation/({_UUID})"), ""),
    (Framework.EQF, re.compile(rf"{_EUROPA}snb/eqf/([1-8])"), ""),
    (Framework.NQF, re.compile(rf"{_EUROPA}snb/qdr/([0-9a-z_]{{1,40}})"), ""),
    (Framework.ISCED_F, re.compile(rf"{_EUROPA}snb/isced-f/([0-9]{{2,4}})"), ""),
    (Framework.DIGCOMP, re.compile(rf"{_EUROPA}snb/dcf/([0-9a-z_.]{{1,40}})"), ""),
    (Framework.RNCP, re.compile(rf"{_REGISTER}rncp/(?:rncp)?([0-9]{{1,6}})"), "RNCP"),
    (Framework.RS, re.compile(rf"{_REGISTER}rs/(?:rs)?([0-9]{{1,6}})"), "RS"),
    (
        Framework.ROME,
        re.compile(r"candidat\.(?:francetravail|pole-emploi)\.fr/metierscope/fiche-metier/([a-n][0-9]{4})"),
        "",
    ),
    (
        Framework.ROME,
        re.compile(r"candidat\.pole-emploi\.fr/marche-du-travail/fichemetierrome\?coderome=([a-n][0-9]{4})"),
        "",
    ),
)
"""Host and path in lower case, the code, and what is put before the code."""

_LEVEL = r"(?:level|niveau|niv\.?|stufe)"
_BARE: tuple[tuple[Framework, re.Pattern[str], str], ...] = (
    (Framework.RNCP, re.compile("rncp[ -]?([0-9]{1,6})"), "RNCP"),
    (Framework.RNCP_BLOC, re.compile("rncp[ -]?([0-9]{1,6}) ?[-/]? ?(bc[0-9]{2,3})"), "RNCP"),
    (Framework.EQF, re.compile(rf"(?:eqf|cec) ?-?:? ?(?:{_LEVEL} ?-?:? ?)?([1-8])"), ""),
    (Framework.EQF, re.compile(rf"{_LEVEL} ([1-8]) ?(?:\(eqf\)|eqf|cec|du cec|\(cec\))"), ""),
)
"""Codes that say whose they are."""

_UNDER_A_NAME: tuple[tuple[Framework, re.Pattern[str], str], ...] = (
    *_BARE,
    (Framework.EQF, re.compile(rf"(?:{_LEVEL} ?-?:? ?)?([1-8])"), ""),
    (Framework.RNCP, re.compile("([0-9]{4,6})"), "RNCP"),
    (Framework.RS, re.compile("(?:rs[ -]?)?([0-9]{1,6})"), "RS"),
    (Framework.ISCED_F, re.compile("([0-9]{2,4})"), ""),
    (Framework.ROME, re.compile("([a-n][0-9]{4})"), ""),
    (Framework.FORMACODE, re.compile("([0-9]{5})"), ""),
    (Framework.NSF, re.compile("([0-9]{3}[a-z]?)"), ""),
    (Framework.DIGCOMP, re.compile(r"([1-5]\.[1-6])"), ""),
    (Framework.ESCO_SKILL, re.compile(f"({_UUID})"), ""),
    (Framework.ESCO_OCCUPATION, re.compile(f"({_UUID})"), ""),
)
"""Codes that say whose they are only beside the name of their framework."""

_NAMES: tuple[tuple[Framework, re.Pattern[str]], ...] = (
    (
        Framework.EQF,
        re.compile(r"\b(eqf|cec|erk)\b|european qualifications? framework|cadre europeen des certifications"),
    ),
    (Framework.ISCED_F, re.compile(r"\bisced[- ]?f\b|\biscedf|isced fields of education|\bcite[- ]f\b")),
    (Framework.RNCP, re.compile(r"\brncp\b|repertoire national des certifications professionnelles")),
    (Framework.RNCP_BLOC, re.compile(r"\brncp|repertoire national des certifications professionnelles")),
    (Framework.RS, re.compile(r"^(ext:)?rs\b|repertoire specifique")),
    (Framework.ROME, re.compile(r"\brome( ?v?[0-9.]+)?$|repertoire operationnel des metiers")),
    (Framework.FORMACODE, re.compile("formacode")),
    (Framework.NSF, re.compile(r"\bnsf\b|nomenclature des specialites de formation")),
    (Framework.DIGCOMP, re.compile("digcomp")),
    (Framework.ESCO_SKILL, re.compile(r"\besco\b.*(skill|competence)|esco_?skill")),
    (Framework.ESCO_OCCUPATION, re.compile(r"\besco\b.*(occupation|metier)|esco_?occupation")),
)
"""How people name a framework: lower case, without accents."""

_LONGEST = 300

_SHOWN_IN_CAPITALS = frozenset({Framework.RNCP, Framework.RNCP_BLOC, Framework.RS, Framework.ROME})


def recognised(alignment: Aligned) -> Recognised | None:
    """Say which term of which framework an alignment names.

    Returns:
        None when it names none of those known, or when its address, code and name do not agree.
    """
    by_address = _by_address(alignment.target_url)
    said = {found for text in _texts(alignment) if (found := _by_code(text, alignment)) is not None}
    if len(said) > 1:
        return None
    by_code = next(iter(said), None)
    if by_address is not None and by_address.framework is Framework.RNCP:
        found = _of_the_register(by_address, by_code, alignment)
    elif by_address is None or by_code is None:
        found = by_address or by_code
    else:
        found = by_code if by_code == by_address else None
    return None if found is not None and found.framework is Framework.RNCP and _of_a_part(alignment) else found


def _of_a_part(alignment: Aligned) -> bool:
    """Whether anything calls it a part of a certification."""
    said = (alignment.target_type, alignment.target_framework, *alignment.target_name.values())
    return any(re.search(r"bloc|\bbc ?[0-9]", _plain(text)) for text in said if text)


def _of_the_register(whole: Recognised, by_code: Recognised | None, alignment: Aligned) -> Recognised | None:
    """The register has no page for a part: it stands under that of the whole, and is not the whole."""
    if by_code is None and (part := re.fullmatch("bc ?([0-9]{2,3})", _plain(alignment.target_code or ""))):
        return Recognised(Framework.RNCP_BLOC, f"{whole.code}BC{part[1]}")
    if by_code is not None and by_code.framework is Framework.RNCP_BLOC:
        return by_code if by_code.code.startswith(f"{whole.code}BC") else None
    if by_code is None:
        return None if alignment.target_code else whole
    return whole if by_code == whole else None


def _texts(alignment: Aligned) -> Iterator[str]:
    """The code and, when there is none, the names: ``EQF level 6``."""
    if alignment.target_code:
        yield alignment.target_code
    else:
        yield from alignment.target_name.values()


def _by_address(url: str) -> Recognised | None:
    try:
        parts = urlsplit(url.strip())
        concept = parse_qs(parts.query).get("conceptUri", [""])[0]
        host = parts.hostname
    except ValueError:
        return None
    if concept and host is not None and host.endswith("esco.ec.europa.eu"):
        return _by_address(concept) if "conceptUri" not in concept else None
    if parts.scheme not in ("http", "https") or host is None or parts.username is not None:
        return None
    place = f"{host}{parts.path.rstrip('/')}{'?' * bool(parts.query)}{parts.query}".lower()
    return _matched(_ADDRESSES, place, frozenset(Framework))


def _by_code(text: str, alignment: Aligned) -> Recognised | None:
    if text.startswith(("http://", "https://")):
        return _by_address(text)
    plain = _plain(text)
    named = _named(alignment)
    if (found := _matched(_BARE, plain, named or frozenset(Framework))) is not None:
        return found
    return _matched(_UNDER_A_NAME, plain, named) if named else None


def _named(alignment: Aligned) -> frozenset[Framework]:
    """The frameworks that the alignment says its term is of; a fitting type counts as much as a name."""
    texts = [_plain(text) for text in (alignment.target_framework, alignment.target_type) if text]
    return frozenset(framework for framework, name in _NAMES if any(name.search(text) for text in texts))


def _matched(
    table: tuple[tuple[Framework, re.Pattern[str], str], ...], text: str, among: frozenset[Framework]
) -> Recognised | None:
    found = set()
    for framework, form, before in table:
        if framework in among and (match := form.fullmatch(text)):
            code = before + "".join(match.groups())
            found.add(Recognised(framework, code.upper() if framework in _SHOWN_IN_CAPITALS else code))
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    """Lower case, without accents, with single spaces; nothing of a text too long to be a name or a code."""
    if len(text) > _LONGEST:
        return ""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(kept.casefold().split())
