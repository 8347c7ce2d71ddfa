"""What people see when a page of theirs cannot be shown; programs get the problem document."""

from html import escape

from gateway.http.account.page import headers
from gateway.http.account.refusal_words import REFUSALS
from gateway.http.account.session import ACCOUNT
from gateway.http.account.words import WORDS
from gateway.http.delivery import HttpRequest
from gateway.http.html_page import HTML, for_people, html_page, spoken
from gateway.http.problems import Problem
from gateway.http.surface import Failure

OWN_FAULT = 500
KNOWN_BY_STATUS = {404: "not-found", 429: "too-many-requests", 503: "unavailable"}


def refusal_page(request: HttpRequest, problem: Problem) -> Failure | None:
    """The problem as a page when a browser asks; the technical detail is there for who runs the gateway."""
    if not for_people(request):
        return None
    language = spoken(request)
    words, refusals = WORDS[language], REFUSALS[language]
    code = problem.code if problem.code in refusals else KNOWN_BY_STATUS.get(problem.status, "")
    said = refusals[code]
    below = _detail(problem) if code != problem.code or problem.status >= OWN_FAULT else ""
    body = f'<p>{said.advice}</p>{below}<p><a href="{ACCOUNT}">{words.account}</a></p>'
    page = html_page(language, said.title, f"<main><h1>{said.title}</h1>{body}</main>")
    return Failure(status=problem.status, body=page, media_type=HTML, headers=headers())


def _detail(problem: Problem) -> str:
    """In English, as in problem documents: for who runs the gateway, and for what has no words of its own here."""
    said = ". ".join(part[:1].upper() + part[1:] for part in (problem.detail, problem.fix) if part)
    return f'<p class="soft" lang="en">{escape(said)} ({escape(problem.code)})</p>'
