"""The page on which people let a wallet fetch a badge: plain HTML without scripts, everything of strangers escaped."""

from html import escape

from gateway.flows.oauth.wallet_badges import BadgeShown
from gateway.flows.oauth.wallet_consent import AskedForWallet
from gateway.flows.tame import is_mixed, tame
from gateway.http.account.page import form, hidden
from gateway.http.account.session import SignedIn
from gateway.http.foot import foot
from gateway.http.html_page import html_page
from gateway.http.oauth.pages import (
    ALLOW,
    ANSWER_FIELD,
    DENY,
    QUESTION,
    TICKET_FIELD,
    as_whom,
    doubt,
    named,
    of_its_own,
    where,
)
from gateway.http.oauth.wallet_words import WALLET_WORDS, WalletWords
from gateway.http.oauth.words import WORDS
from gateway.http.record_words import FORMATS
from gateway.http.record_words import WORDS as RECORD_WORDS
from gateway.settings import Settings

BADGE_FIELD = "badge"
NAME_SHOWN = 150


def wallet_page(asked: AskedForWallet, signed: SignedIn, settings: Settings, language: str, query: str) -> bytes:
    """Which wallet asks, for which badge, as whom; to be answered by one of two buttons, or only left by one."""
    words, refused = WALLET_WORDS[language], asked.choice.refused
    title, advice = words.refused[refused] if refused else (words.title, "")
    told = f"<p>{advice}</p>" if refused else _question(asked, language)
    answers = _back(words) if refused else _answers(asked, words, language)
    send = form(f"{QUESTION}?lang={language}", hidden(**{TICKET_FIELD: asked.ticket}) + answers, signed)
    own = "" if refused else of_its_own(asked.client, language)
    body = f"<main><h1>{title}</h1>{told}{as_whom(signed, language, query)}{send}{own}</main>"
    return html_page(language, title, body, footer=foot(language, settings), query=query)


def _question(asked: AskedForWallet, language: str) -> str:
    words, said = WALLET_WORDS[language], WORDS[language]
    name = f"<strong>{named(asked.client)}</strong>{doubt(asked.client, language)}"
    return (
        f"<p>{words.asks.format(name=name)}</p>"
        f"<p>{said.answer_goes_to} <strong>{where(asked.redirect_uri, language)}</strong></p>"
        f'<p class="noted">{words.not_checked}</p>'
    )


def _answers(asked: AskedForWallet, words: WalletWords, language: str) -> str:
    badges = asked.choice.badges
    if asked.choice.offered:
        shown = "".join(f"<li><div>{_badge(each, words, language)}</div></li>" for each in badges)
        what = f'<p>{words.offered}</p><ul class="rows">{shown}</ul>'
    else:
        # One that is alone is chosen; of several none, so that nobody gives away what they did not look at.
        only = " checked" if len(badges) == 1 else ""
        rows = "".join(f"<li>{_choice(each, only, words, language)}</li>" for each in badges)
        more = f'<p class="soft">{words.more}</p>' if asked.choice.more else ""
        what = f'<fieldset><legend>{words.choose}</legend><ul class="rows">{rows}</ul></fieldset>{more}'
    # Who says no has nothing to choose.
    no = f'<button name="{ANSWER_FIELD}" value="{DENY}" class="plain" formnovalidate>{words.deny}</button>'
    return f'{what}<p class="soft">{words.becomes}</p><p>{_button(ALLOW, words.allow)}</p><p>{no}</p>'


def _back(words: WalletWords) -> str:
    return f"<p>{_button(DENY, words.back)}</p>"


def _button(value: str, text: str) -> str:
    return f'<button name="{ANSWER_FIELD}" value="{value}">{text}</button>'


def _choice(badge: BadgeShown, checked: str, words: WalletWords, language: str) -> str:
    radio = f'<input type="radio" name="{BADGE_FIELD}" value="{escape(badge.id)}" required{checked}>'
    return f'<label class="choice">{radio} <span>{_badge(badge, words, language)}</span></label>'


def _badge(badge: BadgeShown, words: WalletWords, language: str) -> str:
    """Its name, and below who issued it and when, in HTML."""
    title, issuer = _short(tame(badge.title)) or words.untitled, _short(tame(badge.issuer))
    known = [words.from_whom.format(name=f"<bdi>{escape(issuer)}</bdi>")] if issuer else []
    if badge.awarded:
        date = f'<time datetime="{badge.awarded.isoformat()}">{badge.awarded:%Y-%m-%d}</time>'
        known.append(words.awarded.format(date=date))
    if badge.format:
        known.append(f"({FORMATS[badge.format]})")
    mixed = f' <span class="noted">{RECORD_WORDS[language].mixed}</span>' if is_mixed(issuer) else ""
    return f'<strong><bdi>{escape(title)}</bdi></strong><br><span class="soft">{" ".join(known)}</span>{mixed}'


def _short(text: str) -> str:
    said = text.strip()
    return said if len(said) <= NAME_SHOWN else f"{said[:NAME_SHOWN]}…"
