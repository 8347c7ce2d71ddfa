"""What people see when a page of theirs cannot be shown; programs get the problem document."""

from html import escape
from urllib.parse import quote

from gateway.flows.keep_account import SignInAgain
from gateway.http.account.page import headers
from gateway.http.account.refusal_words import REFUSALS
from gateway.http.account.session import ACCOUNT, SIGN_IN
from gateway.http.account.words import WORDS
from gateway.http.delivery import HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, LANGUAGES, for_people, html_page, query_of, spoken
from gateway.http.problem import Problem
from gateway.http.surface import Failure

OWN_FAULT, WRONG_METHOD = 500, 405
SEE_OTHER = 303
KNOWN_BY_STATUS = {400: "bad-request", 404: "not-found", 413: "too-large", 429: "too-many-requests", 503: "unavailable"}


def refusal_page(request: HttpRequest, problem: Problem) -> Failure | None:
    """The problem as a page when a browser asks; the technical detail is there for who runs the gateway."""
    if not for_people(request):
        return None
    if problem.status == WRONG_METHOD and request.scope["method"] in ("GET", "HEAD"):
        return _form_of(request)
    language = _language(request)
    words, refusals = WORDS[language], REFUSALS[language]
    code = problem.code if problem.code in refusals else KNOWN_BY_STATUS.get(problem.status, "")
    said = refusals[code]
    below = _detail(problem, language) if code != problem.code or problem.status >= OWN_FAULT else ""
    place, name = (SIGN_IN, words.sign_in) if code == SignInAgain.code else (ACCOUNT, words.account)
    body = f'<p>{said.advice}</p>{below}<p><a href="{place}">{name}</a></p>'
    page = html_page(
        language,
        said.title,
        f"<main><h1>{said.title}</h1>{body}</main>",
        footer=foot(language),
        query=query_of(request),
    )
    return Failure(status=problem.status, body=page, media_type=HTML, headers=headers())


def _form_of(request: HttpRequest) -> Failure:
    """To the page above, which has the form that is sent to this address: a reload or a link asks for it with GET."""
    above = request.scope["path"].rstrip("/").rpartition("/")[0]
    return Failure(
        status=SEE_OTHER, body=b"", media_type=HTML, headers={**headers(), "Location": quote(above, errors="replace")}
    )


def _language(request: HttpRequest) -> str:
    """That of the person where it is known by now, as on the pages that can be shown."""
    theirs: str = request.state.get("language", "")
    return theirs if theirs and request.query_params.get("lang", "") not in LANGUAGES else spoken(request)


def _detail(problem: Problem, language: str) -> str:
    """For who runs the gateway, and for what has no words of its own here; problem documents speak English alone."""
    said = ". ".join(part[:1].upper() + part[1:] for part in (problem.detail, problem.fix) if part)
    shown = f"{said} ({problem.code})" if language == "en" else problem.code
    return f'<p class="soft">{escape(shown)}</p>'
