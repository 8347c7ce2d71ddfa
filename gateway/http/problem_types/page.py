"""The pages of the catalogue for people, in English and French."""

import re
from html import escape

import msgspec

from gateway.http.catalogue.whole import AREAS
from gateway.http.foot import foot
from gateway.http.html_page import html_page
from gateway.http.problem_types.described import ProblemIndex, ProblemSummary, ProblemType, Sample

INDEX = "/problems"


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the pages in one language."""

    index: str
    about: str
    code: str
    status: str
    area: str
    command: str
    cause: str
    fix: str
    example: str
    asked: str
    page: str
    sent_on: str
    elsewhere: str
    colon: str
    more: str


WORDS = {
    "en": Words(
        index="Every problem that this gateway tells of",
        about="Whatever is refused here is answered with a code that stays the same, and with the address of a page "
        "that says what it means and what to do. These are all of them.",
        code="Code",
        status="HTTP status",
        area="About",
        command="none: only commands say it",
        cause="Why",
        fix="What to do",
        example="An example",
        asked="This was the answer to",
        page="The answer was a page for people.",
        sent_on="The browser was sent on to",
        elsewhere="In the words of other interfaces",
        colon=":",
        more="An answer itself says more: its member `detail`, what was wrong this time; its member `fix`, what you "
        "can change.",
    ),
    "fr": Words(
        index="Tous les problèmes que signale cette passerelle",
        about="Tout refus porte ici un code qui ne change pas, et l’adresse d’une page qui dit ce qu’il signifie et "
        "quoi faire. Les voici tous.",
        code="Code",
        status="Statut HTTP",
        area="Sujet",
        command="aucun : seules les commandes le disent",
        cause="Pourquoi",
        fix="Que faire",
        example="Un exemple",
        asked="Telle fut la réponse à",
        page="La réponse était une page pour des personnes.",
        sent_on="Le navigateur a été envoyé à",
        elsewhere="Dans les mots d’autres interfaces",
        colon="\u00a0:",
        more="Une réponse en dit plus : son membre `detail`, ce qui n’allait pas cette fois ; son membre `fix`, ce que "
        "vous pouvez changer.",
    ),
}

_NAME = re.compile(r"`([^`]+)`")


def problem_page(found: ProblemType, language: str, query: str) -> bytes:
    """The page of one problem."""
    words = WORDS[language]
    status = words.command if found.status is None else str(found.status)
    area = f'<a href="{_link(INDEX, query)}#{found.area}">{AREAS[found.area].names[language]}</a>'
    facts = f"<dl><dt>{words.code}</dt><dd><code>{found.code}</code></dd><dt>{words.status}</dt><dd>{status}</dd>"
    facts += f"<dt>{words.area}</dt><dd>{area}</dd></dl>"
    body = (
        f"<main><h1>{escape(found.title)}</h1>{facts}"
        f"<h2>{words.cause}</h2><p>{_prose(found.cause)}</p>"
        f"<h2>{words.fix}</h2><p>{_prose(found.fix)}</p><p>{_prose(words.more)}</p>"
        f"{_elsewhere(found, words)}<h2>{words.example}</h2>{_example(found.example, words)}"
        f'<p><a href="{_link(INDEX, query)}">{words.index}</a></p></main>'
    )
    return html_page(language, found.title, body, footer=foot(language), query=query)


def index_page(found: ProblemIndex, language: str, query: str) -> bytes:
    """The page of all of them, by area."""
    words = WORDS[language]
    there = "".join(f'<li><a href="#{name}">{area.names[language]}</a></li>' for name, area in AREAS.items())
    sections = "".join(
        f'<h2 id="{name}">{area.names[language]}</h2><ul class="rows">'
        + "".join(_row(each, query) for each in found.problems if each.area == name)
        + "</ul>"
        for name, area in AREAS.items()
    )
    body = f"<main><h1>{words.index}</h1><p>{words.about}</p><ul>{there}</ul>{sections}</main>"
    return html_page(language, words.index, body, footer=foot(language), query=query)


def _row(each: ProblemSummary, query: str) -> str:
    status = f" · {each.status}" if each.status else ""
    return (
        f'<li><div><a href="{_link(each.type, query)}">{escape(each.title)}</a><br>'
        f'<span class="soft"><code>{each.code}</code>{status}</span></div></li>'
    )


def _example(sample: Sample, words: Words) -> str:
    asked = f"<p>{words.asked} <code>{escape(sample.request)}</code> ({sample.status})</p>"
    if sample.location:
        return f"{asked}<p>{words.sent_on} <code>{escape(sample.location)}</code></p>"
    if not sample.body:
        return f"{asked}<p>{words.page}</p>"
    shown = msgspec.json.format(msgspec.json.encode(sample.body), indent=2).decode()
    return f'{asked}<pre lang="en"><code>{escape(shown)}</code></pre>'


def _elsewhere(found: ProblemType, words: Words) -> str:
    if not found.surfaces:
        return ""
    said = "".join(
        f"<li>{each.surface}{words.colon} <code>{escape(each.says)}</code> ({each.status})</li>"
        for each in found.surfaces
    )
    return f"<h2>{words.elsewhere}</h2><ul>{said}</ul>"


def _link(path: str, query: str) -> str:
    """In the language that the address of this page asks for."""
    asked = next((part for part in query.split("&") if part in ("lang=en", "lang=fr")), "")
    return f"{path}?{asked}" if asked else path


def _prose(text: str) -> str:
    """A text in HTML, names that stand in backticks as code."""
    return _NAME.sub(r"<code>\1</code>", escape(text))
