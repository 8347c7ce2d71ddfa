"""``/account/platforms``: what members of a platform see and do when they are signed in."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body

from gateway.flows.platform.act import Act, ListMemberships
from gateway.flows.platform.keys import ListApiKeys, MadeKey, MakeKey, RevokeKey, Wish
from gateway.flows.platform.members import ListMembers
from gateway.flows.platform.tenants import ReadTrail, ShowPlatform
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
from gateway.http.account.sign_in import MALFORMED, to
from gateway.http.account.words import WORDS as ACCOUNT_WORDS
from gateway.http.delivery import OK, HttpRequest
from gateway.http.html_page import query_of
from gateway.http.page_form import FORM_BYTES
from gateway.http.platform import trail
from gateway.http.platform.words import WORDS, Words
from gateway.http.shown import PlatformId
from gateway.http.tables import cell, in_column, row_heading, table
from gateway.ports import Clock
from gateway.records import ApiKey, Platform
from gateway.records.access import SCOPES_OF, Role, Scope
from gateway.records.tenants import AuditEntry, is_twin, twin_of

PLATFORMS = "/account/platforms"
MAX_NAME = 200
ENTRIES_SHOWN = 50


class KeyForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key to make; ``test`` is anything but empty for one of the twin."""

    csrf: Csrf
    name: Annotated[str, msgspec.Meta(max_length=2000)]
    may: Role
    test: Annotated[str, msgspec.Meta(max_length=10)] = ""


class RevocationForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key to end, by its id."""

    csrf: Csrf
    id: Annotated[str, msgspec.Meta(max_length=100)]
    test: Annotated[str, msgspec.Meta(max_length=10)] = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a member sees of a platform; the rest is for those who may manage it.

    Attributes:
        language: Of the page.
        members: The address of each, by id.
    """

    language: str
    platform: Platform
    role: Role
    keys: Sequence[ApiKey]
    members: dict[str, str]
    trail: Sequence[AuditEntry]
    now: dt.datetime


class MemberPages(Controller):
    """Platforms, for their members; to everybody else there are none."""

    path = PLATFORMS
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False

    @get()
    async def all(
        self,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        list_memberships: NamedDependency[ListMemberships],
        show_platform: NamedDependency[ShowPlatform],
    ) -> Response[bytes]:
        """The platforms of which one is a member."""
        language = language_of(request, signed)
        words = WORDS[language]
        roles = {each.platform: each.role for each in await list_memberships(signed.person)}
        items = "".join([_membership(await show_platform(id_), role, words) for id_, role in roles.items()])
        body = f'<ul class="rows">{items}</ul>' if items else f"<p>{words.none}</p>"
        return page(words.platforms, body, language, signed=signed, current=PLATFORMS)

    @get("/{platform_id:str}")
    async def one(
        self, platform_id: PlatformId, request: HttpRequest, signed: NamedDependency[SignedIn]
    ) -> Response[bytes]:
        """One platform."""
        return await _platform_page(request, signed, platform_id)

    @post("/{platform_id:str}/keys", status_code=OK)
    async def make(
        self,
        platform_id: PlatformId,
        request: HttpRequest,
        data: Annotated[KeyForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        act: NamedDependency[Act],
        make_key: NamedDependency[MakeKey],
    ) -> Response[bytes]:
        """Make a key and show it, this once."""
        require_csrf(signed, data.csrf)
        member = await act(signed.person, platform_id, Scope.PLATFORM_MANAGE)
        name = " ".join(data.name.split())
        if not name or len(name) > MAX_NAME:
            return await _platform_page(request, signed, platform_id, wrong=name)
        platform = twin_of(platform_id) if data.test else platform_id
        wish = Wish(name=name, scopes=SCOPES_OF[data.may])
        made = await make_key(platform, wish, f"person {signed.person.id}", member=member.id)
        return _made_page(made, platform_id, language_of(request, signed), signed)

    @post("/{platform_id:str}/keys/revoke", status_code=OK)
    async def revoke(
        self,
        platform_id: PlatformId,
        data: Annotated[RevocationForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        act: NamedDependency[Act],
        revoke_key: NamedDependency[RevokeKey],
    ) -> Response[bytes]:
        """End a key."""
        require_csrf(signed, data.csrf)
        await act(signed.person, platform_id, Scope.PLATFORM_MANAGE)
        platform = twin_of(platform_id) if data.test else platform_id
        await revoke_key(platform, data.id, f"person {signed.person.id}")
        return to(with_query(f"{PLATFORMS}/{platform_id}", done="revoked"))


async def _platform_page(
    request: HttpRequest, signed: SignedIn, platform_id: str, wrong: str | None = None
) -> Response[bytes]:
    """The page of a platform; ``wrong`` is what was sent as the name of a key and is none."""
    language = language_of(request, signed)
    words = WORDS[language]
    shown = await _shown(request, signed, platform_id, language)
    errors = {} if wrong is None else {"name": words.name_wrong}
    body = "".join(
        (
            error_summary(ACCOUNT_WORDS[language], errors),
            notice(words.done.get(request.query_params.get("done", ""), "")),
            f"<p>{words.role.format(role=words.roles[shown.role])} {words.lead[shown.role]}</p>",
            f"<dl><dt>{words.issuer}</dt><dd><bdi>{escape(tame(shown.platform.name))}</bdi></dd></dl>",
            _managed(shown, signed, words, (wrong or "")[:MAX_NAME], errors.get("name", "")),
        )
    )
    status = MALFORMED if errors else OK
    query = query_of(request)
    return page(platform_id, body, language, signed=signed, query=query, failed=bool(errors), status=status)


async def _shown(request: HttpRequest, signed: SignedIn, platform_id: str, language: str) -> Shown:
    tenancy = request.app.state.gateway.tenancy
    act: Act = tenancy.act
    show: ShowPlatform = tenancy.show
    list_api_keys: ListApiKeys = tenancy.list_api_keys
    list_members: ListMembers = tenancy.list_members
    read_trail: ReadTrail = tenancy.read_trail
    clock: Clock = request.app.state.gateway.clock
    role = (await act(signed.person, platform_id)).role
    platform, twin = await show(platform_id), twin_of(platform_id)
    found = Shown(language=language, platform=platform, role=role, keys=(), members={}, trail=(), now=clock())
    if Scope.PLATFORM_MANAGE not in SCOPES_OF[role]:
        return found
    keys = [*await list_api_keys(platform_id), *await list_api_keys(twin)]
    members = {member.id: member.address for member in await list_members(platform_id)}
    done = await read_trail(platform_id, "", ENTRIES_SHOWN)
    return msgspec.structs.replace(found, keys=keys, members=members, trail=done)


def _membership(platform: Platform, role: Role, words: Words) -> str:
    name = f"<strong><bdi>{escape(tame(platform.name))}</bdi></strong>"
    link = f'<a href="{PLATFORMS}/{escape(platform.id)}">{name}</a> <code>{escape(platform.id)}</code>'
    return f'<li><div>{link}<br><span class="soft">{words.role.format(role=words.roles[role])}</span></div></li>'


def _managed(shown: Shown, signed: SignedIn, words: Words, name: str, error: str) -> str:
    """What is for those who manage the platform; nothing for the others."""
    if Scope.PLATFORM_MANAGE not in SCOPES_OF[shown.role]:
        return ""
    rows = [_key(each, shown, signed, words) for each in shown.keys]
    keys = table(words.key_columns, rows) if rows else f"<p>{words.no_keys}</p>"
    names = _names(shown, signed)
    done = [trail.row(each, names, shown.language) for each in shown.trail]
    entries = table(words.trail_columns, done) if done else f"<p>{words.nothing_done}</p>"
    return (
        f"<h2>{words.keys}</h2><p>{words.keys_lead}</p>{keys}"
        f"<h2>{words.new_key}</h2>{_new_key(shown.platform.id, signed, words, name, error)}"
        f"<h2>{words.trail}</h2>{entries}"
    )


def _key(key: ApiKey, shown: Shown, signed: SignedIn, words: Words) -> str:
    name = escape(tame(key.name))
    tests = f' <span class="noted">{words.for_tests}</span>' if is_twin(key.platform) else ""
    _, _, made, by, used, _ = words.key_columns
    return "".join(
        (
            row_heading(f"<code>{escape(key.prefix)}…</code>{tests}"),
            cell(f"<bdi>{name}</bdi>"),
            cell(_day(key.created), in_column(made)),
            cell(_maker(key, shown, signed), in_column(by)),
            cell(_day(key.last_used) if key.last_used else words.never, in_column(used)),
            cell(_state(key, shown, signed, words)),
        )
    )


def _maker(key: ApiKey, shown: Shown, signed: SignedIn) -> str:
    """Of people the address, of everything else what the audit trail says, in HTML."""
    names = _names(shown, signed)
    if key.made_by.startswith("person ") and key.member in names.members:
        return f"<bdi>{escape(tame(names.members[key.member]))}</bdi>"
    return trail.actor(key.made_by, names, shown.language)


def _names(shown: Shown, signed: SignedIn) -> trail.Names:
    return trail.Names(you=signed.person.id, keys={key.id: key for key in shown.keys}, members=shown.members)


def _state(key: ApiKey, shown: Shown, signed: SignedIn, words: Words) -> str:
    """That it has ended, or the button that ends it."""
    if key.revoked:
        return f"{words.revoked} {_day(key.revoked)}"
    if key.expires and key.expires <= shown.now:
        return f"{words.expired} {_day(key.expires)}"
    until = words.until.format(date=_day(key.expires)) if key.expires else ""
    fields = hidden(id=key.id, **({"test": "yes"} if is_twin(key.platform) else {}))
    named = f'{words.revoke}<span class="unseen"> {escape(key.prefix)}</span>'
    action = f"{PLATFORMS}/{shown.platform.id}/keys/revoke"
    return until + form(action, f'{fields}<button class="plain">{named}</button>', signed)


def _new_key(platform: str, signed: SignedIn, words: Words, name: str, error: str) -> str:
    choices = "".join(
        f'<label class="choice"><input type="radio" name="may" value="{role}"'
        f"{' checked' if role is Role.READER else ''}> {said}</label>"
        for role, said in words.kinds.items()
    )
    test = f'<label class="choice"><input type="checkbox" name="test" value="yes"> {words.test_key}</label>'
    field = text_field("name", words.name, hint=words.name_hint, value=name, error=error)
    fields = f"{field}<fieldset><legend>{words.may}</legend>{choices}</fieldset><p>{test}</p>"
    return form(f"{PLATFORMS}/{platform}/keys", fields + button(words.make), signed)


def _made_page(made: MadeKey, platform: str, language: str, signed: SignedIn) -> Response[bytes]:
    words = WORDS[language]
    body = (
        f"<p>{words.made_lead}</p><p><code>{escape(made.text)}</code></p>"
        f'<p><a href="{PLATFORMS}/{escape(platform)}">{words.back}</a></p>'
    )
    return page(words.made, body, language, signed=signed, query=None)


def _day(at: dt.datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'
