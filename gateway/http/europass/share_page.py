"""The page of a share link: what the credential says, how it stands now, and the file. No script, nothing loaded."""

from collections.abc import Iterable, Iterator
from html import escape

import msgspec
from litestar import Response

from adapters.hub.contract import Format
from gateway.flows.europass.check_list import CheckState, ListedCheck
from gateway.flows.europass.details import SELF_MADE, Award, Details, LearningOutcome
from gateway.flows.europass.share_deposit import PLACE
from gateway.flows.tame import tame, tamed_addresses
from gateway.flows.unmarked import unmarked
from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.europass.check_words import KINDS, STATES, description
from gateway.http.europass.share_words import WORDS, Words, lasting
from gateway.http.foot import foot
from gateway.http.html_page import HTML, JSON, POLICY, VARY, for_people, html_page, query_of, spoken
from gateway.http.problem import Problem
from gateway.http.record_words import FORMATS
from gateway.http.surface import Failure
from gateway.http.tables import cell, in_column, row_heading, table
from gateway.records import Instant

SHOWN = 2000
MANY = 100
HEADERS = {**DEFAULTS, **NO_REFERRER, **VARY}
_ADDRESSES = ("http://", "https://")
_LOOKS = {CheckState.OK: "passed", CheckState.ERROR: "failed", CheckState.SKIPPED: "skipped"}


def shared(
    request: HttpRequest, token: str, said: Details, checks: Iterable[ListedCheck], ends: Instant
) -> Response[bytes]:
    """The page, or its content as JSON; neither is kept by anything between, as a link may be ended."""
    if not for_people(request):
        return Response(msgspec.json.encode(said), media_type=JSON, headers=HEADERS)
    language = spoken(request)
    words = WORDS[language]
    body = "".join(
        (
            f"<main><h1><bdi>{_text(said.title)}</bdi></h1><p>{words.lead}</p>",
            f'<p><img class="page" src="{PLACE}/{escape(token)}/display" alt=""></p>',
            told(said, language),
            f"<h2>{words.checks}</h2>{_checks(checks, language)}",
            f'<p><a class="button" href="{PLACE}/{escape(token)}/credential" download>{words.download}</a></p>',
            f'<p class="soft">{words.unqualified} {words.ends.format(day=_day(ends))}</p></main>',
        )
    )
    page = html_page(language, _plain(said.title), body, footer=foot(language), query=query_of(request))
    return Response(page, media_type=HTML, headers={**HEADERS, **POLICY})


def told(said: Details, language: str) -> str:
    """What a credential says, in HTML: to whom, who awarded it, who sealed it with what, and each award."""
    words = WORDS[language]
    sealed = f"{said.issuer.name} ({words.self_made})" if said.certificate == SELF_MADE else said.issuer.name
    facts = {
        words.recipient: said.awards[0].recipient,
        words.awarder: ", ".join(each.name for each in said.awards[0].awarded_by),
        words.issuer: sealed,
        words.converted_from: FORMATS[Format(said.converted_from)] if said.converted_from else "",
    }
    return "".join((_facts(facts), *(_award(award, language) for award in said.awards)))


def refusal(request: HttpRequest, problem: Problem) -> Failure:
    """Why there is nothing to see, as a page."""
    language = spoken(request)
    refused = WORDS[language].refused
    title, advice = refused.get(problem.code, refused[""])
    page = html_page(
        language,
        title,
        f"<main><h1>{title}</h1><p>{advice}</p></main>",
        footer=foot(language),
        query=query_of(request),
    )
    return Failure(status=problem.status, body=page, media_type=HTML, headers={**HEADERS, **POLICY})


def _award(award: Award, language: str) -> str:
    words = WORDS[language]
    facts = {
        words.awarded: _day(award.awarding_date),
        words.until: _day(award.valid_until),
        words.credits: ", ".join(award.credits),
        words.workload: lasting(award.workload, language),
        words.results: ", ".join(award.results),
    }
    texts = ((words.description, award.description), (words.criteria, award.criteria))
    return "".join(
        (
            f"<h2><bdi>{_text(award.title)}</bdi></h2>{_facts(facts)}",
            *(f'<h3>{name}</h3><p class="text"><bdi>{_lines(text)}</bdi></p>' for name, text in texts if text),
            *_outcomes(award.outcomes, words),
        )
    )


def _facts(facts: dict[str, str]) -> str:
    rows = "".join(f"<dt>{name}</dt><dd><bdi>{_text(value)}</bdi></dd>" for name, value in facts.items() if value)
    return f"<dl>{rows}</dl>" if rows else ""


def _outcomes(outcomes: tuple[LearningOutcome, ...], words: Words) -> Iterator[str]:
    if not outcomes:
        return
    items = "".join(f"<li><bdi>{_text(_named(each))}</bdi></li>" for each in outcomes[:MANY])
    yield f"<h3>{words.outcomes}</h3><ul>{items}</ul>"


def _named(outcome: LearningOutcome) -> str:
    framework = "" if outcome.framework.startswith(_ADDRESSES) else outcome.framework
    beside = " ".join(part for part in (framework, outcome.code) if part)
    return f"{outcome.title} ({beside})" if beside else outcome.title


def _checks(checks: Iterable[ListedCheck], language: str) -> str:
    columns = WORDS[language].columns
    rows = (
        row_heading(KINDS[language][each.kind])
        + cell(STATES[language][each.state], f' class="{_LOOKS[each.state]}"{in_column(columns[1])}')
        + cell(escape(description(each, language)), in_column(columns[2]))
        for each in checks
    )
    return table(columns, rows)


def _day(at: Instant | None) -> str:
    return f"{at:%Y-%m-%d}" if at else ""


def _plain(text: str) -> str:
    return tame(text)[:SHOWN]


def _text(text: str) -> str:
    return escape(_plain(tamed_addresses(text)))


def _lines(text: str) -> str:
    return escape(tame(unmarked(text), lines=True)[:SHOWN])
