"""``/backpack/passwords``: passwords for applications that know no OAuth; each is shown once."""

from collections.abc import Sequence
from html import escape
from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body

from gateway.flows.backpack.refusals import RequestInvalid
from gateway.flows.badgr.keep_passwords import MAX_NAME, KeepPasswords, TooManyPasswords
from gateway.flows.tame import tame
from gateway.http.account.account import Csrf
from gateway.http.account.page import (
    button,
    error_summary,
    form,
    hidden,
    language_of,
    notice,
    page,
    text_field,
    with_query,
)
from gateway.http.account.session import SignedIn, require_csrf, same_origin
from gateway.http.account.sign_in import to
from gateway.http.account.words import WORDS as ACCOUNT_WORDS
from gateway.http.backpack.cards import PLACE, day
from gateway.http.backpack.password_words import WORDS, Words
from gateway.http.delivery import OK, HttpRequest
from gateway.http.html_page import query_of
from gateway.http.page_form import FORM_BYTES
from gateway.http.problems import status_of
from gateway.http.provided import flow
from gateway.records.app_passwords import AppPassword
from gateway.records.people import AddressKind

PASSWORDS = f"{PLACE}/passwords"


class NewPasswordForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the application is called."""

    csrf: Csrf
    name: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class EndForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password to end, by its id."""

    csrf: Csrf
    id: Annotated[str, msgspec.Meta(max_length=100)]


class PasswordPages(Controller):
    """A person's passwords for applications."""

    path = PASSWORDS
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False
    dependencies = {"keep_passwords": flow("badgr.keep_passwords")}

    @get()
    async def passwords(
        self, request: HttpRequest, signed: NamedDependency[SignedIn], keep_passwords: NamedDependency[KeepPasswords]
    ) -> Response[bytes]:
        """The list, and a form for another."""
        listed = await keep_passwords.listed(signed.person.id)
        return _page(request, signed, listed, done=request.query_params.get("done", ""))

    @post(status_code=OK)
    async def make(
        self,
        request: HttpRequest,
        data: Annotated[NewPasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        keep_passwords: NamedDependency[KeepPasswords],
    ) -> Response[bytes]:
        """Make one and show it, this once."""
        require_csrf(signed, data.csrf)
        try:
            made = await keep_passwords.made(signed.person.id, data.name)
        except (RequestInvalid, TooManyPasswords) as error:
            listed = await keep_passwords.listed(signed.person.id)
            return _page(request, signed, listed, refused=error.code, name=data.name, status=status_of(type(error)))
        return _page(request, signed, await keep_passwords.listed(signed.person.id), made=made, name=data.name)

    @post("/end", status_code=OK)
    async def end(
        self,
        data: Annotated[EndForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        keep_passwords: NamedDependency[KeepPasswords],
    ) -> Response[bytes]:
        """End one, with all that was got for it."""
        require_csrf(signed, data.csrf)
        await keep_passwords.ended(signed.person.id, data.id)
        return to(with_query(PASSWORDS, done="ended"))


def _page(
    request: HttpRequest,
    signed: SignedIn,
    listed: Sequence[AppPassword],
    *,
    done: str = "",
    made: str = "",
    refused: str = "",
    name: str = "",
    status: int = OK,
) -> Response[bytes]:
    language = language_of(request, signed)
    words = WORDS[language]
    errors = {"name": words.refused[refused]} if refused else {}
    value, extra = name[:MAX_NAME] if refused else "", f'maxlength="{MAX_NAME}" autocomplete="off" required'
    field = text_field("name", words.name, hint=words.name_hint, value=value, error=errors.get("name", ""), extra=extra)
    body = "".join(
        (
            error_summary(ACCOUNT_WORDS[language], errors),
            notice(words.done.get(done, "")),
            _shown(made, name, signed, words) if made else "",
            f"<p>{words.lead}</p>",
            _listed(listed, signed, words),
            form(PASSWORDS, field + button(words.make), signed),
            f'<p><a href="{PLACE}">{words.back}</a></p>',
        )
    )
    query = query_of(request)
    return page(words.title, body, language, signed=signed, query=query, failed=bool(refused), status=status)


def _shown(made: str, name: str, signed: SignedIn, words: Words) -> str:
    addresses = [each.value for each in signed.person.addresses if each.kind is AddressKind.EMAIL]
    address = words.with_address.format(address=f"<bdi>{escape(' / '.join(addresses))}</bdi>")
    title = words.shown.format(name=f"<bdi>{escape(tame(name.strip()))}</bdi>")
    return (
        f'<div class="notice" role="status"><h2>{title}</h2><p><code>{escape(made)}</code></p>'
        f"<p><strong>{words.once}</strong></p><p>{address}</p></div>"
    )


def _listed(listed: Sequence[AppPassword], signed: SignedIn, words: Words) -> str:
    if not listed:
        return f"<p>{words.none}</p>"
    return f'<ul class="rows">{"".join(_row(each, signed, words) for each in listed)}</ul>'


def _row(password: AppPassword, signed: SignedIn, words: Words) -> str:
    name = escape(tame(password.name))
    used = words.used.format(date=day(password.used)) if password.used else words.unused
    end = f'<button class="plain">{words.end}<span class="unseen"> {name}</span></button>'
    return (
        f'<li><div><strong><bdi>{name}</bdi></strong><br><span class="soft">'
        f"{words.made.format(date=day(password.created))}, {used}</span></div>"
        f"{form(f'{PASSWORDS}/end', hidden(id=password.id) + end, signed)}</li>"
    )
