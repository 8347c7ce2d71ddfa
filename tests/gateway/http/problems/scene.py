"""Scenes: each brings one problem about, and says how its answer shows it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from urllib.parse import parse_qs, urlsplit

import msgspec
from httpx import Response

from gateway.http.problem import Problem
from gateway.http.problem_types.described import Sample
from tests.gateway.http.problems.stage import Answered, Explained, Printed, Stage

Scene = Callable[[Stage], Awaitable[Answered]]


class Scenes:
    """The scenes of one area, by the code that each brings about."""

    def __init__(self) -> None:
        self.all: dict[str, Scene] = {}

    def __call__(self, code: str) -> Callable[[Scene], Scene]:
        """The scene of a code."""

        def kept(scene: Scene) -> Scene:
            assert code not in self.all, f"{code} is brought about twice"
            self.all[code] = scene
            return scene

        return kept


def explained(answer: Response, code: str, words: Mapping[str, str]) -> Explained:
    """A page that says in words of its own, and in its place, what is wrong; they are there by code."""
    assert escape(words[code]) in answer.text, answer.text
    return Explained(answer, code)


class Seen(msgspec.Struct, frozen=True):
    """What an answer shows of a problem; a member is empty where the answer has no place for it.

    Attributes:
        fix: Of the problem document, or of what a protocol said in its stead.
    """

    code: str
    status: int
    type: str = ""
    title: str = ""
    fix: str = ""


def seen(answer: Answered, told: list[Problem]) -> Seen:
    """What problem an answer is: as its body says, as a surface was asked to word it, or as it is said otherwise."""
    if isinstance(answer, Printed):
        return Seen(answer.body["code"], 0, fix=answer.body["fix"])
    if isinstance(answer, Explained):
        return Seen(answer.code, answer.page.status_code)
    if answer.headers.get("Content-Type") == "application/problem+json" and not told:
        found = answer.json()
        return Seen(found["code"], found["status"], found["type"], found["title"], found.get("fix", ""))
    if told:
        return Seen(told[-1].code, told[-1].status, told[-1].type, told[-1].title, told[-1].fix)
    if answer.status_code == 303:
        return _sent_on(answer)
    found = re.search(r'<a href="(/problems/([a-z-]+))">', answer.text)
    assert found is not None, answer.text
    return Seen(found[2], answer.status_code, found[1])


def _sent_on(answer: Response) -> Seen:
    """Where a browser is sent: to sign in, or to an application with an error of OAuth."""
    location = urlsplit(answer.headers["Location"])
    if location.path == "/account/sign-in":
        return Seen("sign-in-needed", 303)
    said = parse_qs(location.query)
    return Seen(said["error"][0].replace("_", "-"), 400, fix=said["error_description"][0])


def sample(answer: Answered) -> Sample:
    """The answer as the catalogue shows it."""
    if isinstance(answer, Printed):
        return Sample(request=answer.command, status=answer.status, media_type="application/json", body=answer.body)
    answer = answer.page if isinstance(answer, Explained) else answer
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    return Sample(
        request=f"{answer.request.method} {answer.request.url.raw_path.decode()}",
        status=answer.status_code,
        media_type=media_type,
        location=answer.headers.get("Location", ""),
        body=answer.json() if answer.content and media_type.endswith("json") else {},
    )
