"""One badge that somebody holds, as a page: what it is, what was found out, and everything to be had of it."""

from collections.abc import Collection, Iterator
from html import escape
from urllib.parse import urlsplit

from litestar import Response

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier
from gateway.flows.backpack.look import Seen
from gateway.flows.describe import Description
from gateway.flows.recognise import SignedIn
from gateway.flows.tame import tame, tamed_addresses
from gateway.flows.unmarked import unmarked
from gateway.http.account.page import button, form, hidden, notice, refusal
from gateway.http.account.page import page as laid_out
from gateway.http.backpack.cards import (
    BADGES,
    NAME_SHOWN,
    PLACE,
    day,
    issuer_of,
    name_of,
    standing_of,
)
from gateway.http.backpack.words import WORDS, Words
from gateway.http.delivery import OK
from gateway.http.record_words import FORMATS
from gateway.http.record_words import WORDS as RECORD_WORDS
from gateway.records import Securing
from gateway.trust.report import Check, Outcome

KILOBYTE = 1024
TEXT_SHOWN = 2000
_SQUARE = 'width="160" height="160"'
_SIZES = {Format.ELM_3: 'class="page"'}
"""Of the picture: an emblem is square, and what shows a credential in ELM is a page."""


def badge_page(
    seen: Seen,
    record: Description | None,
    signed: SignedIn,
    language: str,
    *,
    offered: Collection[Format],
    done: str = "",
    refused: tuple[str, str] = ("", ""),
    status: int = OK,
) -> Response[bytes]:
    """The page.

    Args:
        record: What was issued of it, if anything was.
        offered: The formats that it can be had in.
        done: Key of ``Words.done``.
        refused: Code and English detail of why it was not issued in another format.
    """
    words, path = WORDS[language], f"{BADGES}/{seen.holding.id}"
    body = "".join(
        (
            refusal(refused, words.refused, words.detail),
            notice(words.done.get(done, "")),
            f'<p><img src="{path}/picture.png" alt="" {_SIZES.get(seen.holding.format, _SQUARE)}></p>',
            f"<p>{standing_of(seen, words)}</p>",
            f'<p class="soft">{words.check_lead}</p>{form(f"{path}/check", button(words.check, "plain"), signed)}',
            _facts(seen, language),
            _description(seen, words),
            _wallet(seen, signed, words),
            f"<h2>{words.downloads}</h2><ul>{''.join(_downloads(seen, record, language))}</ul>",
            _conversions(seen, record, offered, signed, words),
            _found_out(seen, language),
            f'<p><a href="{path}/remove">{words.remove}</a></p><p><a href="{PLACE}">{words.back}</a></p>',
        )
    )
    failed = bool(refused[0])
    query = None if failed else ""
    return laid_out(name_of(seen, words), body, language, signed=signed, query=query, failed=failed, status=status)


def removal_page(seen: Seen, record: Description | None, signed: SignedIn, language: str) -> Response[bytes]:
    """The question whether a badge is to be removed, and with it what was issued of it."""
    words, path = WORDS[language], f"{BADGES}/{seen.holding.id}"
    question = form(f"{path}/remove", (_forms_too(words) if record else "") + button(words.remove_yes), signed)
    body = (
        f"<p><strong><bdi>{escape(name_of(seen, words))}</bdi></strong><br>{words.issued_by} "
        f"{issuer_of(seen, language)}</p><p>{words.remove_question}</p>{question}"
        f'<p><a class="button" href="{path}">{words.remove_no}</a></p>'
    )
    return laid_out(words.remove_title, body, language, signed=signed)


def _forms_too(words: Words) -> str:
    return (
        f'<p><label class="choice"><input type="checkbox" name="forms" value="erase" checked '
        f'aria-describedby="forms-hint"> {words.remove_forms}</label><br>'
        f'<span id="forms-hint" class="soft">{words.remove_forms_hint}</span></p>'
    )


def _facts(seen: Seen, language: str) -> str:
    words, holding, awarded = WORDS[language], seen.holding, seen.verdict.award.awarded
    awarder = tame(seen.verdict.award.awarded_by)[:NAME_SHOWN]
    facts = {
        **({words.awarder: f"<bdi>{escape(awarder)}</bdi>"} if awarder else {}),
        words.issuer: issuer_of(seen, language),
        words.recipient: _recipient(seen, words),
        **({words.date: day(awarded)} if awarded else {}),
        words.format: f"{FORMATS[holding.format]}, {escape(holding.carrier.upper())}",
        **({words.ends: day(holding.valid_until)} if holding.valid_until else {}),
        words.came: f"{day(holding.updated)}, {words.via[holding.via]}",
    }
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{value}</dd>' for name, value in facts.items())}</dl>"


def _recipient(seen: Seen, words: Words) -> str:
    matched = seen.holding.matched
    return f"<bdi>{escape(matched.address)}</bdi>" if matched.compared else words.for_nobody


def _description(seen: Seen, words: Words) -> str:
    text = tame(unmarked(seen.verdict.award.description), lines=True)[:TEXT_SHOWN]
    return f'<h2>{words.description}</h2><p class="text"><bdi>{escape(text)}</bdi></p>' if text.strip() else ""


def _wallet(seen: Seen, signed: SignedIn, words: Words) -> str:
    """The way into a wallet, or why there is none."""
    if not seen.for_wallets:
        return f"<h2>{words.wallet}</h2><p>{words.refused['not-the-recipient']}</p>"
    offer = form(f"{BADGES}/{seen.holding.id}/offer", button(words.to_wallet), signed)
    return f"<h2>{words.wallet}</h2><p>{words.wallet_lead}</p>{offer}"


def _downloads(seen: Seen, record: Description | None, language: str) -> Iterator[str]:
    words, holding, path = WORDS[language], seen.holding, f"{BADGES}/{seen.holding.id}"
    yield _link(f"{path}/original", words.original.format(size=_size(len(holding.received), words)), "download")
    if holding.carrier not in (Carrier.PNG, Carrier.SD_JWT) and holding.format is not Format.ELM_3:
        yield _link(f"{path}/baked.png", words.baked, "download")
    for each in record.forms if record else ():
        if each.revoked_at is not None:
            continue
        named = {"format": FORMATS[each.format]}
        own = f"{path}/forms/{each.id}" if each.securing is Securing.SD_JWT else urlsplit(each.url).path
        yield _link(own, words.form.format(**named), "download")
        if "png" in each.links:
            yield _link(f"{own}.png", words.form_png.format(**named), "download")
    if record:
        yield _link(urlsplit(record.url).path, words.record)


def _size(count: int, words: Words) -> str:
    """A number of bytes, with the decimal mark and the unit of the language."""
    return words.kilobytes.format(number=f"{count / KILOBYTE:.1f}".replace(".", words.decimal_mark))


def _link(path: str, text: str, attributes: str = "") -> str:
    return f'<li><a href="{escape(path)}" {attributes}>{escape(text)}</a></li>'


def _conversions(
    seen: Seen, record: Description | None, offered: Collection[Format], signed: SignedIn, words: Words
) -> str:
    """A button for each format that can be made and that there is none of yet."""
    there = {seen.holding.format, *(each.format for each in (record.forms if record else ()) if not each.revoked_at)}
    buttons = "".join(
        form(
            f"{BADGES}/{seen.holding.id}/convert",
            hidden(to=each.value) + button(words.get_as.format(format=FORMATS[each]), "plain"),
            signed,
        )
        for each in offered
        if each not in there
    )
    return f"<h2>{words.convert}</h2><p>{words.convert_lead}</p>{buttons}" if buttons else ""


def _found_out(seen: Seen, language: str) -> str:
    """What was not as it should be; nothing more when everything was."""
    words = WORDS[language]
    notable = [check for check in seen.verdict.checks if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
    rows = "".join(_check(check, language) for check in notable)
    return f"<h2>{words.found_out}</h2><ul>{rows}</ul>" if rows else ""


def _check(check: Check, language: str) -> str:
    said = RECORD_WORDS[language]
    name = said.checks.get(check.name, check.name)
    return (
        f'<li><strong class="{check.outcome}">{escape(name)}: {said.outcomes[check.outcome]}</strong> '
        f'<bdi lang="en">{escape(tamed_addresses(check.detail)[:TEXT_SHOWN])}</bdi></li>'
    )
