"""Where real clients stray from the specifications and are served all the same: each by name, with its reason.

None of them weakens what an attacker meets: they are about how something is said, never about who says it.
Beside these, the authorization server is as strict as RFC 6749, RFC 7636, RFC 9700 and Open Badges 3.0 section 7.
"""

import re
from collections.abc import Mapping

from gateway.flows.oauth.refusals import InvalidRequest
from gateway.records.oauth import Client, ClientAuthentication, GrantType
from gateway.records.people import PEOPLE

_SPACES = re.compile(r"[ \t\r\n]+")
_BETWEEN_DIGITS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
"""White space of any width, hyphens, dashes and the minus sign."""


def scope_tokens(text: str) -> tuple[str, ...]:
    """The scopes in a ``scope`` parameter, each once, in their order.

    RFC 6749 section 3.3 separates them by exactly one space and leaves repetitions open. Moodle joins lists that may
    be empty or overlap, so any white space separates and repetitions count once.
    """
    return tuple(dict.fromkeys(part for part in _SPACES.split(text) if part))


STATE_DEMANDED = False
"""Open Badges 3.0 section 7 wants ``state`` in every authorization request; it is not demanded here.

The reference client of OpenID4VCI (@openid4vc 0.4) drops it. ``state`` protects the client and not us: PKCE, which is
demanded, binds the code to the browser that asked as well (RFC 9700 section 4.7.1).
"""


def empty_scope_keeps_what_was_granted(asked: str) -> bool:
    """Whether a token request leaves its scopes to us: Moodle sends ``scope=`` with nothing in it.

    RFC 6749 section 3.2 treats a parameter without a value as absent; section 6 then keeps the scopes as granted.
    """
    return not scope_tokens(asked)


def secret_in_the_body(client: Client, grant: str) -> bool:
    """Whether a client may show its secret in the body.

    Registered with ``client_secret_post``, always. Moodle registers ``client_secret_basic``, exchanges the code with
    it, and then sends client_id and client_secret in the body when it refreshes: refused, its user could never use
    the backpack again. It is the same secret over the same connection (RFC 6749 section 2.3.1).

    A platform's own client registered nothing: it may do either, of what the metadata of the server offer.
    """
    return (
        client.authentication is ClientAuthentication.POST
        or grant == GrantType.REFRESH_TOKEN
        or client.platform != PEOPLE
    )


def one_value_for_a_list(value: str | list[str]) -> tuple[str, ...]:
    """The values of a member that RFC 7591 section 2 wants as an array; clients with one value send it bare."""
    return (value,) if isinstance(value, str) else tuple(value)


def refresh_without_offline_access(client: Client) -> bool:
    """Whether a client gets refresh tokens though it did not ask for ``offline_access``.

    Open Badges 3.0 section 7 gives them for that scope. Moodle does not ask for it, registers the grant type, and
    stores the refresh token in a column that may not be empty.
    """
    return GrantType.REFRESH_TOKEN in client.grant_types


HINT_DEMANDED = False
"""Open Badges 3.0 section 7 demands ``token_type_hint``; RFC 7009 section 2.1 does not, and neither do we.

Our tokens say what they are by how they begin.
"""


def transaction_code(form: Mapping[str, str]) -> str:
    """The transaction code of a token request, "" where there is none.

    OpenID4VCI 1.0 section 6.1 calls it ``tx_code``; its drafts up to the twelfth called it ``user_pin``, and
    @sphereon/oid4vci-client 0.20 sends both. It is the same code and is counted alike, by either name.

    People read codes in groups and type them so: white space and dashes are no part of a code.

    Raises:
        InvalidRequest: They are two different ones: two guesses in one request.
    """
    shown = {_BETWEEN_DIGITS.sub("", form.get(name, "")) for name in ("tx_code", "user_pin")} - {""}
    if len(shown) > 1:
        raise InvalidRequest("tx_code and user_pin are not the same")
    return shown.pop() if shown else ""
